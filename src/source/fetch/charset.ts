/** Bytes to text, by what they are rather than by what they are said to be. */

const BOMS: readonly [readonly number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** How far into a document its own word on its encoding may stand (HTML: 1024 bytes; feeds: the first line). */
const PROLOG_BYTES = 2048;

/** A text that is UTF-8 but for a few broken bytes is read as UTF-8: at most one broken in this many. */
const BROKEN_BYTES = 500;

export interface Decoded {
  readonly text: string;
  /** As the WHATWG Encoding Standard names it. */
  readonly charset: string;
}

/**
 * Decodes by byte-order mark, then by strict UTF-8, then by the document's prolog or meta, then by the header's
 * `contentType`, then by a guess between windows-1251 and windows-1252. Never fails: what no table knows becomes U+FFFD.
 */
export function decode(bytes: Uint8Array, contentType = ''): Decoded {
  const bom = BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (bom) return read(bytes, bom[1]);
  const wide = wideCharset(bytes);
  if (wide) return read(bytes, wide);
  if (isUtf8(bytes)) return read(bytes, 'utf-8');
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, PROLOG_BYTES));
  const declared = [
    /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1],
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1],
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1],
  ];
  for (const label of declared) {
    const charset = label && known(label);
    // The strict test has said that it is not UTF-8; a few broken bytes are still nearer to UTF-8 than to a guess.
    if (charset && charset !== 'utf-8') return read(bytes, charset);
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  if (broken * BROKEN_BYTES <= bytes.length && /[\u0080-\ufffc]/.test(text))
    return { text, charset: 'utf-8' };
  return read(bytes, looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252');
}

function read(bytes: Uint8Array, charset: string): Decoded {
  return { text: new TextDecoder(charset).decode(bytes), charset };
}

function known(label: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(label);
    // A document that was read byte by byte as far as here is not UTF-16, whatever it says.
    return encoding.startsWith('utf-16') ? undefined : encoding;
  } catch {
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTF-16 without a mark: every document that we read begins with `<` or white space. */
function wideCharset(bytes: Uint8Array): string | undefined {
  const isStart = (byte: number | undefined) =>
    byte === 0x3c || byte === 0x20 || byte === 0x0a || byte === 0x0d;
  if (bytes.length < 4) return undefined;
  if (isStart(bytes[0]) && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && isStart(bytes[1]) && bytes[2] === 0) return 'utf-16be';
  return undefined;
}

/** In Cyrillic text high bytes stand in rows; in Western text they stand alone. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let high = 0;
  let inRows = 0;
  for (let index = 1; index < Math.min(bytes.length, 200_000); index++) {
    if ((bytes[index] ?? 0) < 0xa8) continue;
    high++;
    if ((bytes[index - 1] ?? 0) >= 0xa8) inRows++;
  }
  return inRows * 2 > high;
}
