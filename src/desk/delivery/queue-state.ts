/** State shared by the visits of one owner: how the queues stand, and what is remembered of chats between two visits. */
import { bounded } from '../../bounded.ts';
import type { Edition } from '../../news/edition.ts';
import type { Window } from './log-window.ts';

export type Round = ReturnType<typeof newRound>;

/** `lost`: aborted once another process may deliver. */
export const newRound = (window: Window, lost: AbortSignal = new AbortController().signal) => ({
  lost,
  window,
  /** Turns taken so far, and the last one of each edition. */
  turns: 0,
  served: new Map<Edition, number>(),
  /** The last entry of each log at the last look. */
  heads: new Map<Edition, number>(),
  /** Sends and searches in a row that did not get through to Telegram. */
  unreached: 0,
  /** Slots whose next message may repeat one that arrived; a twin below it tells. */
  doubted: new Set<number>(),
  /** Refusals that may be mistaken, by slot: how often, and when first (ms). */
  disbelieved: new Map<number, { readonly times: number; readonly since: number }>(),
  /** Chats, by slot, in which Telegram refused something in every form. */
  restrictions: new Map<number, Restriction>(),
  /** News that is paid for, so that it goes faster. */
  paying: {
    run: undefined as PaidRun | undefined,
    /** When something may be paid for again, in ticks. */
    againAt: 0,
    /** The last urgent entry of each edition that was paid for: who waits behind it has it, and waits for something else. */
    paidFor: new Map<Edition, number>(),
  },
  /** Entries whose first message has gone out, as `be12`. */
  begun: bounded<string, true>(1000),
});

/** A broadcast that is paid for. */
export interface PaidRun {
  /** Balance at its beginning, Stars. */
  readonly stars: number;
  /** Messages that may be paid for, and those that had been paid for before. */
  readonly most: number;
  readonly paidBefore: number;
  /** Not more may be paid for because of the floor. */
  readonly isFloored: boolean;
  /** The urgent entries that it is for, by edition. */
  readonly entries: ReadonlyMap<Edition, number>;
  /** When somebody last waited for the story, in ticks. */
  urgentAt: number;
  lookAt: number;
}

export interface Restriction {
  /** The names of what is not shown there. */
  readonly without: ReadonlySet<string>;
  /** The most stories that its next message may hold. */
  readonly most: number;
}

/** More than this in a row that does not get through is an outage. */
const MOST_UNREACHED = 4;

/** Counts whether Telegram was got through to; what nobody answered, and a proxy for Telegram did, was not. */
export function noteContact(round: Round, isThrough: boolean): void {
  round.unreached = isThrough ? 0 : round.unreached + 1;
}

/** Whether nothing gets through: then one thing at a time is tried. */
export const isOutage = ({ unreached }: Round): boolean => unreached > MOST_UNREACHED;

/** A refusal that may be mistaken is believed after so many tries over so long. */
const BELIEF_TRIES = 4;
const BELIEF_MS = 3 * 60_000;

/** Counts a refusal that may be mistaken; true: it is believed. */
export function isBelieved({ disbelieved }: Round, slot: number, now: number): boolean {
  const { times, since } = disbelieved.get(slot) ?? { times: 0, since: now };
  disbelieved.set(slot, { times: times + 1, since });
  if (times + 1 < BELIEF_TRIES || now - since < BELIEF_MS) return false;
  disbelieved.delete(slot);
  return true;
}

/** Whether this is the first message of all that shows `entry`. */
export function isFirstOfAll({ begun }: Round, entry: string): boolean {
  if (begun.get(entry)) return false;
  begun.set(entry, true);
  return true;
}
