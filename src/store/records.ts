/**
 * Sealed records where they lie: each at the place of its slot in the string of its block, so that neither the order nor the
 * room tells who came when. What is larger than a place stands under a key of its own.
 */
import { RECORD_BLOCK, RECORD_BYTES } from './keys.ts';
import type { Store } from './redis.ts';

/** The part of a store that reading takes. */
type Shelves = Pick<Store, 'redis' | 'keys'>;

/** Bytes at the place of a slot that nobody has, and of one whose record is elsewhere (`prelude.ts` has them too). */
const NOBODY = Buffer.alloc(RECORD_BYTES, 0);
const ELSEWHERE = Buffer.alloc(RECORD_BYTES, 0xff);

/** The sealed record of a slot; undefined: nobody has it. */
export async function readRecord(store: Shelves, slot: number, isAgain = false): Promise<Buffer | undefined> {
  const at = (slot % RECORD_BLOCK) * RECORD_BYTES;
  const place = await store.redis.getrangeBuffer(store.keys.chat(slot), at, at + RECORD_BYTES - 1);
  return recordAt(store, slot, place, isAgain);
}

/** All records of a block, numbered from `first`. */
export async function readRecords(store: Shelves, first: number): Promise<Map<number, Buffer>> {
  const bytes = (await store.redis.getBuffer(store.keys.chat(first))) ?? Buffer.alloc(0);
  const slots = Array.from({ length: RECORD_BLOCK }, (_, index) => first + index);
  const records = await Promise.all(
    slots.map((slot, index) =>
      recordAt(store, slot, bytes.subarray(index * RECORD_BYTES, (index + 1) * RECORD_BYTES)),
    ),
  );
  return new Map(slots.flatMap((slot, index) => (records[index] ? [[slot, records[index]] as const] : [])));
}

async function recordAt(
  store: Shelves,
  slot: number,
  place: Buffer,
  isAgain = false,
): Promise<Buffer | undefined> {
  if (place.length < RECORD_BYTES || place.equals(NOBODY)) return undefined;
  if (!place.equals(ELSEWHERE)) return place;
  const large = await store.redis.getBuffer(store.keys.large(slot));
  // It became a small one, or nobody's, between the two reads.
  return large ?? (isAgain ? undefined : readRecord(store, slot, true));
}
