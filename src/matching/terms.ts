/**
 * A text as its terms: a string ` form.mark form.mark … ` with one space before and after each, no two alike. The mark
 * is the tongue (`b`, `r`, a capital where only the rest of the text tells, `a` for either, `l` for Latin), the capital
 * and the marks of the reading. A Latin word and a number stand there as `=word` too.
 */

import { hasLacinka, readCyrillic, readLatin, type Tongue, tongueOf } from './letters.ts';
import { HOMOGRAPHS, SILENT } from './names.ts';

/** How a word begins: small, with the capital of its sentence, with one of its own, or in a text without any. */
export const SMALL = 0;
export const INITIAL = 1;
export const CAPITAL = 2;
export const UNKNOWN = 3;

export interface Token {
  /** Lower case, composed, without stress marks and apostrophes at its ends. */
  readonly word: string;
  readonly capital: typeof SMALL | typeof INITIAL | typeof CAPITAL;
  /** All in capitals, at least two letters. */
  readonly shouted: boolean;
  /** A `*` stands behind it. */
  readonly open: boolean;
}

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’ʼ‘`]*[\p{L}\p{M}\p{N}])?/gu;
const SENTENCE_ENDS = /[.!?…\n:|]/u;
/** Hyphens and joins that are not shown, and stress marks. */
const UNSEEN = /\u00AD|[\u200B-\u200F]|\u2060|\uFEFF|\u0300|\u0301/gu;
/** A longer run of letters is no word; its end is not looked at. */
const LONGEST_WORD = 40;

export function* tokensOf(text: string): Generator<Token> {
  const clean = text.normalize('NFC').replace(UNSEEN, '');
  let end = -1;
  for (const { 0: found, index } of clean.matchAll(WORD)) {
    const initial = end < 0 || SENTENCE_ENDS.test(clean.slice(end, index));
    end = index + found.length;
    const lower = found.toLowerCase().slice(0, LONGEST_WORD);
    const word = isCyrillic(lower) ? lower : lower.replace(/['’ʼ‘`]s?$/u, '').replace(/['’ʼ‘`]/gu, '');
    const isCapital = found.charAt(0) !== found.charAt(0).toLowerCase();
    yield {
      word,
      capital: isCapital ? (initial ? INITIAL : CAPITAL) : SMALL,
      shouted: /\p{Lu}.*\p{Lu}/u.test(found) && found === found.toUpperCase(),
      open: clean.charAt(end) === '*',
    };
  }
}

export const isCyrillic = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word);

/** Without diacritics; ł is l. */
export const foldLatin = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');

/** The terms of a text, to be stored with it. Pure: the same text gives the same terms; linear in its length. */
export function termsOf(text: string): string {
  const tongue = tongueOf(text);
  const calm = !/\p{Lu}/u.test(text);
  const terms = new Set<string>();
  const read = new Set<string>();
  for (const { word, capital: own } of tokensOf(text)) {
    const capital = calm ? UNKNOWN : own;
    const once = `${capital}${word}`;
    if (SILENT.has(word) || read.has(once)) continue;
    read.add(once);
    if (isCyrillic(word)) {
      for (const term of cyrillicTerms(word, tongue, capital)) terms.add(term);
      continue;
    }
    terms.add(`=${foldLatin(word)}`);
    // In English only names need another spelling, and a name has a capital.
    if (/\p{Script=Latin}/u.test(word) && !/\p{N}/u.test(word) && (capital !== SMALL || hasLacinka(word))) {
      for (const form of readLatin(word, 24)) terms.add(`${form}.l${capital}`);
    }
  }
  return terms.size === 0 ? '' : ` ${[...terms].join(' ')} `;
}

/** Two where the tongue is unknown and decides how the word sounds (Церахава). */
function cyrillicTerms(word: string, textTongue: Tongue, capital: number): readonly string[] {
  if ((capital === SMALL || capital === UNKNOWN) && HOMOGRAPHS.has(word)) return [`=${word}`];
  const own = tongueOf(word);
  const tongue = own === 'any' ? textTongue : own;
  const letter = own === 'any' && tongue !== 'any' ? tongue.charAt(0).toUpperCase() : tongue.charAt(0);
  const both: readonly Tongue[] =
    own === 'any' && capital !== SMALL && word.includes('це') ? ['ru', 'be'] : [tongue];
  return both.map((each) => {
    const { form, marks } = readCyrillic(word, each);
    return `${form}.${letter}${capital}${marks}`;
  });
}
