/**
 * Tells whether a row is a story that we have. No sign of identity decides alone: address, guid, headline, text and day
 * vote, and the table below has the verdict. Pure: who the candidates are, and what their pages say now, is for the
 * caller to find out. docs/decisions/identity.md has the reasons and the numbers.
 */
import type { Story } from '../news/story.ts';
import { daysBetween } from './dates.ts';
import {
  compare,
  headlineSign,
  type HeadlineSign,
  isExcerpt,
  isSameText,
  saysHeadline,
  TELLING_LEAD,
  TELLING_WORDS,
  textSign,
  type TextSign,
  textWords,
  type Told,
  wordsIn,
} from './likeness.ts';
import type { Draft } from './normalise.ts';
import { fold, wordsOf } from './text.ts';

/** A stored story that may be the same. */
export interface Candidate {
  readonly story: Pick<Story, 'id' | 'headline' | 'lead' | 'body' | 'day'>;
  /** The row stands at an address of the story's (`own`), on its page under another anchor or name (`page`), elsewhere. */
  readonly place: 'own' | 'page' | 'other';
  /** The guid of the row; `silent`: one of them has none. */
  readonly guid: 'own' | 'other' | 'silent';
  /** The story stands in the present reading in a row of its own. */
  readonly isApart: boolean;
}

/** Meaning of each sign. */
interface Signs {
  readonly place: Candidate['place'];
  readonly guid: Candidate['guid'];
  readonly headline: HeadlineSign;
  readonly text: TextSign;
  /** `near`: the same, or one of them is unknown. */
  readonly day: 'near' | 'other';
  readonly apart: 'yes' | 'no';
  /** A text long enough to be recognised by itself on another day. */
  readonly telling: 'yes' | 'no';
}

/**
 * - `same`: the story is known, this is one more address of it, or a correction.
 * - `ask`: much alike; ask the known story's own page, then call `compareWithPage`.
 * - `read`: the row's own page has to speak; where it cannot be read, the address counts.
 * - `other`: another story.
 */
type Judgement = 'same' | 'ask' | 'read' | 'other';

type Rule = { readonly is: Judgement } & { readonly [Sign in keyof Signs]?: readonly Signs[Sign][] };

/** The first rule that fits. */
const RULES: readonly Rule[] = [
  // Two rows that stand together are two stories, unless one text is listed twice; a short one may be a notice.
  { apart: ['yes'], text: ['same'], headline: ['same'], is: 'same' },
  { apart: ['yes'], text: ['same'], headline: ['like'], telling: ['yes'], is: 'same' },
  {
    apart: ['yes'],
    place: ['other'],
    guid: ['silent', 'other'],
    text: ['like', 'facts'],
    day: ['near'],
    is: 'ask',
  },
  { apart: ['yes'], is: 'other' },
  // An address of the story's: a correction resembles what it corrects, otherwise the address is used again.
  { place: ['own'], text: ['unlike'], headline: ['other'], is: 'other' },
  { place: ['own'], text: ['unlike'], day: ['other'], is: 'other' },
  { place: ['own'], guid: ['silent'], text: ['facts'], day: ['other'], is: 'other' },
  { place: ['own'], guid: ['own', 'silent'], text: ['silent'], headline: ['other'], is: 'read' },
  { place: ['own'], guid: ['own', 'silent'], is: 'same' },
  // The guid speaks against the address: some feeds make new guids each time, some put all stories under one link.
  { place: ['own'], guid: ['other'], text: ['same', 'like'], is: 'same' },
  {
    place: ['own'],
    guid: ['other'],
    text: ['facts', 'silent'],
    headline: ['same', 'like'],
    day: ['near'],
    is: 'same',
  },
  { place: ['own'], is: 'other' },
  // Another anchor on the story's page: a post of a live blog, or a mark of where the reader came from.
  { place: ['page'], text: ['same'], headline: ['same', 'like'], is: 'same' },
  { place: ['page'], guid: ['own'], text: ['like'], is: 'same' },
  { place: ['page'], guid: ['own'], text: ['facts', 'silent'], headline: ['same', 'like'], is: 'same' },
  {
    place: ['page'],
    guid: ['silent'],
    text: ['like', 'silent'],
    headline: ['same'],
    day: ['near'],
    is: 'same',
  },
  { place: ['page'], is: 'other' },
  // The guid alone: a story that moved, or a guid that numbers places or is used again.
  { guid: ['own'], text: ['same', 'like'], headline: ['same', 'like'], is: 'same' },
  { guid: ['own'], text: ['same'], telling: ['yes'], is: 'same' },
  { guid: ['own'], text: ['silent'], headline: ['same', 'like'], is: 'ask' },
  { guid: ['own'], text: ['same', 'like', 'facts'], is: 'ask' },
  { guid: ['own'], is: 'other' },
  // The text alone; one body under several headlines may be a notice and no text.
  { text: ['same'], headline: ['same'], day: ['near'], is: 'same' },
  { text: ['same'], headline: ['same', 'like'], telling: ['yes'], is: 'same' },
  { text: ['same'], telling: ['yes'], is: 'ask' },
  { text: ['same', 'like', 'facts'], day: ['near'], is: 'ask' },
  // Without any text only the headline speaks.
  { text: ['silent'], headline: ['same'], day: ['near'], is: 'same' },
];

