/** A sign of life: the smallest thing that Redis must be able to write. */
import { MINUTE } from '../time.ts';
import type { Store } from './redis.ts';

export const beat = (store: Store): Promise<unknown> => store.redis.set(store.keys.pulse, '1', 'PX', MINUTE);
