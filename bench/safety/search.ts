/** Looks for traces of readers in any bytes: their ids in every form that we could think of, and marked words. */

export interface Finding {
  /** Which form was found. */
  readonly form: string;
  /** Where in the bytes. */
  readonly at: number;
}

export interface Search {
  /** The first few findings in `bytes`. */
  in(bytes: Buffer): Finding[];
  /** Whether a whole value is an id in four or five bytes, which chance would find in any long bytes. */
  is(value: Buffer): boolean;
}

const MOST = 5;
const HEX_DIGITS = /[0-9a-f]{7,}/gi;
const DIGITS = /\d{8,}/g;
const BASE64 = /[A-Za-z0-9+/_-]{8,}/g;

/**
 * @param ids Telegram ids of readers, of 8 to 10 digits.
 * @param words marks that stand in names, usernames and typed words and nowhere else, at least 6 letters each.
 */
export function searchFor(ids: readonly number[], words: readonly string[]): Search {
  const decimals = byLength(ids.map(String));
  const hexes = byLength(ids.map((id) => id.toString(16)));
  const encoded = byLength(ids.flatMap((id) => [String(id), wide(id, 'BE'), wide(id, 'LE')].flatMap(cores)));
  const known = new Set(ids);
  const marks = words.flatMap((word) => [word.toLowerCase(), ...cores(word), ...cores(word.toLowerCase())]);

  return {
    in(bytes) {
      const text = bytes.toString('latin1');
      const lower = text.toLowerCase();
      const found: Finding[] = [];
      const report = (form: string, at: number) => void (found.length < MOST && found.push({ form, at }));
      for (const mark of marks) {
        const at = (mark === mark.toLowerCase() ? lower : text).indexOf(mark);
        if (at >= 0) report('a word', at);
      }
      const utf8 = words.map((word) => Buffer.from(word, 'utf16le'));
      for (const wideWord of utf8)
        if (bytes.includes(wideWord)) report('a word in UTF-16', bytes.indexOf(wideWord));
      runs(text, DIGITS, decimals, (at) => report('decimal', at));
      runs(lower, HEX_DIGITS, hexes, (at) => report('hexadecimal', at));
      runs(text.replaceAll('-', '+').replaceAll('_', '/'), BASE64, encoded, (at) => report('base64', at));
      binary(bytes, known, report);
      return found;
    },
    is: (value) =>
      [4, 5].includes(value.length) &&
      (known.has(value.readUIntBE(0, value.length)) || known.has(value.readUIntLE(0, value.length))),
  };
}

/** Strings in sets by their length, so that one window a length finds them all. */
function byLength(strings: readonly string[]): Map<number, Set<string>> {
  const sets = new Map<number, Set<string>>();
  for (const one of strings) {
    const set = sets.get(one.length);
    if (set) set.add(one);
    else sets.set(one.length, new Set([one]));
  }
  return sets;
}

function runs(
  text: string,
  pattern: RegExp,
  wanted: ReadonlyMap<number, ReadonlySet<string>>,
  report: (at: number) => void,
): void {
  for (const { 0: run, index } of text.matchAll(pattern)) {
    for (const [length, set] of wanted) {
      for (let at = 0; at + length <= run.length; at += 1) {
        if (set.has(run.slice(at, at + length))) report(index + at);
      }
    }
  }
}

/** An id as 8 bytes, as texts that look like those bytes in base64 need it. */
function wide(id: number, order: 'BE' | 'LE'): Buffer {
  const bytes = Buffer.alloc(8);
  if (order === 'BE') bytes.writeBigInt64BE(BigInt(id));
  else bytes.writeBigInt64LE(BigInt(id));
  return bytes;
}

/** What base64 makes of the bytes wherever they begin in a longer text: the letters that depend on nothing else. */
function cores(value: string | Buffer): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)),
  );
}

/** Six bytes of either order, of which one is the zero that fills an id up: fewer would be found by chance. */
function binary(bytes: Buffer, known: ReadonlySet<number>, report: (form: string, at: number) => void): void {
  for (let at = 0; at + 6 <= bytes.length; at += 1) {
    if (bytes[at] === 0 && known.has(bytes.readUIntBE(at, 6))) report('binary, big end first', at);
    if (bytes[at + 5] === 0 && known.has(bytes.readUIntLE(at, 6))) report('binary, little end first', at);
  }
}
