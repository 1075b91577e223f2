/** The chats that we know: found by keyed hash, stored sealed, placed in the queue of their edition. */
import { isDeepStrictEqual } from 'node:util';
import { present } from '../present.ts';
import { unlessCorrupt } from '../errors.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { type Chat, isPlace, type Subscriber } from '../news/subscriber.ts';
import { DAY } from '../time.ts';
import { ELSEWHERE, messageIds, shownNumbers } from './deliveries.ts';
import { endErasures } from './erasures.ts';
import { logHead, readLog } from './logs.ts';
import { type ChatRecord, decodeRecord, decodeSubscriber, encodeRecord } from './record.ts';
import { readRecord } from './records.ts';
import type { Store } from './redis.ts';
import { placeSlots } from './places.ts';
import { idsIn, openSaid } from './said.ts';
import type { Seal } from './seal.ts';
import type { Shelf } from './shelf.ts';
import { veilOf } from './veil-key.ts';

/** Effect of a change of a chat on its place in the queue; cursors are entry numbers, moments ms. */
export type Move =
  | { readonly to: 'stay' }
  | { readonly to: 'start'; readonly cursor: number }
  | { readonly to: 'stop' }
  | { readonly to: 'park'; readonly cursor?: number }
  /** `floor`: entries up to this one are passed over. */
  | { readonly to: 'resume'; readonly cursor: number; readonly floor: number }
  | { readonly to: 'wake' }
  | { readonly to: 'hold'; readonly until: number };

/** A chat by its Telegram id, or undefined where we know nothing of it. Throws `store.corrupt`. */
export async function loadChat(
  { store, seal }: Shelf,
  chat: Pick<Chat, 'id' | 'thread'>,
): Promise<Subscriber | undefined> {
  const refs = seal.refs(chat);
  const found = await store.runRaw(
    'find-chat',
    refs.map(({ bucket }) => store.keys.find(bucket)),
    refs.map(({ field }) => field),
  );
  if (!Array.isArray(found)) return undefined;
  const [slot, record] = found as [number, Buffer | null];
  const subscriber = record ? openRecord(seal, slot, record) : undefined;
  // A hash that leads to another chat's record was tampered with or collided: better not to know than to mix readers.
  return subscriber?.chat.id === chat.id && subscriber.chat.thread === chat.thread ? subscriber : undefined;
}

/** The chats of `slots`, in their order; undefined where a slot is free, or its record does not open. */
export async function loadSlots(
  { store, seal }: Shelf,
  slots: readonly number[],
): Promise<(Subscriber | undefined)[]> {
  const records = await Promise.all(slots.map((slot) => readRecord(store, slot)));
  return records.map((record, index) => {
    const slot = slots[index];
    if (!record || slot === undefined) return undefined;
    return unlessCorrupt(() => openRecord(seal, slot, record), undefined);
  });
}

export async function loadPlaces(shelf: Shelf): Promise<Subscriber[]> {
  const places = await loadSlots(shelf, await placeSlots(shelf.store));
  return places.filter((place) => place !== undefined);
}

/** Opens a sealed record of `slot`. Throws `store.corrupt`. */
export function openRecord(seal: Seal, slot: number, sealed: Buffer): Subscriber {
  return { slot, ...decodeSubscriber(seal.open(slot, sealed)) };
}

/** Writes a chat down for the first time; where somebody was faster, theirs is the answer. */
export async function addChat(shelf: Shelf, record: ChatRecord, now: number): Promise<Subscriber> {
  const { store, seal } = shelf;
  const keys = store.keys;
  const { edition } = record.settings;
  const slot = Number(await store.run('take-slot', [keys.freeSlots(edition), keys.slots], []));
  const [ref] = seal.refs(record.chat);
  const sealed = seal.seal(slot, encodeRecord(record));
  const added = await store.run(
    'add-chat',
    [keys.find(ref.bucket), keys.freeSlots(edition), keys.places(edition)],
    [ref.field, slot, sealed, isPlace(record.chat) ? 1 : 0, record.state === 'idle' ? today(now) : ''],
  );
  if (added === 1) return openRecord(seal, slot, sealed);
  const winner = await loadChat(shelf, record.chat);
  return winner ?? addChat(shelf, record, now);
}

