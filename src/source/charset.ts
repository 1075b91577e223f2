/** Bytes to text, by what they are rather than by what they are said to be. */
import { isUtf8 } from 'node:buffer';
import { believed, guess } from './guess.ts';

const BOMS: readonly [readonly number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** How far into a document its own word on its encoding may stand (HTML: 1024 bytes; feeds: the first line). */
const PROLOG_BYTES = 2048;

/**
 * How many broken bytes a whole letter of UTF-8 outweighs: more where the document says that it is UTF-8. In text of an
 * older encoding one pair in twelve or fewer looks like such a letter by chance.
 */
const OUTWEIGHS = { said: 10, unsaid: 3 } as const;

export interface Decoded {
  readonly text: string;
  /** As the WHATWG Encoding Standard names it. */
  readonly charset: string;
}

/**
 * Decodes by byte-order mark, then as UTF-8 where that is what most of it is (runs in another encoding by themselves),
 * then by the document's prolog or meta, then by the header's `contentType` (unless it is plainly Cyrillic text in another
 * encoding), then by a guess between Cyrillic encodings and windows-1252. Never fails: what no table knows becomes U+FFFD.
 */
export function decode(bytes: Uint8Array, contentType = ''): Decoded {
  const bom = BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))?.[1];
  if (bom !== undefined && bom !== 'utf-8') return read(bytes, bom);
  const wide = wideCharset(bytes);
  if (wide) return read(bytes, wide);
  if (isUtf8(bytes)) return read(bytes, 'utf-8');
  const declared = [...(bom ? [bom] : []), ...declaredCharsets(bytes, contentType)];
  const found = sequencesIn(bytes);
  const weight = declared[0] === 'utf-8' ? OUTWEIGHS.said : OUTWEIGHS.unsaid;
  const isOther = isByChance(bytes, found) && guess(bytes, true) !== 'windows-1252';
  if (!isOther && found.whole * weight > found.strays) return readMixed(withWholePairs(bytes));
  // A document that was read byte by byte as far as here is neither UTF-8 nor UTF-16, whatever it says.
  const said = declared.find((charset) => !charset.startsWith('utf-'));
  // A page that says nothing itself is called Western by servers and programs, and may be Cyrillic all the same.
  const isWestern = said === 'windows-1252';
  return read(bytes, said === undefined || isWestern ? guess(bytes, isWestern) : believed(bytes, said));
}

/**
 * Whether most letters of UTF-8 are none, as in Belarusian KOI8-U each `і` behind another letter looks like one: then few of
 * them are Cyrillic, a dash or a quote.
 */
function isByChance(bytes: Uint8Array, { whole, strays }: Sequences): boolean {
  if (strays <= whole) return false;
  const usual = Buffer.from(bytes).toString('latin1').match(USUAL)?.length ?? 0;
  return 2 * usual < whole;
}
const USUAL = /[\xd0\xd1][\x80-\xbf]|\xe2\x80[\x80-\xbf]/g;

/** Characters beyond U+FFFF that some programs write as two halves of three bytes each (CESU-8), as the one that they are. */
function withWholePairs(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return PAIR.test(text) ? Buffer.from(text.replace(new RegExp(PAIR, 'g'), wholeOf), 'latin1') : bytes;
}
const PAIR = /\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]/;

function wholeOf(pair: string): string {
  const bits = (at: number) => pair.charCodeAt(at) & 0x3f;
  const half = (at: number) => 0xd000 | (bits(at) << 6) | bits(at + 1);
  return Buffer.from(String.fromCharCode(half(1), half(4))).toString('latin1');
}

/** The encodings that prolog, meta and header name, the closest to the text first. */
function declaredCharsets(bytes: Uint8Array, contentType: string): string[] {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, PROLOG_BYTES));
  return [
    /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1],
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1],
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1],
  ].flatMap((label) => (label === undefined ? [] : (known(label) ?? [])));
}

