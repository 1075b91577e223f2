/** Labels within the line of a title: its time, its rubric, how often it was read. */
import { type Element, isTag } from 'domhandler';
import { parseDate } from '../dates.ts';
import { textOf } from '../html.ts';
import { isCalled, RUBRIC } from '../selectors.ts';
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

/** Elements that stress words of a sentence as often as they set a label apart. */
const STRESS = /^(?:b|strong|em|i)$/;
/** Sets a label apart from what stands before it, from what stands behind it. */
const SEPARATED = [/(?:[|·•—–/]|\s-)$/, /^(?:[|·•—–/]|-\s)/] as const;

const TIME = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d`;
const IS_TIME = new RegExp(`^${TIME}$`);
/** A time of day or a score. */
const PAIR = /^\d{1,3}\s?:\s?\d{1,3}$/;
/** How a headline begins. */
const BEGINNING = /^[\p{Lu}\p{N}«"“„‘'(]/u;

/** Part of a line by itself: an element or the words between two. */
interface Piece {
  readonly at: number;
  readonly text: string;
  /** Its kind, with its place from the start and from the end; none for bare words. */
  readonly places: readonly string[];
  readonly isMarked: boolean;
  /** It may be a part of the sentence that is stressed; at its end, too. */
  readonly isStressed: boolean;
  readonly isStressedEnd: boolean;
  readonly isBeforeColon: boolean;
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
  return said.map(({ node, at, text }, index) => {
    const [before = '', after = ''] = [children[at - 1], children[at + 1]].map((beside) =>
      textOf(beside ?? []),
    );
    const isStressed =
      isTag(node) && STRESS.test(node.name) && !SEPARATED[0].test(before) && !SEPARATED[1].test(after);
    return {
      at,
      text,
      places: isTag(node) ? [`${index} ${kindOf(node)}`, `${index - said.length} ${kindOf(node)}`] : [],
      isMarked: isTag(node) && (node.name === 'time' || isCalled(node, RUBRIC)),
      isStressed,
      isStressedEnd: isStressed && index === said.length - 1,
      isBeforeColon: after.startsWith(':'),
    };
  });
}

/** Places at which at least half of `rows` have a date, a number, or a few words that others have as well. */
export function labelPlaces(lines: readonly Element[], rows: number): ReadonlySet<string> {
  const pieces = lines.flatMap((line) => piecesOf(around(line)));
  const placed = pieces.flatMap((piece) => piece.places.map((place) => ({ ...piece, place })));
  const found = [...Map.groupBy(placed, ({ place }) => place)].filter(
    ([, said]) => said.length > 1 && said.length * 2 >= rows && areLabels(said),
  );
  return new Set(found.map(([place]) => place));
}

function areLabels(pieces: readonly Piece[]): boolean {
  const texts = new Set(pieces.map(({ text }) => text));
  return pieces.every(isMoment) || (texts.size < pieces.length && pieces.every(isRubric));
}

/** A date, a time or a number; a score is none, nor is what a sentence may end in. */
const isMoment = ({ text, isStressedEnd }: Piece): boolean =>
  PAIR.test(text)
    ? IS_TIME.test(text) && !isStressedEnd
    : !HEADLINE.test(text) ||
      isDate(text) ||
      (!isStressedEnd && (COUNTER.test(text) || (/\d/.test(text) && isBesideText(text))));

/** A few words apart from the headline; before a colon they are who said it. */
const isRubric = ({ text, isStressed, isBeforeColon }: Piece): boolean =>
  !isStressed &&
  !isBeforeColon &&
  countWords(text) <= 3 &&
  text.length <= LONGEST_LABEL &&
  !/[.:!?…]$/.test(text);

const JOINT = /^[\s|·—–:,-]+|[\s|·—–,(-]{1,20}$/g;

/**
 * The text of a line without the labels at its start and its end; all of it where nothing else is left, and with those at its
 * start where what is left begins in the middle of a sentence.
 */
export function withoutLabels(line: Element, places: ReadonlySet<string>): string {
  const { children } = around(line);
  const pieces = piecesOf(around(line));
  const unmarked = pieces.filter(({ isMarked }) => !isMarked);
  const own = unmarked.filter((piece) => !piece.places.some((place) => places.has(place)));
  const last = own.at(-1);
  if (!last || !own.some(({ text }) => HEADLINE.test(text))) return textOf(line);
  const from = (first: Piece | undefined) => {
    const text = textOf(children.slice(first?.at, last.at + 1));
    return first === pieces[0] && last === pieces.at(-1) ? text : text.replace(JOINT, '');
  };
  const text = from(own[0]);
  return BEGINNING.test(text) ? text : from(unmarked[0]);
}

/** A day, with a time or a whole date by itself. */
const DATED = String.raw`(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?,?\s+(?:${TIME}|\d{1,2}[./]\d{1,2}[./]\d{2,4})|\d{1,2}[./]\d{1,2}[./]\d{2,4})`;
const BEFORE = String.raw`[\s|·—–,(-]{1,20}`;
/** A small word before a moment makes it part of the sentence. */
const NO_SMALL_WORD = String.raw`(?<!\s\p{Ll}{1,3})`;
/** A time behind the names of two is how they played. */
const NO_PAIR = String.raw`(?<!\s[—–-]\s.{1,300})`;
/** A moment that stands before or behind a title without an element of its own. */
const EDGES = [
  new RegExp(String.raw`^(?:${TIME}|${DATED})\s*[|·—–:,-]?\s+(?=${BEGINNING.source.slice(1)})`, 'u'),
  new RegExp(
    String.raw`(?=${BEFORE}(?:${TIME}|${DATED})\)?$)${NO_SMALL_WORD}(?:${NO_PAIR}${BEFORE}${TIME}|${BEFORE}${DATED})\)?$`,
    'u',
  ),
];

/** A moment that stands before or behind most of these titles. */
export const sharedMoment = (titles: readonly string[]): RegExp | undefined =>
  EDGES.find((edge) => titles.filter((title) => edge.test(title)).length > Math.max(1, titles.length / 2));
