/**
 * What a process that lost its lease has shown chats lately, for the one that delivers now: where Redis failed over and lost
 * its last moments, nobody else knows. Sealed, gone after minutes.
 */
import { SECOND } from '../time.ts';
import { unlessCorrupt } from '../errors.ts';
import type { VisitEnd } from './cursors.ts';
import { botKeys } from './keys.ts';
import type { Shelf } from './shelf.ts';

/** It belongs to no slot; no slot, and nothing else that is sealed without one, has this number. */
const LATELY_SLOT = 0xfffffffc;
/** Rounded up to powers of this, so that a dump tells no more than about how much was under way. */
const SIZE_STEP = 8;

/** A message as the visit that brought it was written down, in the chat of `slot`. */
export interface ShownLately extends Required<Pick<VisitEnd, 'sent'>>, Pick<VisitEnd, 'ownSequence'> {
  readonly slot: number;
}

/** @param forMs how long it is kept. */
export async function leaveLately(
  { store, seal }: Shelf,
  shown: readonly ShownLately[],
  forMs: number,
): Promise<void> {
  const json = Buffer.from(JSON.stringify(shown));
  const size = SIZE_STEP ** Math.ceil(Math.log(json.length) / Math.log(SIZE_STEP));
  const plain = Buffer.alloc(size, ' ');
  json.copy(plain);
  const seconds = Math.ceil(forMs / SECOND);
  await store.redis.set(botKeys(store.botId).lately, seal.seal(LATELY_SLOT, plain), 'EX', seconds);
}

/** What was left within the last minutes; nothing where it is not ours. */
export async function readLately({ store, seal }: Shelf): Promise<readonly ShownLately[]> {
  const sealed = await store.redis.getBuffer(botKeys(store.botId).lately);
  return sealed ? unlessCorrupt(() => JSON.parse(seal.open(LATELY_SLOT, sealed).toString()), []) : [];
}
