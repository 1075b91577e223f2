/**
 * Message numbers as they lie in Redis: hidden under a key, since a number tells when it was given, and the same number at
 * two places tells that they belong together. Four bytes stay four bytes: a permutation of them (a Feistel network of
 * four rounds, each a block of AES) that is another one for each story and slot, so that "not sent" looks like any number,
 * and a number that takes the place of another tells nothing of either.
 */
import { createCipheriv, createDecipheriv, createHmac, hash } from 'node:crypto';
import { PozirkError } from '../errors.ts';
import { openBytes, sealBytes } from './gcm.ts';

export interface Veil {
  /** The hidden forms of numbers (0-2³²-1), each of the name and the slot at the same index. 0: there is none. */
  hide(names: readonly string[], slots: readonly number[], numbers: readonly number[]): number[];
  /** The numbers behind hidden forms. */
  show(names: readonly string[], slots: readonly number[], hidden: readonly number[]): number[];
  /** A slot and a message number as 22 characters of `A-Za-z0-9_-`, always the same. */
  pair(slot: number, number: number): string;
  /** The pairs of each slot and the number at the same index: many cost hardly more than one. */
  pairs(slots: readonly number[], numbers: readonly number[]): string[];
  /** The slot and the number behind them; undefined: not of ours. */
  openPair(pair: string): { readonly slot: number; readonly number: number } | undefined;
  /** Encrypts what belongs to a slot, with 28 bytes more. */
  seal(slot: number, plain: Buffer): Buffer;
  /** Throws `store.corrupt`. */
  open(slot: number, sealed: Buffer): Buffer;
}

export const VEIL_BYTES = 32;
/** Rounds of the network, in their order. */
const ROUNDS = [0, 1, 2, 3];
const UNDONE = ROUNDS.toReversed();
const AES_BLOCK = 16;
/** In the place of a round: no block of a round begins so. */
const PAIR = 0xff;

/** @param key 32 bytes, which the caller may wipe. */
export function createVeil(key: Buffer): Veil {
  const derive = (purpose: string) => createHmac('sha256', key).update(purpose).digest();
  const cipher = createCipheriv('aes-256-ecb', derive('numbers'), null).setAutoPadding(false);
  const decipher = createDecipheriv('aes-256-ecb', derive('numbers'), null).setAutoPadding(false);
  const sealing = derive('lists');
  const encrypt = (blocks: Buffer) => cipher.update(blocks);
  return {
    hide: (names, slots, numbers) => permuted(encrypt, ROUNDS, names, slots, numbers),
    show: (names, slots, hidden) => permuted(encrypt, UNDONE, names, slots, hidden),
    pair: (slot, number) => paired(encrypt, [slot], [number]).join(''),
    pairs: (slots, numbers) => paired(encrypt, slots, numbers),
    openPair(pair) {
      const bytes = Buffer.from(pair, 'base64url');
      if (bytes.length !== AES_BLOCK) return undefined;
      const block = decipher.update(bytes);
      const isOurs = block.readUInt8() === PAIR && block.subarray(9).every((byte) => byte === 0);
      return isOurs ? { slot: block.readUInt32BE(1), number: block.readUInt32BE(5) } : undefined;
    },
    seal: (slot, plain) => sealBytes(sealing, Buffer.from(String(slot)), plain),
    open(slot, sealed) {
      const plain = openBytes(sealing, Buffer.from(String(slot)), sealed);
      if (!plain) throw new PozirkError('store.corrupt', 'a list of messages does not open');
      return plain;
    },
  };
}

function paired(
  encrypt: (blocks: Buffer) => Buffer,
  slots: readonly number[],
  numbers: readonly number[],
): string[] {
  const blocks = Buffer.alloc(slots.length * AES_BLOCK);
  for (let index = 0; index < slots.length; index += 1) {
    const at = index * AES_BLOCK;
    blocks.writeUInt8(PAIR, at);
    blocks.writeUInt32BE(slots[index] ?? 0, at + 1);
    blocks.writeUInt32BE(numbers[index] ?? 0, at + 5);
  }
  const hidden = encrypt(blocks);
  return slots.map((_, index) => hidden.toString('base64url', index * AES_BLOCK, (index + 1) * AES_BLOCK));
}

/**
 * Takes numbers through the rounds, each in two halves of 16 bits. A block of AES is the round, the half that stays, the
 * slot, and the hash of the name.
 */
function permuted(
  encrypt: (blocks: Buffer) => Buffer,
  rounds: readonly number[],
  names: readonly string[],
  slots: readonly number[],
  numbers: readonly number[],
): number[] {
  const count = numbers.length;
  const blocks = Buffer.alloc(count * AES_BLOCK);
  writeNames(blocks, names);
  // Counted, not iterated, here and below: thousands of numbers a second, four times each.
  let [left, right] = [new Uint16Array(count), new Uint16Array(count)];
  // The way back is the way there with the halves exchanged.
  const isUndone = rounds === UNDONE;
  const [high, low] = isUndone ? [right, left] : [left, right];
  for (let index = 0; index < count; index += 1) {
    const number = numbers[index] ?? 0;
    blocks.writeUInt32BE(slots[index] ?? 0, index * AES_BLOCK + 3);
    high[index] = number >>> 16;
    low[index] = number & 0xffff;
  }
  for (const round of rounds) {
    for (let index = 0; index < count; index += 1) {
      blocks[index * AES_BLOCK] = round;
      blocks.writeUInt16BE(right[index] ?? 0, index * AES_BLOCK + 1);
    }
    const mixed = encrypt(blocks);
    const mixes = left.map((half, index) => half ^ mixed.readUInt16BE(index * AES_BLOCK));
    [left, right] = [right, mixes];
  }
  const [first, second] = isUndone ? [right, left] : [left, right];
  return numbers.map((_, index) => (first[index] ?? 0) * 0x10000 + (second[index] ?? 0));
}

function writeNames(blocks: Buffer, names: readonly string[]): void {
  let [last, digest] = ['', Buffer.alloc(0)];
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    // Mostly one story in many slots.
    if (index === 0 || name !== last) [last, digest] = [name, hash('sha256', name, 'buffer')];
    digest.copy(blocks, index * AES_BLOCK + 7, 0, 9);
  }
}
