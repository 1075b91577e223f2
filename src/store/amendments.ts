/** Corrections and withdrawals that wait to be edited into messages, and how far each one is. */
import type { Edition } from '../news/edition.ts';
import { botKeys, newsKeys } from './keys.ts';
import type { Store } from './redis.ts';

/** An amendment being edited in: next it looks at block `block` of slots, from 1; 0: at the places. */
export interface Progress {
  readonly story: string;
  readonly edition: Edition;
  readonly block: number;
}

/** Takes the stories of `edition` whose edit is due. Later corrections of them are due an hour from now. */
export async function takeAmendments(store: Store, edition: Edition, now: number): Promise<void> {
  const due = await store.redis.zrangebyscore(newsKeys.amended(edition), '-inf', now, 'LIMIT', 0, 20);
  for (const story of due) {
    // Written down first, taken off after: a kill in between edits twice, which changes nothing.
    await store.redis.hset(botKeys(store.botId).amending, story, `${edition}:0`);
    await store.redis
      .multi()
      .set(newsKeys.edited(story), '1', 'EX', 3600)
      .zrem(newsKeys.amended(edition), story)
      .exec();
  }
}

export async function amendmentsUnderWay(store: Store): Promise<Progress[]> {
  const all = await store.redis.hgetall(botKeys(store.botId).amending);
  return Object.entries(all).map(([story, value]) => {
    const [edition, block] = value.split(':');
    return { story, edition: edition as Edition, block: Number(block) };
  });
}

export async function saveProgress(store: Store, { story, edition, block }: Progress): Promise<void> {
  await store.redis.hset(botKeys(store.botId).amending, story, `${edition}:${block}`);
}

export async function endAmendment(store: Store, story: string): Promise<void> {
  await store.redis.hdel(newsKeys.story(story), 'before');
  await store.redis.hdel(botKeys(store.botId).amending, story);
}

/** An edit that a place could not be given: it had taken the right away, or removed the bot. */
export interface Owed {
  readonly slot: number;
  readonly story: string;
}

export async function oweEdit(store: Store, { slot, story }: Owed): Promise<void> {
  await store.redis.sadd(botKeys(store.botId).owed, `${slot}:${story}`);
}

export async function owedEdits(store: Store): Promise<Owed[]> {
  const all = await store.redis.smembers(botKeys(store.botId).owed);
  return all.map((member) => {
    const [slot, story = ''] = member.split(':');
    return { slot: Number(slot), story };
  });
}

export async function endOwed(store: Store, { slot, story }: Owed): Promise<void> {
  await store.redis.srem(botKeys(store.botId).owed, `${slot}:${story}`);
}

/** Slots of the places that read an edition. */
export async function placesOf(store: Store, edition: Edition): Promise<number[]> {
  return (await store.redis.smembers(botKeys(store.botId).places(edition))).map(Number);
}
