/** Posts of others in channels, as far as they may be taken for ours: known by the updates that name them. */
import { HOUR } from '../time.ts';
import type { Store } from './redis.ts';

/** Telegram keeps updates for a day: after a longer silence some may have been lost. */
const KEPT_MS = 20 * HOUR;

/** Notes posts of others in the channel of `slot`, before the updates that name them are confirmed. */
export async function namePosts(store: Store, slot: number, ids: readonly number[]): Promise<void> {
  await store.run('name-posts', [store.keys.others(slot)], [slot, ...ids]);
}

/** Others' posts of which updates may be missing: none is known any more, nor where they begin. */
export async function unhear(store: Store, slot: number): Promise<void> {
  const { heard, others, flight } = store.keys;
  await store.run('unhear', [heard, others(slot), flight], [slot]);
}

/** Knowledge of a channel: an id above which every post of others is named, and those; undefined: updates may be missing. */
export async function heardIn(
  store: Store,
  slot: number,
): Promise<{ readonly from: number; readonly others: ReadonlySet<number> } | undefined> {
  const [from, highest, others] = await Promise.all([
    store.redis.zscore(store.keys.heard, String(slot)),
    store.redis.zscore(store.keys.highest, String(slot)),
    namedPosts(store, slot),
  ]);
  if (from === null) return undefined;
  return { from: Math.max(Number(from), Number(highest ?? 0)), others };
}

/** Posts of others in the channel of `slot` that updates have named so far. */
export async function namedPosts(store: Store, slot: number): Promise<ReadonlySet<number>> {
  return new Set((await store.redis.smembers(store.keys.others(slot))).map(Number));
}

/** Whether the updates of the time since all were last read are still to be had; otherwise nothing that was heard counts. */
export async function checkHeard(store: Store, now: number): Promise<void> {
  const last = Number((await store.redis.get(store.keys.read)) ?? 0);
  if (now - last > KEPT_MS) await store.redis.del(store.keys.heard);
}

/** Notes that all updates were read at the moment `now` (ms). */
export async function noteAllRead(store: Store, now: number): Promise<void> {
  await store.redis.set(store.keys.read, now);
}
