/** Rings of the newsroom for editions that other processes read: whoever reads one looks for them a few times a second. */
import type { Edition } from '../news/edition.ts';
import { SECOND } from '../time.ts';
import { newsKeys } from './keys.ts';
import { leaseHeld } from './lease.ts';
import type { Store } from './redis.ts';

/** A process that begins to read an edition later looks at its source anyway, ms. */
const KEPT_MS = 5 * SECOND;

/** Passes a ring on to whoever reads the edition. False: nobody does. */
export async function passRing(store: Store, edition: Edition): Promise<boolean> {
  if (!(await leaseHeld(store, `source:${edition}`))) return false;
  await store.redis.set(newsKeys.rung(edition), '1', 'PX', KEPT_MS);
  return true;
}

/** For who reads the edition: whether a ring was passed on since the last call. */
export const takeRing = async ({ redis }: Store, edition: Edition): Promise<boolean> =>
  (await redis.del(newsKeys.rung(edition))) === 1;
