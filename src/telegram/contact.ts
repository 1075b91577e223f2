/** What the answers say of Telegram itself: whether it is there, since when it is not and why, and what time it is there. */
import type { Clock } from '../time.ts';
import type { Outcome } from './outcome.ts';

export interface Contact {
  /** An answer, or that there was none. `date`: the header with which it came. */
  heard(outcome: Outcome<unknown>, date?: string): void;
  /** Milliseconds since Telegram said anything; Infinity before the first word. */
  readonly silentMs: number;
  /** Milliseconds since the first of the failures that nothing good has ended, and why the last failed; undefined: none. */
  readonly failing: { readonly forMs: number; readonly why: string } | undefined;
  /** By how much our time of day is ahead of Telegram's, ms; undefined: it has told none. */
  readonly aheadMs: number | undefined;
}

export function createContact(clock: Clock): Contact {
  let wellAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly since: number; readonly why: string } | undefined;
  /** Of Telegram's time by our ticks; our own time of day is compared when somebody asks, as it may have been set since. */
  let theirs: { readonly date: number; readonly at: number } | undefined;
  return {
    heard(outcome, date) {
      if (outcome.kind === 'unreached' || outcome.kind === 'unknown') {
        failure = { since: failure?.since ?? clock.ticks(), why: outcome.detail };
        return;
      }
      failure = undefined;
      wellAt = clock.ticks();
      const parsed = date === undefined ? Number.NaN : Date.parse(date);
      if (!Number.isNaN(parsed)) theirs = { date: parsed, at: wellAt };
    },
    get silentMs() {
      return clock.ticks() - wellAt;
    },
    get failing() {
      return failure && { forMs: clock.ticks() - failure.since, why: failure.why };
    },
    get aheadMs() {
      return theirs && clock.now() - (theirs.date + clock.ticks() - theirs.at);
    },
  };
}
