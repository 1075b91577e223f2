/**
 * What a process that lost its lease has shown chats lately, for the one that delivers now: where Redis failed over and lost
 * its last moments, nobody else knows. Sealed, gone after minutes.
 */
import { SECOND } from '../time.ts';
import type { VisitEnd } from './cursors.ts';
import { botKeys } from './keys.ts';
import { openJson, SEALED_AS, sealJson } from './sealed.ts';
import type { Shelf } from './shelf.ts';

/** So that a dump tells no more than about how much was under way. */
const SIZES = Array.from({ length: 10 }, (_, power) => 8 ** power);

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
  const sealed = sealJson(seal, SEALED_AS.lately, shown, SIZES);
  await store.redis.set(botKeys(store.botId).lately, sealed, 'EX', Math.ceil(forMs / SECOND));
}

/** What was left within the last minutes; nothing where it is not ours. */
export async function readLately({ store, seal }: Shelf): Promise<readonly ShownLately[]> {
  const sealed = await store.redis.getBuffer(botKeys(store.botId).lately);
  return openJson(seal, SEALED_AS.lately, sealed) ?? [];
}
