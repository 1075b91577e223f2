/** The part of a page that may hold the story: from its headline to the line that closes it. */
import { type AnyNode, type ChildNode, type Document, type Element, isTag, isText } from 'domhandler';
import { blocksIn, LONGEST_CARD } from '../blocks.ts';
import type { RawBlock } from '../raw-block.ts';
import { isCaption } from '../figure.ts';
import { ancestorsOf, attribute, elementsNamed, elementsOf, parentOf, shortTextOf, textOf } from '../html.ts';
import { absoluteLink, isWithin } from '../links.ts';
import {
  inWords,
  isAboutText,
  isCalled,
  isTemplate,
  namesIn,
  NEWS_HEADING,
  NOT_THE_LISTING,
  NOT_THE_STORY,
  notTheStory,
  OTHER_TEXT,
  SAYS_TEXT,
  SHARE_LINE,
} from '../selectors.ts';
import { wordsOf } from '../text.ts';

/** Answers asked of an element and of all that it stands in are remembered: pages are asked them of every element. */
function remembered(
  holds: (element: Element) => boolean,
  known = new WeakMap<Element, boolean>(),
): (element: Element) => boolean {
  const answer = (element: Element): boolean => {
    const before = known.get(element);
    if (before !== undefined) return before;
    const parent = parentOf(element);
    const is = holds(element) || (parent !== undefined && answer(parent));
    known.set(element, is);
    return is;
  };
  return answer;
}

/** Names of an element that are looked at; longer ones are nobody's honest wish. */
const LONGEST_NAMES = 1000;

const namesOf = (element: Element): string =>
  namesIn(element)
    .map((names) => inWords(names.slice(0, LONGEST_NAMES)))
    .join(' ');

/** Roles of what stands beside the content of a page. */
const BESIDE_ROLES = /^(?:complementary|navigation|contentinfo|search|dialog|alertdialog|toolbar)$/i;

const isNamed = (element: Element, names: RegExp): boolean =>
  names.test(namesOf(element)) || BESIDE_ROLES.test(attribute(element, 'role'));

const outside = new WeakMap<Element, boolean>();

/** Whether an element stands in a part of the page that never holds the story. */
export const isOutside = remembered((element) => isNotStory(element), outside);

/** Whether a link stands beside the listing: in the site's head, foot or menus, or among advice of other stories. */
export const isAside = remembered(
  (element) =>
    ['header', 'footer', 'nav', 'aside'].includes(element.name) || isNamed(element, NOT_THE_LISTING),
);

/** Headline and text with all that they stand in: whatever that is called, the story is in it. */
const wrappers = new WeakSet<Element>();

/** Says which element is the headline, before anything is asked of the page. */
export function keepShown(headline: Element): void {
  for (const element of [headline, ...ancestorsOf(headline)]) wrappers.add(element);
}

/**
 * Keeps what is called a text and something else too ("post-popup__text", "article-share"), where it holds most of all that is
 * said behind the headline and is no list of links.
 */
function keepText(root: AnyNode, elements: readonly Element[]): void {
  const all = saidIn(root);
  const kept = elements.filter((element) => {
    const names = namesOf(element);
    if (wrappers.has(element) || !NOT_THE_STORY.test(names)) return false;
    if (!SAYS_TEXT.test(names) || OTHER_TEXT.test(names)) return false;
    return saidIn(element) > Math.max(all, textOf(element).length) / 2;
  });
  for (const wrapper of kept) {
    wrappers.add(wrapper);
    for (const inner of elementsOf(wrapper)) outside.delete(inner);
  }
}

/** Characters outside of links. */
const saidIn = (node: AnyNode): number =>
  elementsNamed(node, 'a').reduce((left, link) => left - textOf(link).length, textOf(node).length);

