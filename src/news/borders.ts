/** Borders of links in a text while it is put together or rewritten: two private characters, which no text of ours holds. */

export const OPENS = '\uE000';
export const CLOSES = '\uE001';
const BORDERS = /[\uE000\uE001]/g;

/** Words of others, which hold no borders. */
export const withoutBorders = (text: string): string => text.replace(BORDERS, '');

/**
 * `text` with what `pattern` finds as `write` writes it; it sees the text without borders. Those within what was found
 * stand around what took its place, so that the words of a link remain in it. `pattern` is global.
 */
export function rewrite(text: string, pattern: RegExp, write: (found: RegExpExecArray) => string): string {
  const borders = [...text.matchAll(BORDERS)].map(({ 0: sign, index }, nth) => ({ sign, at: index - nth }));
  const bare = withoutBorders(text);
  let written = '';
  let at = 0;
  let passed = 0;
  /** The signs of the borders up to an offset that were not passed yet. */
  const signsTo = (to: number): string[] => {
    const from = passed;
    while ((borders[passed]?.at ?? Infinity) < to) passed += 1;
    return borders.slice(from, passed).map(({ sign }) => sign);
  };
  const copy = (to: number): void => {
    for (; (borders[passed]?.at ?? Infinity) <= to; passed += 1) {
      const { sign, at: next } = borders[passed] ?? { sign: '', at };
      written += bare.slice(at, next) + sign;
      at = next;
    }
    written += bare.slice(at, to);
    at = to;
  };
  for (const found of bare.matchAll(pattern)) {
    copy(found.index);
    at = found.index + found[0].length;
    const inside = signsTo(at);
    const opened = inside.indexOf(OPENS) + 1;
    written += inside.slice(0, opened).join('') + write(found) + inside.slice(opened).join('');
  }
  copy(bare.length);
  return written;
}
