/** Notices a wrong `DATA_KEY` before anything is written under it. */
import { PozirkError } from '../errors.ts';
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';
import type { Seal } from './seal.ts';

/** The first start leaves a proof of its key; later ones must have the same key. Throws `store.wrong_key`. */
export async function checkKey(store: Store, seal: Seal): Promise<void> {
  const key = botKeys(store.botId).proof;
  await store.redis.set(key, seal.proof, 'NX');
  const proof = await store.redis.get(key);
  if (proof === seal.proof || (proof !== null && proof === seal.previousProof)) return;
  throw new PozirkError(
    'store.wrong_key',
    'DATA_KEY is not the key under which the chats in this Redis are sealed; nothing was changed',
  );
}
