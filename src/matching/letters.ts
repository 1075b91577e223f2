/**
 * How a word sounds, whatever script it is written in. A *form* is a word in sixteen consonants and four vowels, the same
 * for Лукашенко, Лукашэнка, Łukašenka and Lukashenko (`lukawenka`):
 *
 * - b v h(г) d j(ж) z k l m n p r s t f x(х) c(ч) w(ш); ц sounds as t, because soft т is ц in Belarusian; дз as d; щ as wc;
 * - a stands for а and о (akannie), e for the soft е, ё, я, for э and for an а or о after и, but after ж, ш, ч, р and
 *   hard ц all of these are a, because there Belarusian hardens; i for і, и, ы; u for у, ю; y is an и or й that closes a vowel, v also an у that does;
 * - doubled consonants, soft signs, apostrophes and a й between vowels leave nothing.
 */

/** `be` and `ru` where letters or context tell, `any` for Cyrillic that may be both. */
export type Tongue = 'be' | 'ru' | 'any';

export interface LetterReading {
  readonly form: string;
  /**
   * One mark for each a, e, i, u, y, t of the form: how exactly it was written. Vowels as in `VOWELS`, j for й; t for т,
   * c for ц, T for a ц that may be soft, Z for a Russian one before и, s for тс and цк.
   */
  readonly marks: string;
}

/** A table of letters: each with what stands for it behind a colon. */
export const lettersOf = (table: string): Readonly<Record<string, string>> =>
  Object.fromEntries(table.split(' ').map((pair) => pair.split(':')));

/** Vowel letters as written; capital letters for those that the form no longer tells apart (3: э where е could be). */
const VOWELS = lettersOf('а:a о:o э:E е:e ё:O я:A є:e и:i і:i ї:i ы:y у:u ю:U');

const CONSONANTS = lettersOf(
  'б:b в:v ў:v г:h ґ:h д:d ж:j з:z к:k л:l м:m н:n п:p р:r с:s т:t ф:f х:x ц:t ч:c ш:w щ:wc',
);

const HUSH = 'jwcr';
/** An а or о after и sounds as я or ё, which Belarusian writes: национальный, нацыянальны; пенсионер, пенсіянер. */
const AFTER_I: Readonly<Record<string, string>> = { а: 'я', о: 'ё' };
const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiu'.includes(letter);

/** Letters that look alike in both scripts, typed in the wrong one. */
const LOOKALIKES = lettersOf('a:а c:с e:е i:і o:о p:р x:х y:у k:к m:м t:т h:н b:в');

const LATIN_LOOKALIKES = Object.fromEntries(
  Object.entries(LOOKALIKES).map(([latin, letter]) => [letter, latin]),
);

/** A letter with figures in the other script, where it looks the same there: А1 and A1, М10 and M10. */
export function twinOf(word: string): string | undefined {
  const [, letter = '', figures] = /^(\p{L})(\d+)$/u.exec(word) ?? [];
  const twin = LOOKALIKES[letter] ?? LATIN_LOOKALIKES[letter];
  return twin && figures && twin + figures;
}

/** The language of a text or word by letters and pairs that only one of the two has. */
export function tongueOf(text: string): Tongue {
  const be = text.match(/[іўґ]|дз[ьёюя]|ц[ьёюя]|ыя(?!\p{L})/giu)?.length ?? 0;
  const ru = text.match(/[ищъ]|о[бвгджзклмнпрстфхцчш]+о|ые(?!\p{L})|ть(?!\p{L})/giu)?.length ?? 0;
  // A quotation in the other language does not make a text its own.
  return be > 3 * ru ? 'be' : ru > 3 * be ? 'ru' : 'any';
}

/** The form of a Cyrillic word in lower case. Only ц before е asks for the tongue: hard in Russian, soft in Belarusian. */
export function readCyrillic(word: string, tongue: Tongue): LetterReading {
  let form = '';
  let marks = '';
  for (let at = 0; at < word.length; at += 1) {
    const letter = LOOKALIKES[word.charAt(at)] ?? word.charAt(at);
    const next = LOOKALIKES[word.charAt(at + 1)] ?? word.charAt(at + 1);
    const last = form.at(-1);
    const afterI = at > 0 && 'иіыi'.includes(word.charAt(at - 1));
    const vowel = VOWELS[(afterI ? AFTER_I[letter] : undefined) ?? letter];
    if (vowel !== undefined) {
      const closes = isVowel(last) && VOWELS[word.charAt(at - 1)] !== undefined;
      if (vowel === 'u' && closes) form += 'v';
      else {
        const hardT =
          word.charAt(at - 1) === 'ц' && !'ёюяі'.includes(letter) && !(tongue === 'be' && letter === 'е');
        form += soundOf(vowel, last, closes, hardT);
        marks += vowel === 'E' && last !== undefined && !'jwcrtd'.includes(last) ? '3' : vowel;
      }
    } else if (letter === 'й') {
      if (isVowel(last) && VOWELS[next] === undefined) {
        form += 'y';
        marks += 'j';
      }
    } else {
      const sound = soundOfConsonant(letter, next);
      if (sound === 't') {
        // тц is one sound, written as its second letter.
        if (last === 't') marks = marks.slice(0, -1);
        marks += markOfT(letter, next, word.charAt(at + 2));
      }
      if (sound !== last) form += sound;
      // дз and тс are one sound of the form each, however they came together.
      if ((letter === 'д' && next === 'з') || (letter === 'т' && next === 'с')) at += 1;
    }
  }
  return form.startsWith('ulad') ? { form: `v${form.slice(1)}`, marks: marks.slice(1) } : { form, marks };
}

