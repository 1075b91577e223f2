/** Plain text: white space, folding for comparison, words. */

/** Characters of windows-1252 under the numbers that newsrooms give them (`&#151;`), where Unicode has controls. */
const WINDOWS = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at));

/**
 * White space of any kind as single blanks; control and direction marks, soft hyphens and the like are dropped, windows
 * numbers are the characters that were meant, and letters that came in pieces (`и` and its breve) are whole.
 */
export function tidy(text: string): string {
  return text
    .replace(/[\u0080-\u009f]/g, (control) => WINDOWS.charAt(control.charCodeAt(0) - 0x80))
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}\u00ad\u200b\u2060\ufeff\ufffe\uffff]/gu, '')
    .trim()
    .normalize('NFC')
    .toWellFormed();
}

/** Lower case without accents, quotes and punctuation: equal for texts that a reader would call the same. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replaceAll('ł', 'l')
    .replace(/(?<=\p{L})['’ʼ`](?=\p{L})/gu, '')
    .replace(/(?<=\d)[.,\s](?=\d{3}(?!\d))/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Folded words of a text in their order. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  return folded ? folded.split(' ') : [];
}

/** At most `length` UTF-16 units, cut between words, with an ellipsis where something was cut. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).toWellFormed().trimEnd()}…`;
}
