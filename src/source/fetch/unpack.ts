/** Files that are stored packed come without a word about it: they are told by what they begin with. */
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
  /** It has no mark of its own: only what makes a text of it tells it. */
  readonly isGuess?: true;
}

const SYNC = { finishFlush: constants.Z_SYNC_FLUSH };
const PACKINGS: readonly Packing[] = [
  { is: ([one, two]) => one === 0x1f && two === 0x8b, open: () => createGunzip(SYNC) },
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
  bytes: Uint8Array,
  largest: number,
  layers = MOST_LAYERS,
): Promise<Uint8Array | undefined> {
  if (!layers || !isPacked(bytes)) return bytes;
  for (const { is, open, isGuess } of PACKINGS) {
    if (!is(bytes)) continue;
    const plain = await poured(bytes, open(), largest);
    if (!plain && !isGuess) return undefined;
    if (plain?.length && (!isGuess || isDocument(plain))) return unpacked(plain, largest, layers - 1);
  }
  return bytes;
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
  const chunks: Buffer[] = [];
  let size = 0;
  through.end(bytes);
  try {
    for await (const chunk of through as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) return undefined;
      chunks.push(chunk);
    }
  } catch {
    // Data before the fault counts.
  }
  return Buffer.concat(chunks);
}
