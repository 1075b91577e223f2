/** Decoded views of bytes: packed by Redis or zlib, in base64, hexadecimal, escapes, lists of numbers. */
import { constants, inflateRawSync } from 'node:zlib';

export interface View {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Between pieces that do not belong together: no form holds it. */
const GAP = Buffer.alloc(16, 0xaa);

/** `bytes` and everything that can be read out of them, packed things unpacked first. */
export function* viewsOf(bytes: Buffer): Generator<View> {
  const plain = { name: '', bytes };
  const unpacked = { name: 'LZF of ', bytes: pieces(unpackedByRedis(bytes)) };
  for (const view of unpacked.bytes.length > 0 ? [plain, unpacked] : [plain]) {
    const inflated = { name: `${view.name}zlib of `, bytes: pieces(unpackedByZlib(view.bytes)) };
    for (const packed of inflated.bytes.length > 0 ? [view, inflated] : [view]) {
      yield packed;
      for (const { name, bytes: read } of textViews(packed.bytes))
        if (read.length > 0) yield { name: packed.name + name, bytes: read };
    }
  }
}

const pieces = (found: Iterable<Buffer>): Buffer =>
  Buffer.concat([...found].flatMap((piece) => [piece, GAP]));

function* textViews(bytes: Buffer): Generator<View> {
  const text = bytes.toString('latin1');
  // Text in UTF-16 that needs only half of it.
  if (bytes.includes(0))
    yield { name: 'UTF-16 of ', bytes: Buffer.from(text.replaceAll('\0', ''), 'latin1') };
  const runs = [...text.matchAll(BASE64)].map(([run]) => run);
  // Where the encoding began cannot be seen: each of the four beginnings.
  for (const from of runs.length > 0 ? [0, 1, 2, 3] : [])
    yield { name: 'base64 of ', bytes: pieces(runs.map((run) => Buffer.from(run.slice(from), 'base64'))) };
  const hexes = [...text.matchAll(HEX)].map(([run]) => run.replaceAll(/[ :,-]/g, ''));
  for (const from of hexes.length > 0 ? [0, 1] : [])
    yield { name: 'hexadecimal of ', bytes: pieces(hexes.map((run) => Buffer.from(run.slice(from), 'hex'))) };
  const lists = [...text.matchAll(LIST)].map(([run]) => Buffer.from(run.split(/,\s*/).map(Number)));
  yield { name: 'numbers of ', bytes: pieces(lists) };
  if (ESCAPE.test(text)) yield { name: 'escapes of ', bytes: Buffer.from(unescaped(text), 'latin1') };
}

const BASE64 = /[A-Za-z0-9+/_-]{6,}/g;
const HEX = /(?:[0-9a-f]{2}[ :,-]?){4,}/gi;
const LIST = /\b\d{1,3}(?:,\s*\d{1,3}){3,}\b/g;
const ESCAPE = /%[0-9a-f]{2}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|&#/i;

function unescaped(text: string): string {
  const utf8 = (code: number) =>
    Buffer.from(String.fromCodePoint(Math.min(code, 0x10ffff))).toString('latin1');
  return text
    .replaceAll(/(?:%|\\x)([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex: string) => utf8(Number.parseInt(hex, 16)))
    .replaceAll(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => utf8(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d{1,7});/g, (_, code: string) => utf8(Number(code)));
}

/** Upper bound of the length of a string in a dump. */
const LONGEST = 64 * 1024 * 1024;
const PACKED = 0xc3;

/** Strings that stand compressed in a dump of Redis: a mark, two lengths, the bytes (LZF). */
function* unpackedByRedis(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(PACKED); at >= 0; at = bytes.indexOf(PACKED, at + 1)) {
    const packed = lengthAt(bytes, at + 1);
    const whole = packed && lengthAt(bytes, packed.next);
    if (!packed || !whole || packed.length >= whole.length || whole.length > LONGEST) continue;
    if (whole.next + packed.length > bytes.length) continue;
    const plain = unpackLzf(bytes.subarray(whole.next, whole.next + packed.length), whole.length);
    if (plain) yield plain;
  }
}

function lengthAt(bytes: Buffer, at: number): { length: number; next: number } | undefined {
  if (at + 5 > bytes.length) return undefined;
  const first = bytes.readUInt8(at);
  if (first < 0x40) return { length: first, next: at + 1 };
  if (first < 0x80) return { length: ((first & 0x3f) << 8) | bytes.readUInt8(at + 1), next: at + 2 };
  return first === 0x80 ? { length: bytes.readUInt32BE(at + 1), next: at + 5 } : undefined;
}

/** Undefined: that is not what these bytes are. */
function unpackLzf(packed: Buffer, length: number): Buffer | undefined {
  // Nothing is packed to less than a hundredth: what claims so is chance.
  if (length > packed.length * 100) return undefined;
  const plain = Buffer.alloc(length);
  let [from, to] = [0, 0];
  while (from < packed.length) {
    const mark = packed[from++] as number;
    if (mark < 32) {
      if (from + mark + 1 > packed.length || to + mark + 1 > length) return undefined;
      packed.copy(plain, to, from, from + mark + 1);
      from += mark + 1;
      to += mark + 1;
      continue;
    }
    let count = mark >> 5;
    if (count === 7) count += packed[from++] ?? 0;
    let back = to - ((mark & 31) << 8) - (packed[from++] ?? 0) - 1;
    if (back < 0 || to + count + 2 > length) return undefined;
    for (let left = count + 2; left > 0; left -= 1) plain[to++] = plain[back++] as number;
  }
  return to === length ? plain : undefined;
}

/** Where packed bytes may begin, and how many of these go before them: gzip, then zlib from fastest to best. */
const BEGINNINGS = [
  [Buffer.of(0x1f, 0x8b, 8), 10],
  [Buffer.of(0x78, 0x01), 2],
  [Buffer.of(0x78, 0x5e), 2],
  [Buffer.of(0x78, 0x9c), 2],
  [Buffer.of(0x78, 0xda), 2],
] as const;

function* unpackedByZlib(bytes: Buffer): Generator<Buffer> {
  for (const [mark, head] of BEGINNINGS) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      try {
        // Truncated data is read as far as it goes.
        const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LONGEST };
        yield inflateRawSync(bytes.subarray(at + head, at + head + LONGEST), options);
      } catch {
        // By chance the same first bytes.
      }
    }
  }
}
