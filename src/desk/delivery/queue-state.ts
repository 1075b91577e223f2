/** State shared by the visits of one owner: how the queues stand, and what is remembered of chats between two visits. */
import { type Bounded, bounded } from '../../bounded.ts';
import type { Edition } from '../../news/edition.ts';
import type { Window } from './log-window.ts';

export interface Round {
  /** Aborted once another process may deliver. */
  readonly lost: AbortSignal;
  readonly window: Window;
  /** Turns taken so far, and the last one of each edition. */
  turns: number;
  readonly served: Map<Edition, number>;
  /** The last entry of each log at the last look. */
  readonly heads: Map<Edition, number>;
  /** Sends and searches in a row that did not get through to Telegram. */
  unreached: number;
  /** Slots whose next message may repeat one that arrived; a twin below it tells. */
  readonly doubted: Set<number>;
  /** Refusals that may be mistaken, by slot: how often, and when first (ms). */
  readonly disbelieved: Map<number, { readonly times: number; readonly since: number }>;
  /** Chats, by slot, in which Telegram refused something in every form. */
  readonly restrictions: Map<number, Restriction>;
  /** News that is paid for, so that it goes faster. */
  readonly paying: Paying;
  /** Entries whose first message has gone out, as `be12`. */
  readonly begun: Bounded<string, true>;
}

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

/** News that is paid for now, and when something may be again, in ticks. */
interface Paying {
  run?: PaidRun | undefined;
  againAt: number;
  /** The last urgent entry of each edition that was paid for: who waits behind it has it, and waits for something else. */
  readonly paidFor: Map<Edition, number>;
}

export interface Restriction {
  /** The names of what is not shown there. */
  readonly without: ReadonlySet<string>;
  /** The most stories that its next message may hold. */
  readonly most: number;
}

export const newRound = (window: Window, lost: AbortSignal = new AbortController().signal): Round => ({
  lost,
  window,
  turns: 0,
  served: new Map(),
  heads: new Map(),
  unreached: 0,
  doubted: new Set(),
  disbelieved: new Map(),
  restrictions: new Map(),
  paying: { againAt: 0, paidFor: new Map() },
  begun: bounded(1000),
});

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
