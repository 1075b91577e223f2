/** A word that a reader typed as the ways in which it may stand in a text: stems with what may follow them. */

import { ENDINGS, type EndingKind, type Stem, stemsOf } from './endings.ts';
import { officially } from './classical.ts';
import { englishStem } from './english.ts';
import { hasLacinka, readCyrillic, readLatin, type Tongue, tongueOf, twinOf } from './letters.ts';
import { calledAlike, HOMOGRAPHS, isUnchanging, PLACES } from './names.ts';
import { foldLatin, isCyrillic, SHOUTED, SMALL, type Token } from './terms.ts';

/** One way in which a word of a query may stand in a text. */
export interface Way {
  /** With the `=` of English words. */
  readonly stem: string;
  /** Allowed continuations; undefined: anything. */
  readonly endings: ReadonlySet<string> | undefined;
  readonly kind: EndingKind | 'english' | 'open';
  /** See `Stem.common`. */
  readonly common: boolean;
  /** How the stem was written; undefined: not in Cyrillic. */
  readonly written: WrittenForm | undefined;
  /** The reader began it with a capital. */
  readonly name: boolean;
  /** Typed as English spells: in an English text a short word in small letters is not another spelling of it. */
  readonly latin: boolean;
  /** A plural (Барановичи): a genitive in -ов or -ей is its own. */
  readonly plural: boolean;
  /** A place: its adjective in -ск is written small. */
  readonly place: boolean;
  /** Written small though the name has a capital: минский, белорус. */
  readonly relational?: true;
  /** An abbreviation, written in capitals: МИД, МИДа. */
  readonly abbreviation?: true;
  /** A word as well (`words-too.ts`), a first name or another. */
  readonly wordToo?: 'first' | 'other' | undefined;
}

export interface WrittenForm {
  readonly marks: string;
  readonly tongue: Tongue;
  /** The ending has a vowel, so the stress may stand there. */
  readonly open: boolean;
  /** Each language has a form of its own, and no case changes the letters of it. */
  readonly fixed?: true;
}

/** As much of a word of a query as decides its ways. */
export type Typed = Pick<Token, 'word' | 'capital' | 'open'>;

export function unique(ways: readonly Way[]): readonly Way[] {
  const seen = new Map<string, Way>();
  for (const way of ways) {
    const { marks = '', tongue = '', open = '' } = way.written ?? {};
    const key = [way.stem, way.kind, way.common, way.latin, way.relational, marks, tongue, open].join();
    if (!seen.has(key)) seen.set(key, way);
  }
  return [...seen.values()];
}

/** The ways of a word by itself, as its letters tell. `tongue`: of the whole query. */
export function ownWays(token: Typed, tongue: Tongue): Way[] {
  const { word } = token;
  const twin = twinOf(word);
  if (isCyrillic(word))
    return [...cyrillicWays(token, tongue), ...(twin ? [plainWay(`=${twin}`, token)] : [])];
  if (!/^\p{Script=Latin}+$/u.test(word)) {
    const own = plainWay(`=${foldLatin(word)}`, token);
    return twin ? [own, ...cyrillicWays({ ...token, word: twin }, 'any')] : [own];
  }
  const ways: Way[] = [];
  if (!hasLacinka(word)) ways.push(englishWay(token));
  for (const form of readLatin(word, 48)) ways.push(...waysOfForm(form, undefined, 'any', token));
  return ways;
}

export function englishWay(token: Typed): Way {
  if (isAbbreviation(token, foldLatin(token.word))) {
    return { ...plainWay(`=${foldLatin(token.word)}`, token), abbreviation: true };
  }
  const { stem, endings } = englishStem(foldLatin(token.word), token.capital !== SMALL);
  return { ...plainWay(`=${stem}`, token), endings: token.open ? undefined : endings, kind: 'english' };
}

/** The endings of a kind, by its name. */
export const ending = (kind: EndingKind): Pick<Way, 'endings' | 'kind'> => ({ endings: ENDINGS[kind], kind });

export function plainWay(stem: string, token: Omit<Typed, 'word'>): Way {
  return {
    stem,
    ...(token.open ? { endings: undefined, kind: 'open' } : ending('exact')),
    common: false,
    written: undefined,
    name: token.capital !== SMALL,
    latin: true,
    plural: false,
    place: false,
  };
}

export function cyrillicWays(token: Typed, queryTongue: Tongue): Way[] {
  const others = calledAlike(token.word)?.filter((word) => word !== token.word) ?? [];
  const own = tongueOf(token.word);
  const official = (own === 'any' ? queryTongue : own) === 'ru' ? token.word : officially(token.word);
  return [
    ...waysAsTyped(token, queryTongue),
    ...others.flatMap((word) => waysAsTyped({ ...token, word }, 'any')),
    ...(official === token.word ? [] : waysAsTyped({ ...token, word: official }, 'be')),
  ];
}

