/**
 * Notices a wrong `DATA_KEY` before anything is written under it. The proof names the keys that are needed to read
 * everything: one, or two while records are being re-sealed.
 */
import { PozirkError } from '../errors.ts';
import type { Store } from './redis.ts';
import { createSeal, type Seal } from './seal.ts';
import type { Shelf } from './shelf.ts';

/**
 * - `steady`: everything is under the key that seals.
 * - `waiting`: the other key has still, or already, the say.
 * - `under way`: both are needed, and the newer one seals.
 */
export type KeyState = 'steady' | 'waiting' | 'under way';

/** The first start leaves a proof of its key; later ones must have the same key. Throws `store.wrong_key`. */
export async function checkKey(store: Store, seal: Seal): Promise<KeyState> {
  const key = store.keys.proof;
  // A script, so that a user of Redis who may run none is refused at the start.
  const needed = String(await store.run('first-proof', [key], [seal.proofs.now])).split(' ');
  if (hasKeys(seal, needed)) {
    // Of two the newer one stands first.
    if (needed[0] !== seal.proofs.now) return 'waiting';
    return needed.length > 1 ? 'under way' : 'steady';
  }
  throw new PozirkError(
    'store.wrong_key',
    needed.length > 1
      ? 'the chats in this Redis are being sealed under another DATA_KEY: both keys are needed, DATA_DIR/key.new and the one before it; nothing was changed'
      : 'DATA_KEY is not the key under which the chats in this Redis are sealed; nothing was changed',
  );
}

/** Whether a seal has the keys of all these proofs. */
export const hasKeys = ({ proofs }: Seal, needed: readonly string[]): boolean =>
  needed.every((one) => Object.values(proofs).includes(one));

/** Whether it is `key` that seals now. */
export const isSealing = ({ store, seal }: Shelf, key: Buffer): boolean =>
  createSeal(key, store.botId).proofs.now === seal.proofs.now;

/** Proofs of the keys that are needed to read everything, the newest first. */
export async function neededProofs(store: Store): Promise<string[]> {
  return ((await store.redis.get(store.keys.proof)) ?? '').split(' ');
}

/** From here on the keys of both proofs are needed. Changes nothing where `from` is not enough any more. */
export async function needBothKeys(store: Store, from: string, to: string): Promise<void> {
  await store.run('swap-value', [store.keys.proof], [from, `${to} ${from}`]);
}
