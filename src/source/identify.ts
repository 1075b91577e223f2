/**
 * Tells a story that comes back under another address from a new one. Pure: who the candidates are, and what their pages
 * say now, is for the caller to find out. docs/decisions/identity.md has the reasons and the numbers.
 */
import { bounded } from '../bounded.ts';
import { editDistance } from '../edit-distance.ts';
import { type Block, textsOf } from '../news/article.ts';
import type { Story } from '../news/story.ts';
import { daysBetween } from './dates.ts';
import type { Draft } from './normalise.ts';
import { fold, wordsOf } from './text.ts';

/** A stored story that may be the same. */
export interface Candidate {
  readonly story: Pick<Story, 'id' | 'headline' | 'lead' | 'body' | 'day'>;
  /** It stands in the present listing under a link of its own. */
  readonly isListed: boolean;
}

/**
 * - `same`: the story is known, this is one more address of it.
 * - `unsure`: much alike; ask the known story's own page, then call `decide`.
 */
export type Verdict =
  | { readonly kind: 'same'; readonly id: string }
  | { readonly kind: 'unsure'; readonly id: string; readonly likeness: number }
  | { readonly kind: 'new' };

/** Nothing but typing errors apart. */
const SAME_TEXT = 0.985;
/** Words of a lead that is long enough to be told apart by it. */
const TELLING_LEAD = 8;
/** Below this two texts tell different things. */
const OTHER_TEXT = 0.6;
/** Where the known story's page can no longer be asked, so much of one text must stand in the other. */
const PROBABLY_SAME = 0.85;
/** A text this short repeats itself too easily on other days to be recognised by itself. */
const TELLING_WORDS = 30;

/** Decides among candidates of about the same day or under the same headline. */
export function identify(draft: Draft, candidates: readonly Candidate[]): Verdict {
  let best: { id: string; likeness: number } | undefined;
  const own = textWords(draft);
  for (const { story, isListed } of candidates) {
    const isSameHeadline = fold(story.headline) === fold(draft.headline);
    const isSameDay = !draft.isDayKnown || daysBetween(story.day, draft.day) === 0;
    const other = textWords(story);
    if (!own.length || !other.length) {
      // Without a text only the headline speaks; two rows that stand there together are two stories.
      if (isSameHeadline && isSameDay && !isListed && own.length === other.length)
        return { kind: 'same', id: story.id };
      if (isSameHeadline && isSameDay && !isListed) best ??= { id: story.id, likeness: PROBABLY_SAME };
      continue;
    }
    const shortest = Math.min(own.length, other.length);
    // So unlike in length that neither verdict is within reach.
    if ((2 * shortest) / (own.length + other.length) < OTHER_TEXT) continue;
    const likeness = compare(own, other);
    const isSame = likeness.share >= SAME_TEXT && likeness.facts === 0;
    if (isSame && (isSameDay || shortest >= TELLING_WORDS)) return { kind: 'same', id: story.id };
    if (isSameDay && likeness.share >= OTHER_TEXT && likeness.share > (best?.likeness ?? 0))
      best = { id: story.id, likeness: likeness.share };
  }
  return best ? { kind: 'unsure', ...best } : { kind: 'new' };
}

/**
 * The last word on an `unsure` one. `page` is what the known story's own page says now; undefined: it is gone. A page
 * that says the same as the draft is an alias of it; one that still says its own is another story.
 */
export function compareWithPage(
  draft: Draft,
  known: Candidate['story'],
  page: Pick<Draft, 'headline' | 'lead' | 'body'> | undefined,
): 'same' | 'new' {
  if (page) {
    return isSameText(textWords(draft), textWords(page)) ? 'same' : 'new';
  }
  if (fold(known.headline) !== fold(draft.headline)) return 'new';
  const isSameLead =
    wordsOf(draft.lead).length >= TELLING_LEAD && isSameText(wordsIn(draft.lead), wordsIn(known.lead));
  const { share } = compare(textWords(draft), textWords(known));
  return share >= (isSameLead ? OTHER_TEXT : PROBABLY_SAME) ? 'same' : 'new';
}

function isSameText(one: readonly Word[], other: readonly Word[]): boolean {
  const { share, facts } = compare(one, other);
  return share >= SAME_TEXT && facts === 0;
}

const blockText = (block: Block): string => textsOf(block).join(' ');

/** A word of a text; one that stands in a thousand texts is folded once. */
interface Word {
  readonly folded: string;
  /** A number, or a name inside a sentence: other facts are another story. */
  readonly isFact: boolean;
}

type Told = Pick<Draft, 'lead' | 'body'>;

/** A story is compared with many in one poll. */
const wordsOfStory = new WeakMap<Told, readonly Word[]>();

/** Words of lead and body. */
function textWords(story: Told): readonly Word[] {
  const known = wordsOfStory.get(story);
  if (known) return known;
  const words = [story.lead, ...story.body.map(blockText)].flatMap(wordsIn);
  wordsOfStory.set(story, words);
  return words;
}

const WORD = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}'’ʼ`]*/gu;

function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    // Only a capital inside a sentence tells a name.
    const isInside = words.length > 0 && !/[.!?:…]/.test(text.slice(end, index));
    words.push({ folded: foldWord(word), isFact: /^\d/.test(word) || (isInside && /^\p{Lu}/u.test(word)) });
    end = index + word.length;
  }
  return words;
}

const folded = bounded<string, string>(100_000);

function foldWord(word: string): string {
  const known = folded.get(word);
  if (known !== undefined) return known;
  const made = fold(word).replaceAll(' ', '');
  folded.set(word, made);
  return made;
}

interface Likeness {
  /** Share of words in common, typing errors forgiven, 0-1. */
  readonly share: number;
  /** Numbers and names on both sides that the other does not have. */
  readonly facts: number;
}

/** Texts that differ in more words than this are not compared letter by letter: nobody mends so many typing errors. */
const MOST_DIFFERENCES = 40;

function compare(one: readonly Word[], other: readonly Word[]): Likeness {
  const left = withoutCommon(one, other);
  const right = withoutCommon(other, one);
  const total = one.length + other.length;
  if (!total) return { share: 1, facts: 0 };
  const apart = left.length + right.length;
  if (apart > MOST_DIFFERENCES) return { share: 1 - apart / total, facts: apart };
  const unpaired = [...right];
  const lonely = left.filter((word) => {
    const twin = unpaired.findIndex((candidate) => isTypingError(word.folded, candidate.folded));
    if (twin >= 0) unpaired.splice(twin, 1);
    return twin < 0;
  });
  const facts =
    Math.min(lonely.filter(({ isFact }) => isFact).length, 1) *
    unpaired.filter(({ isFact }) => isFact).length;
  return { share: 1 - (lonely.length + unpaired.length) / total, facts };
}

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

/** One letter more, less, other or in another place; two in words of six letters and more. Numbers have no typing errors here. */
export function isTypingError(one: string, other: string): boolean {
  if (/\d/.test(one) || /\d/.test(other)) return false;
  const longest = Math.max(one.length, other.length);
  if (longest < 4 || Math.abs(one.length - other.length) > 2) return false;
  return editDistance(one, other) <= (longest >= 6 ? 2 : 1);
}
