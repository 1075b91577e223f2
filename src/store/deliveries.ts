/** Message ids of what chats were shown: 4 bytes a chat and story, gone after 49 hours; of places they stay 30 days. */
import { EDITIONS } from '../news/edition.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { botKeys, SLOT_BLOCK } from './keys.ts';
import type { Store } from './redis.ts';

/** The message id under which the chat of `slot` shows each of `shows`; undefined: it does not. */
export async function messageIds(
  store: Store,
  slot: number,
  shows: readonly string[],
): Promise<(number | undefined)[]> {
  const keys = botKeys(store.botId);
  const offset = (slot % SLOT_BLOCK) * 4;
  const found = await Promise.all(
    shows.map((name) => store.redis.getrangeBuffer(keys.sent(name, slot), offset, offset + 3)),
  );
  return found.map((bytes) => (bytes.length === 4 ? bytes.readUInt32BE() || undefined : undefined));
}

/** Every chat of one block that shows `name`: slots and message ids. Blocks are numbered from 1. */
export async function deliveriesInBlock(
  store: Store,
  name: string,
  block: number,
): Promise<{ slot: number; messageId: number }[]> {
  const bytes = await store.redis.getBuffer(botKeys(store.botId).sent(name, block * SLOT_BLOCK));
  if (!bytes) return [];
  const found: { slot: number; messageId: number }[] = [];
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const messageId = bytes.readUInt32BE(offset);
    if (messageId > 0) found.push({ slot: block * SLOT_BLOCK + offset / 4, messageId });
  }
  return found;
}

/** The message ids of each of `shows` in the block of `slot`, asked at once; they answer for every slot of it. */
export async function readBlock(
  store: Store,
  slot: number,
  shows: readonly string[],
): Promise<(name: string, slot: number) => number | undefined> {
  const keys = botKeys(store.botId);
  const bytes = await Promise.all(shows.map((name) => store.redis.getBuffer(keys.sent(name, slot))));
  const known = new Map(shows.map((name, index) => [name, bytes[index]]));
  return (name, one) => {
    const offset = (one % SLOT_BLOCK) * 4;
    const ids = known.get(name);
    return ids && ids.length >= offset + 4 ? ids.readUInt32BE(offset) || undefined : undefined;
  };
}

/** For so long a place's messages may be edited: a bot may edit its own at any age, and a newsroom corrects for weeks. */
export const POSTED_MS = 30 * DAY;

/** A message of a place that shows a story. */
export interface Posted {
  readonly slot: number;
  readonly messageId: number;
  /** Other stories of the message. */
  readonly others: readonly string[];
}

/**
 * The messages of places that show `name`. What was sent by a version that kept ids of places as those of people stands
 * in `sent` alone, for 49 hours.
 */
export async function postedInPlaces(
  store: Store,
  name: string,
): Promise<Pick<Posted, 'slot' | 'messageId'>[]> {
  const keys = botKeys(store.botId);
  const [fields, ...places] = await Promise.all([
    store.redis.hgetall(keys.posted(name)),
    ...EDITIONS.map((edition) => store.redis.smembers(keys.places(edition))),
  ]);
  const posted = Object.entries(fields).map(([slot, value]) => postedAt(Number(slot), value));
  const others = places.flat().filter((slot) => !(slot in fields));
  const byBlock = Map.groupBy(others.map(Number), (slot) => Math.floor(slot / SLOT_BLOCK));
  const sent = await Promise.all(
    [...byBlock].map(async ([block, slots]) => {
      const shown = await deliveriesInBlock(store, name, block);
      return shown.filter(({ slot }) => slots.includes(slot));
    }),
  );
  return [...posted, ...sent.flat()];
}

/** The id of the place's message that shows `name`, wherever it is kept; undefined: none is known. */
export async function messageInPlace(store: Store, slot: number, name: string): Promise<number | undefined> {
  const posted = await postedIn(store, slot, name);
  return posted?.messageId ?? (await messageIds(store, slot, [name]))[0];
}

/** The message of the place at `slot` that shows `name`; undefined: none is known. */
export async function postedIn(store: Store, slot: number, name: string): Promise<Posted | undefined> {
  const value = await store.redis.hget(botKeys(store.botId).posted(name), String(slot));
  return value === null ? undefined : postedAt(slot, value);
}

function postedAt(slot: number, value: string): Posted {
  const [messageId, ...others] = value.split(' ');
  return { slot, messageId: Number(messageId), others };
}

/** Number of blocks of slots handed out so far. */
export async function blockCount(store: Store): Promise<number> {
  return Number((await store.redis.hget(botKeys(store.botId).slots, 'blocks')) ?? 0);
}

/** Message ids, other than deliveries, serve `/forget` and `/keep` for as long as Telegram lets a bot delete. */
const SAID_DAYS = 2;

/**
 * Remembers messages of the chat that are not deliveries: commands that we saw, answers that we gave. What is older than
 * they serve goes; only their day is known, so that is after two or three days. The key goes at the end of a day too: one
 * that lived two days from now on would tell when the chat last wrote.
 */
