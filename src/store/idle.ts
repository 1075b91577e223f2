/**
 * Redis knows of each key how long ago it was used, to the second, and some policies write that into its dumps too. A bucket
 * of a few readers would tell when each of them wrote last: so all keys are used, all the time.
 */
import { everyKey } from './keys.ts';
import type { Store } from './redis.ts';
import { keysLike } from './scan.ts';

/** Uses every key: what was used longer ago than this is alike for all. A Redis that does not let us is its operator's matter. */
export async function useAllKeys(store: Store): Promise<void> {
  try {
    for await (const keys of keysLike(store, everyKey(store.botId))) await store.redis.touch(...keys);
  } catch (error) {
    if (!(error instanceof Error && /\bNOPERM\b/.test(error.message))) throw error;
  }
}
