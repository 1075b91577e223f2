/**
 * Texts that were decoded wrongly somewhere on their way. Bytes of one encoding read as another leave patterns that no
 * language of ours writes; such a text is never news nor a correction.
 */

/** What the second byte of a Cyrillic letter in UTF-8 looks like in windows-1251. */
const TAIL_1251 = 'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u0098\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї';

/** A pattern, and the share of all letters that its matches may have in a sound text. */
const PATTERNS: readonly { readonly mark: RegExp; readonly most: number }[] = [
  // UTF-8 read as windows-1251: two letters for one, the first of them Р or С (Д, Е, Г, В for Łacinka and signs). A
  // name may begin so, a word does not go on so.
  { mark: new RegExp(`(?:[РСДЕГВ][${TAIL_1251}]){3,}`, 'gu'), most: 0.12 },
  // UTF-8 read as latin-1 or windows-1252.
  {
    mark: /[ÐÑÅÄÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]/gu,
    most: 0.08,
  },
  // windows-1251 read as latin-1.
  { mark: /[À-ÖØ-öø-ÿ]{4,}/gu, most: 0.3 },
  // UTF-8 read as KOI8-R: letters and pieces of frames.
  { mark: /[пя][\u2219-\u25a0²°·÷©]/gu, most: 0.12 },
  // windows-1251 read as KOI8-R, or the other way round: small letters first, capitals behind.
  { mark: /(?<!\p{L})\p{Script=Cyrillic}(?<=\p{Ll})\p{Lu}{2,}(?!\p{L})/gu, most: 0.05 },
  // Bytes that were no letters at all.
  { mark: /\ufffd/gu, most: 0.05 },
];

/** Fewer letters than this prove nothing. */
const LEAST_LETTERS = 8;
/** Characters that are looked at. */
const LOOKED_AT = 4000;

/** Whether a text is garbled for the most part. */
export function isGarbled(text: string): boolean {
  const start = text.slice(0, LOOKED_AT);
  const letters = start.match(/[\p{L}\ufffd]/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS) return false;
  return PATTERNS.some(({ mark, most }) => {
    const found = [...start.matchAll(mark)].reduce((sum, [match]) => sum + match.length, 0);
    return found > most * letters;
  });
}
