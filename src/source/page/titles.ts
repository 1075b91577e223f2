/** By what name the links of a listing call their stories. */
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { ancestorsOf, attribute, BLOCKS, elementsOf, plain, textOf } from '../html.ts';
import { isCalled, RUBRIC, wordOf } from '../selectors.ts';
import { tidy } from '../text.ts';
import { HEADLINE, isDate, labelPlaces, sharedMoment, withoutLabels, countWords } from './labels.ts';

/** A text beside a headline of at least this length is a lead, a shorter one a rubric or a date. */
export const SHORTEST_LEAD = 60;

export type Titles = ReadonlyMap<Element, string>;

/** The words of each link of these stories. */
export function titlesOf(rows: readonly (readonly Element[])[]): Titles {
  const cards = rows.map((anchors) => new Map(anchors.map((anchor) => [anchor, cardLinesOf(anchor)])));
  const said = countOf(cards.map((lines) => [...lines.values()].flat()));
  const places = labelPlaces(
    rows.flatMap((anchors) => anchors.map((anchor) => headingIn(anchor) ?? anchor)),
    rows.length,
  );
  const titles = cards.flatMap((card) =>
    [...card].map(
      ([anchor, lines]) => [anchor, uncut(titleIn(anchor, ownOf(lines, said), places), anchor)] as const,
    ),
  );
  const bare = withoutMoments(titles.map(([, title]) => title).filter((title) => HEADLINE.test(title)));
  return new Map(titles.map(([anchor, title]) => [anchor, bare.get(title) ?? title]));
}

/** A title that was cut to fit its place, as the words for those who do not see it have it whole. */
function uncut(title: string, anchor: Element): string {
  const beginning = title.replace(/\s*(?:…|\.{3})$/, '');
  const said =
    beginning === title ? [] : ['title', 'aria-label'].map((name) => plain(attribute(anchor, name)));
  return said.find((whole) => whole.length > title.length && whole.startsWith(beginning)) ?? title;
}

/** These without the moment that most of them have at an edge, but for those that only it tells apart. */
function withoutMoments(titles: readonly string[]): ReadonlyMap<string, string> {
  const moment = sharedMoment(titles);
  const bare = [...new Set(titles)]
    .filter((title) => moment?.test(title))
    .map((title) => [title, title.replace(moment ?? '', '')] as const);
  const said = countOf(bare.map(([, left]) => [left]));
  return new Map(bare.filter(([, left]) => said.get(left) === 1));
}

/** In how many of these each text is. */
export function countOf(these: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const texts of these) for (const text of new Set(texts)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Lines that no other card has: its rubric and its call to read on stand in several. */
function ownOf(lines: readonly string[], said: ReadonlyMap<string, number>): readonly string[] {
  const own = lines.filter((line) => said.get(line) === 1);
  return own.some((line) => HEADLINE.test(line) && !isDate(line)) ? own : lines;
}

const TITLE = wordOf('title|headline');

export const isHeading = (element: Element): boolean =>
  /^h[1-6]$/.test(element.name) || (isCalled(element, TITLE) && !isCalled(element, RUBRIC));

const headingIn = (anchor: Element): Element | undefined =>
  [...elementsOf(anchor)].find((element) => element !== anchor && isHeading(element));

/** Elements around a link in which a heading is looked for. */
const AROUND = 3;

/** Whether a link is a heading, has one, or stands in one. */
export const isTitle = (anchor: Element): boolean =>
  elementsOf(anchor).some(isHeading) || ancestorsOf(anchor).take(AROUND).some(isHeading);

/** The lines of a link that is a whole card without a heading. */
function cardLinesOf(anchor: Element): string[] {
  const isCard = [...elementsOf(anchor)].some(({ name }) => name !== 'a' && BLOCKS.has(name));
  return isCard && !headingIn(anchor) ? linesIn(anchor, '') : [];
}

/**
 * The heading of a link; of one that is a whole card the first of its `lines` that has some words and is no date, or a shorter
 * one of two words over nothing but a lead.
 */
function titleIn(anchor: Element, lines: readonly string[], places: ReadonlySet<string>): string {
  const heading = headingIn(anchor);
  if (heading) return withoutLabels(heading, places);
  const worded = lines.filter((line) => HEADLINE.test(line) && !isDate(line));
  const [first = '', second = ''] = worded;
  if (countWords(first) > 1 && first.length < SHORTEST_LEAD && isLead(second)) return first;
  return (
    worded.find((line) => countWords(line) > 2) ??
    lines.toSorted((a, b) => b.length - a.length)[0] ??
    withoutLabels(anchor, places)
  );
}

/** A lead ends as a sentence does; a headline of its length does not. */
export const isLead = (line: string): boolean => line.length >= SHORTEST_LEAD && /[.…]["”»]?$/.test(line);

/** Texts in the row besides the headline, each as it stands in one element. */
export function linesIn(box: Element, headline: string): string[] {
  const lines: string[] = [];
  const walk = (node: AnyNode): void => {
    if (isText(node)) {
      const line = tidy(node.data);
      if (line && !headline.includes(line)) lines.push(line);
    } else if (isTag(node) && !['script', 'style', 'time', 'button'].includes(node.name)) {
      const isLine =
        node.name === 'p' ||
        node.children.every(
          (child) => isText(child) || (isTag(child) && ['b', 'i', 'em', 'strong'].includes(child.name)),
        );
      const line = isLine ? textOf(node) : '';
      if (isLine && line !== headline) lines.push(line);
      else if (!isLine) node.children.forEach(walk);
    }
  };
  walk(box);
  return lines.filter(Boolean);
}
