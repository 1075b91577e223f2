/** AES-256-GCM as everything here is sealed with it: a nonce, the encrypted bytes, and a tag. */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;
/** Bytes that sealing adds. */
export const SEAL_OVERHEAD = NONCE + TAG;

type Key = KeyObject | Buffer;

/** @param place to which it is bound: sealed bytes that were swapped do not open. */
export function sealBytes(key: Key, place: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined: key or place are others, or the bytes are. */
export function openBytes(key: Key, place: Buffer, sealed: Buffer): Buffer | undefined {
  if (sealed.length < SEAL_OVERHEAD) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE));
  decipher.setAAD(place).setAuthTag(sealed.subarray(-TAG));
  try {
    // One buffer less: a record is opened at every delivery. Without padding `final` has nothing to add but its verdict.
    const plain = decipher.update(sealed.subarray(NONCE, -TAG));
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}
