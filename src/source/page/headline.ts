/** The headline of a story's page, and whether it is what was listed: a page may be a notice, or name its site there. */
import { type Document, type Element, isText } from 'domhandler';
import { elementsNamed, elementsOf, shortTextOf, textOf } from '../html.ts';
import { withoutPaidLabel } from '../../newsroom/signs.ts';
import { clip, fold, wordsOf } from '../text.ts';
import type { Metadata } from './metadata.ts';
import { isOutside, keepShown } from './zone.ts';

export interface Title {
  readonly text: string;
  readonly element: Element | undefined;
}

/** Share of a headline's words by which it is told from a notice, 0-1. */
const MOST_WORDS = 0.75;

/** The h1 that is most like what the page or the listing calls the story. */
export function titleOf(document: Document, metadata: Metadata, expected: string): Title {
  const wanted = expected || (metadata.headline ?? metadata.title);
  const all = [...elementsOf(document)].filter(({ name }) => /^h[1-3]$/.test(name));
  const headings = all.filter((element) => element.name === 'h1' && textOf(element));
  // One that is the headline, or the only one with most of its words, is it even in a wrapper called "share" or "banner".
  const exact = wanted ? all.filter((element) => fold(textOf(element)) === fold(wanted)) : [];
  const [rank] = exact.map(({ name }) => name).toSorted();
  const highest = exact.filter(({ name }) => name === rank);
  const alike = headings.filter((element) => wanted && likeness(textOf(element), wanted) >= MOST_WORDS);
  const [shown] = highest.length === 1 ? highest : alike.length === 1 ? alike : [];
  if (shown) keepShown(shown);
  const best = [...new Set([...headings, ...(shown ? [shown] : [])])]
    .filter((element) => !isOutside(element))
    .map((element) => ({ element, score: likeness(textOf(element), wanted) }))
    .toSorted((a, b) => b.score - a.score)[0];
  const line = best || !wanted ? undefined : lineThatSays(wanted, document);
  if (line) keepShown(line);
  const element = best?.element ?? line;
  return {
    text: withoutPaidLabel(clip(element ? textOf(element) : (metadata.headline ?? ''), 500)),
    element,
  };
}

/** Nodes within a line that is a headline, at most. */
const MOST_PARTS = 20;

/** The innermost element that says these words and nothing else, where none is a heading; no link leads to its own page. */
function lineThatSays(words: string, document: Document): Element | undefined {
  const said = fold(words);
  const [body = document] = elementsNamed(document, 'body');
  const says = (element: Element) =>
    element.children.length <= MOST_PARTS &&
    element.children.some((child) => isText(child) && child.data.trim() !== '') &&
    fold(shortTextOf(element, 2 * words.length) ?? '') === said;
  const found = [...elementsOf(body)].find(
    (element) => element.name !== 'title' && says(element) && !isOutside(element),
  );
  return found?.name === 'a' ? undefined : found;
}

/** Share of the shorter text's words that the other has too, 0-1. */
function likeness(one: string, other: string): number {
  const [a, b] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const least = Math.min(a.size, b.size);
  return least ? [...a].filter((word) => b.has(word)).length / least : 0;
}

/** A corrected headline keeps a good part of its words; a notice has none of them. */
export const isAbout = (headline: string, expected: string): boolean => likeness(headline, expected) >= 0.25;

/** Whether one headline stands in another, or its beginning where it was cut: many sites put their name beside it. */
export function holds(text: string, expected: string): boolean {
  const [whole, cut] = [fold(expected), fold(expected.replace(/\s*\S*(?:…|\.{3})$/, ''))];
  const wanted = wordsOf(cut).length >= LEAST_WORDS ? cut : whole;
  return wanted !== '' && ` ${fold(text)} `.includes(` ${wanted} `);
}

/** Words that a headline has at least; the name of a site or a rubric has fewer. */
export const LEAST_WORDS = 3;

/** Whether a page's headline is what was listed; a listing may put the time, the day or the rubric beside it. */
export const isHeadlineOf = (text: string, expected: string): boolean =>
  holds(text, expected) || (wordsOf(text).length >= LEAST_WORDS && holds(expected, text));

/** Whether a headline has more than was listed, a rubric, a date or the name of the site, as another title of the page shows. */
export function hasLabel({ names }: Metadata, { text, element }: Title, expected: string): boolean {
  const [whole, wanted] = [fold(text), fold(expected)];
  if (whole === wanted || !holds(text, expected)) return false;
  if (!element) return /^\s*[|—–-]\s/.test(text.slice(expected.length)) && text.startsWith(expected);
  // Words that go on in the same line are of a headline that was extended.
  const isApart = () =>
    [...elementsOf(element)].some(({ children }) => children.some((node) => fold(textOf(node)) === wanted));
  return (
    names.some((name) => `${fold(name)} `.startsWith(`${wanted} `)) &&
    !names.some((name) => holds(name, text)) &&
    (whole.endsWith(` ${wanted}`) || isApart())
  );
}

/** Whether a page shows its headline, if in no heading: one that only a browser fills has it for machines alone. */
export const saysHeadline = (document: Document, { element, text }: Title): boolean =>
  element !== undefined || holds(textOf(document), text);