export async function addSaid(
  store: Store,
  slot: number,
  ids: readonly number[],
  now: number,
): Promise<void> {
  const key = botKeys(store.botId).said(slot);
  const today = Math.floor(now / DAY);
  await store.redis
    .multi()
    .zadd(key, ...ids.flatMap((id) => [today, id]))
    .zremrangebyscore(key, '-inf', `(${today - SAID_DAYS}`)
    .zremrangebyrank(key, 0, -1 - SAID_LIMIT)
    .expire(key, Math.ceil(((today + SAID_DAYS + 1) * DAY - now) / 1000))
    .exec();
}

/** Most of them kept for one chat. */
const SAID_LIMIT = 2000;

export async function listSaid(store: Store, slot: number): Promise<number[]> {
  return (await store.redis.zrange(botKeys(store.botId).said(slot), '0', '-1')).map(Number);
}

/**
 * When a message that stands in a chat since `now` disappears after `hours` (1-47), as it is kept: the minute, and in
 * what is left of it the hours, which tell how long Telegram will let it go.
 */
export const eraseMoment = (now: number, hours: number): number =>
  Math.floor((now + hours * HOUR) / MINUTE) * MINUTE + hours;

/** Has the message disappear at `moment`, an `eraseMoment`. */
export async function addErasure(
  store: Store,
  slot: number,
  messageId: number,
  moment: number,
): Promise<void> {
  await store.redis.zadd(botKeys(store.botId).erase, moment, `${slot}:${messageId}`);
}

/** A chat's messages that have no moment of their own at which they disappear. */
export async function withoutErasure(store: Store, slot: number, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const members = ids.map((id) => `${slot}:${id}`);
  const moments = await store.redis.zmscore(botKeys(store.botId).erase, ...members);
  return ids.filter((_, index) => moments[index] === null);
}

/** Messages to be deleted from one chat. */
export interface Erasure {
  readonly slot: number;
  readonly messageIds: readonly number[];
  /** The same as members of the key, to be dropped once they are gone. */
  readonly members: readonly string[];
}

/** Erasures read at once, among which the most pressing are chosen. */
const LOOK_OVER = 20_000;

/**
 * Up to `limit` chats with all of their messages that have to disappear by `now`, those first that have one which Telegram
 * will soonest not let go; it does so for `deletableMs` from when it was sent, and what is older than that is given up.
 * One call removes up to a hundred messages of a chat: what is due there within the next minute goes along.
 */
export async function dueErasures(
  store: Store,
  now: number,
  deletableMs: number,
  limit: number,
): Promise<Erasure[]> {
  const { erase } = botKeys(store.botId);
  const listed = await store.redis.zrangebyscore(
    erase,
    '-inf',
    now + MINUTE,
    'WITHSCORES',
    'LIMIT',
    0,
    LOOK_OVER,
  );
  const due = Array.from({ length: listed.length / 2 }, (_, index) => {
    const moment = Number(listed[2 * index + 1]);
    return { member: listed[2 * index] ?? '', moment, last: moment - (moment % MINUTE) * HOUR + deletableMs };
  });
  const late = due.filter(({ last }) => last <= now).map(({ member }) => member);
  for (let index = 0; index < late.length; index += 500) {
    await dropErasures(store, late.slice(index, index + 500));
  }
  const inTime = due.filter(({ last }) => last > now).sort((a, b) => a.last - b.last);
  const bySlot = Map.groupBy(inTime, ({ member }) => Number(member.split(':')[0]));
  const isDue = bySlot.entries().filter(([, list]) => list.some(({ moment }) => moment <= now));
  return [...isDue.take(limit)].map(([slot, list]) => ({
    slot,
    messageIds: list.map(({ member }) => Number(member.split(':')[1])),
    members: list.map(({ member }) => member),
  }));
}

/** Has messages disappear later: their chat cannot be reached. `byMs`: whole minutes. */
export async function postponeErasures(
  store: Store,
  members: readonly string[],
  byMs: number,
): Promise<void> {
  const step = store.redis.pipeline();
  for (const member of members) step.zincrby(botKeys(store.botId).erase, byMs, member);
  await step.exec();
}

export async function dropErasures(store: Store, members: readonly string[]): Promise<void> {
  if (members.length > 0) await store.redis.zrem(botKeys(store.botId).erase, ...members);
}

/** Highest message id known of a place, or of the bot in private chats. */
export async function highestId(store: Store, field: number | 'private'): Promise<number> {
  return Number((await store.redis.zscore(botKeys(store.botId).highest, String(field))) ?? 0);
}

/** Notes a message id of a place where none is known yet: the ids of ours will be above it. */
export async function anchorIds(store: Store, slot: number, messageId: number): Promise<void> {
  await store.redis.zadd(botKeys(store.botId).highest, 'NX', messageId, String(slot));
}

/** Notes that the next message to a place may repeat one that arrived. */
export async function addDoubt(store: Store, slot: number): Promise<void> {
  await store.redis.sadd(botKeys(store.botId).doubted, String(slot));
}

/** Slots of places in doubt. */
export async function listDoubts(store: Store): Promise<number[]> {
  return (await store.redis.smembers(botKeys(store.botId).doubted)).map(Number);
}

export async function endDoubt(store: Store, slot: number): Promise<void> {
  await store.redis.srem(botKeys(store.botId).doubted, String(slot));
}
