/** Lines that only lead to other stories of the site, with a few words of their own before the links. */
import type { Link } from '../../news/article.ts';
import type { RawBlock } from '../raw-block.ts';
import { hostOf } from '../../news/link-hosts.ts';
import { linkKey } from '../links.ts';
import { ALSO_READ } from '../selectors.ts';
import { wordsOf } from '../text.ts';

/** Words of a headline, at least; of what stands before one, at most. */
const LEAST_WORDS = 3;
const MOST_LABEL_WORDS = 4;
/** Words by which a label says that another story follows; anybody's name may stand before a colon. */
const LEADS_ON =
  /(?<!\p{L})(?:чыта|чита|гляд|смотр|дивіт|т[эе]м(?:\p{L}{1,2})?(?!\p{L})|раней(?!ш)|ранее|раньше|таксама|также|також|больш(?!\p{L}*\s+(?:за|чым|чем)(?!\p{L}))|(?:яшчэ|ещё|еще)(?=\s*:)|падрабязн|подробн|related|read(?!er)|see(?!\p{L})|watch|more(?!\s+than)|also|background|earlier|previously|cz?yta|zobacz|też|więcej|lesen|mehr|lire|aussi)\p{L}*/iu;
/** An order to read or to look. */
const ORDER = /^(?:чыта|чита|гляд|смотр|дивіт|read|see|watch|more|czytaj|zobacz)\p{L}*(?:\s\p{L}+){0,3}$/iu;
/** Words before the tags of a story. */
const TAGS =
  /^(?:т[эе]г[іи]|меткі|метки|цэтлікі|ключ[ао]выя словы|ключевые слова|(?:related )?(?:tags|topics)|filed under)\s*:?$/iu;

/** Links that a line of a text keeps, at most. */
const MANY_LINKS = 30;

/** A list of nothing but links, dates beside them aside, or a line of many: one that says something beside each is the story's own. */
function isMenu({ kind, text, hrefs, linked = 0 }: RawBlock): boolean {
  const [most, share] = kind === 'list' ? [0, 0.8] : [MANY_LINKS, 0.95];
  return hrefs.length > most && linked >= share * text.replace(/\s/g, '').length;
}

/** Whether a line of a page found at `base` leads to other stories there and says nothing else. */
export function isPointer(block: RawBlock, base: string): boolean {
  const links = 'links' in block && !ALSO_READ.test(block.text) ? (block.links ?? []) : [];
  const [first] = links;
  const last = links.at(-1);
  if (!first || !last || !links.every(({ url }) => isOther(url, base))) return false;
  const label = block.text.slice(0, first.from).trim();
  const between = links.slice(1).map((link, at) => block.text.slice(links[at]?.to, link.from));
  if (/[\p{L}\p{N}.:：]/u.test(between.join('') + block.text.slice(last.to))) return false;
  // One sentence that is all a link says something.
  if (!label && links.length === 1) return false;
  const isBare = !/[\p{L}\p{N}]/u.test(label);
  const isHeadline = (at: Link) => wordsOf(block.text.slice(at.from, at.to)).length >= LEAST_WORDS;
  if (TAGS.test(label) || (isBare && links.length > 1)) return true;
  const isLabel =
    isBare ||
    (ORDER.test(label) && !/^\p{Ll}/u.test(block.text.slice(first.from))) ||
    (label.endsWith(':') && wordsOf(label).length <= MOST_LABEL_WORDS && LEADS_ON.test(label));
  return isLabel && links.every(isHeadline);
}

const isOther = (url: string, base: string): boolean =>
  hostOf(url) === hostOf(base) && linkKey(url) !== linkKey(base);

/** The heading over a few stories in the midst of a text or below it. */
const OVER_OTHERS =
  /^(?:(?:читайте|чытайце|смотрите|глядзіце|read|see|watch) (?:также|таксама|ещё|яшчэ|also|more|next)|(?:материалы |матэрыялы |ещё |яшчэ |больш )?(?:по|па|на) (?:теме|тэме|гэтую тэму|эту тему)|(?:больш|болей|яшчэ|ещё|больше|другие|іншыя|похожие|падобныя|связанные|звязаныя) (?:новост|навін|стат|артыкул|матэрыял|материал|запис)\p{L}*|(?:самое|самае) (?:читаемое|чытанае|важное|важнае|обсуждаемое)|популярное|папулярнае|related(?: (?:stories|articles|news|posts|content))?|more (?:on this(?: story)?|stories|news|from .{1,30})|recommended.{0,30}|trending.{0,20}|most (?:read|popular|viewed)|you may (?:also )?like|don['’]t miss)\s*[:.…]*$/iu;

/** Whether a block is such a heading. */
export const isOverOthers = ({ kind, text }: RawBlock): boolean =>
  (kind === 'subhead' || kind === 'paragraph') && text.length <= 60 && OVER_OTHERS.test(text);

const isLinkedHeading = (block: RawBlock | undefined): boolean =>
  block?.kind === 'subhead' && block.href !== undefined;

/** The lines without such headings and the teasers below them, and without lines that only lead on. */
export function withoutPointers(lines: readonly RawBlock[], base: string): readonly RawBlock[] {
  let isAmongOthers = false;
  /** Behind one teaser the next line is another. */
  let isList = false;
  return lines.filter((block, at) => {
    if (isOverOthers(block)) {
      isAmongOthers = true;
      return false;
    }
    if (block.kind === 'figure' || block.href !== undefined) return true;
    if (isPointer(block, base) || isMenu(block)) return false;
    const [before, next] = [lines[at - 1], lines[at + 1]];
    isList =
      isAmongOthers &&
      block.kind === 'paragraph' &&
      isLinkedHeading(before) &&
      (isLinkedHeading(next) || (!next && isList));
    isAmongOthers = isList;
    return !isList;
  });
}
