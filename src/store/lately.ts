/**
 * News that a process that stopped or lost its lease has shown chats lately, for the one that delivers now: where Redis
 * failed over and lost its last moments, nobody else knows. Sealed, and gone once it is taken over.
 */
import { SECOND } from '../time.ts';
import type { VisitEnd } from './visit-ends.ts';
import { openJson, SEALED_AS, sealJson } from './sealed.ts';
import type { Store } from './redis.ts';
import type { Shelf } from './shelf.ts';

/** Bytes, so that a dump tells no more than about how much was under way; what is usual at the highest pace has one near. */
const SIZES = [512, 4096, 32_768, 262_144, 786_432, 2_097_152, 16_777_216];

/** A message as the visit that brought it was written down, in the chat of `slot`. */
export interface Showing extends Required<Pick<VisitEnd, 'sent'>>, Pick<VisitEnd, 'ownSequence'> {
  readonly slot: number;
}

/** The messages that a process has left, and by which fence it held the lease. */
export interface Handover {
  readonly fence: number;
  readonly shown: readonly Showing[];
}

/** @param forMs how long it is kept. */
export async function leaveLately({ store, seal }: Shelf, left: Handover, forMs: number): Promise<void> {
  const sealed = sealJson(seal, SEALED_AS.handover, left, SIZES);
  await store.redis.set(store.keys.handover, sealed, 'EX', Math.ceil(forMs / SECOND));
}

/** The messages left last, sealed. */
export const readLately = ({ redis, keys }: Store): Promise<Buffer | null> => redis.getBuffer(keys.handover);

/** The messages in it; nothing where there are none, or it is not ours or of another form. */
export function openLately({ seal }: Pick<Shelf, 'seal'>, sealed: Buffer | null): Handover {
  const left = openJson<Handover>(seal, SEALED_AS.handover, sealed);
  return Array.isArray(left?.shown) ? left : { fence: 0, shown: [] };
}

export async function forgetLately({ redis, keys }: Store): Promise<void> {
  await redis.del(keys.handover);
}
