/** The time of day as the process that delivers had it last: the next one may have another, or its own may be set back. */
import type { Store } from './redis.ts';
import { scoredIn } from './scores.ts';

/** Writes down what time it is, ms since the epoch. */
export const noteTime = (store: Store, now: number): Promise<unknown> =>
  store.redis.set(store.keys.clock, String(Math.floor(now)));

/** The time that was written down last; undefined: never. */
export async function notedTime(store: Store): Promise<number | undefined> {
  const noted = await store.redis.get(store.keys.clock);
  return noted === null ? undefined : Number(noted);
}

/** Brings the next tries of letters and removals forward by `ms`, as the clock by which they wait was set back. */
export async function bringForward(store: Store, ms: number): Promise<void> {
  const { lettersDue, removalsDue } = store.keys;
  for (const key of [lettersDue, removalsDue]) {
    const waiting = scoredIn(await store.redis.zrange(key, '0', '-1', 'WITHSCORES'));
    const moved = waiting.flatMap(({ member, score }) => [Number(score) - ms, member]);
    if (moved.length > 0) await store.redis.zadd(key, 'XX', ...moved);
  }
}
