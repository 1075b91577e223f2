/** The text of a feed's entry: lead and body, without what the feed adds to it. */
import type { Document, Element } from 'domhandler';
import { present } from '../present.ts';
import { hostOf } from '../news/link-hosts.ts';
import { dateline } from './dateline.ts';
import { isToFollow, withoutCalls } from './calls.ts';
import { blocksIn } from './blocks.ts';
import { bare, cutTo, linksWithin, type RawBlock } from './raw-block.ts';
import { BLOCKS, parseFragment, plain } from './html.ts';
import type { Item, ItemText } from './item.ts';
import { absoluteLink, linkKey } from './links.ts';
import { asHtml, hasTags } from './markup.ts';
import { isBesideText, isNotice } from './page/beside-text.ts';
import { withoutPointers } from './page/pointers.ts';
import { ALSO_READ, isAdded, isTemplate } from './selectors.ts';
import { withoutShortcodes } from './shortcodes.ts';
import { isOnlyTail, withoutMore, withoutTail } from './tails.ts';
import { clip, fold, wordsOf } from './text.ts';

/** Text of one entry that is read; newsrooms write a tenth of it. */
const LONGEST_ITEM = 200_000;

/** Lead and body of an entry: of its whole text, or of its summary alone. */
export function itemText(item: Item): ItemText {
  const html = (item.content ?? item.summary ?? '').slice(0, LONGEST_ITEM);
  const lines = linesOf(html, item.link);
  const told = new Set(withoutPointers(lines, item.link));
  const left = lines.filter((line) => told.has(line) || isOfReferences(line, item.link));
  const own = unlessMost(left, lines).filter((block) => isOwn(block, item));
  const kept = withoutOpening(withoutTails(withoutCalls(own), item.headline), item.headline);
  const first = kept.findIndex(({ kind }) => kind === 'paragraph' || kind === 'quote');
  const opening = kept[first];
  if (!opening) return { lead: '', body: kept.map(bare) };
  const line = dateline(opening.text);
  const before = kept.slice(0, first).filter(({ kind }) => kind !== 'subhead');
  const rest = kept.slice(first + 1);
  const next = rest[0];
  const said = line?.rest === '' && next?.kind === 'paragraph' ? next : opening;
  const lead = clip(said === next ? next.text : (line?.rest ?? opening.text), LONGEST_ITEM);
  return present({
    lead,
    leadLinks: linksWithin(said, lead),
    body: [...before, ...(said === next ? rest.slice(1) : rest)].map(bare),
    dateline: line?.date,
  });
}

const LEAST_WORDS = 3;

/** A list of nothing but links to other sites, each in some words, as of laws or of where help is to be had. */
const isOfReferences = (block: RawBlock, base: string): boolean =>
  block.kind === 'list' &&
  block.items.every((item) => wordsOf(item).length >= LEAST_WORDS) &&
  block.hrefs.every((href) => hostOf(absoluteLink(href, base) ?? base) !== hostOf(base));

/** The lines of a text that may be HTML, plain, or HTML that was escaped twice. */
export function linesOf(written: string, base: string): readonly RawBlock[] {
  const text = written.replace(/\r\n?/g, '\n');
  const isTwice =
    /&lt;(?:(?:p|br|img)\b|\/(?:p|div|a|b|i|em|strong|span)&gt;)/i.test(text) &&
    !/<(?:p|br|div)\b/i.test(text);
  const html = withoutShortcodes((isTwice ? plainTags(text) : text).replace(SETTINGS, ''));
  // Where nothing else parts the lines, blank ones do.
  const parted = LINES.test(html) ? html : html.replace(/\n\s*\n/g, '<br>');
  return hasTags(html) ? blocksOf(parseFragment(asHtml(parted)), base) : paragraphsOf(html);
}

const LINES = new RegExp(`<(?:br|${[...BLOCKS].join('|')})\\b`, 'i');

/** The blocks without what programs added. */
function blocksOf(tree: Document, base: string): readonly RawBlock[] {
  let isAnyAdded = false;
  const lines = (skip: (element: Element) => boolean) => blocksIn(tree, { base, pictures: 'all', skip });
  const own = lines((element) => isTemplate(element) || (isAdded(element) && (isAnyAdded = true)));
  if (!isAnyAdded) return own;
  return unlessMost(own, lines(isTemplate));
}