function waysAsTyped(token: Typed, queryTongue: Tongue): Way[] {
  const own = tongueOf(token.word);
  const tongue = own === 'any' ? queryTongue : own;
  const ways: Way[] = [];
  if (token.capital === SMALL && HOMOGRAPHS.has(token.word)) ways.push(plainWay(`=${token.word}`, token));
  // Only where the tongue is unknown can the two readings differ.
  const tongues: readonly Tongue[] = tongue === 'any' ? ['ru', 'be'] : [tongue];
  const readings = new Map(tongues.map((each) => [readCyrillic(token.word, each).form, each]));
  for (const [form, each] of readings) {
    const { marks } = readCyrillic(token.word, each);
    ways.push(...waysOfForm(form, marks, readings.size > 1 ? each : tongue, token));
  }
  return ways;
}

/** Longest form of a word in capitals that is taken for an abbreviation; a longer one is a name typed so. */
const LONGEST_ABBREVIATION = 4;

const isAbbreviation = ({ capital, open }: Typed, form: string): boolean =>
  capital === SHOUTED && !open && form.length <= LONGEST_ABBREVIATION;

export function waysOfForm(form: string, marks: string | undefined, tongue: Tongue, token: Typed): Way[] {
  const name = token.capital !== SMALL;
  const latin = marks === undefined && !hasLacinka(token.word);
  const plain = { ...plainWay(form, token), latin, place: isPlace(form) };
  const spelled = (stem: string): WrittenForm | undefined => {
    if (marks === undefined) return undefined;
    return form.startsWith(stem) ? written(form, stem, marks, tongue) : fallenAs(form, stem, marks, tongue);
  };
  if (isAbbreviation(token, form)) {
    return [{ ...plain, ...ending('declined'), written: spelled(form), abbreviation: true }];
  }
  if (token.open || isUnchanging(token.word)) return [{ ...plain, written: spelled(form) }];
  const stems: readonly Stem[] = [
    ...stemsOf(form, name).filter(({ stem }) => marks === undefined || !isOfAnother(form, stem, token)),
    ...(marks === undefined ? inLatin(form) : []),
  ];
  return [
    ...stems.map(({ stem, endings, common }) => ({
      ...plain,
      stem,
      ...ending(endings),
      common: common === true,
      written: spelled(stem),
      plural: /(?:i|ax|ex|ami|emi|ca[vy])$/u.test(form) || form === `${stem}ey`,
      place: isPlace(stem),
    })),
    ...softenedWays(form, marks, tongue, plain),
  ];
}

/** How the stem of бойца is written, told from боец: a й for the vowel; undefined for others. */
function fallenAs(form: string, stem: string, marks: string, tongue: Tongue): WrittenForm | undefined {
  const body = stem.slice(0, -2);
  if (!/[aeiu]yt$/u.test(stem) || form !== `${body}${form.at(-2) ?? ''}t`) return undefined;
  const count = countMarks(body);
  return { marks: `${marks.slice(0, count)}j${marks.slice(count + 1)}`, tongue, open: true };
}

/** Боец is бойца, but поэт is not пойта: their forms do not tell ц from т. */
const isOfAnother = (form: string, stem: string, { word }: Typed): boolean =>
  /[aeiu][ey]t$/u.test(stem) && !form.startsWith(stem) && !word.includes('ц');

/** Ends of the Belarusian dative and locative: its sounds and how they are written. */
const SOFTENED: Readonly<Record<string, readonly (readonly [sounds: string, marks: string])[]>> = {
  k: [
    ['ta', 'cE'],
    ['ti', 'cy'],
  ],
  h: [['ze', 'e']],
  x: [['se', 'e']],
};

/** нага, назе; вёска, вёсцы; страха, страсе. */
function softenedWays(form: string, marks: string | undefined, tongue: Tongue, plain: Way): Way[] {
  const ends = marks === undefined || !form.endsWith('a') ? [] : (SOFTENED[form.at(-2) ?? ''] ?? []);
  const stem = form.slice(0, -2);
  return ends.map(([sounds, end]) => ({
    ...plain,
    stem: stem + sounds,
    written: { marks: (marks ?? '').slice(0, countMarks(stem)) + end, tongue, open: true },
  }));
}

/** A Latin -y may be -ий too, which keeps its vowel: Valery, Валерию. */
const inLatin = (form: string): readonly Stem[] =>
  form.length >= 5 && form.endsWith('i') ? [{ stem: form, endings: 'noun' }] : [];

export function written(form: string, stem: string, marks: string, tongue: Tongue): WrittenForm {
  const count = countMarks(stem);
  return { marks: marks.slice(0, count), tongue, open: hasVowel(marks.slice(count)) };
}

/** How many marks a form has: see `LetterReading.marks`. */
export const countMarks = (form: string): number => form.match(/[aeiuyt]/gu)?.length ?? 0;
export const hasVowel = (marks: string): boolean => /[aeiouyAEOU3]/u.test(marks);

let places: ReadonlySet<string> | undefined;
/** Places in -ск are told by it, if they are not as short as other words (маск, писк). */
function isPlace(stem: string): boolean {
  places ??= new Set(PLACES.map((place) => readCyrillic(place, 'any').form));
  return places.has(stem) || (stem.length >= 5 && /[^k][st]k$/u.test(stem));
}
