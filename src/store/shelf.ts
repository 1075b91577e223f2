/** Everything that reading and writing about chats takes. */
import type { Store } from './redis.ts';
import type { Seal } from './seal.ts';

/** A store and the key that opens it. */
export interface Shelf {
  readonly store: Store;
  readonly seal: Seal;
  /** All news has had a stamp before: what has none is nobody's. */
  readonly isStamped?: boolean;
}
