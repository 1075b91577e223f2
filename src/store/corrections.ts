/** Corrections and withdrawals that wait to be edited into messages, and how far each one is. */
import type { Edition } from '../news/edition.ts';
import { POSTED_MS } from './deliveries.ts';
import { newsKeys } from './keys.ts';
import type { Store } from './redis.ts';
import { scoredIn } from './scores.ts';

/** How far a walk is: in block `block` of slots, from 1 (0: the places), seen to up to the slot `behind`; 0: nobody is yet. */
export interface Progress {
  readonly story: string;
  readonly edition: Edition;
  readonly block: number;
  readonly behind: number;
  /** Revision of the story when the walk began; absent: it has not begun. */
  readonly revision?: number;
}

/** Begins the walks of the corrections of `edition` that are due. A later correction of the same story is due an hour from now. */
export async function takeCorrections(store: Store, edition: Edition, now: number): Promise<void> {
  const amended = newsKeys.amended(edition);
  const listed = scoredIn(await store.redis.zrangebyscore(amended, '-inf', now, 'WITHSCORES'));
  if (listed.length === 0) return;
  const { amending, walked } = store.keys;
  const known = await store.redis.hgetall(walked(edition));
  for (const { member: story, score: due } of listed) {
    // It serves the messages of places for as long as their ids are kept; those of people are gone long before.
    if (Number(due) < now - POSTED_MS) {
      await store.redis.zrem(amended, story);
      await store.redis.hdel(newsKeys.story(story), 'before');
      continue;
    }
    const [last, revision = '0'] = (known[story] ?? '').split(':');
    delete known[story];
    if (last === due) continue;
    await store.redis
      .multi()
      .hset(amending, story, `${edition}:0`)
      .hset(walked(edition), story, `${due}:${revision}`)
      .exec();
    await store.redis.set(newsKeys.edited(story), '1', 'EX', 3600, 'NX');
  }
  // Others wait for their hour, or are over.
  const others = Object.keys(known);
  const dueAt = others.length > 0 ? await store.redis.zmscore(amended, ...others) : [];
  const over = others.filter((_, index) => dueAt[index] === null);
  if (over.length > 0) await store.redis.hdel(walked(edition), ...over);
}

export async function correctionsUnderWay(store: Store): Promise<Progress[]> {
  const all = await store.redis.hgetall(store.keys.amending);
  return Object.entries(all).map(([story, value]) => {
    const [edition, block, revision, behind = 0] = value.split(':');
    const begun = revision === undefined ? {} : { revision: Number(revision) };
    return { story, edition: edition as Edition, block: Number(block), behind: Number(behind), ...begun };
  });
}

export async function saveProgress(store: Store, progress: Required<Progress>): Promise<void> {
  const { story, edition, block, revision, behind } = progress;
  const place = `${edition}:${block}:${revision}:${behind}`;
  await store.redis.hset(store.keys.amending, story, place);
}

/** The revision that every chat had after the last walk; 0: there was none. */
export async function walkedRevision(store: Store, { story, edition }: Progress): Promise<number> {
  const value = await store.redis.hget(store.keys.walked(edition), story);
  return Number(value?.split(':')[1] ?? 0);
}

/** Every chat has `revision` now; undefined: the story is too old for any edit. */
export async function endCorrection(
  store: Store,
  { story, edition }: Progress,
  revision?: number,
): Promise<void> {
  const { amending, walked } = store.keys;
  const [due] = ((await store.redis.hget(walked(edition), story)) ?? '').split(':');
  const end = store.redis.multi().hdel(amending, story);
  if (due && revision !== undefined) end.hset(walked(edition), story, `${due}:${revision}`);
  await end.exec();
}

/** An edit that a chat is still to get: a place could not take it, or the old words were on their way while the correction passed. */
export interface Owed {
  readonly slot: number;
  readonly story: string;
}

export async function oweEdit(store: Store, { slot, story }: Owed): Promise<void> {
  await store.redis.sadd(store.keys.owed, `${slot}:${story}`);
}

/** About `most` of them from `cursor` on ('0': the first), and where the next ones begin. */
export async function owedEdits(
  store: Store,
  cursor: string,
  most: number,
): Promise<{ readonly owed: readonly Owed[]; readonly cursor: string }> {
  const [next, some] = await store.redis.sscan(store.keys.owed, cursor, 'COUNT', most);
  const owed = some.map((member) => {
    const [slot, story = ''] = member.split(':');
    return { slot: Number(slot), story };
  });
  return { owed, cursor: next };
}

export async function endOwed(store: Store, { slot, story }: Owed): Promise<void> {
  await store.redis.srem(store.keys.owed, `${slot}:${story}`);
}
