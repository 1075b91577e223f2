/** How alike two texts are: word by word for typing errors and other facts, by pairs of words for a text that was rewritten. */
import { bounded, remembered } from '../bounded.ts';
import { editDistance } from '../edit-distance.ts';
import { type Block, textsOf } from '../news/article.ts';
import type { Draft } from './normalise.ts';
import { fold, wordsOf } from './text.ts';

/** Nothing but typing errors apart. */
const SAME_TEXT = 0.985;

export function isSameText(one: readonly Word[], other: readonly Word[]): boolean {
  const { share, facts } = compare(one, other);
  return share >= SAME_TEXT && facts === 0;
}

/** A caption says nothing of which story it is. */
const blockText = (block: Block): string => (block.kind === 'figure' ? '' : textsOf(block).join(' '));

/** A word of a text; one that stands in a thousand texts is folded once. */
export interface Word {
  readonly folded: string;
  /** A number, or a name inside a sentence: other facts are another story. */
  readonly isFact: boolean;
}

/** Features by which a text is compared: a story of ours, a draft, a page. */
export type Told = Pick<Draft, 'headline' | 'lead' | 'body'>;

/** A story is compared with many in one poll. */
const wordsOfStory = new WeakMap<Pick<Told, 'lead' | 'body'>, readonly Word[]>();

/** Words of lead and body. */
export const textWords = (story: Pick<Told, 'lead' | 'body'>): readonly Word[] =>
  remembered(wordsOfStory, story, ({ lead, body }) => [lead, ...body.map(blockText)].flatMap(wordsIn));

const WORD = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}'’ʼ`]*/gu;

export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    // Only a capital inside a sentence tells a name.
    const isInside = words.length > 0 && !/[.!?:…]/.test(text.slice(end, index));
    words.push({
      folded: remembered(folded, word, foldWord),
      isFact: /^\d/.test(word) || (isInside && /^\p{Lu}/u.test(word)),
    });
    end = index + word.length;
  }
  return words;
}

const folded = bounded<string, string>(100_000);

const foldWord = (word: string): string => fold(word).replaceAll(' ', '');

interface Likeness {
  /** Share of words in common, typing errors forgiven, 0-1. */
  readonly share: number;
  /** Numbers and names on both sides that the other does not have. */
  readonly facts: number;
}

/** Texts that differ in more words than this are not compared letter by letter: nobody mends so many typing errors. */
const MOST_DIFFERENCES = 40;

export function compare(one: readonly Word[], other: readonly Word[]): Likeness {
  const left = withoutCommon(one, other);
  const right = withoutCommon(other, one);
  const total = one.length + other.length;
  if (!total) return { share: 1, facts: 0 };
  const apart = left.length + right.length;
  if (apart > MOST_DIFFERENCES)
    return { share: 1 - apart / total, facts: left.some(isFactual) && right.some(isFactual) ? apart : 0 };
  const unpaired = [...right];
  const lonely = left.filter((word) => {
    const twin = unpaired.findIndex((candidate) => isTypingError(word.folded, candidate.folded));
    if (twin >= 0) unpaired.splice(twin, 1);
    return twin < 0;
  });
  const facts = lonely.some(isFactual) ? unpaired.filter(isFactual).length : 0;
  return { share: 1 - (lonely.length + unpaired.length) / total, facts };
}

const isFactual = ({ isFact }: Word): boolean => isFact;

/** Words of `one` beyond those that `other` has too, each counted as often as it stands there. */
function withoutCommon(one: readonly Word[], other: readonly Word[]): Word[] {
  const counts = new Map<string, number>();
  for (const { folded } of other) counts.set(folded, (counts.get(folded) ?? 0) + 1);
  return one.filter(({ folded }) => {
    const left = counts.get(folded) ?? 0;
    if (left) counts.set(folded, left - 1);
    return !left;
  });
}

/**
 * How the text of a row stands to that of a story: `same` but for typing errors; `like` with words added or left out;
 * `facts` with other numbers or names in their place; `unlike`; `silent` where one of them has no text.
 */
export type TextSign = 'same' | 'like' | 'facts' | 'unlike' | 'silent';

/** Below this share of common words two texts that nothing else joins tell different things. */
const OTHER_TEXT = 0.6;
/** Of the shorter text's pairs of words so many stand in a longer form of it, however much was added or moved. */
const LIKE_PAIRS = 0.3;
/** The share where numbers or names are others: the newsroom tells many stories in the same words. */
const LIKE_PAIRS_OF_FACTS = 0.6;

/** The sign, and for texts that something else joins already with a text that was rewritten or cut counted as `like`. */
export function textSign(one: Told, other: Told, isJoined: boolean): { sign: TextSign; share: number } {
  const [left, right] = [textWords(one), textWords(other)];
  if (!left.length || !right.length) return { sign: 'silent', share: 0 };
  const most = (2 * Math.min(left.length, right.length)) / (left.length + right.length);
  // So unlike in length that no more can be found out by the words in common.
  if (!isJoined && most < OTHER_TEXT) return { sign: 'unlike', share: 0 };
  const { share, facts } = compare(left, right);
  if (share >= SAME_TEXT && facts === 0) return { sign: 'same', share };
  const leastPairs = facts ? LIKE_PAIRS_OF_FACTS : LIKE_PAIRS;
  const isLike = isJoined ? pairsInCommon(left, right) >= leastPairs : share >= OTHER_TEXT;
  return { sign: isLike ? (facts ? 'facts' : 'like') : 'unlike', share };
}