interface Sequences {
  /** Letters of UTF-8 beyond ASCII that are whole. */
  readonly whole: number;
  /** Bytes that belong to none. */
  readonly strays: number;
  /** Where the first `MOST_STRAYS` of them stand. */
  readonly at: readonly number[];
}

/** Broken places that are looked at one by one; a document with more is no text in any encoding. */
const MOST_STRAYS = 20_000;
/** Bytes of one field whose words are looked at one by one. */
const LONGEST_RUN = 50_000;

export function sequencesIn(bytes: Uint8Array): Sequences {
  const strays: number[] = [];
  let count = 0;
  let whole = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const follow = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    const start = at;
    while (at - start < follow && isContinuation(bytes[at + 1])) at++;
    if (follow && at - start === follow) whole++;
    else if (++count <= MOST_STRAYS) strays.push(start);
  }
  return { whole, strays: count, at: strays };
}

const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80;

/** Bytes that end a run of text: `<`, `>`, `"` and the end of a line. */
const isEdge = (byte = 0): boolean => byte === 0x3c || byte === 0x3e || byte === 0x22 || byte === 0x0a;

/** UTF-8 in which some runs are of another encoding, or letters were cut by their bytes. */
function readMixed(bytes: Uint8Array): Decoded {
  const pieces: string[] = [];
  let done = 0;
  for (const stray of sequencesIn(bytes).at) {
    if (stray < done) continue;
    if (isPunctuation(bytes, stray)) {
      pieces.push(
        utf8(bytes.subarray(done, stray)),
        read(bytes.subarray(stray, stray + 1), 'windows-1252').text,
      );
      done = stray + 1;
      continue;
    }
    let [from, to] = [stray, stray];
    while (from > done && !isEdge(bytes[from - 1])) from--;
    while (to < bytes.length && !isEdge(bytes[to])) to++;
    pieces.push(utf8(bytes.subarray(done, from)), readRun(bytes.subarray(from, to)));
    done = to;
  }
  return { text: pieces.join('') + utf8(bytes.subarray(done)), charset: 'utf-8' };
}

/**
 * Dashes, quotes and the like that all windows encodings have in one place: as a single byte among ASCII they are no
 * piece of a letter.
 */
const PUNCTUATION = new Set([
  0x82, 0x84, 0x85, 0x8b, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9b, 0xa0, 0xa7, 0xa9, 0xab, 0xae,
  0xb0, 0xb1, 0xb7, 0xbb,
]);

const isPunctuation = (bytes: Uint8Array, at: number): boolean =>
  PUNCTUATION.has(bytes[at] ?? 0) && (bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80;

/** A run of text by itself, where it is not foreign as a whole its words by themselves. */
function readRun(run: Uint8Array, isWord = false): string {
  const { whole, strays } = sequencesIn(run);
  if (strays > 1 && strays > whole * (isWord ? 1 : OUTWEIGHS.unsaid))
    return read(run, guess(run, false)).text;
  if (isWord || !strays || run.length > LONGEST_RUN) return utf8(run);
  const words: string[] = [];
  for (let from = 0; from < run.length; ) {
    const blank = run.indexOf(0x20, from);
    const to = blank < 0 ? run.length : blank + 1;
    words.push(readRun(run.subarray(from, to), true));
    from = to;
  }
  return words.join('');
}

const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function read(bytes: Uint8Array, charset: string): Decoded {
  return { text: new TextDecoder(charset).decode(bytes), charset };
}

function known(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark: every document that we read begins with `<`, a bracket or white space. */
function wideCharset(bytes: Uint8Array): string | undefined {
  const isStart = (byte: number | undefined) =>
    byte !== undefined && '<{[ \n\r'.includes(String.fromCharCode(byte));
  if (bytes.length < 4) return undefined;
  if (isStart(bytes[0]) && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && isStart(bytes[1]) && bytes[2] === 0) return 'utf-16be';
  return undefined;
}
