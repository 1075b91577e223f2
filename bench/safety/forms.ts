/** Forms that a reader's id or word may take in bytes. */
import { createHash } from 'node:crypto';

export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Marks that Redis, MessagePack and CBOR put before a number of four bytes. */
const BEFORE_LITTLE = [0xc2, 0xf3];
const BEFORE_BIG = [0xce, 0xd2, 0x1a];
const GROUPED = [',', '.', ' ', '_', '\u00a0', '\u202f'];
const HASHES = ['sha256', 'sha1', 'md5'];

/** Bytes that the number of an id takes, without zeros before it: 1-7. */
export const widthOf = (id: number): number => Math.ceil(Math.abs(id).toString(16).length / 2);

/** `bare`: the id's bytes alone are no chance; else only with what surely stands beside them. */
export function formsOfId(id: number, bare: boolean): Form[] {
  const forms: Form[] = [];
  const add = (name: string, ...parts: (string | Buffer | readonly number[])[]) =>
    void forms.push({ name, bytes: Buffer.concat(parts.map((part) => Buffer.from(part as string))) });
  const digits = String(Math.abs(id));
  add('decimal', digits);
  for (const mark of GROUPED) add('decimal in groups', digits.replaceAll(/\B(?=(?:\d{3})+$)/g, mark));
  const big = bigEnd(id);
  const little = Buffer.from(big).reverse();
  for (const hex of new Set([Math.abs(id).toString(16), little.toString('hex')])) {
    add('hexadecimal', hex);
    add('hexadecimal', hex.toUpperCase());
  }
  add('to the base of 36', Math.abs(id).toString(36));
  add('to the base of 36', Math.abs(id).toString(36).toUpperCase());
  if (bare || id < 0) {
    add('binary, big end first', big);
    add('binary, little end first', little);
  } else {
    add('binary, big end first', [0], big);
    add('binary, little end first', little, [0]);
    for (const mark of BEFORE_LITTLE) add('a marked number', [mark], little);
    for (const mark of BEFORE_BIG) add('a marked number', [mark], big);
  }
  for (const form of doubles(id)) add('a floating point number', form);
  add('a number of varying length', varint(BigInt(Math.abs(id))));
  add('a number of varying length', varint(id < 0 ? BigInt(id) * -2n - 1n : BigInt(id) * 2n));
  for (const name of HASHES) {
    // Eight bytes are no chance, and find shortened digests too.
    const digest = createHash(name).update(String(id)).digest().subarray(0, 8);
    add(`${name} without a key`, digest);
    add(`${name} without a key`, digest.toString('hex'));
    add(`${name} without a key`, digest.toString('hex').toUpperCase());
  }
  return forms;
}

/** Without zeros before it; a negative one as the last seven of its eight bytes. */
function bigEnd(id: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(id));
  return bytes.subarray(id < 0 ? 1 : 8 - widthOf(id));
}

function doubles(value: number): Buffer[] {
  const big = Buffer.alloc(8);
  big.writeDoubleBE(value);
  return [big, Buffer.from(big).reverse()];
}

/** Seven bits a byte, the lowest first. */
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

/** A word in every case and encoding; a number with a point in it also as a floating point number. */
export function formsOfWord(word: string): Form[] {
  const capital = word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
  const forms = [...new Set([word, word.toLowerCase(), word.toUpperCase(), capital])].flatMap((spelt) => {
    const wide = Buffer.from(spelt, 'utf16le');
    return [
      { name: 'a word', bytes: Buffer.from(spelt) },
      ...(/^[ -~]*$/.test(spelt) ? [] : [{ name: 'a word in windows-1251', bytes: windows1251(spelt) }]),
      { name: 'a word in UTF-16', bytes: wide },
      { name: 'a word in UTF-16', bytes: Buffer.from(wide).swap16() },
    ];
  });
  const numbers = /^\d+\.\d+$/.test(word) ? doubles(Number(word)) : [];
  return [...forms, ...numbers.map((bytes) => ({ name: 'a place', bytes }))];
}

const ENCODED = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1251').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

const windows1251 = (text: string): Buffer =>
  Buffer.from(Array.from(text, (letter) => ENCODED.get(letter) ?? 0x3f));