/**
 * Stores what changed of a chat and moves it within the queues, in one step. `over`: the chat as it was read, from which this
 * follows; absent: whatever is there. `gone`: it was forgotten meanwhile; `overtaken`: changed, and nothing was stored.
 */
export async function saveChat(
  { store, seal }: Shelf,
  subscriber: Subscriber,
  move: Move,
  now: number,
  over?: Subscriber,
): Promise<'saved' | 'gone' | 'overtaken'> {
  const { slot, chat, settings, state, note, code } = subscriber;
  const before = over && (await readRecord(store, slot));
  if (over && !before) return 'gone';
  if (before && !isDeepStrictEqual(openRecord(seal, slot, before), over)) return 'overtaken';
  const ending = state === 'idle' || state === 'left';
  const record = encodeRecord(present({ chat, settings, state, note, code, day: ending ? today(now) : 0 }));
  const saved = await store.run(
    'save-chat',
    [store.keys.chat(slot)],
    [
      ...moveArgs(slot, seal.seal(slot, record), settings.edition, move),
      ending ? today(state === 'left' && !isPlace(chat) ? now - LOST_SINCE_MS : now) : 'stays',
      isPlace(chat) ? 1 : 0,
      before ?? '',
    ],
  );
  return saved === 1 ? 'saved' : saved === 0 ? 'gone' : 'overtaken';
}

/** Moves a chat within the queues and leaves its record alone. */
export async function moveInQueue(store: Store, slot: number, edition: Edition, move: Move): Promise<void> {
  await store.run('save-chat', [store.keys.chat(slot)], moveArgs(slot, '', edition, move));
}

/** First arguments of `save-chat`. `record`: sealed; '' leaves it alone. */
const moveArgs = (slot: number, record: Buffer | '', edition: Edition, move: Move) => [
  slot,
  record,
  edition,
  move.to,
  'cursor' in move ? move.cursor : 'until' in move ? move.until : '',
  'floor' in move ? move.floor : 0,
];

/**
 * Gives a chat another id, as it is by then. What it was `shown` (names of `shown` keys) stays in the old chat, out of reach:
 * only that it was shown is still known. False: a chat with that id is known already.
 */
export async function renumberChat(
  shelf: Shelf,
  { slot, chat }: Subscriber,
  id: number,
  shown: readonly string[],
): Promise<boolean> {
  const { store, seal } = shelf;
  const sealed = await readRecord(store, slot);
  const record = sealed && decodeRecord(seal.open(slot, sealed));
  // It was forgotten or moved meanwhile.
  if (!record || record.chat.id !== chat.id || record.chat.thread !== chat.thread) return true;
  const moved = { ...chat, id };
  const [ref] = seal.refs(moved);
  const old = seal.refs(chat);
  const ids = await messageIds(shelf, slot, shown);
  const instead = ids.map((messageId) => (messageId === undefined ? 0 : ELSEWHERE));
  const reply = await store.run(
    'move-chat',
    [store.keys.find(ref.bucket), ...old.map(({ bucket }) => store.keys.find(bucket))],
    [
      slot,
      seal.seal(slot, encodeRecord({ ...record, chat: moved })),
      ref.field,
      ...old.map(({ field }) => field),
      ...(await shownParts(shelf, slot, shown, instead)),
      sealed,
    ],
  );
  return reply === -1 ? renumberChat(shelf, { slot, ...record }, id, shown) : reply === 1;
}

