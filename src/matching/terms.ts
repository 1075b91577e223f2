/**
 * A text as its terms: a string ` form.mark@places form.mark@places … ` with one space before and after each, no two
 * alike. The mark is the tongue (`b`, `r`, a capital where only the rest of the text tells, `a` for either, `l` for
 * Latin), the capital and the marks of the reading. The places are where the word stands in the text, counted in words,
 * in base 36. A Latin word and a number stand there as `=word` too. Terms of earlier versions have no places.
 */

import { hasLacinka, readCyrillic, readLatin, type Tongue, tongueOf } from './letters.ts';
import { HOMOGRAPHS, SILENT } from './names.ts';

/**
 * How a word is written: small, with the capital of its sentence, with one of its own, in a text without any, all in
 * capitals (МИД), with more than one (МИДа, БелАЭС). Of those with the capital of their sentence some are told for names
 * by what stands beside them: a capital after them (Вера Лапцёнак), or quotes, a colon, a word of saying («Вясна» піша).
 */
export const SMALL = 0;
export const INITIAL = 1;
export const CAPITAL = 2;
export const UNKNOWN = 3;
export const SHOUTED = 4;
export const MIXED = 5;
export const LEADING = 6;
export const SPEAKING = 7;

export interface Token {
  /** Lower case, composed, without stress marks and apostrophes at its ends. */
  readonly word: string;
  readonly capital: typeof SMALL | typeof INITIAL | typeof CAPITAL | typeof SHOUTED | typeof MIXED;
  /** Small letters after capitals: 1 of МИДа. */
  readonly tail: number;
  /** A `*` stands behind it. */
  readonly open: boolean;
  /** Which word of the text it is; the end of a sentence counts as some. */
  readonly place: number;
  /** Characters of `legible(text)` before it. */
  readonly index: number;
  /** Characters of `legible(text)` up to its end. */
  readonly end: number;
}