/** Nothing for ь, ъ and apostrophes; a digit is itself. */
function soundOfConsonant(letter: string, next: string): string {
  const sound = letter === 'с' && next === 'ч' ? 'w' : CONSONANTS[letter];
  return sound ?? (/[\p{L}\p{N}]/u.test(letter) && !'ьъ'.includes(letter) ? letter : '');
}

function markOfT(letter: string, next: string, second: string): string {
  if (letter === 'т') return next === 'с' ? 's' : 't';
  const after = next === 'ц' ? second : next;
  if (after === 'к') return 's';
  // Марцинкевич, Марцінкевіч; цирк, цырк.
  if (after === 'и') return 'Z';
  return after !== '' && 'еёюяіьв'.includes(after) ? 'T' : 'c';
}

function soundOf(vowel: string, last: string | undefined, closes: boolean, hardT: boolean): string {
  if (vowel === 'i') return closes ? 'y' : 'i';
  if (vowel === 'y') return 'i';
  if (vowel === 'u' || vowel === 'U') return 'u';
  if (vowel === 'a' || vowel === 'o' || hardT) return 'a';
  return last !== undefined && HUSH.includes(last) ? 'a' : 'e';
}

/** Diacritics of łacinka (and Polish): their presence settles what c, ch and h stand for. */
export const hasLacinka = (word: string): boolean => /[łšžčŭćńśźż]/u.test(word);

/** Łacinka without a diacritic: a letter c or j where English spellings have none (Sieviaryniec, Cichanouskaja). */
const looksLacinka = (word: string): boolean =>
  !/(?:sh|zh|kh|ts|cz|sz)/u.test(word) && /(?:c(?:[iyau]|$)|[^c]c[iy]|.j|j[aeou])/u.test(word);

type SoundRule = readonly [
  pattern: RegExp,
  sounds: readonly string[] | ((context: Context) => readonly string[]),
];

interface Context {
  /** The word has a letter with a diacritic of łacinka. */
  readonly lacinka: boolean;
  /** Łacinka with or without them: an i after a consonant only softens. */
  readonly softening: boolean;
  /** Neither diacritics nor digraphs (sh, cz): the diacritics may have been left out (Lukasenka). */
  readonly bare: boolean;
  /** Last sound so far. */
  readonly last: string | undefined;
  /** At the start of the word. */
  readonly first: boolean;
}

const afterHush = ({ last }: Context): boolean => last !== undefined && HUSH.includes(last);

/** Sound of a soft vowel (ja, io, …); j at the start may be an English one. */
const soft = (vowel: string, context: Context): string =>
  vowel === 'u' ? 'u' : vowel === 'i' ? 'i' : afterHush(context) ? 'a' : 'e';

/** Asked in this order at each place of the word. */
const LATIN: readonly SoundRule[] = [
  [/^(?:shch|szcz|šč)/u, ['wc']],
  [/^sch/u, ({ lacinka }) => (lacinka ? ['sx'] : ['w', 'sx'])],
  [/^(?:sh|sz|š)/u, ['w']],
  [/^(?:zh|ž|ż)/u, ['j']],
  [/^(?:dzh|dž)/u, ['dj']],
  [/^kh/u, ['x']],
  [/^(?:tch|cz|č)/u, ['c']],
  [/^ch/u, ({ lacinka }) => (lacinka ? ['x'] : ['c', 'x'])],
  [/^(?:ts|tz)[eé]/u, ['ta', 'te']],
  [/^(?:ts|tz|ć)/u, ['t']],
  [/^(?:dz|dź)/u, ['d']],
  [/^ck/u, ({ lacinka }) => (lacinka ? ['tk'] : ['tk', 'k'])],
  [/^ce/u, ({ lacinka }) => (lacinka ? ['ta'] : ['ta', 'te', 'se'])],
  [/^c(?=[iy])/u, ({ lacinka, bare }) => (lacinka ? ['t'] : bare ? ['t', 's', 'c'] : ['t', 's'])],
  [/^c/u, ({ lacinka, bare }) => (lacinka ? ['t'] : bare ? ['k', 't', 'c'] : ['k', 't'])],
  [/^ph/u, ['f']],
  [/^th/u, ['t']],
  [/^rz(?!h)/u, ({ lacinka }) => (lacinka ? ['j', 'rz'] : ['rz', 'j'])],
  [/^x/u, ['ks']],
  [/^qu/u, ['kv']],
  [/^q/u, ['k']],
  [/^[wvŭ]/u, ['v']],
  [/^g/u, ['h']],
  [/^h/u, ({ lacinka, first }) => (lacinka || !first ? ['h'] : ['h', 'x'])],
  [/^s/u, ({ bare }) => (bare ? ['s', 'w'] : ['s'])],
  [/^z/u, ({ bare }) => (bare ? ['z', 'j'] : ['z'])],
  [/^ś/u, ['s']],
  [/^ź/u, ['z']],
  [/^ń/u, ['n']],
  [/^ł/u, ['l']],
];

