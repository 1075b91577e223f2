/**
 * Data of a backup put in order. It was taken while others wrote, so its parts may be a moment apart; and since then chats
 * were shown what it does not know of. The records are believed, everything that follows from them is made anew.
 */
import { EDITIONS, type Edition } from '../news/edition.ts';
import { isPlace, type Subscriber } from '../news/subscriber.ts';
import { everyKey, newsKeys, RECORD_BLOCK } from './keys.ts';
import { logHead } from './logs.ts';
import { readRecords } from './records.ts';
import { saveOwners } from './owners.ts';
import { recordBlocks } from './reseal.ts';
import { keysLike } from './scan.ts';
import { dropChat, openRecord, saveChat } from './subscribers.ts';
import type { Shelf } from './shelf.ts';

/** Not in a backup: of the moment, or made anew. Others' posts since then would be taken for ours. */
const PASSING =
  /^(?:lease:|flight|inbox|backup|restoring|letters|card:|clock|flood|find:|waiting:|heard|others:|retracted:)/;
/** And of the news: what an address listed. So that the next poll looks at it as for the first time. */
const LISTED = /^(?:lease|source|rows|pending):/;

/** Whether a key is part of a backup. */
export function isLasting(key: string, botId: string): boolean {
  const [own, news] = [everyKey(botId).slice(0, -1), newsKeys.schema.replace(/schema$/, '')];
  if (key.startsWith(own)) return !PASSING.test(key.slice(own.length));
  return key.startsWith(news) && !LISTED.test(key.slice(news.length));
}

/** Readers who left since the backup, by slot. */
export interface Gone {
  readonly forgot: ReadonlySet<number>;
  readonly left: ReadonlySet<number>;
  /** Places whose list of owners has somebody who forgot: nobody can tell whom, so all are let go. */
  readonly disowned: ReadonlySet<number>;
}

/**
 * Puts restored data in order: every chat stands at the newest entry, as if it had been shown all before; one that was held
 * beyond `aliveAt` (ms), when the bot was last seen alive, keeps what it waits for. Answers how many chats there are.
 */
export async function settleRestored(
  shelf: Shelf,
  gone: Gone,
  aliveAt: number,
  now: number,
): Promise<number> {
  const { store } = shelf;
  const held = await heldBeyond(shelf, aliveAt);
  const heads = Object.fromEntries(
    await Promise.all(EDITIONS.map(async (edition) => [edition, await logHead(store, edition)] as const)),
  ) as Record<Edition, number>;
  const shown = await shownNames(shelf);
  let chats = 0;
  const { first, end } = await recordBlocks(shelf);
  for (let block = first; block < end; block += 1) {
    const records = await readRecords(store, block * RECORD_BLOCK);
    const found = [...records].map(([slot, sealed]) => openRecord(shelf.seal, slot, sealed));
    await place(shelf, found, heads, held);
    for (const chat of found.filter(({ slot }) => gone.forgot.has(slot))) await dropChat(shelf, chat, shown);
    const left = found.filter(({ slot }) => gone.left.has(slot) && !gone.forgot.has(slot));
    for (const chat of left) await saveChat(shelf, { ...chat, state: 'idle' }, { to: 'stop' }, now);
    for (const { slot } of found.filter((chat) => gone.disowned.has(chat.slot)))
      await saveOwners(shelf, slot, []);
    chats += found.filter(({ slot }) => !gone.forgot.has(slot)).length;
  }
  await store.redis.set(newsKeys.told, Math.floor(aliveAt), 'PX', TOLD_MS);
  await store.redis.incr(store.keys.unwritten);
  return chats;
}

/** Longer than a story may wait to be pushed after its publication. */
const TOLD_MS = 30 * 86_400_000;

/** Slots that are held beyond `aliveAt`, and where; the others are taken out of their queues, to be placed anew. */
async function heldBeyond({ store }: Shelf, aliveAt: number): Promise<ReadonlyMap<number, Edition>> {
  const held = new Map<number, Edition>();
  for (const edition of EDITIONS) {
    for (const side of [0, 1] as const) {
      const key = store.keys.held(edition, side);
      await store.redis.zremrangebyscore(key, '-inf', aliveAt);
      for (const slot of await store.redis.zrange(key, '0', '-1')) held.set(Number(slot), edition);
    }
  }
  return held;
}

/** Where chats are found, and where they wait. */
async function place(
  { store, seal }: Shelf,
  chats: readonly Subscriber[],
  heads: Readonly<Record<Edition, number>>,
  held: ReadonlyMap<number, Edition>,
): Promise<void> {
  if (chats.length === 0) return;
  const { redis } = store;
  const keys = store.keys;
  const names = (of: readonly Subscriber[]) => of.map(({ slot }) => String(slot));
  const staysHeld = ({ state, slot, settings }: Subscriber) =>
    state === 'active' && held.get(slot) === settings.edition;
  const waits = (chat: Subscriber) => chat.state === 'active' && !staysHeld(chat);
  // Its cursor may have been copied before it was held.
  const atHead = (of: readonly Subscriber[], edition: Edition) =>
    names(of).flatMap((slot) => [heads[edition], slot]);
  const found = chats.map(({ slot, chat }) => {
    const [ref] = seal.refs(chat);
    return redis.zadd(keys.find(ref.bucket), slot, ref.field);
  });
  const steps = EDITIONS.flatMap((edition) => {
    const own = chats.filter(({ settings }) => settings.edition === edition);
    const [queue, later] = [atHead(own.filter(waits), edition), atHead(own.filter(staysHeld), edition)];
    const strays = names(chats.filter((chat) => held.get(chat.slot) === edition && !staysHeld(chat)));
    const [places, waiting] = [names(own.filter(({ chat }) => isPlace(chat))), names(chats.filter(waits))];
    return [
      redis.srem(keys.freeSlots(edition), ...names(chats)),
      ...(places.length > 0 ? [redis.sadd(keys.places(edition), ...places)] : []),
      ...(queue.length > 0 ? [redis.zadd(keys.waiting(edition), ...queue)] : []),
      ...(later.length > 0 ? [redis.zadd(keys.cursor(edition), 'NX', ...later)] : []),
      ...(strays.length > 0
        ? ([0, 1] as const).map((side) => redis.zrem(keys.held(edition, side), ...strays))
        : []),
      ...(waiting.length > 0 ? [redis.zrem(keys.cursor(edition), ...waiting)] : []),
    ];
  });
  await Promise.all([...found, ...steps]);
}

/** Names under which message ids are kept. */
async function shownNames({ store }: Shelf): Promise<string[]> {
  const [names, keys] = [new Set<string>(), store.keys];
  for (const prefix of [keys.shown('', 0).replace(/:0$/, ''), keys.posted('')]) {
    for await (const found of keysLike(store, `${prefix}*`)) {
      for (const key of found) names.add(key.slice(prefix.length).split(':')[0] ?? '');
    }
  }
  return [...names];
}
