/** Redis grows older with a moved clock: it has one of its own, which nobody can move. */
import { everyKey, newsKeys } from '#src/store/keys.ts';
import type { Store } from '#src/store/redis.ts';
import { DAY } from '#src/time.ts';

/** Leases and the like are kept by the real clock, by whoever holds them. */
const OF_NOW = /:(?:lease:\w+|pulse|flood)$/;
/** Two looks at one key differ by so much, ms. */
const JITTER_MS = 5000;
/** Of the news hardly a key lives for less than 400 days. */
const NEWS_EVERY_MS = 10 * DAY;

/** When each key goes, by the real clock and by the moved one. Kept in Redis, since the process is weighed. */
export const NOTES = 'ageing';

/** Takes what should have gone by `now`, ms of the moved clock; to be called once a day. */
export function ageing({ redis, botId }: Store): (now: number) => Promise<void> {
  let lastNews = 0;

  async function ageLike(pattern: string, now: number): Promise<void> {
    const notes = `${NOTES}:${pattern}`;
    const known = await redis.hgetall(notes);
    const next = new Map<string, string>();
    for await (const page of redis.scanStream({ match: pattern, count: 5000 }) as AsyncIterable<string[]>) {
      const keys = page.filter((key) => !OF_NOW.test(key));
      const step = redis.pipeline();
      for (const key of keys) step.pttl(key);
      const left = (await step.exec()) ?? [];
      for (const [index, key] of keys.entries()) {
        const note = noteOf(Number(left[index]?.[1] ?? -1), known[key], now);
        if (note === undefined) continue;
        if (note.due <= now) await redis.unlink(key);
        else next.set(key, `${note.real} ${note.due}`);
      }
    }
    await redis.unlink(notes);
    if (next.size) await redis.hset(notes, next);
  }

  return async (now) => {
    await ageLike(everyKey(botId), now);
    if (now - lastNews < NEWS_EVERY_MS) return;
    lastNews = now;
    await ageLike(newsKeys.schema.replace(/schema$/, '*'), now);
  };
}

/** `left` ms by the real clock; undefined: it stays. One that was given more time since is due anew. */
function noteOf(left: number, known: string | undefined, now: number) {
  if (left < 0) return undefined;
  const real = Date.now() + left;
  const [before = 0, due = 0] = known?.split(' ').map(Number) ?? [];
  return { real, due: Math.abs(before - real) < JITTER_MS ? due : now + left };
}
