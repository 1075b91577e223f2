/** Plain text: white space, folding for comparison, words. */

/** White space of any kind as single blanks; control and direction marks are dropped. */
export function tidy(text: string): string {
  return text
    .replace(
      // oxlint-disable-next-line no-control-regex -- control characters are what is dropped
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
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
