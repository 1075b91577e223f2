/** Telegram's last "wait", kept over a restart: ignoring it makes it longer. Its time runs down in Redis, by no clock of ours. */
import type { Store } from './redis.ts';

/** @param ms for which nothing may be sent. */
export async function rememberWait(store: Store, ms: number): Promise<void> {
  const left = Math.ceil(ms);
  if (left > 0) await store.redis.set(store.keys.flood, String(left), 'PX', left);
}

/** The rest of the wait that an earlier process was told, ms; 0: nothing. */
export const rememberedWait = async (store: Store): Promise<number> =>
  Math.max(0, await store.redis.pttl(store.keys.flood));