/** An apostrophe before a digit parts two words: Хартыя’97. */
const WORD = /[\p{L}\p{N}](?:(?:[\p{L}\p{M}\p{N}]|['’ʼ‘`](?!\p{N}))*[\p{L}\p{M}\p{N}])?/gu;
const SENTENCE_ENDS = /[.!?…\n:|]/u;
/** Of them those over which no words stand near one another. */
const TEXT_BREAKS = /[.!?…\n]/u;
/** Hyphens and joins that are not shown, and stress marks. */
const UNSEEN = /\u00AD|[\u200B-\u200F]|\u2060|\uFEFF|\u0300|\u0301/gu;
/** U.S., U.N. */
const DOTTED = /(?<![\p{L}\p{N}])(?:[A-Z]\.)+[A-Z](?:\.|(?![\p{L}\p{N}]))/gu;
/** A longer run of letters is no word; its end is not looked at. */
const LONGEST_WORD = 40;
/** Words that are not further apart than this stand near one another. */
export const NEAR = 3;

/** A text as its words are read: composed, without what is not shown, U.S. as US. */
export const legible = (text: string): string =>
  text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(DOTTED, (letters) => letters.replaceAll('.', ''));

export function* tokensOf(text: string): Generator<Token> {
  const clean = legible(text);
  let end = -1;
  let place = 0;
  let last = '';
  for (const { 0: found, index } of clean.matchAll(WORD)) {
    const initial = end < 0 || (SENTENCE_ENDS.test(clean.slice(end, index)) && !isInitial(last));
    if (end >= 0 && initial && TEXT_BREAKS.test(clean.slice(end, index))) place += NEAR;
    end = index + found.length;
    last = found;
    const lower = found.toLowerCase().slice(0, LONGEST_WORD);
    const word = isCyrillic(lower) ? lower : lower.replace(/['’ʼ‘`]s?$/u, '').replace(/['’ʼ‘`]/gu, '');
    const capital = capitalOf(found, initial);
    const tail = /^\p{Lu}{2,}(\p{Ll}+)$/u.exec(found)?.[1]?.length ?? 0;
    yield { word, capital, tail, open: clean.charAt(end) === '*', place, index, end };
    place += 1;
  }
}

/** The letter of a name before a dot, which ends no sentence: А. Лукашенко. */
const isInitial = (word: string): boolean => word.length === 1 && /\p{Lu}/u.test(word);

function capitalOf(word: string, initial: boolean): Token['capital'] {
  const own = /[’'ʼ‘`]s$/u.test(word) ? word.slice(0, -2) : word;
  if (/\p{Lu}.*\p{Lu}/u.test(own) && own === own.toUpperCase()) return SHOUTED;
  if (/\p{Lu}{2}/u.test(own)) return MIXED;
  // Кот-д’Ивуар.
  if (/^\p{Ll}[’'ʼ‘`]\p{Lu}/u.test(own)) return CAPITAL;
  if (own.charAt(0) === own.charAt(0).toLowerCase()) return SMALL;
  return initial ? INITIAL : CAPITAL;
}

/** A word of saying: who does that is a name. */
const SAYS = new RegExp(
  '^(?:паведам|распавя|расказ|заяв|сказа|напіса|удакладн|даведа|адказа|пацвер|апублік|закліка|назва|' +
    'сообщ|рассказ|написа|уточн|узна|ответ|подтвер|опублик|призва)\\p{L}*(?:ў|ла?|лі|ли|ло|ет|ют|ае|аюць|яе|яюць|іць|яць|ит|ят)$|' +
    '^(?:піша|пішуць|кажа|кажуць|лічыць|лічаць|пишет|пишут|говорит|говорят|считает|считают|' +
    'says?|said|reports|reported|told|tells|writes|wrote|published|confirmed)$',
  'u',
);

/** The capital of a word that opens its sentence, with what tells it for a name. */
function toldCapital(token: Token, next: Token | undefined, clean: string): number {
  if (token.capital !== INITIAL) return token.capital;
  const before = clean.charAt(token.index - 1);
  const after = clean.slice(token.end, token.end + LONGEST_WORD);
  // A quotation is longer, and goes on with a dash: «Весна пришла», — сказал он.
  if (/[«“„"]/u.test(before) && /^(?: [^\s»”“"]+){0,2}[»”“"](?!,? ?[—–-])/u.test(after)) return SPEAKING;
  if (after.startsWith(':') || !next) return after.startsWith(':') ? SPEAKING : INITIAL;
  const between = clean.slice(token.end, next.index);
  if (between !== ' ') return INITIAL;
  if (SAYS.test(next.word)) return SPEAKING;
  return next.capital === CAPITAL ? LEADING : INITIAL;
}

export const isCyrillic = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word);

/** Without diacritics; ł is l. */
export const foldLatin = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');

/** Of a word that says nothing as it is usually written (who, it), but not in capitals. */
export const saysNothing = ({ word, capital }: Token): boolean => capital !== SHOUTED && SILENT.has(word);

/** The terms of a text, to be stored with it. Pure: the same text gives the same terms; linear in its length. */
export function termsOf(text: string): string {
  const tongue = tongueOf(text);
  const calm = !/\p{Lu}/u.test(text);
  const places = new Map<string, string[]>();
  const read = new Map<string, readonly string[]>();
  const clean = legible(text);
  const tokens = [...tokensOf(text)];
  for (const [at, token] of tokens.entries()) {
    if (saysNothing(token)) continue;
    const capital = calm ? UNKNOWN : toldCapital(token, tokens[at + 1], clean);
    const once = `${capital}${token.word}`;
    const terms = read.get(once) ?? termsOfWord(token.word, tongue, capital);
    read.set(once, terms);
    for (const term of terms) {
      const at = places.get(term);
      if (at) at.push(token.place.toString(36));
      else places.set(term, [token.place.toString(36)]);
    }
  }
  const all = Array.from(places, ([term, at]) => `${term}@${at.join()}`);
  return all.length === 0 ? '' : ` ${all.join(' ')} `;
}

function termsOfWord(word: string, tongue: Tongue, capital: number): readonly string[] {
  if (isCyrillic(word)) return [...new Set(cyrillicTerms(word, tongue, capital))];
  const own = `=${foldLatin(word)}`;
  if (!/\p{Script=Latin}/u.test(word)) return [own];
  const terms = [`${own}.l${capital}`];
  // In English only names need another spelling, and a name has a capital.
  if (/\p{N}/u.test(word) || (capital === SMALL && !hasLacinka(word))) return terms;
  return [...terms, ...readLatin(word, 24).map((form) => `${form}.l${capital}`)];
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
