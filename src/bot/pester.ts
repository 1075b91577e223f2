/** Somebody who writes or presses too much is answered once and then left alone for a minute. In memory only, never stored. */
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
  const times = new Map<string, number[]>();
  const silent = new Map<string, number>();
  let sweptAt = 0;
  const sweep = (now: number) => {
    if (now - sweptAt < WINDOW_MS) return;
    sweptAt = now;
    for (const [chat, at] of times) if ((at.at(-1) ?? 0) <= now - WINDOW_MS) times.delete(chat);
    for (const [chat, until] of silent) if (until <= now) silent.delete(chat);
  };
  return {
    count(chat, now) {
      sweep(now);
      if ((silent.get(chat) ?? 0) > now) return 'ignore';
      const recent = (times.get(chat) ?? []).filter((at) => at > now - WINDOW_MS);
      recent.push(now);
      if (recent.length <= limit) {
        times.set(chat, recent);
        return 'answer';
      }
      times.delete(chat);
      silent.set(chat, now + WINDOW_MS);
      return 'warn';
    },
  };
}
