/**
 * Belarusian Cyrillic (official orthography) in Latin letters: the romanisation that the Academy adopted in 1962 with
 * ł, š, č, ž, ŭ, the one that Belarusian readers call łacinka.
 *
 * The rules, in the order in which they are asked:
 * - л is l before е, ё, і, ю, я, ь and before another such л (Наталля), otherwise ł; after that l the vowel needs no i: ля → la, лё → lo, лі → li.
 * - ь is no letter of its own: зь сь ць нь дзь → ź ś ć ń dź; after other consonants it leaves nothing.
 * - е ё ю я are je jo ju ja where nothing soft stands before them (word start, vowel, ў, й, apostrophe, ь),
 *   otherwise ie io iu ia.
 * - і after an apostrophe or ь is ji: вераб’і → vierabji, Ільіч → Iljič.
 * - х → ch, г → h, ґ → g, й → j; ў → ŭ; the apostrophe goes before е ё ю я і, but for that of a foreign particle before a
 *   capital (д’Арк, О’Браен, Кот-д’Івуар).
 * - One Cyrillic letter that becomes two is Xx in a word with small letters and XX in a word of capitals or beside one.
 * - ХХ, ХІХ typed in Cyrillic are Roman numbers.
 */

/** Letters that have one reading. */
const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:h ґ:g д:d ж:ž з:z і:i й:j к:k м:m н:n о:o п:p р:r с:s т:t у:u ў:ŭ ф:f х:ch ц:c ч:č ш:š ы:y э:e'
    .split(' ')
    .map((pair) => pair.split(':')),
);

/** The vowel inside of е, ё, ю, я. */
const IOTATED: Readonly<Record<string, string>> = { е: 'e', ё: 'o', ю: 'u', я: 'a' };

/** Letters changed by a following ь; the rest stay as they are. */
const SOFT: Readonly<Record<string, string>> = { c: 'ć', n: 'ń', s: 'ś', z: 'ź' };

const HARD_BEFORE_IOTATED = 'аеёіоуыэюяўйь';
const SOFTENS_L = 'еёіюяь';
const APOSTROPHES = "'’ʼ‘`´";

/** The Cyrillic blocks; then those with combining marks. A script property would say the same, several times slower. */
const CYRILLIC = '\\u0400-\\u052F';
const LETTERS = `[${CYRILLIC}][${CYRILLIC}\\u0300-\\u036F]*`;
const WORD = `${LETTERS}(?:['’ʼ‘\`´]${LETTERS})*`;
const NAME = '[\\p{L}\\p{N}_%+\\-]{1,64}';

/** Text left unchanged, each alternative able to look only a bounded way ahead; and words. */
const PIECES = new RegExp(
  [
    // Most words, at once: nothing behind them makes them part of an address.
    `${WORD}(?![\\p{L}\\p{N}\\p{M}_%+@\\-]|\\.[\\p{L}\\p{N}_%+\\-]|['’ʼ‘\`´][${CYRILLIC}])`,
    '<\\/?[a-zA-Z!][^<>]*>', // HTML tag
    '&(?:#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});', // HTML entity
    '[a-zA-Z][a-zA-Z0-9+.\\-]{0,20}:\\/\\/[^\\s<>"«»]+', // address
    '(?<![\\p{L}\\p{N}_])[@#][\\p{L}\\p{N}_]+', // mention, hashtag
    `(?<![\\p{L}\\p{N}])${NAME}(?:\\.${NAME}){0,8}@${NAME}(?:\\.${NAME}){1,8}`, // e-mail
    `(?<![\\p{L}\\p{N}])${NAME}(?:\\.${NAME}){0,8}\\.(?:[a-zA-Z]{2,24}|бел|рф|укр)(?![\\p{L}\\p{N}])(?:\\/[^\\s<>"«»]*)?`, // bare host
    WORD,
  ].join('|'),
  'gu',
);

