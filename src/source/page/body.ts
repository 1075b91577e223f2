/** Where a story's text stands on its page: by a known mark, by its dateline, or by its length. */
import { compile, selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { type BlocksOptions, blocksIn } from '../blocks.ts';
import type { RawBlock } from '../raw-block.ts';
import { isCall } from '../calls.ts';
import { dateline } from '../dateline.ts';
import { ancestorsOf, elementsOf, textOf } from '../html.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { remembered } from '../../bounded.ts';
import { newsroom } from '../../newsroom/current.ts';
import { USUAL_BODIES } from '../selectors.ts';
import { wordsOf } from '../text.ts';
import { isBesideText, isOfTemplate } from './beside-text.ts';
import { isTeaser } from './story-lines.ts';
import { isNoText, isOutside, leadsAway, untilEnd, type Zone } from './zone.ts';

type Query = ReturnType<typeof compile<AnyNode, Element>>;

const queriesOf = new WeakMap<Newsroom, readonly Query[]>();

/** The marks, the surest first; compiled once for a newsroom. */
const bodyQueries = (): readonly Query[] =>
  remembered(queriesOf, newsroom(), ({ bodies }) =>
    [...bodies, ...USUAL_BODIES].map((selector) => compile<AnyNode, Element>(selector)),
  );

export interface Body {
  readonly blocks: readonly RawBlock[];
  /** Found by a known mark of the site or by the dateline, not guessed. */
  readonly isSure: boolean;
}

/**
 * The text around the headline; only where nothing is marked there the largest one of the page. `isTitled`: the headline is
 * the story's own, so that a short line behind it may be its lead.
 */
export function bodyOf(document: Document, zone: Zone, base: string, isTitled: boolean): Body {
  const options: BlocksOptions = { skip: (element) => isNoText(element, base), base };
  for (const root of [zone.root, document])
    for (const query of bodyQueries()) {
      const near = root === zone.root && zone.headline ? zone : undefined;
      const found = partsOf(root, markedIn(root, query), near, base);
      const parts = near ? withMain(found, document, near, base) : found;
      const blocks = untilEnd(parts.flatMap((part) => blocksIn(part, options)));
      if (blocks.length) return { blocks, isSure: true };
    }
  const first = zone.lines.findIndex(
    (line) => line.kind === 'paragraph' && dateline(line.text) && !isTeaser(line.text),
  );
  if (first >= 0) return { blocks: zone.lines.slice(first), isSure: true };
  const start = zone.lines.findIndex((line, at) =>
    isTitled ? beginsText(line, zone.lines[at + 1], zone) : isLong(line),
  );
  return { blocks: start < 0 ? [] : zone.lines.slice(start), isSure: false };
}

/** Characters of a line that no site says of itself by the way, more than. */
const LONG = 60;

const isLong = ({ kind, text, href }: RawBlock): boolean =>
  kind === 'paragraph' && text.length > LONG && href === undefined;

/** Whether a heading that leads to another page stands before the first long paragraph: a list of stories, none of them this. */
export function listsOthers({ elements }: Zone, base: string): boolean {
  const first = elements.findIndex((element) => element.name === 'p' && textOf(element).length > LONG);
  return elements
    .slice(0, first)
    .some((element) => /^h[2-6]$/.test(element.name) && leadsAway(element, base));
}

/** Words of a short sentence, and items of a list that is a text, at least. */
const LEAST_WORDS = 4;
const LEAST_ITEMS = 3;
const SENTENCE = /[.!?…]["”»)]*$/;
const CAPTION = /(?:фота|фото|photo|здым(?:ак|к)|сним(?:ок|к))[^.!?]{0,60}[.]?$/iu;

/** Whether a block behind a story's own headline may begin its text: a long line, a sentence, a list or table of facts. */
function beginsText(block: RawBlock, next: RawBlock | undefined, zone: Zone): boolean {
  if (isLong(block)) return true;
  if (block.kind === 'table') return block.hrefs.length === 0;
  if (block.kind === 'list')
    return block.hrefs.length === 0 && block.items.length >= LEAST_ITEMS && block.items.every(isFact);
  if (block.kind !== 'paragraph' || block.href !== undefined || !isSentence(block)) return false;
  // The text may begin with the long line as well: this one has to look like nothing else.
  return !next || !isLong(next) || !(isOfTemplate(block.text) || isUnderPicture(block.text, zone));
}

/** Whether a line is a paragraph right behind a picture. */
function isUnderPicture(text: string, { elements }: Zone): boolean {
  const at = elements.findIndex((element) => element.name === 'p' && textOf(element) === text);
  return elements[at - 1]?.name === 'img';
}

/** No rubric, name of a network or button: it has a number, a colon or some words. */
const isFact = (item: string): boolean =>
  /\p{L}{2}/u.test(item) &&
  (/[\d:]/.test(item) || wordsOf(item).length >= LEAST_WORDS) &&
  !isBesideText(item);

const isSentence = (block: RawBlock): boolean =>
  wordsOf(block.text).length >= LEAST_WORDS &&
  SENTENCE.test(block.text) &&
  !CAPTION.test(block.text) &&
  !isBesideText(block.text) &&
  !isCall(block);

const markedIn = (root: AnyNode, query: Query): Element[] =>
  selectAll<AnyNode, Element>(query, root).filter((element) => !isOutside(element));

const sizeOf = (parts: readonly Element[]): number =>
  parts.reduce((sum, part) => sum + textOf(part).length, 0);

/** Characters of a text that may be a lead alone, at most, and how many times as long the text to it is at least. */
const LONGEST_LEAD = 500;
const MANY_TIMES = 5;

/** A lead that is marked by itself, with the text that is marked elsewhere behind the headline. */
function withMain(
  lead: readonly Element[],
  document: Document,
  zone: Zone,
  base: string,
): readonly Element[] {
  const size = sizeOf(lead);
  if (!zone.headline || !size || size > LONGEST_LEAD) return lead;
  const known = new Set(
    [zone.headline, ...lead].flatMap((element) => [...elementsOf(element), ...ancestorsOf(element)]),
  );
  for (const query of bodyQueries()) {
    const marked = markedIn(document, query).filter((element) => !known.has(element));
    const parts = partsOf(document, [...lead, ...marked], zone, base);
    const hasMain = parts.some((part) => textOf(part).length > MANY_TIMES * size);
    if (hasMain && lead.every((part) => parts.includes(part))) return parts;
  }
  return lead;
}

/** Characters without which nothing is a text. */
const SHORTEST_TEXT = 20;

/**
 * One text, which advertisements may have cut into parts: what is `marked` within `root` with no other story's headline in
 * between. The first such text behind the zone's headline; the largest where it is not known which that is.
 */
function partsOf(
  root: AnyNode,
  marked: readonly Element[],
  zone: Zone | undefined,
  base: string,
): readonly Element[] {
  if (!marked.length) return [];
  const all = new Set(marked);
  let texts: Element[][] = [[]];
  const walk = (node: AnyNode): void => {
    if (!('children' in node) || (isTag(node) && isOutside(node))) return;
    if (isTag(node) && all.has(node)) {
      texts.at(-1)?.push(node);
      return;
    }
    if (node === zone?.headline) texts = [[]];
    const isApart = isTag(node) && isOther(node, all, zone, base);
    if (isApart) texts.push([]);
    node.children.forEach(walk);
    if (isApart) texts.push([]);
  };
  walk(root);
  const sized = texts
    .map((parts) => ({ parts, size: sizeOf(parts) }))
    .filter(({ size }) => size >= SHORTEST_TEXT);
  const [found] = zone ? sized : sized.toSorted((a, b) => b.size - a.size);
  return found?.parts ?? [];
}

/** Whether what follows is another story: one with a headline of its own, or that leads there. */
function isOther(
  element: Element,
  marked: ReadonlySet<Element>,
  zone: Zone | undefined,
  base: string,
): boolean {
  if (element === zone?.headline) return false;
  if (element.name === 'h1' || zone?.isOtherHeadline(element)) return true;
  if (/^h[2-4]$/.test(element.name)) return leadsAway(element, base);
  if (element.name !== 'article') return false;
  const within = [...elementsOf(element)];
  // A card of a film or a picture has no text of its own.
  return within.some((inner) => marked.has(inner)) && !(zone?.headline && within.includes(zone.headline));
}
