/**
 * Corrections whose walk over the chats has begun in this process. A message that was composed before and is settled
 * behind the walk would keep the old words.
 */
import type { Story } from '../news/story.ts';
import type { Store } from '../store/redis.ts';

const walks = new WeakMap<Store, Map<string, number>>();
/** Of so many stories; nothing is under way for as long as that many corrections take. */
const MOST_WALKS = 500;

/** Called before the first chat is looked at. */
export function beginWalk(store: Store, { id, revision }: Story): void {
  const all = walks.get(store) ?? new Map<string, number>();
  walks.set(store, all);
  all.delete(id);
  all.set(id, revision);
  const [oldest] = all.keys();
  if (all.size > MOST_WALKS && oldest !== undefined) all.delete(oldest);
}

/** Whether a newer revision than this one may have passed the chats by. */
export const isOvertaken = (store: Store, { id, revision }: Story): boolean =>
  (walks.get(store)?.get(id) ?? revision) > revision;
