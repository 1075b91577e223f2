/**
 * Keeps what identifies a reader unreadable without `DATA_KEY`: chats are found by a keyed hash and stored under
 * AES-256-GCM. Each purpose has its own key, derived by HKDF (RFC 5869); a record is bound to its slot, so that
 * swapped records do not open. During a rotation the previous key opens too.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { PozirkError } from '../errors.ts';
import type { Chat } from '../news/subscriber.ts';

const NONCE = 12;
const TAG = 16;
/** Bytes that sealing adds to a record. */
export const SEAL_OVERHEAD = NONCE + TAG;

/** Where a chat's slot is found: a bucket (0-32767) and 11 characters in it. */
export interface Ref {
  readonly bucket: number;
  readonly field: string;
}

export interface Seal {
  /** Keyed hash of a chat; the second one, during a rotation, under the previous key. */
  refs(chat: Pick<Chat, 'id' | 'thread'>): readonly [Ref, ...Ref[]];
  seal(slot: number, plain: Buffer): Buffer;
  /** Throws `store.corrupt` where no key opens it. */
  open(slot: number, sealed: Buffer): Buffer;
  /** Whether `sealed` is under the previous key still. */
  isPrevious(slot: number, sealed: Buffer): boolean;
  /** A value that only the holder of the key can make; stored to notice a wrong key at the start. */
  readonly proof: string;
  /** The proof of the previous key, during a rotation. */
  readonly previousProof: string | undefined;
}

interface Keys {
  readonly find: KeyObject;
  readonly seal: KeyObject;
  readonly proof: string;
}

/** @param key 32 bytes. @param previous the key before it, while a rotation is under way. */
export function createSeal(key: Buffer, botId: string, previous?: Buffer): Seal {
  const current = deriveKeys(key, botId);
  const before = previous && deriveKeys(previous, botId);
  return {
    refs: (chat) => (before ? [refUnder(current, chat), refUnder(before, chat)] : [refUnder(current, chat)]),
    seal: (slot, plain) => sealUnder(current, slot, plain),
    open(slot, sealed) {
      const plain = openUnder(current, slot, sealed) ?? (before && openUnder(before, slot, sealed));
      if (!plain) throw new PozirkError('store.corrupt', 'a record does not open with this key');
      return plain;
    },
    isPrevious: (slot, sealed) => before !== undefined && openUnder(current, slot, sealed) === undefined,
    proof: current.proof,
    previousProof: before?.proof,
  };
}

function deriveKeys(key: Buffer, botId: string): Keys {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, `pozirk:${botId}`, purpose, 32));
  return {
    find: createSecretKey(derive('find')),
    seal: createSecretKey(derive('seal')),
    proof: derive('proof').toString('base64url'),
  };
}

function refUnder(keys: Keys, { id, thread }: Pick<Chat, 'id' | 'thread'>): Ref {
  const hash = createHmac('sha256', keys.find)
    .update(`${id}:${thread ?? ''}`)
    .digest();
  return { bucket: hash.readUInt16BE(0) >> 1, field: hash.toString('base64url', 2, 10) };
}

function sealUnder(keys: Keys, slot: number, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keys.seal, nonce);
  cipher.setAAD(slotBytes(slot));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openUnder(keys: Keys, slot: number, sealed: Buffer): Buffer | undefined {
  if (sealed.length < SEAL_OVERHEAD) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keys.seal, sealed.subarray(0, NONCE));
  decipher.setAAD(slotBytes(slot));
  decipher.setAuthTag(sealed.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function slotBytes(slot: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(slot);
  return bytes;
}
