/** Somebody who writes or presses too much is answered once and then left alone for a minute. In memory only, never stored. */
import { bounded } from '../bounded.ts';
import { MINUTE } from '../time.ts';

const WINDOW_MS = MINUTE;

/**
 * - `answer`: within the limit.
 * - `warn`: the first message over it; say so, once.
 * - `ignore`: the minute of silence.
 */
export type Treatment = 'answer' | 'warn' | 'ignore';

export interface PesterGuard {
  /** Counts what a chat or an account does at `now` (ms). */
  count(who: string, now: number): Treatment;
}

/** @param limit what is still answered within a minute. */
export function createPesterGuard(limit: number): PesterGuard {
  const known = bounded<string, { readonly times: readonly number[]; readonly silentUntil: number }>(
    Number.POSITIVE_INFINITY,
    WINDOW_MS,
  );
  return {
    count(who, now) {
      const { times = [], silentUntil = 0 } = known.get(who) ?? {};
      if (silentUntil > now) return 'ignore';
      const recent = [...times.filter((at) => at > now - WINDOW_MS), now];
      const isOver = recent.length > limit;
      known.set(who, { times: isOver ? [] : recent, silentUntil: isOver ? now + WINDOW_MS : 0 });
      return isOver ? 'warn' : 'answer';
    },
  };
}