/** Parts of a page that never hold the story. A header may hold its headline, so headers are not among them. */
function isNotStory(element: Element): boolean {
  if (wrappers.has(element)) return false;
  // A quotation names its speaker in a footer of its own.
  if (element.name === 'footer') return parentOf(element)?.name !== 'blockquote';
  if (['nav', 'aside'].includes(element.name)) return true;
  if (['html', 'body', 'main', 'article'].includes(element.name)) return false;
  return isNamed(element, notTheStory(element));
}

/** Whether an element's lines are left out of the story's text: a picture's caption belongs to the picture. */
export const isNoText = (element: Element, base: string): boolean =>
  isNotStory(element) ||
  isTemplate(element) ||
  isCard(element, base) ||
  (!wrappers.has(element) && (isCaption(element) || isAbout(element)));

/** Whether an element is a short article within a page that leads to another one. */
function isCard(element: Element, base: string): boolean {
  if (element.name !== 'article' || wrappers.has(element)) return false;
  if (shortTextOf(element, LONGEST_CARD) === undefined) return false;
  const headings = [...elementsOf(element)].filter(({ name }) => /^h[1-6]$/.test(name));
  return headings.length > 0 && headings.every((heading) => leadsAway(heading, base));
}

/** UTF-16 units of who wrote a text and when, at most. */
const LONGEST_ABOUT = 200;
/** Words of a sentence, at least. */
const LEAST_WORDS = 5;

const QUOTE = /(?:^|[\s_-])quot/i;

