/** A chat that writes too much is answered once and then left alone for a minute. In memory only, never stored. */

/** Messages of one chat to the bot within `WINDOW_MS` that are still answered. */
const LIMIT = 20;
const WINDOW_MS = 60_000;

/**
 * - `answer`: within the limit.
 * - `warn`: the first message over it; say so, once.
 * - `ignore`: the minute of silence.
 */
export type Patience = 'answer' | 'warn' | 'ignore';

export interface PesterGuard {
  /** Counts a message of a chat at `now` (ms). */
  count(chat: string, now: number): Patience;
}

export function createPesterGuard(): PesterGuard {
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
      if (recent.length <= LIMIT) {
        times.set(chat, recent);
        return 'answer';
      }
      times.delete(chat);
      silent.set(chat, now + WINDOW_MS);
      return 'warn';
    },
  };
}