/** Forgets a chat and its ids among `stories` (names of `shown` keys). Answers those, also what was shown since somebody looked. */
export async function dropChat(
  shelf: Shelf,
  subscriber: Subscriber,
  stories: readonly string[],
): Promise<number[]> {
  const { store, seal } = shelf;
  const refs = seal.refs(subscriber.chat);
  const { slot, settings } = subscriber;
  const reply = await store.runRaw(
    'drop-chat',
    refs.map(({ bucket }) => store.keys.find(bucket)),
    [slot, settings.edition, ...refs.map(({ field }) => field), ...(await shownParts(shelf, slot, stories))],
  );
  const [said, ...shown] = reply as Buffer[];
  const ids = [
    ...(said?.length ? await openSaid(shelf, slot, said) : []),
    ...shownNumbers(await veilOf(shelf), slot, stories, shown).filter((id) => id !== undefined),
  ];
  await endErasures(shelf, slot, ids);
  return ids;
}

/** Arguments for scripts that forget what was shown: a count, names, hidden forms of each `instead` (default: none), pairs to erase. */
async function shownParts(
  shelf: Shelf,
  slot: number,
  names: readonly string[],
  instead = names.map(() => 0),
): Promise<(string | number)[]> {
  const [veil, ids] = await Promise.all([veilOf(shelf), idsIn(shelf, slot, names)]);
  const slots = names.map(() => slot);
  const hidden = veil.hide(names, slots, instead);
  return [names.length, ...names, ...hidden, ...ids.map((id) => veil.pair(slot, id))];
}

/** Slots among which are all left people, for the days that are left to them; idle chats of the same days too. */
export const lastDaysSlots = (store: Store, now: number, limit: number): Promise<number[]> =>
  leavingSince(store, today(now - LOST_SINCE_MS), limit);

/** Slots of idle and left chats whose 30 days are over. */
export const overdueSlots = (store: Store, now: number, limit: number): Promise<number[]> =>
  leavingSince(store, today(now) - LEAVING_DAYS, limit);

/** @param day from which their days count, or from an earlier one. */
async function leavingSince({ redis, keys }: Store, day: number, limit: number): Promise<number[]> {
  return (await redis.zrangebyscore(keys.leaving, '-inf', day, 'LIMIT', 0, limit)).map(Number);
}

/** Settings of who unsubscribed, or of a place that removed the bot, are kept this long. */
const LEAVING_DAYS = 30;
/** A person whom Telegram does not find any more is kept for four of them. */
const LOST_SINCE_MS = (LEAVING_DAYS - 4) * DAY;

/** Days since the epoch: nothing finer is stored about a chat. */
const today = (now: number): number => Math.floor(now / DAY);

/** Chats in the queues of one edition. */
export interface QueueCounts {
  /** May be visited; of these `behind` have not been shown everything. */
  readonly waiting: number;
  readonly behind: number;
  readonly held: number;
  /** When the oldest entry that one of these has not been shown was appended, ms; absent: nobody is behind. */
  readonly oldestAt?: number;
}

/** How many chats stand in the queues of each edition; those in flight are in none. */
export async function countQueues(store: Store): Promise<Readonly<Record<Edition, QueueCounts>>> {
  const counts = await Promise.all(
    EDITIONS.map(async (edition) => [edition, await countQueue(store, edition)] as const),
  );
  return Object.fromEntries(counts) as Record<Edition, QueueCounts>;
}

async function countQueue(store: Store, edition: Edition): Promise<QueueCounts> {
  const { waiting, held } = store.keys;
  const head = await logHead(store, edition);
  const [all, behind, left, right, oldest] = await Promise.all([
    store.redis.zcard(waiting(edition)),
    store.redis.zcount(waiting(edition), '-inf', `(${head}`),
    store.redis.zcard(held(edition, 0)),
    store.redis.zcard(held(edition, 1)),
    store.redis.zrange(waiting(edition), '0', '0', 'WITHSCORES'),
  ]);
  const cursor = Math.floor(Number(oldest[1] ?? head));
  const [entry] = cursor < head ? await readLog(store, edition, cursor, 1) : [];
  return { waiting: all, behind, held: left + right, ...(entry ? { oldestAt: entry.at } : {}) };
}