function isAbout(element: Element): boolean {
  if (!isAboutText(namesOf(element)) || isOfText(element)) return false;
  const said = shortTextOf(element, LONGEST_ABOUT);
  if (said === undefined) return false;
  const isSentence = /[.!?…][»”")]*$/.test(said) && wordsOf(said).length >= LEAST_WORDS;
  const isOfQuote = (at: Element) => at.name === 'blockquote' || isCalled(at, QUOTE);
  return !isSentence && !ancestorsOf(element).take(4).some(isOfQuote);
}

/** Whether an element is a heading, stands among the words of a line, or is one of several with text behind each: a chronicle. */
const isOfText = (element: Element): boolean =>
  /^h[2-6]$/.test(element.name) || isAmongWords(element) || (headsText(element) && isOneOfSeveral(element));

const isAmongWords = (element: Element): boolean =>
  /^(?:p|li|td|blockquote)$/.test(parentOf(element)?.name ?? '') &&
  [pastBlank(element.prev, 'prev'), pastBlank(element.next, 'next')].some(
    (node) => node && HAS_WORD.test(textOf(node)) && !(isTag(node) && isAboutText(namesOf(node))),
  );

const HAS_WORD = /[\p{L}\p{N}]/u;

/** The node itself or, where it is blank, the one behind it in this direction. */
const pastBlank = (node: ChildNode | null, way: 'prev' | 'next'): ChildNode | null =>
  node && isText(node) && !node.data.trim() ? node[way] : node;

/** Whether a paragraph stands right behind an element. */
const headsText = ({ next }: Element): boolean => {
  const behind = pastBlank(next, 'next');
  return behind !== null && isTag(behind) && behind.name === 'p' && !isAboutText(namesOf(behind));
};

/** Nodes between two days or hours of a chronicle, at most. */
const LONGEST_ENTRY = 40;

const isOneOfSeveral = (element: Element): boolean =>
  (['prev', 'next'] as const).some((way) => {
    let at = element[way];
    for (let left = LONGEST_ENTRY; at && left > 0; at = at[way], left--)
      if (isTag(at) && isLike(at, element) && headsText(at)) return true;
    return false;
  });

/** Whether an element is part of a row of a list or of the site's head. */
export const isInList = remembered(({ name }) => name === 'li' || name === 'header');

/** The zone between the headline and the end of the article. */
export interface Zone {
  readonly headline: Element | undefined;
  /** The article or main element around the headline. */
  readonly root: AnyNode;
  readonly lines: readonly RawBlock[];
  readonly elements: readonly Element[];
  /** Whether an element begins another story as the headline begins this one. */
  readonly isOtherHeadline: (element: Element) => boolean;
}

/** The zone between the headline and another story's, within what is around it; `base`: from where its links are meant. */
export function zoneAfter(document: Document, headline: Element | undefined, base: string): Zone {
  const root = headline
    ? articleAround(headline, document)
    : (elementsNamed(document, 'main')[0] ?? document);
  const all = [...elementsOf(root)];
  const from = headline ? all.indexOf(headline) + 1 : 0;
  keepText(root, all.slice(from));
  const isOtherHeadline = headline ? otherHeadlines(headline, base) : () => false;
  const next = all.findIndex((element, at) => at >= from && isOtherHeadline(element));
  const others = new Set(next < 0 ? [] : all.slice(next));
  const skip = (element: Element) => others.has(element) || isNoText(element, base);
  return {
    headline,
    root,
    lines: untilEnd(blocksIn(root, { skip, after: headline, base })),
    elements: all.slice(from, next < 0 ? undefined : next),
    isOtherHeadline,
  };
}

/** Characters beside a headline from which on its box has a text, not only a date and a name. */
const SHORTEST_TEXT = 60;

/**
 * Whether an element is what the headline is, and begins another story: one in a wrapper that is called as the headline's and
 * leads to another page, or an h1 in a box like the one that holds the headline and its text. Builders of pages put subheads
 * into wrappers like the headline's, too.
 */
function otherHeadlines(headline: Element, base: string): (element: Element) => boolean {
  const said = textOf(headline).length;
  const around = [...ancestorsOf(headline)];
  const upToBox = around.findIndex((at) => textOf(at).length - said >= SHORTEST_TEXT) + 1;
  const own = [headline, ...around.slice(0, Math.max(upToBox, 1))];
  const hasClass = (element: Element | undefined) =>
    element !== undefined && attribute(element, 'class') !== '';
  const isBoxed = headline.name === 'h1' && hasClass(own.at(-1));
  const isNamed = hasClass(own[1]);
  return (element) =>
    (isNamed && isPlacedLike(element, own.slice(0, 2)) && leadsAway(element, base)) ||
    (isBoxed && isPlacedLike(element, own));
}

/** Whether an element and what it stands in are like these, but others. */
function isPlacedLike(element: Element, these: readonly Element[]): boolean {
  const around = ancestorsOf(element);
  let at: Element | undefined = element;
  for (const each of these) {
    if (!at || at === each || !isLike(at, each)) return false;
    at = around.next().value ?? undefined;
  }
  return true;
}

/** Whether two elements have one name and class. */
export const isLike = (one: Element, other: Element): boolean =>
  one.name === other.name && attribute(one, 'class') === attribute(other, 'class');

/** Whether a heading is, has or stands in a link to another page of the site that `base` is of. */
export function leadsAway(heading: Element, base: string): boolean {
  const hosts = (link: string) => new URL(link).host.replace(/^www\./, '');
  return [...elementsOf(heading), ...ancestorsOf(heading)].some((element) => {
    const link = element.name === 'a' ? absoluteLink(attribute(element, 'href'), base) : undefined;
    return link !== undefined && hosts(link) === hosts(base) && !isWithin(link, base);
  });
}

/** The article or main element around the headline and some text, or the whole body; a page may leave out its tag. */
function articleAround(headline: Element, document: Document): AnyNode {
  const said = textOf(headline).length;
  const around = [...ancestorsOf(headline)].filter(({ name }) => ['article', 'main', 'body'].includes(name));
  return around.find((at) => textOf(at).length - said >= SHORTEST_TEXT) ?? around.at(-1) ?? document;
}

/** Up to the line that closes the article or the heading over other stories. */
export function untilEnd(blocks: readonly RawBlock[]): RawBlock[] {
  const end = blocks.findIndex(
    (block, index) =>
      index > 0 &&
      block.kind !== 'list' &&
      block.kind !== 'figure' &&
      (SHARE_LINE.test(block.text) || (block.kind === 'subhead' && NEWS_HEADING.test(block.text))),
  );
  return end < 0 ? [...blocks] : blocks.slice(0, end);
}
