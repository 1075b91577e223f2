/**
 * Message ids of what chats were shown: 4 bytes a chat and story, gone 49 hours after the last chat of a block was shown it,
 * and up to one more, as a lifetime that ends at a whole hour tells no moment; of places they stay 30 days.
 */
import { DAY, HOUR } from '../time.ts';
import { SLOT_BLOCK } from './keys.ts';
import { placeSlots } from './places.ts';
import type { Store } from './redis.ts';
import type { Shelf } from './shelf.ts';
import type { Veil } from './veil.ts';
import { veilOf } from './veil-key.ts';

/** Bytes of a hidden message id. */
const ID_BYTES = 4;
/** In place of a message id, none of which is so high: it was shown where the chat stood before (`renumberChat`). */
export const ELSEWHERE = 0xffffffff;

/** The message id under which the chat of `slot` shows each of `names`; undefined: it does not. */
export async function messageIds(
  shelf: Shelf,
  slot: number,
  names: readonly string[],
): Promise<(number | undefined)[]> {
  return shownNumbers(await veilOf(shelf), slot, names, await hiddenNumbers(shelf.store, slot, names));
}

/** Whether the chat of `slot` was shown each of `names`, also where it stood before; of places that is known for longer. */
export async function wereShown(
  shelf: Shelf,
  slot: number,
  names: readonly string[],
  inPlace: boolean,
): Promise<boolean[]> {
  const { redis, keys } = shelf.store;
  const hidden = await hiddenNumbers(shelf.store, slot, names);
  const shown = openNumbers(await veilOf(shelf), slot, names, hidden).map((number) => number > 0);
  if (!inPlace) return shown;
  const posted = await Promise.all(names.map((name) => redis.hexists(keys.posted(name), String(slot))));
  return shown.map((isShown, index) => isShown || posted[index] === 1);
}

function hiddenNumbers({ redis, keys }: Store, slot: number, names: readonly string[]): Promise<Buffer[]> {
  const offset = (slot % SLOT_BLOCK) * ID_BYTES;
  return Promise.all(
    names.map((name) => redis.getrangeBuffer(keys.shown(name, slot), offset, offset + ID_BYTES - 1)),
  );
}

/** The message ids in hidden forms, as they stand at the place of `slot` under each of `names`. */
export const shownNumbers = (...hidden: Parameters<typeof openNumbers>): (number | undefined)[] =>
  openNumbers(...hidden).map((number) => standing(number) || undefined);

/** 0 where no message stands in the chat now. */
const standing = (number: number): number => (number === ELSEWHERE ? 0 : number);

function openNumbers(
  veil: Veil,
  slot: number,
  names: readonly string[],
  hidden: readonly (Buffer | undefined)[],
): number[] {
  const isThere = hidden.map((bytes) => bytes?.length === ID_BYTES);
  const numbers = veil.show(
    names,
    names.map(() => slot),
    names.map((_, index) => (isThere[index] ? (hidden[index]?.readUInt32BE() ?? 0) : 0)),
  );
  return numbers.map((number, index) => (isThere[index] ? number : 0));
}

/** A block with the message ids of its slots under `name`; default: no slot was sent it yet. */
export function hiddenBlock(
  veil: Veil,
  name: string,
  block: number,
  ids: readonly number[] = Array(SLOT_BLOCK).fill(0),
): Buffer {
  const bytes = Buffer.alloc(SLOT_BLOCK * ID_BYTES);
  for (const [index, hidden] of veil.hide(Array(SLOT_BLOCK).fill(name), slotsOf(block), ids).entries())
    bytes.writeUInt32BE(hidden, index * ID_BYTES);
  return bytes;
}

const slotsOf = (block: number): number[] =>
  Array.from({ length: SLOT_BLOCK }, (_, index) => block * SLOT_BLOCK + index);

/** The message id of every slot of a block, 0 where there is none; nothing where nobody of it was shown `name`. */
async function blockNumbers(shelf: Shelf, name: string, block: number): Promise<number[]> {
  const { redis, keys } = shelf.store;
  const bytes = await redis.getBuffer(keys.shown(name, block * SLOT_BLOCK));
  if (!bytes) return [];
  const hidden = slotsOf(block).map((_, index) => bytes.readUInt32BE(index * ID_BYTES));
  const numbers = (await veilOf(shelf)).show(Array(SLOT_BLOCK).fill(name), slotsOf(block), hidden);
  return numbers.map(standing);
}

/** Every chat of one block that shows `name`: slots and message ids. Blocks are numbered from 1. */
export async function deliveriesInBlock(
  shelf: Shelf,
  name: string,
  block: number,
): Promise<{ slot: number; messageId: number }[]> {
  const numbers = await blockNumbers(shelf, name, block);
  return numbers.flatMap((messageId, index) =>
    messageId > 0 ? [{ slot: block * SLOT_BLOCK + index, messageId }] : [],
  );
}

