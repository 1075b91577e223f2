/** Messages that must go although their chat is forgotten: sealed, gone once they are removed. */
import type { Chat } from '../news/subscriber.ts';
import { SECOND } from '../time.ts';
import type { Store } from './redis.ts';
import { openJson, SEALED_AS, sealJson } from './sealed.ts';
import type { Shelf } from './shelf.ts';

export interface Removal {
  readonly id: string;
  readonly chat: Chat;
  /** Up to 100 message ids. */
  readonly ids: readonly number[];
  /** Instead of them: what the bot wrote in this private chat after this message. */
  readonly after?: number;
  /** Not before this moment, ms. */
  readonly due: number;
  /** Telegram refuses after this moment, ms. */
  readonly until: number;
}

/** One size, so that it does not tell how many messages a chat had. */
const SIZES = [2048];

export async function addRemoval(
  { store, seal }: Shelf,
  id: string,
  removal: Omit<Removal, 'id'>,
): Promise<void> {
  await store.redis
    .multi()
    .hset(store.keys.removals, id, sealJson(seal, SEALED_AS.removal, removal, SIZES))
    .zadd(store.keys.removalsDue, Math.ceil(removal.due), id)
    .exec();
}

/** A value that is none of ours is dropped: it must not hold up the others. */
export async function dueRemovals({ store, seal }: Shelf, now: number, limit: number): Promise<Removal[]> {
  const ids = await store.redis.zrangebyscore(store.keys.removalsDue, '-inf', now, 'LIMIT', 0, limit);
  const sealed = await Promise.all(ids.map((id) => store.redis.hgetBuffer(store.keys.removals, id)));
  const removals: Removal[] = [];
  for (const [index, id] of ids.entries()) {
    const removal = openJson<Omit<Removal, 'id'>>(seal, SEALED_AS.removal, sealed[index]);
    if (removal) removals.push({ ...removal, id });
    else await dropRemoval(store, id);
  }
  return removals;
}

/** Longer than a call to Telegram takes; a removal whose taker died is due again after this. */
const TAKEN_MS = 20 * SECOND;

/** Takes a removal that is due, right before it is carried out. False: it is done, or somebody else's. */
export async function claimRemoval(store: Store, id: string, now: number): Promise<boolean> {
  const { removalsDue } = store.keys;
  return (
    (await store.run('claim-removal', [removalsDue], [id, Math.ceil(now), Math.ceil(now + TAKEN_MS)])) === 1
  );
}

/** Has a removal that was taken wait until `due` (ms). */
export async function postponeRemoval(store: Store, id: string, due: number): Promise<void> {
  await store.redis.zadd(store.keys.removalsDue, 'XX', Math.ceil(due), id);
}

/** Whether a removal is still to be carried out. */
export const isRemovalLeft = async (store: Store, id: string): Promise<boolean> =>
  (await store.redis.hexists(store.keys.removals, id)) === 1;

export async function dropRemoval(store: Store, id: string): Promise<void> {
  await store.redis.multi().hdel(store.keys.removals, id).zrem(store.keys.removalsDue, id).exec();
}
