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

/** Takes what should have gone by `now`, ms of the moved clock; to be called once a day. */
export function ageing({ redis, botId }: Store): (now: number) => Promise<void> {
  const seen = new Map<string, { real: number; readonly due: number }>();
  let lastNews = 0;

  async function ageLike(pattern: string, now: number): Promise<void> {
    const gone = new Set(
      [...seen.keys()].filter((key) => pattern.startsWith(key.slice(0, key.indexOf('}')))),
    );
    for await (const page of redis.scanStream({ match: pattern, count: 5000 }) as AsyncIterable<string[]>) {
      const keys = page.filter((key) => !OF_NOW.test(key));
      const step = redis.pipeline();
      for (const key of keys) step.pttl(key);
      const left = (await step.exec()) ?? [];
      for (const [index, key] of keys.entries()) {
        gone.delete(key);
        await look(key, Number(left[index]?.[1] ?? -1), now);
      }
    }
    for (const key of gone) seen.delete(key);
  }

  async function look(key: string, left: number, now: number): Promise<void> {
    if (left < 0) return;
    const real = Date.now() + left;
    const known = seen.get(key);
    const isSame = known !== undefined && Math.abs(known.real - real) < JITTER_MS;
    const due = isSame ? known.due : now + left;
    seen.set(key, { real, due });
    if (due <= now) await redis.unlink(key);
  }

  return async (now) => {
    await ageLike(everyKey(botId), now);
    if (now - lastNews < NEWS_EVERY_MS) return;
    lastNews = now;
    await ageLike(newsKeys.schema.replace(/schema$/, '*'), now);
  };
}
