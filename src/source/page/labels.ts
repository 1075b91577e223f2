/** Labels within the line of a title: its time, its rubric, how often it was read. */
import { type Element, isTag } from 'domhandler';
import { parseDate } from '../dates.ts';
import { attribute, textOf } from '../html.ts';
import { RUBRIC } from '../selectors.ts';
import { isBesideText } from './beside-text.ts';
import { kindOf } from './story-links.ts';

/** Texts without a word are page numbers and arrows. */
export const HEADLINE = /\p{L}{2}/u;

export const countWords = (line: string): number => line.match(/\p{L}{2,}/gu)?.length ?? 0;

/** A date may have the names of its day and its month, and a word before them. */
export const isDate = (line: string): boolean => countWords(line) <= 3 && parseDate(line) !== undefined;

/** Parts two pieces of a line, or says nothing. */
const BETWEEN = /^[\s|·•—–:,/-]*$/;
const COUNTER = /^\d[\d\s.,]*\p{L}*\.?$/u;
const LONGEST_LABEL = 40;

/** Part of a line by itself: an element or the words between two. */
interface Piece {
  readonly at: number;
  readonly text: string;
  /** Its kind, with its place from the start and from the end; none for bare words. */
  readonly places: readonly string[];
  readonly isMarked: boolean;
}

/** The element around all pieces of a line. */
function around(line: Element): Element {
  const [only, ...others] = line.children.filter((node) => !BETWEEN.test(textOf(node)));
  return only && !others.length && isTag(only) ? around(only) : line;
}

function piecesOf({ children }: Element): Piece[] {
  const said = children
    .map((node, at) => ({ node, at, text: textOf(node) }))
    .filter(({ text }) => !BETWEEN.test(text));
  return said.map(({ node, at, text }, index) => ({
    at,
    text,
    places: isTag(node) ? [`${index} ${kindOf(node)}`, `${index - said.length} ${kindOf(node)}`] : [],
    isMarked: isTag(node) && (node.name === 'time' || RUBRIC.test(attribute(node, 'class'))),
  }));
}

/** Places at which at least half of `rows` have a date, a number, or a few words that others have as well. */
export function labelPlaces(lines: readonly Element[], rows: number): ReadonlySet<string> {
  const texts = new Map<string, string[]>();
  for (const { text, places } of lines.flatMap((line) => piecesOf(around(line))))
    for (const place of places) {
      const said = texts.get(place) ?? [];
      said.push(text);
      texts.set(place, said);
    }
  const found = [...texts].filter(
    ([, said]) => said.length > 1 && said.length * 2 >= rows && areLabels(said),
  );
  return new Set(found.map(([place]) => place));
}

function areLabels(texts: readonly string[]): boolean {
  const isMoment = (text: string) =>
    !HEADLINE.test(text) || COUNTER.test(text) || isDate(text) || (/\d/.test(text) && isBesideText(text));
  const isRubric = (text: string) =>
    countWords(text) <= 3 && text.length <= LONGEST_LABEL && !/[.:!?…]$/.test(text);
  return texts.every(isMoment) || (new Set(texts).size < texts.length && texts.every(isRubric));
}

const JOINT = /^[\s|·—–:,-]+|[\s|·—–,(-]{1,20}$/g;

/** The text of a line without the labels at its start and its end; all of it where nothing else is left. */
export function withoutLabels(line: Element, places: ReadonlySet<string>): string {
  const { children } = around(line);
  const pieces = piecesOf(around(line));
  const own = pieces.filter((piece) => !piece.isMarked && !piece.places.some((place) => places.has(place)));
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last || !own.some(({ text }) => HEADLINE.test(text))) return textOf(line);
  const text = textOf(children.slice(first.at, last.at + 1));
  const isWhole = first === pieces[0] && last === pieces.at(-1);
  return isWhole ? text : text.replace(JOINT, '');
}

/** A moment that stands before or behind a title without an element of its own. */
const MOMENT = String.raw`(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?,?\s+)?(?:\d{1,2}:\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})`;
const EDGES = [
  new RegExp(String.raw`^${MOMENT}\s*[|·—–:,-]?\s+`),
  new RegExp(String.raw`[\s|·—–,(-]{1,20}${MOMENT}\)?$`),
];

/** A moment that stands before or behind most of these titles. */
export const sharedMoment = (titles: readonly string[]): RegExp | undefined =>
  EDGES.find((edge) => titles.filter((title) => edge.test(title)).length > Math.max(1, titles.length / 2));