const judgementOf = (signs: Signs): Judgement =>
  RULES.find(({ is: _is, ...rule }) =>
    (Object.keys(rule) as (keyof Signs)[]).every((sign) =>
      (rule[sign] as readonly string[] | undefined)?.includes(signs[sign]),
    ),
  )?.is ?? 'other';

/** Where the known story's page can no longer be asked, so much of one text must stand in the other. */
const PROBABLY_SAME = 0.85;
/** The share where the leads are equal. */
const SAME_LEAD = 0.6;

/** The judgement of one candidate, and the share of words in common. */
export function judge(draft: Draft, candidate: Candidate): { is: Judgement; share: number } {
  const { story, place, guid, isApart } = candidate;
  const isJoined = place !== 'other' || guid === 'own';
  const isNear = !draft.isDayKnown || daysBetween(story.day, draft.day) === 0;
  const asItIs = textSign(draft, story, isJoined);
  const isCut = asItIs.sign === 'unlike' && isNear && !isApart && isCutShort(draft, story);
  const { sign, share } = isCut ? ({ sign: 'like', share: 1 } as const) : asItIs;
  const shortest = Math.min(textWords(draft).length, textWords(story).length);
  const is = judgementOf({
    place,
    guid,
    headline: sign === 'unlike' && !isJoined ? 'other' : signOfHeadlines(draft, story, sign),
    text: sign,
    day: isNear ? 'near' : 'other',
    apart: isApart ? 'yes' : 'no',
    telling: shortest >= TELLING_WORDS ? 'yes' : 'no',
  });
  if (is !== 'same' || sign !== 'silent' || isJoined) return { is, share };
  // Only the headline joins them. Where one of two texts is missing, the page knows more.
  if (textWords(draft).length !== textWords(story).length) return { is: 'ask', share };
  // Where the source says no day it names a story of these days: "Rates for tomorrow" comes each week.
  const isOther = guid === 'other' || daysBetween(story.day, draft.day) > 1;
  return { is: isOther ? 'other' : is, share };
}

/** Over one text a headline in which typing errors were mended is the same. */
function signOfHeadlines(one: Told, other: Told, text: TextSign): HeadlineSign {
  const sign = headlineSign(one, other);
  const isMended =
    sign === 'like' && text === 'same' && isSameText(wordsIn(one.headline), wordsIn(other.headline));
  return isMended ? 'same' : sign;
}

/** Whether one of two texts is the other, cut short. */
const isCutShort = (one: Told, other: Told): boolean => isExcerpt(one, other) || isExcerpt(other, one);

export type Verdict =
  | { readonly kind: 'same'; readonly id: string }
  | { readonly kind: 'unsure'; readonly id: string; readonly likeness: number }
  | { readonly kind: 'new' };

/** Decides among candidates: those that the row names first, then those of about the same day or under the same headline. */
export function identify(draft: Draft, candidates: readonly Candidate[]): Verdict {
  let best: { id: string; likeness: number } | undefined;
  for (const candidate of candidates) {
    const { is, share } = judge(draft, candidate);
    if (is === 'same' || is === 'read') return { kind: 'same', id: candidate.story.id };
    if (is === 'ask' && (!best || share > best.likeness)) best = { id: candidate.story.id, likeness: share };
  }
  return best ? { kind: 'unsure', ...best } : { kind: 'new' };
}

/**
 * The last word on an `unsure` one. `page` is what the known story's own page says now; undefined: nobody can tell. A page
 * that says the same as the draft is an alias of it; one that still says its own is another story; one that is gone has moved
 * to where its text stands.
 */
export function compareWithPage(
  draft: Draft,
  { story: known, guid }: Pick<Candidate, 'story' | 'guid'>,
  page: Told | 'gone' | undefined,
): 'same' | 'new' {
  const isTold = (story: Told) =>
    isSameText(textWords(draft), textWords(story)) && headlineSign(draft, story) !== 'other';
  if (page && page !== 'gone') return isTold(page) || isCutShort(draft, page) ? 'same' : 'new';
  if (page && isTold(known) && [draft, known].every(saysHeadline)) return 'same';
  const hasGuid = guid === 'own' && wordsOf(known.lead).length >= TELLING_LEAD;
  if (!hasGuid && fold(known.headline) !== fold(draft.headline)) return 'new';
  // A story that was only a headline so far has its text under the new address.
  if (!textWords(known).length || isCutShort(draft, known)) return 'same';
  const { share, facts } = compare(textWords(draft), textWords(known));
  // Of two lists in the same words nobody can tell which page stood for which: a repeat is better than a loss.
  if (facts) return 'new';
  const isSameLead =
    wordsOf(draft.lead).length >= TELLING_LEAD && isSameText(wordsIn(draft.lead), wordsIn(known.lead));
  return share >= (isSameLead || hasGuid ? SAME_LEAD : PROBABLY_SAME) ? 'same' : 'new';
}

/**
 * Whether a story may now say this at its own address: a correction resembles what it corrects. The page whose headline
 * stays speaks for its story as a row with its guid (`hasGuid`) does: its day may be that of the last edit.
 */
export function isCorrection(draft: Draft, story: Candidate['story'], hasGuid = false): boolean {
  const guid = hasGuid || headlineSign(draft, story) !== 'other' ? 'own' : 'silent';
  return judge(draft, { story, place: 'own', guid, isApart: false }).is === 'same';
}
