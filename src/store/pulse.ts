/** A sign of life: the smallest thing that Redis must be able to write. */
import { MINUTE } from '../time.ts';
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';

export const beat = (store: Store): Promise<unknown> =>
  store.redis.set(botKeys(store.botId).pulse, '1', 'PX', MINUTE);
