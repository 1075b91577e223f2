/** A sign of life: the smallest thing that Redis must be able to do. */
import { MINUTE } from '../time.ts';
import type { Store } from './redis.ts';

export const beat = (store: Store): Promise<unknown> => store.run('beat', [store.keys.pulse], [MINUTE]);
