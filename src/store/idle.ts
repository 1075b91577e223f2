/**
 * Redis knows of each key how long ago it was used, to the second, and some policies write that into its dumps too. A bucket
 * of a few readers would tell when each of them wrote last: so all keys are used, all the time.
 */
import { everyKey } from './keys.ts';
import type { Store } from './redis.ts';

/** Keys that are used with one command. */
const AT_ONCE = 1000;

/** Uses every key of the bot: what was used longer ago than this is alike for all. */
export async function useAllKeys(store: Store): Promise<void> {
  const pages = store.redis.scanStream({ match: everyKey(store.botId), count: AT_ONCE });
  for await (const page of pages as AsyncIterable<string[]>) {
    if (page.length > 0) await store.redis.touch(...page);
  }
}
