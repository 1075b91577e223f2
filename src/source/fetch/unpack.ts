/** Files that are stored packed come without a word about it: they are told by what they begin with. */
import type { Hash } from 'node:crypto';
import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

interface Packing {
  readonly is: (bytes: Uint8Array) => boolean;
  readonly open: () => Transform;
  /** Where what is to be opened begins; default: at the beginning. */
  readonly from?: (bytes: Uint8Array) => number;
  /** It has no mark of its own: only what makes a text of it tells it. */
  readonly isGuess?: true;
}

const SYNC = { finishFlush: constants.Z_SYNC_FLUSH };
const BLANKS = [...Buffer.from('\t\n\r ')];
const isGzip: Packing['is'] = ([one, two]) => one === 0x1f && two === 0x8b;
const PACKINGS: readonly Packing[] = [
  { is: isGzip, open: () => createGunzip(SYNC) },
  // Once more without its seal: zlib gives back nothing of the piece behind which something else stands.
  { is: isGzip, open: () => createInflateRaw(SYNC), from: gzipHeader },
  {
    is: ([one, two, three, four]) => one === 0x28 && two === 0xb5 && three === 0x2f && four === 0xfd,
    open: () => createZstdDecompress(),
  },
  {
    is: ([one = 0, two = 0]) => one === 0x78 && (one * 256 + two) % 31 === 0,
    open: () => createInflate(SYNC),
  },
  { is: () => true, open: () => createInflateRaw(SYNC), isGuess: true },
  { is: () => true, open: () => createBrotliDecompress(), isGuess: true },
];

/** Packed within each other: a file may also unpack to itself. */
const MOST_LAYERS = 3;

/** The bytes as they were before somebody packed them; undefined where they are more than `largest`. */
export async function unpacked(
  sent: Uint8Array,
  largest: number,
  layers = MOST_LAYERS,
): Promise<Uint8Array | undefined> {
  if (!layers || !isPacked(sent)) return sent;
  // A program may have said an empty line before it packed.
  const start = sent.findIndex((byte) => !BLANKS.includes(byte));
  const bytes = isGzip(sent.subarray(start)) ? sent.subarray(start) : sent;
  let most: Uint8Array | undefined;
  for (const { is, open, from, isGuess } of PACKINGS) {
    if (!is(bytes) || (most && isGuess)) continue;
    const plain = await poured(bytes.subarray(from?.(bytes)), open(), largest);
    if (!plain && !isGuess) return undefined;
    if (plain && plain.length > (most?.length ?? 0) && (!isGuess || isDocument(plain))) most = plain;
  }
  return most ? unpacked(most, largest, layers - 1) : bytes;
}

/** Bytes of the header of a gzip file: ten, and what its flags say more (RFC 1952). */
function gzipHeader(bytes: Uint8Array): number {
  const [flags = 0, length = 0, high = 0] = [3, 10, 11].map((at) => bytes[at]);
  let at = flags & 4 ? 12 + length + 256 * high : 10;
  for (const named of [8, 16]) if (flags & named) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

/** Bytes at the beginning in which packed ones nearly always have some that no text has. */
const BEGINNING = 64;

/** Whether no text begins so; in UTF-16 every second byte is zero. */
function isPacked(bytes: Uint8Array): boolean {
  const [one, two] = bytes;
  if ((one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || one === 0 || two === 0)
    return false;
  return bytes
    .subarray(0, BEGINNING)
    .some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

const isDocument = (bytes: Uint8Array): boolean =>
  !isPacked(bytes) && /^[\s\ufeff]*[<{[]/.test(Buffer.from(bytes.subarray(0, BEGINNING)).toString());

/** The readable part of a file that may break off; undefined where it is too large. */
async function poured(
  bytes: Uint8Array,
  through: Transform,
  largest: number,
): Promise<Uint8Array | undefined> {
  through.end(bytes);
  const plain = await gathered(through, largest);
  return plain.isMore ? undefined : plain.bytes;
}

interface Gathered {
  readonly bytes: Buffer;
  /** It is longer than `most`, and its rest was not read. */
  readonly isMore: boolean;
  /** Why it broke off, where it did. */
  readonly error?: unknown;
}

/** A stream as far as it comes, until it is longer than `most` bytes; `hash` is told of them on the way. */
export async function gathered(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
  hash?: Hash,
): Promise<Gathered> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size > most) break;
      hash?.update(chunk);
    }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), isMore: false, error };
  }
  return { bytes: Buffer.concat(chunks), isMore: size > most };
}
