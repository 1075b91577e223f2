/** Puts what is sealed under the key that seals now: records with their keyed hashes. */
import { RECORD_BLOCK, SLOT_BLOCK } from './keys.ts';
import { decodeRecord } from './record.ts';
import { readRecords } from './records.ts';
import type { Seal } from './seal.ts';
import type { Shelf } from './shelf.ts';

/** Numbers of the blocks of records: from the first up to, not including, `end`. */
export async function recordBlocks({
  store,
}: Pick<Shelf, 'store'>): Promise<{ readonly first: number; readonly end: number }> {
  const blocks = Number((await store.redis.hget(store.keys.slots, 'blocks')) ?? 0);
  const each = SLOT_BLOCK / RECORD_BLOCK;
  // The first block of slots has number 1.
  return { first: each, end: (blocks + 1) * each };
}

/** Re-seals a block of records with their keyed hashes, all of them the first time; answers how many were not under the present key. */
export async function resealBlock(
  { store, seal }: Shelf,
  block: number,
  firstTime: boolean,
): Promise<number> {
  const slot = block * RECORD_BLOCK;
  const records = [...(await readRecords(store, slot))];
  const entries = records.filter(([each, sealed]) => firstTime || seal.isPrevious(each, sealed));
  const args = entries.flatMap(([each, sealed]) => resealed(seal, each, sealed));
  if (args.length === 0) return 0;
  return Number(await store.run('reseal-chats', [store.keys.chat(slot)], args));
}

/** Arguments of the script for one record; nothing where it opens under neither key. */
function resealed(seal: Seal, slot: number, sealed: Buffer): (string | number | Buffer)[] {
  const renewed = seal.renew(slot, sealed);
  if (!renewed) return [];
  const [now, before] = seal.refs(decodeRecord(renewed.plain).chat);
  if (!before) return [];
  return [slot, sealed, renewed.sealed, before.bucket, before.field, now.bucket, now.field];
}

/** How far the re-sealing is: the next block. */
export async function resealedUpTo({ store }: Pick<Shelf, 'store'>): Promise<number> {
  return Number((await store.redis.get(store.keys.resealed)) ?? 0);
}

export async function saveResealed({ store }: Shelf, block: number): Promise<void> {
  await store.redis.set(store.keys.resealed, String(block));
}

/** From here on the key that seals is enough; in one step. The append-only file still has everything as it was sealed before. */
export async function endResealing({ store, seal }: Shelf): Promise<void> {
  const step = store.redis
    .multi()
    .set(store.keys.proof, seal.proofs.now)
    .del(store.keys.resealed)
    .incr(store.keys.unwritten);
  for (const [error] of (await step.exec()) ?? []) if (error) throw error;
}