/** The lines that are `left` of all; all of them, where that is less than half of the text. */
const unlessMost = (left: readonly RawBlock[], all: readonly RawBlock[]): readonly RawBlock[] =>
  2 * lettersOf(left) < lettersOf(all) ? all : left;

const lettersOf = (blocks: readonly RawBlock[]): number =>
  blocks.reduce((sum, { text }) => sum + text.length, 0);

/** How settings of an office program begin, a comment to others; behind one that is over at once stands a text for all. */
const SETTING = '(?:<|&lt;)!--\\[if [^\\]]{1,60}\\](?:>|&gt;)(?!\\s*(?:<|&lt;)!--)';
/** Such settings up to their end, or their beginning alone where they have none. */
const SETTINGS = new RegExp(`${SETTING}(?:(?:(?!${SETTING}).)*?(?:<|&lt;)!\\[endif\\]--(?:>|&gt;))?`, 'gis');

/** The address of a film or a post that the site would show in its place. */
const EMBEDDED =
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|rutube\.ru|tiktok\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|t\.me|vk\.com|soundcloud\.com)\/\S+$/i;

/** A line that leads elsewhere as a whole is advice of other stories. */
function isOwn({ kind, text, href }: RawBlock, { link, headline }: Item): boolean {
  if (ALSO_READ.test(text) || isToFollow(text) || isNotice(text) || EMBEDDED.test(text)) return false;
  if (href === undefined) return !/^https?:\/\/\S+$/.test(text) || absoluteLink(text, link) !== link;
  const to = absoluteLink(href, link);
  return (
    kind === 'paragraph' && to !== undefined && linkKey(to) === linkKey(link) && fold(text) !== fold(headline)
  );
}

/** The lines without the headline once more, who wrote it and when, as templates have it; pictures may stand before. */
function withoutOpening(lines: readonly RawBlock[], headline: string): readonly RawBlock[] {
  const first = lines.findIndex(({ kind }) => kind !== 'figure');
  const line = lines[first];
  const isFollowed = lines.slice(first + 1).some(({ kind }) => kind === 'paragraph' || kind === 'quote');
  if (!line || !isFollowed || dateline(line.text)) return lines;
  const rest = line.text.startsWith(headline) ? line.text.slice(headline.length).trim() : line.text;
  const isOver = /^[.…]*$/.test(rest) || isBesideText(rest);
  return isOver ? withoutOpening(lines.toSpliced(first, 1), headline) : lines;
}

/** The lines without what the feed added to them; pictures may stand behind the last of its words. */
function withoutTails(lines: readonly RawBlock[], headline: string): readonly RawBlock[] {
  const last = lines.findLastIndex(({ kind }) => kind !== 'figure');
  const line = lines[last];
  if (!line) return lines;
  const rest = withoutLast(line, headline);
  if (!rest) return withoutTails(lines.toSpliced(last, 1), headline);
  return lines.with(last, rest).flatMap((block, index) => (index < last ? withinText(block) : [block]));
}

/** The last line without a tail; undefined where it was nothing else. */
function withoutLast(line: RawBlock, headline: string): RawBlock | undefined {
  if (line.kind === 'figure' || line.kind === 'table') return line;
  if (isOnlyTail(line.text)) return undefined;
  if (line.kind === 'list') return line;
  const linked = line.links?.map(({ from, to }) => line.text.slice(from, to)) ?? [];
  const text = withoutTail(line.text, { headline, linked });
  return text ? cutTo(line, text) : undefined;
}

function withinText(block: RawBlock): RawBlock[] {
  if (block.kind !== 'paragraph' && block.kind !== 'quote') return [block];
  const text = withoutMore(block.text);
  return text ? [cutTo(block, text)] : [];
}

const plainTags = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const paragraphsOf = (text: string): RawBlock[] =>
  text
    .split(/\n\s*\n/)
    .map(plain)
    .filter(Boolean)
    .map((paragraph) => ({ kind: 'paragraph', text: paragraph, hrefs: [] }));
