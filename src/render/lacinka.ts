/**
 * Belarusian Cyrillic (official orthography) in Latin letters: the romanisation that the Academy adopted in 1962 with
 * ł, š, č, ž, ŭ, the one that Belarusian readers call łacinka.
 *
 * The rules, in the order in which they are asked:
 * - л is l before е, ё, і, ю, я and ь, otherwise ł; after that l the vowel needs no i: ля → la, лё → lo, лі → li.
 * - ь is no letter of its own: зь сь ць нь дзь → ź ś ć ń dź; after other consonants it leaves nothing.
 * - е ё ю я are je jo ju ja where nothing soft stands before them (word start, vowel, ў, й, apostrophe, ь),
 *   otherwise ie io iu ia.
 * - і after an apostrophe or ь is ji: вераб’і → vierabji, Ільіч → Iljič.
 * - х → ch, г → h, ґ → g, й → j; ў → ŭ; the apostrophe between letters goes.
 * - One Cyrillic letter that becomes two is Xx in a word with small letters and XX in a word of capitals.
 */

const PLAIN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  ж: 'ž',
  з: 'z',
  і: 'i',
  й: 'j',
  к: 'k',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'ŭ',
  ф: 'f',
  х: 'ch',
  ц: 'c',
  ч: 'č',
  ш: 'š',
  ы: 'y',
  э: 'e',
};

/** The vowel inside of е, ё, ю, я. */
const IOTATED: Readonly<Record<string, string>> = { е: 'e', ё: 'o', ю: 'u', я: 'a' };

/** What a following ь makes of a letter; the rest stay as they are. */
const SOFT: Readonly<Record<string, string>> = { c: 'ć', n: 'ń', s: 'ś', z: 'ź' };

const HARD_BEFORE_IOTATED = 'аеёіоуыэюяўйь';
const SOFTENS_L = 'еёіюяь';
const APOSTROPHES = "'’ʼ‘`´";

const CYRILLIC = '\\p{Script=Cyrillic}\\p{M}';
const NAME = '[\\p{L}\\p{N}_%+\\-]{1,64}';

/** What stays as it is, each alternative able to look only a bounded way ahead; then, named, a word. */
const PIECES = new RegExp(
  [
    '<\\/?[a-zA-Z!][^<>]*>', // HTML tag
    '&(?:#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});', // HTML entity
    '[a-zA-Z][a-zA-Z0-9+.\\-]{0,20}:\\/\\/[^\\s<>"«»]+', // address
    '(?<![\\p{L}\\p{N}_])[@#\\/][\\p{L}\\p{N}_]+', // mention, hashtag, command
    `(?<![\\p{L}\\p{N}])${NAME}(?:\\.${NAME}){0,8}@${NAME}(?:\\.${NAME}){1,8}`, // e-mail
    `(?<![\\p{L}\\p{N}])${NAME}(?:\\.${NAME}){0,8}\\.(?:бел|рф|укр)(?![\\p{L}\\p{N}])(?:\\/[^\\s<>"«»]*)?`, // bare host
    `(?<word>[${CYRILLIC}]+(?:['’ʼ‘\`´][${CYRILLIC}]+)*)`,
  ].join('|'),
  'gu',
);

const NOT_BELARUSIAN = /[ищъѣѳѵєї]/iu;

/**
 * `text` with its Belarusian words in Latin letters. Plain text or Telegram HTML; what is Latin already, addresses,
 * mentions, hashtags, commands, tags and entities stay as they are, and so does a word with a letter that Belarusian
 * does not have (и, щ, ъ). Idempotent, linear in the length, never more than twice as long.
 */
export function toLacinka(text: string): string {
  return text.replace(PIECES, (piece: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as { word?: string };
    return groups.word === undefined ? piece : wordToLacinka(piece);
  });
}

function wordToLacinka(word: string): string {
  const composed = word.normalize('NFC');
  if (NOT_BELARUSIAN.test(composed)) return word;
  const letters = Array.from(composed);
  const shout = isShouted(letters);
  let latin = '';
  let before: string | undefined;
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    const lower = letter.toLowerCase();
    const made = romanise(lower, before, letters[at + 1]?.toLowerCase());
    latin += made === undefined ? letter : lower === letter ? made : capital(made, shout);
    // A stress mark stands between two letters without being one.
    if (!/\p{M}/u.test(letter)) before = lower;
  }
  return latin;
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
function isShouted(letters: readonly string[]): boolean {
  const cased = letters.filter((letter) => letter.toLowerCase() !== letter.toUpperCase());
  return cased.length > 1 && cased.every((letter) => letter === letter.toUpperCase());
}

function capital(latin: string, shout: boolean): string {
  return shout ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1);
}
