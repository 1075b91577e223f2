/** JSON as servers write it, also where it is not quite any. */

/** Strings, brackets and commas that are looked at: twice those of five megabytes of news. */
const MOST_MARKS = 300_000;

/**
 * Reads a text that JSON itself refuses for line ends and lone backslashes within its strings, remarks, or commas before a bracket,
 * up to where its first bracket is closed. Of a list of entries that has no end (`isCut`), all whole ones.
 */
export function mended(written: string): { value: unknown; isCut: boolean } {
  const pieces: string[] = [];
  let [done, depth, lastEntry] = [0, 0, 0];
  const take = (to: number) => {
    pieces.push(written.slice(done, to));
    done = to;
  };
  const marks = new RegExp(MARK);
  for (let count = 0; count < MOST_MARKS; count++) {
    const [mark] = marks.exec(written) ?? [];
    if (mark === undefined) break;
    const at = marks.lastIndex - 1;
    if (mark === '"') {
      take(at);
      marks.lastIndex = endOfString(written, at);
      pieces.push(allowedString(written.slice(at, marks.lastIndex)));
      done = marks.lastIndex;
    } else if (mark === '/') {
      take(at);
      done = marks.lastIndex = endOfRemark(written, at);
    } else if (mark === ',') {
      take(at);
      if (isLastComma(written, at)) done++;
    } else {
      depth += mark === '{' || mark === '[' ? 1 : -1;
      take(at + 1);
      if (depth === 0) return { value: parsed(pieces.join('')), isCut: false };
      if (mark === '}' && depth === 2) lastEntry = pieces.length;
    }
  }
  return lastEntry
    ? { value: parsed(`${pieces.slice(0, lastEntry).join('')}]}`), isCut: true }
    : { value: undefined, isCut: false };
}

const MARK = /["{}[\],/]/g;

/** Behind the string that opens at `start`; the last one of a text that was cut has no end. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text[before] === '\\') before--;
    if ((end - before) % 2) return end + 1;
  }
  return text.length;
}

/** Behind a remark that opens at `start`. */
function endOfRemark(text: string, start: number): number {
  const [end, size] =
    text[start + 1] === '*' ? [text.indexOf('*/', start + 2), 2] : [text.indexOf('\n', start), 1];
  return end < 0 ? text.length : end + size;
}

/** Whether a list or an object ends behind the comma. */
const isLastComma = (text: string, at: number): boolean => /^\s*[}\]]/.test(text.slice(at + 1, at + 200));

/** UTF-16 units of one text that is mended. */
const LONGEST_TEXT = 300_000;

/** A string without what JSON forbids in it; a backslash that escapes nothing is one, before an apostrophe none. */
const allowedString = (token: string): string =>
  token.length > LONGEST_TEXT
    ? token
    : token
        .replace(ESCAPE, (all, known?: string, quoted?: string) => (known ? all : (quoted ?? '\\\\')))
        .replaceAll('\n', '\\n')
        .replace(CONTROLS, ' ');
const ESCAPE = /\\(?:(["\\/bfnrt]|u[\da-fA-F]{4})|(')|)/g;
// oxlint-disable-next-line no-control-regex -- JSON forbids them within a string
const CONTROLS = /[\u0000-\u001f]/g;

/** Lists and objects within each other: a feed has four, and a million of them take seconds. */
const DEEPEST = 100;

function isDeep(text: string): boolean {
  let [depth, isWithin] = [0, false];
  for (let at = 0; at < text.length && depth < DEEPEST; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '"') isWithin = !isWithin;
    else if (isWithin) continue;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
  }
  return depth >= DEEPEST;
}

/** A text as JSON; undefined where it is none, or too deep. */
export function parsed(text: string): unknown {
  try {
    return text && !isDeep(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