/** Each alternative but a word has one of these. */
const NO_WORD = /[<&:@#.]/u;

/** A name or a sentence in quotes. */
const QUOTE = /«[^«»]{1,200}»/gu;

/** ХІХ; also beside Latin figures (ХVІІІ). */
const ROMAN = /^[ХІ]+$/u;

const NOT_BELARUSIAN = /[ищъѣѳѵєїИЩЪѢѲѴЄЇ]/u;

/**
 * `text` with its Belarusian words in Latin letters. Plain text or Telegram HTML; what is Latin already, addresses,
 * mentions, hashtags, tags and entities stay as they are, and so does a word with a letter that Belarusian
 * does not have (и, щ, ъ), with the rest of a Russian name in quotes. Idempotent, linear in the length, never more than
 * twice as long.
 */
export function toLacinka(text: string): string {
  const foreign = text.includes('«') ? foreignQuotes(text) : [];
  return text.replace(PIECES, (piece: string, at: number) => {
    if (NO_WORD.test(piece) || foreign.some(({ from, to }) => from < at && at < to)) return piece;
    if (ROMAN.test(piece) && isFigure(text, at, at + piece.length))
      return piece.replaceAll('Х', 'X').replaceAll('І', 'I');
    return wordToLacinka(piece, () => isAmongShouted(text, at, at + piece.length));
  });
}

/** «Радио Свобода» stays whole: half a name in other letters is none. */
const foreignQuotes = (text: string): { from: number; to: number }[] =>
  Array.from(text.matchAll(QUOTE), ({ 0: quote, index }) => ({
    quote,
    from: index,
    to: index + quote.length,
  })).filter(({ quote }) => NOT_BELARUSIAN.test(quote) && !/[іў]/iu.test(quote));

/** A single Х is a letter, as of a name, unless other figures stand beside it. */
const isFigure = (text: string, from: number, to: number): boolean =>
  to - from > 1 || /[IVXLC]/u.test(text.charAt(from - 1) + text.charAt(to));

function wordToLacinka(word: string, amongShouted: () => boolean): string {
  const composed = word.normalize('NFC');
  if (NOT_BELARUSIAN.test(composed)) return word;
  const letters = Array.from(composed);
  const shout = isShouted(composed) || (letters.length === 1 && amongShouted());
  let latin = '';
  let before: string | undefined;
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    const lower = letter.toLowerCase();
    const made = isParticle(letters, at, shout)
      ? undefined
      : romanise(
          lower,
          isParticle(letters, at - 1, shout) ? undefined : before,
          // л’ is French and soft.
          isParticle(letters, at + 1, shout) ? 'ь' : softens(letters, at + 1),
        );
    const beside = isCapital(letters[at - 1]) || isCapital(letters[at + 1]);
    latin += made === undefined ? letter : lower === letter ? made : capital(made, shout || beside);
    // A stress mark stands between two letters without being one.
    if (!isMark(letter)) before = lower;
  }
  return latin;
}

/** Whether the apostrophe at `at` is that of a foreign particle: д’Арк, О’Браен; not з’ява, З’ЯВА. */
function isParticle(letters: readonly string[], at: number, shout: boolean): boolean {
  const next = letters[at + 1] ?? '';
  if (!isApostrophe(letters[at] ?? ' ')) return false;
  return !'еёюяі'.includes(next.toLowerCase()) || (at === 1 && !shout && isCapital(next));
}

const isCapital = (letter: string | undefined): boolean =>
  letter !== undefined && letter !== letter.toLowerCase();

const isMark = (letter: string): boolean => letter >= '\u0300' && letter <= '\u036F';

/** The letter that decides whether the one before `at` is soft: past stress marks and, in лл, past the second л. */
function softens(letters: readonly string[], at: number): string | undefined {
  const next = past(letters, at);
  const letter = letters[next]?.toLowerCase();
  if (letter !== 'л' || letters[at - 1]?.toLowerCase() !== 'л') return letter;
  return letters[past(letters, next + 1)]?.toLowerCase();
}

/** Where the next letter stands; more than three marks on one letter are no writing. */
function past(letters: readonly string[], at: number): number {
  let next = at;
  while (next < at + 3 && isMark(letters[next] ?? '')) next += 1;
  return next;
}

/** One letter between its neighbours, all in lower case; undefined where the alphabet does not know it. */
function romanise(letter: string, before: string | undefined, after: string | undefined): string | undefined {
  const vowel = IOTATED[letter];
  if (vowel !== undefined) {
    if (before === 'л') return vowel;
    return before === undefined || HARD_BEFORE_IOTATED.includes(before) || isApostrophe(before)
      ? `j${vowel}`
      : `i${vowel}`;
  }
  if (letter === 'л') return after !== undefined && SOFTENS_L.includes(after) ? 'l' : 'ł';
  if (letter === 'і' && before !== undefined && (before === 'ь' || isApostrophe(before))) return 'ji';
  if (letter === 'ь' || isApostrophe(letter)) return '';
  const plain = PLAIN[letter];
  if (plain === undefined) return undefined;
  return after === 'ь' ? (SOFT[plain] ?? plain) : plain;
}

const isApostrophe = (letter: string): boolean => APOSTROPHES.includes(letter);

/** A word of capitals only, with at least two of them: there Я is JA, not Ja. */
function isShouted(word: string): boolean {
  return word === word.toUpperCase() && /\p{Lu}.*\p{Lu}/u.test(word);
}

/** Whether a single letter stands beside a word of capitals: Я ЛЮБЛЮ. */
const isAmongShouted = (text: string, from: number, to: number): boolean =>
  /^[^\p{L}\n]{1,3}\p{Lu}{2}/u.test(text.slice(to, to + 8)) ||
  /\p{Lu}{2}[^\p{L}\n]{1,3}$/u.test(text.slice(Math.max(0, from - 8), from));

function capital(latin: string, shout: boolean): string {
  return shout ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1);
}