/** The message ids of each of `shows` in the block of `slot`, asked at once; they answer for every slot of it. */
export async function readBlock(
  shelf: Shelf,
  slot: number,
  shows: readonly string[],
): Promise<(name: string, slot: number) => number | undefined> {
  const block = Math.floor(slot / SLOT_BLOCK);
  const numbers = await Promise.all(shows.map((name) => blockNumbers(shelf, name, block)));
  const known = new Map(shows.map((name, index) => [name, numbers[index]]));
  return (name, one) => known.get(name)?.[one % SLOT_BLOCK] || undefined;
}

/** Message ids serve corrections and removals for 48 hours; an hour more lets a late one find them. */
export const SENT_MS = 49 * HOUR;
/** For so long a place's messages may be edited: a bot may edit its own at any age, and a newsroom corrects for weeks. */
export const POSTED_MS = 30 * DAY;

export interface Posted {
  readonly slot: number;
  readonly messageId: number;
  /** Other stories of the message. */
  readonly others: readonly string[];
}

/** The messages of places that show `name`. A version that kept their ids as those of people left them in `shown` alone (49 hours). */
export async function postedInPlaces(
  shelf: Shelf,
  name: string,
): Promise<Pick<Posted, 'slot' | 'messageId'>[]> {
  const { store } = shelf;
  const veil = await veilOf(shelf);
  const [fields, places] = await Promise.all([
    store.redis.hgetall(store.keys.posted(name)),
    placeSlots(store),
  ]);
  const posted = Object.entries(fields).map(([slot, value]) => postedAt(veil, Number(slot), name, value));
  const others = places.filter((slot) => !(slot in fields));
  const byBlock = Map.groupBy(others, (slot) => Math.floor(slot / SLOT_BLOCK));
  const sent = await Promise.all(
    [...byBlock].map(async ([block, slots]) => {
      const shown = await deliveriesInBlock(shelf, name, block);
      return shown.filter(({ slot }) => slots.includes(slot));
    }),
  );
  return [...posted, ...sent.flat()];
}

/** The id of the place's message that shows `name`, wherever it is kept; undefined: none is known. */
export async function messageInPlace(shelf: Shelf, slot: number, name: string): Promise<number | undefined> {
  const posted = await postedIn(shelf, slot, name);
  return posted?.messageId ?? (await messageIds(shelf, slot, [name]))[0];
}

/** The message of the place at `slot` that shows `name`; undefined: none is known. */
export async function postedIn(shelf: Shelf, slot: number, name: string): Promise<Posted | undefined> {
  const { redis, keys } = shelf.store;
  const value = await redis.hget(keys.posted(name), String(slot));
  return value === null ? undefined : postedAt(await veilOf(shelf), slot, name, value);
}

/** The first release wrote the message id as it is; `~` (`end-visit.lua`) stands before a hidden one. */
function postedAt(veil: Veil, slot: number, name: string, value: string): Posted {
  const [first = '', ...others] = value.split(' ');
  const number = Number(first.replace('~', ''));
  const [messageId = 0] = first.startsWith('~') ? veil.show([name], [slot], [number]) : [number];
  return { slot, messageId, others };
}

/** Number of blocks of slots handed out so far. */
export async function blockCount(store: Store): Promise<number> {
  return Number((await store.redis.hget(store.keys.slots, 'blocks')) ?? 0);
}

/** Highest message id known of a place, or of the bot in private chats. */
export async function highestId(store: Store, field: number | 'private'): Promise<number> {
  return Number((await store.redis.zscore(store.keys.highest, String(field))) ?? 0);
}

/** Notes a message id of a place where none is known yet: the ids of ours will be above it, but for one on its way. */
export async function anchorIds(store: Store, slot: number, messageId: number): Promise<void> {
  await store.run('anchor-ids', [store.keys.highest], [slot, messageId]);
}

/** Whether the message, which has been found, is taken back by the process that has sent it. */
export async function isRetracted(shelf: Shelf, slot: number, messageId: number): Promise<boolean> {
  const { redis, keys } = shelf.store;
  const member = (await veilOf(shelf)).pair(slot, messageId);
  return (await redis.smismember(keys.retracted(slot), member))[0] === 1;
}

/** Notes that the next message to a place may repeat one that arrived. */
export async function addDoubt(store: Store, slot: number): Promise<void> {
  await store.redis.sadd(store.keys.doubted, String(slot));
}

export async function listDoubts(store: Store): Promise<number[]> {
  return (await store.redis.smembers(store.keys.doubted)).map(Number);
}

export async function endDoubt(store: Store, slot: number): Promise<void> {
  await store.redis.srem(store.keys.doubted, String(slot));
}
