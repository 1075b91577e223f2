/**
 * Keeps what identifies a reader unreadable without `DATA_KEY`: chats are found by a keyed hash and stored under
 * AES-256-GCM. Each purpose has its own key, derived by HKDF (RFC 5869); a record is bound to its slot, so that
 * swapped records do not open. What all bots on a Redis share is not secret: it is stamped (`stamps.ts`). During a rotation
 * the previous key opens too, and its stamps are good.
 */
import {
  createCipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { PozirkError } from '../errors.ts';
import { type Chat, CHAT_KINDS } from '../news/subscriber.ts';
import { openBytes, sealBytes } from './gcm.ts';
import type { Veil } from './veil.ts';

/** Where a chat's slot is found: a bucket (0-32767) and 11 characters in it. */
export interface Ref {
  readonly bucket: number;
  readonly field: string;
}

/** The keys of one bot: one that seals, and during a rotation a second one that opens too. */
export interface Seal {
  /** Keyed hash of a chat; the second one, during a rotation, under the other key. */
  refs(chat: Pick<Chat, 'id' | 'thread'>): readonly [Ref, ...Ref[]];
  seal(slot: number, plain: Buffer): Buffer;
  /** Throws `store.corrupt` where no key opens it. */
  open(slot: number, sealed: Buffer): Buffer;
  /** Whether `sealed` is not under the key that seals now, but opens. */
  isPrevious(slot: number, sealed: Buffer): boolean;
  /** A name for a place that means something to one person only: 28 characters of `A-Za-z0-9_-`, always the same. */
  handle(person: number, chat: Chat): string;
  /** The place behind a handle; undefined: not of ours, tampered with, or made for somebody else. */
  openHandle(person: number, handle: string): Chat | undefined;
  /** Content of `sealed`, and its form under the key that seals now; undefined: no key opens it. */
  renew(slot: number, sealed: Buffer): { readonly plain: Buffer; readonly sealed: Buffer } | undefined;
  /**
   * Values that only the holder of a key can make, stored to notice a wrong one at the start: of the key that seals now, of
   * the one before during a rotation, and of one that was taken up to seal next.
   */
  readonly proofs: Readonly<Record<'now', string> & Record<'previous' | 'next', string | undefined>>;
  /** Takes `key` up: it opens too from now on, sealing stays as it is. False: that key is known already. */
  adopt(key: Buffer): boolean;
  /** Seals under the key that was taken up from now on; the one until now still opens. */
  turn(): void;
  /** Lets the previous key go. */
  retire(): void;
  /** A keyed mark on `text` at `place`: 26 characters of `A-Za-z0-9_-`, the same from every bot with this key. */
  stamp(place: string, text: string): string;
  /** Whether a key of ours made `stamp`, for this text at this place. */
  isStamped(place: string, text: string, stamp: string): boolean;
  /** With this each stamp under the key that stamps now begins. */
  readonly stampId: string;
  /** Places where something stands without a stamp of ours, as far as seen and not taken from here yet. */
  readonly foreign: Set<string>;
  /** The veil of message numbers, once its key was read from Redis (`veil-key.ts`). */
  veil: Promise<Veil> | undefined;
}

interface SealKeys {
  readonly find: KeyObject;
  readonly seal: KeyObject;
  readonly handle: KeyObject;
  readonly handleMask: KeyObject;
  readonly proof: string;
  readonly stamp: KeyObject;
  readonly stampId: string;
}

/**
 * @param key 32 bytes; not kept, the caller may wipe it.
 * @param previous the key before it, while a rotation is under way.
 */
export function createSeal(key: Buffer, botId: string, previous?: Buffer): Seal {
  let current = deriveKeys(key, botId);
  let other = previous && deriveKeys(previous, botId);
  let turned = true;
  const either = <T>(open: (keys: SealKeys) => T | undefined): T | undefined =>
    open(current) ?? (other && open(other));
  return {
    veil: undefined,
    foreign: new Set(),
    stamp: (place, text) => stampUnder(current, place, text),
    isStamped: (...given) => [current, other].some((keys) => keys && isStampedUnder(keys, ...given)),
    get stampId() {
      return current.stampId;
    },
    refs: (chat) => (other ? [refUnder(current, chat), refUnder(other, chat)] : [refUnder(current, chat)]),
    seal: (slot, plain) => sealUnder(current, slot, plain),
    open(slot, sealed) {
      const plain = either((keys) => openUnder(keys, slot, sealed));
      if (!plain) throw new PozirkError('store.corrupt', 'a record does not open with this key');
      return plain;
    },
    isPrevious: (slot, sealed) =>
      !openUnder(current, slot, sealed) && Boolean(other && openUnder(other, slot, sealed)),
    handle: (person, chat) => handleUnder(current, person, chat),
    openHandle: (person, handle) => either((keys) => openHandleUnder(keys, person, handle)),
    renew(slot, sealed) {
      // The previous key first: in a rotation it opens nearly everything, and a key that does not fit takes its time.
      const old = other && openUnder(other, slot, sealed);
      if (old) return { plain: old, sealed: sealUnder(current, slot, old) };
      const plain = openUnder(current, slot, sealed);
      return plain && { plain, sealed };
    },
    get proofs() {
      const [previous, next] = turned ? [other?.proof] : [undefined, other?.proof];
      return { now: current.proof, previous, next };
    },
    adopt(next) {
      const keys = deriveKeys(next, botId);
      if ([current.proof, other?.proof].includes(keys.proof)) return false;
      other = keys;
      turned = false;
      return true;
    },
    turn() {
      if (other && !turned) [current, other, turned] = [other, current, true];
    },
    retire() {
      if (turned) other = undefined;
    },
  };
}

function deriveKeys(key: Buffer, botId: string): SealKeys {
  const deriveFor = (whom: string, purpose: string) =>
    Buffer.from(hkdfSync('sha256', key, whom, purpose, 32));
  const derive = (purpose: string) => deriveFor(`pozirk:${botId}`, purpose);
  // A key object lies outside the heap, where no heap dump and no `inspect` shows it; the way there is wiped.
  const hidden = (bytes: Buffer): KeyObject => {
    const object = createSecretKey(bytes);
    bytes.fill(0);
    return object;
  };
  return {
    find: hidden(derive('find')),
    seal: hidden(derive('seal')),
    handle: hidden(derive('handle')),
    handleMask: hidden(derive('handle mask')),
    proof: derive('proof').toString('base64url'),
    stamp: hidden(deriveFor('pozirk', 'stamp')),
    stampId: deriveFor('pozirk', 'stamp id').toString('base64url', 0, STAMP_ID_BYTES),
  };
}

/** Enough to tell the keys of one operator apart. */
const STAMP_ID_BYTES = 3;
/** Nobody hits on these by trying. */
const STAMP_BYTES = 16;

function stampUnder(keys: SealKeys, place: string, text: string): string {
  const mac = createHmac('sha256', keys.stamp).update(`${place}\n${text}`).digest();
  return keys.stampId + mac.toString('base64url', 0, STAMP_BYTES);
}

const isStampedUnder = (keys: SealKeys, place: string, text: string, stamp: string): boolean =>
  stamp.startsWith(keys.stampId) && isSame(stampUnder(keys, place, text), stamp);

function isSame(one: string, other: string): boolean {
  const [bytes, others] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === others.length && timingSafeEqual(bytes, others);
}

function refUnder(keys: SealKeys, { id, thread }: Pick<Chat, 'id' | 'thread'>): Ref {
  const hash = createHmac('sha256', keys.find)
    .update(`${id}:${thread ?? ''}`)
    .digest();
  return { bucket: hash.readUInt16BE(0) >> 1, field: hash.toString('base64url', 2, 10) };
}

const sealUnder = (keys: SealKeys, slot: number, plain: Buffer): Buffer =>
  sealBytes(keys.seal, slotBytes(slot), plain);

const openUnder = (keys: SealKeys, slot: number, sealed: Buffer): Buffer | undefined =>
  openBytes(keys.seal, slotBytes(slot), sealed);

function slotBytes(slot: number): Buffer {
  // Out of the common pool: a buffer of its own costs more than what is written into it.
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(slot);
  return bytes;
}

const HANDLE_TAG = 8;
const HANDLE_BYTES = 13;

/**
 * The keyed hash of person and place comes first and is the nonce of what follows (as in AES-SIV, RFC 5297, shortened):
 * a button has room for 64 bytes, and a card that is drawn again must have the same ones.
 */
function handleUnder(keys: SealKeys, person: number, chat: Chat): string {
  const plain = Buffer.alloc(HANDLE_BYTES);
  plain.writeUInt8(CHAT_KINDS.indexOf(chat.kind));
  plain.writeBigInt64BE(BigInt(chat.id), 1);
  plain.writeUInt32BE(chat.thread ?? 0, 9);
  const tag = handleTag(keys, person, plain);
  return Buffer.concat([tag, masked(keys, tag, plain)]).toString('base64url');
}

function openHandleUnder(keys: SealKeys, person: number, handle: string): Chat | undefined {
  const bytes = Buffer.from(handle, 'base64url');
  if (bytes.length !== HANDLE_TAG + HANDLE_BYTES || bytes.toString('base64url') !== handle) return undefined;
  const tag = bytes.subarray(0, HANDLE_TAG);
  const plain = masked(keys, tag, bytes.subarray(HANDLE_TAG));
  if (!timingSafeEqual(tag, handleTag(keys, person, plain))) return undefined;
  const kind = CHAT_KINDS[plain.readUInt8()];
  const id = Number(plain.readBigInt64BE(1));
  const thread = plain.readUInt32BE(9);
  if (!kind) return undefined;
  return thread ? { id, thread, kind } : { id, kind };
}

const handleTag = (keys: SealKeys, person: number, plain: Buffer): Buffer =>
  createHmac('sha256', keys.handle).update(`${person}:`).update(plain).digest().subarray(0, HANDLE_TAG);

function masked(keys: SealKeys, tag: Buffer, bytes: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ctr', keys.handleMask, Buffer.concat([tag, Buffer.alloc(8)]));
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}
