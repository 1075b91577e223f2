/** Pixels of a picture, from its first bytes, and whether Telegram shows it. */
import { fail, ok, type Result } from '../errors.ts';

/** Telegram's limits for a picture, pixels. */
const WIDTH_AND_HEIGHT = 10_000;
const LONGEST_SHAPE = 20;
/** Less is a counter's pixel or an ornament, pixels. */
const SMALLEST = 60;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Undefined: no picture of a kind that Telegram shows; `unknown`: it is one, but its size stands further behind. */
export function pictureSize(bytes: Uint8Array): PictureSize | 'unknown' | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = KINDS.find(({ is }) => is(data))?.size;
  if (!read) return undefined;
  try {
    return read(data) ?? 'unknown';
  } catch {
    // It ends before its size.
    return 'unknown';
  }
}

interface Kind {
  readonly is: (data: Buffer) => boolean;
  /** Throws where the data end too early. */
  readonly size: (data: Buffer) => PictureSize | undefined;
}

const word = (data: Buffer, at: number): string => data.toString('latin1', at, at + 4);

const KINDS: readonly Kind[] = [
  { is: (data) => word(data, 0).startsWith('\xff\xd8\xff'), size: jpegSize },
  {
    is: (data) => word(data, 0) === '\x89PNG',
    size: (data) => ({ width: data.readUInt32BE(16), height: data.readUInt32BE(20) }),
  },
  {
    is: (data) => word(data, 0) === 'GIF8',
    size: (data) => ({ width: data.readUInt16LE(6), height: data.readUInt16LE(8) }),
  },
  { is: (data) => word(data, 0) === 'RIFF' && word(data, 8) === 'WEBP', size: webpSize },
  { is: (data) => word(data, 4) === 'ftyp' && /^avi[fs]/.test(word(data, 8)), size: avifSize },
];

/** Segments of a JPEG follow each other; the size stands in the first that begins a frame. */
function jpegSize(data: Buffer): PictureSize | undefined {
  for (let at = 2; ; at += 2 + data.readUInt16BE(at + 2)) {
    while (data.readUInt8(at) === 0xff && data.readUInt8(at + 1) === 0xff) at++;
    const mark = data.readUInt8(at + 1);
    const isFrame = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);
    if (isFrame) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    if (data.readUInt8(at) !== 0xff || mark === 0xda) return undefined;
  }
}

function webpSize(data: Buffer): PictureSize | undefined {
  const form = word(data, 12);
  if (form === 'VP8X') return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
  if (form === 'VP8 ')
    return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
  const bits = data.readUInt32LE(21);
  return form === 'VP8L' ? { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 } : undefined;
}

/** It names the size of each of its parts; the largest is the whole. */
function avifSize(data: Buffer): PictureSize | undefined {
  let largest: PictureSize | undefined;
  for (let at = data.indexOf('ispe'); at >= 0; at = data.indexOf('ispe', at + 4)) {
    const size = { width: data.readUInt32BE(at + 8), height: data.readUInt32BE(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** Whether the opening of a file is that of a picture that can be shown. */
export function checkPicture({ bytes }: { readonly bytes: Uint8Array }): Result<undefined> {
  const size = pictureSize(bytes);
  if (size === undefined) return fail('source.unreadable', 'it is no picture that Telegram shows');
  if (size === 'unknown') return ok(undefined);
  const { width, height } = size;
  const [less, more] = width < height ? [width, height] : [height, width];
  const isFit = less >= SMALLEST && width + height <= WIDTH_AND_HEIGHT && more <= less * LONGEST_SHAPE;
  return isFit ? ok(undefined) : fail('source.unreadable', `it measures ${width}×${height} pixels`);
}
