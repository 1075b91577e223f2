/** The state of Telegram itself by its answers: whether it is there, since when it is not and why, and what time it is there. */
import { type Clock, MINUTE, SECOND, type WatchedClock, watched } from '../time.ts';
import type { Outcome } from './outcome.ts';

export type Contact = ReturnType<typeof createContact>;

/** Telegram tells the time to the second, and answers take one: what is further off is wrong, ms. */
export const WRONG_CLOCK_MS = 30 * SECOND;

/** ms for which a quick answer tells the time better than a slow one after it. */
const TOLD_MS = 5 * MINUTE;

export function createContact(clock: Clock) {
  let wellAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly since: number; readonly why: string } | undefined;
  /** Of Telegram's time by our ticks; our own time of day is compared when somebody asks, as it may have been set since. */
  let theirs: { readonly date: number; readonly askedAt: number; readonly at: number } | undefined;
  /** The date that was read last, and its moment, ms: thousands of answers of a second have the same. */
  let last = { date: '', at: Number.NaN };
  const aheadMs = () => {
    if (!theirs) return undefined;
    // It was written somewhere between question and answer, and a long poll has half a minute between them.
    const ofTicks = clock.now() - clock.ticks();
    const least = theirs.askedAt + ofTicks - theirs.date;
    const most = theirs.at + ofTicks - theirs.date;
    return Math.max(least, Math.min(most, 0));
  };
  return {
    /** An answer to what was asked at `askedAt` (ticks), or that there was none. `date`: the header with which it came. */
    heard(outcome: Outcome<unknown>, askedAt: number, date?: string): void {
      const isHeard = outcome.kind === 'unreached' && outcome.deaf !== undefined;
      if (!isHeard && (outcome.kind === 'unreached' || outcome.kind === 'unknown')) {
        failure = { since: failure?.since ?? clock.ticks(), why: outcome.detail };
        return;
      }
      // A long poll that was begun before says nothing of what has failed since.
      if (failure && askedAt >= failure.since) failure = undefined;
      wellAt = clock.ticks();
      if (date !== undefined && date !== last.date) last = { date, at: Date.parse(date) };
      const parsed = date === undefined ? Number.NaN : last.at;
      if (Number.isNaN(parsed)) return;
      const isExact = !theirs || wellAt - askedAt <= theirs.at - theirs.askedAt;
      // A machine that was suspended counts no ticks meanwhile.
      const expected = theirs ? theirs.date + wellAt - theirs.at : parsed;
      const isOld = wellAt - (theirs?.at ?? 0) > TOLD_MS || Math.abs(parsed - expected) > WRONG_CLOCK_MS * 2;
      if (isExact || isOld) theirs = { date: parsed, askedAt, at: wellAt };
    },
    /** Milliseconds since Telegram said anything; Infinity before the first word. */
    get silentMs(): number {
      return clock.ticks() - wellAt;
    },
    /** Milliseconds since the first of the failures that nothing good has ended, and why the last failed; undefined: none. */
    get failing(): { readonly forMs: number; readonly why: string } | undefined {
      return failure && { forMs: clock.ticks() - failure.since, why: failure.why };
    },
    /** By how much our time of day is ahead of Telegram's at least, ms; negative: behind. undefined: it has told none. */
    get aheadMs(): number | undefined {
      return aheadMs();
    },
    /** The time of day, ms since the epoch: ours, and Telegram's where ours is wrong. */
    get now(): number {
      const ahead = aheadMs() ?? 0;
      return clock.now() - (Math.abs(ahead) > WRONG_CLOCK_MS ? ahead : 0);
    },
  };
}

/** The clock that dates are made by: our clock, and Telegram's time of day where ours is wrong. */
export const corrected = (clock: Clock, contact: Pick<Contact, 'now'>): WatchedClock =>
  watched({ ...clock, now: () => contact.now });
