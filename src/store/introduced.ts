/** Whether Telegram has taken anything from this bot before: then its token was good. */
import type { Store } from './redis.ts';

export const wasIntroduced = async (store: Store): Promise<boolean> =>
  (await store.redis.exists(store.keys.introduced)) === 1;