/** The forms that a Latin word in lower case may stand for, likeliest first, at most `limit`. */
export function readLatin(word: string, limit: number): readonly string[] {
  const lacinka = hasLacinka(word);
  const plain = word
    .normalize('NFC')
    .replace(/[^łšžčŭćńśźż]/gu, (letter) => letter.normalize('NFD').charAt(0));
  const softening = lacinka || looksLacinka(plain);
  const bare = !lacinka && !/(?:sh|zh|kh|ts|cz|sz)/u.test(plain) && plain.length >= 5;
  let readings: readonly string[] = [''];
  let at = 0;
  while (at < plain.length) {
    const rest = plain.slice(at);
    const before = plain.charAt(at - 1);
    const steps = readings.map((reading) => {
      const context: Context = { lacinka, softening, bare, last: reading.at(-1), first: at === 0 };
      const [taken, sounds] = latinVowel(rest, before, context) ?? latinConsonant(rest, context);
      return { reading, taken, sounds };
    });
    const most = Math.max(...steps.map(({ sounds }) => sounds.length));
    const kept = readings.length * most > limit ? 1 : most;
    readings = steps.flatMap(({ reading, sounds }) => sounds.slice(0, kept).map((sound) => reading + sound));
    at += steps[0]?.taken ?? 1;
  }
  const forms = readings.map((reading) => {
    const form = reading.replace(/([bvhdjzklmnprstfxcw])\1+/gu, '$1');
    return form.startsWith('ulad') ? `v${form.slice(1)}` : form;
  });
  return [...new Set(forms)];
}

type SoundStep = readonly [taken: number, sounds: readonly string[]];

function latinVowel(rest: string, before: string, context: Context): SoundStep | undefined {
  const letter = rest.charAt(0);
  const next = rest.charAt(1);
  const after = 'aeiouyj'.includes(before) && before !== '';
  const glide = 'jyi'.includes(letter) && 'aeou'.includes(next) && next !== '';
  if (glide) {
    const sound = soft(next, context);
    if (letter === 'j' && context.first) return [2, [sound, next === 'u' ? 'dju' : 'dja']];
    if (letter !== 'j' && !after && !context.first && !context.softening) {
      return [2, iotated(next, rest.length === 2, sound)];
    }
    return [2, [sound]];
  }
  if (letter === 'i' || letter === 'y' || letter === 'j') {
    if (after && before !== 'j') return [1, ['y']];
    return letter === 'j' ? [1, ['dj']] : [1, ['i']];
  }
  // Strasbourg has one vowel there, Tsikhanouskaya two sounds.
  if (/^ou[^aeiouy]/u.test(rest) && !context.lacinka) return [2, ['av', 'u']];
  if (letter === 'u') return [1, [after && !'jyi'.includes(before) ? 'v' : 'u']];
  if (letter === 'e') return [1, [afterHush(context) ? 'a' : 'e']];
  if (letter === 'a' || letter === 'o') {
    if (before === 'l') return [1, context.lacinka ? ['e', 'a'] : ['a', 'e']];
    return [1, ['a']];
  }
  return undefined;
}

/** ia, ie, io, iu after a consonant: a soft vowel (Viačorka) or two vowels (Maria, Diana). */
function iotated(vowel: string, last: boolean, sound: string): readonly string[] {
  if (vowel === 'u') return [sound, 'iu'];
  if (last) return ['ie', sound];
  return [sound, 'ie'];
}

function latinConsonant(rest: string, context: Context): SoundStep {
  for (const [pattern, sounds] of LATIN) {
    const found = pattern.exec(rest);
    if (found) return [found[0].length, typeof sounds === 'function' ? sounds(context) : sounds];
  }
  return [1, [rest.charAt(0)]];
}