/** Share of the shorter text's pairs of neighbours, by the beginnings of the words, that the longer has too. */
function pairsInCommon(one: readonly Word[], other: readonly Word[]): number {
  const [least, most] = [pairsOf(one), pairsOf(other)].sort((a, b) => a.size - b.size);
  if (!least?.size || !most) return 0;
  return [...least].filter((pair) => most.has(pair)).length / least.size;
}

/** Letters at the start of a word that stay in its other forms. */
const STEM = 5;

const pairsOf = (words: readonly Word[]): Set<string> =>
  new Set(
    words.slice(1).map(({ folded }, at) => `${words[at]?.folded.slice(0, STEM)} ${folded.slice(0, STEM)}`),
  );

/** A text this short repeats itself too easily to be recognised by itself. */
export const TELLING_WORDS = 30;
/** Words of a lead that is long enough to be told apart by it, and numbers and names by which a shorter text is. */
export const TELLING_LEAD = 8;
const TELLING_FACTS = 3;
/** Of the pairs of an excerpt so many stand in the whole: words were lost where it was cut together. */
const EXCERPT_PAIRS = 0.9;

/** Whether one is the other under the same headline, cut short: as a feed gives it whose other gives the whole text. */
export function isExcerpt(one: Told, whole: Told): boolean {
  if (fold(one.headline) !== fold(whole.headline)) return false;
  // The last word may have been cut.
  const [shown, words] = [textWords(one).slice(0, -1), textWords(whole)];
  const isTelling = shown.length >= TELLING_WORDS || shown.filter(isFactual).length >= TELLING_FACTS;
  if (!isTelling || shown.length < TELLING_LEAD || shown.length >= words.length) return false;
  return pairsInCommon(shown, words) >= EXCERPT_PAIRS && compare(shown, words).facts === 0;
}

/** How one text is of the other: all of it is its beginning, and `marked`: says so itself by an ellipsis. */
export function beginningOf(one: Told, whole: Told): 'marked' | 'bare' | undefined {
  // The last word may have been cut.
  const [shown, words] = [textWords(one).slice(0, -1), textWords(whole)];
  if (shown.length + 1 >= words.length) return undefined;
  if (!shown.every(({ folded }, at) => folded === words[at]?.folded)) return undefined;
  return /(?:…|\.{3})[\])]?$/.test([one.lead, ...one.body.map(blockText)].findLast(Boolean) ?? '')
    ? 'marked'
    : 'bare';
}

export type HeadlineSign = 'same' | 'like' | 'other';

/** Of both headlines' words so many are the same in a headline that was edited, of the shorter's in one that was extended. */
const LIKE_HEADLINE = 0.6;
const IN_HEADLINE = 0.8;
/** Of a headline's telling words so many stand in its own text. */
const IN_TEXT = 0.4;
/** A shorter word tells nothing of what a text is about. */
const TELLING_WORD = 4;

/** How the headlines stand to each other; where one side has no text, its headline may also stand in the other's. */
export function headlineSign(one: Told, other: Told): HeadlineSign {
  if (fold(one.headline) === fold(other.headline)) return 'same';
  const [a, b] = [stemsOf(one.headline), stemsOf(other.headline)];
  const common = [...a].filter((stem) => b.has(stem)).length;
  const least = Math.min(a.size, b.size);
  if (2 * common >= LIKE_HEADLINE * (a.size + b.size)) return 'like';
  if (least > 1 && common >= IN_HEADLINE * least) return 'like';
  const [isBare, isOtherBare] = [!textWords(one).length, !textWords(other).length];
  if (isBare === isOtherBare) return 'other';
  const isInText = isBare ? standsIn(one.headline, other) : standsIn(other.headline, one);
  return isInText ? 'like' : 'other';
}

/** Whether a text by itself says what its headline says: no notice does, which may stand under any. */
export const saysHeadline = (told: Told): boolean => standsIn(told.headline, { ...told, headline: '' });

const stemsOf = (text: string): Set<string> => new Set(wordsOf(text).map((word) => word.slice(0, STEM)));

function standsIn(headline: string, told: Told): boolean {
  const telling = wordsOf(headline).filter((word) => word.length >= TELLING_WORD);
  const stems = new Set([
    ...stemsOf(told.headline),
    ...textWords(told).map(({ folded }) => folded.slice(0, STEM)),
  ]);
  const found = telling.filter((word) => stems.has(word.slice(0, STEM))).length;
  return telling.length > 0 && found >= IN_TEXT * telling.length;
}

/** One letter more, less, other or in another place; two in words of six letters and more. Numbers have no typing errors here. */
export function isTypingError(one: string, other: string): boolean {
  if (/\d/.test(one) || /\d/.test(other)) return false;
  const longest = Math.max(one.length, other.length);
  if (longest < 4 || Math.abs(one.length - other.length) > 2) return false;
  return editDistance(one, other) <= (longest >= 6 ? 2 : 1);
}
