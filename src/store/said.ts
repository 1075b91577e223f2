/**
 * Messages of a chat that are not deliveries: commands that we saw, answers that we gave. One list a chat, encrypted, of one
 * of three sizes, so that neither a number nor how much somebody wrote can be told.
 */
import { unlessCorrupt } from '../errors.ts';
import { DAY } from '../time.ts';
import { messageIds } from './deliveries.ts';
import type { Shelf } from './shelf.ts';
import type { Veil } from './veil.ts';
import { veilOf } from './veil-key.ts';

/** They serve `/forget` and `/keep` for as long as Telegram lets a bot delete; only their day is kept. */
const SAID_DAYS = 2;
/** Messages for which a list has room: a usual chat, a busy one, the most that are kept. */
const ROOMS = [24, 240, 2000];
/** Two bytes of the day, four of the number. */
const ENTRY_BYTES = 6;

/** Bit of the day's two bytes: the message may be another chat's, or none (`unheardIds`). Days reach it in 2059. */
const PERHAPS = 0x8000;

interface Said {
  /** Days since the epoch. */
  readonly day: number;
  readonly id: number;
  readonly perhaps?: boolean;
}

/**
 * Remembers messages of the chat. What is older than it serves goes: after two or three days, since only its day is known.
 * The key goes at the end of a day too: one that lived two days from now on would tell when the chat last wrote.
 */
export async function addSaid(
  shelf: Shelf,
  slot: number,
  ids: readonly number[],
  now: number,
  perhaps = false,
): Promise<void> {
  const { store } = shelf;
  const key = store.keys.said(slot);
  const veil = await veilOf(shelf);
  const today = Math.floor(now / DAY);
  const lifetime = Math.ceil((today + SAID_DAYS + 1) * DAY - now);
  for (let isWritten = false; !isWritten; ) {
    const sealed = await store.redis.getBuffer(key);
    const known = sealed ? openList(veil, slot, sealed) : [];
    const sure = new Set(perhaps ? known.filter((one) => !one.perhaps).map(({ id }) => id) : []);
    const added = ids.filter((id) => !sure.has(id));
    const kept = known.filter(({ day, id }) => day >= today - SAID_DAYS && !added.includes(id));
    const all = [...kept, ...added.map((id) => ({ day: today, id, perhaps }))];
    const args = [sealed ?? '', veil.seal(slot, encodeSaid(all)), lifetime];
    isWritten = (await store.run('swap-value', [key], args)) === 1;
  }
}

/** Ids of messages that are the chat's, or unless `isSure` may be. */
export async function listSaid(shelf: Shelf, slot: number, isSure = false): Promise<number[]> {
  const sealed = await shelf.store.redis.getBuffer(shelf.store.keys.said(slot));
  const said = sealed ? openList(await veilOf(shelf), slot, sealed) : [];
  return said.filter(({ perhaps }) => !isSure || !perhaps).map(({ id }) => id);
}

/** Ids of all messages known in a chat: those that show one of `names`, and those that are no deliveries. */
export async function idsIn(shelf: Shelf, slot: number, names: readonly string[]): Promise<number[]> {
  const [shown, said] = await Promise.all([messageIds(shelf, slot, names), listSaid(shelf, slot)]);
  return [...shown.filter((id) => id !== undefined), ...said];
}

export async function openSaid(shelf: Shelf, slot: number, sealed: Buffer): Promise<number[]> {
  return openList(await veilOf(shelf), slot, sealed).map(({ id }) => id);
}

const openList = (veil: Veil, slot: number, sealed: Buffer): readonly Said[] =>
  unlessCorrupt(() => decode(veil.open(slot, sealed)), []);

/** Where there are too many, the oldest go. */
export function encodeSaid(all: readonly Said[]): Buffer {
  const most = ROOMS.at(-1) ?? 0;
  const kept = all.slice(-most);
  const bytes = Buffer.alloc((ROOMS.find((room) => room >= kept.length) ?? most) * ENTRY_BYTES);
  for (const [index, { day, id, perhaps }] of kept.entries()) {
    bytes.writeUInt16BE(perhaps ? day | PERHAPS : day, index * ENTRY_BYTES);
    bytes.writeUInt32BE(id, index * ENTRY_BYTES + 2);
  }
  return bytes;
}

function decode(bytes: Buffer): Said[] {
  const entries = Array.from({ length: bytes.length / ENTRY_BYTES }, (_, index) => {
    const day = bytes.readUInt16BE(index * ENTRY_BYTES);
    const id = bytes.readUInt32BE(index * ENTRY_BYTES + 2);
    return { day: day & ~PERHAPS, id, perhaps: (day & PERHAPS) !== 0 };
  });
  return entries.filter(({ id }) => id > 0);
}
