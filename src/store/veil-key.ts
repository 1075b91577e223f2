/** The key that hides message numbers: made once, kept sealed under `DATA_KEY`, so that a new `DATA_KEY` changes no number. */
import { randomBytes } from 'node:crypto';
import { PozirkError } from '../errors.ts';
import { SEALED_AS } from './sealed.ts';
import type { Shelf } from './shelf.ts';
import { createVeil, VEIL_BYTES, type Veil } from './veil.ts';

/** The veil that hides the bot's message numbers; read from Redis the first time, or made where there is none. */
export function veilOf(shelf: Shelf): Promise<Veil> {
  const { seal } = shelf;
  seal.veil ??= openVeil(shelf).catch((error: unknown) => {
    seal.veil = undefined;
    throw error;
  });
  return seal.veil;
}

async function openVeil({ store, seal }: Shelf): Promise<Veil> {
  const { veil } = store.keys;
  await store.redis.set(veil, seal.seal(SEALED_AS.veil, randomBytes(VEIL_BYTES)), 'NX');
  const key = seal.open(SEALED_AS.veil, (await store.redis.getBuffer(veil)) ?? Buffer.alloc(0));
  if (key.length !== VEIL_BYTES)
    throw new PozirkError('store.corrupt', 'the key of the message numbers is another sealed value');
  const opened = createVeil(key);
  key.fill(0);
  return opened;
}

/** Seals the key of the veil again where it is under the other `DATA_KEY`, in a rotation; answers whether it was. */
export async function resealVeil({ store, seal }: Shelf): Promise<number> {
  const { veil } = store.keys;
  const sealed = await store.redis.getBuffer(veil);
  const renewed = sealed && seal.isPrevious(SEALED_AS.veil, sealed) && seal.renew(SEALED_AS.veil, sealed);
  if (!renewed) return 0;
  await store.run('swap-value', [veil], [sealed, renewed.sealed]);
  return 1;
}
