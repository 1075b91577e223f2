/** A reader's words as stems with what may follow them, and the test whether such a stem stands in a term. */

import { ENDINGS, type EndingKind, type Stem, stemsOf } from './endings.ts';
import { englishStem } from './english.ts';
import { hasLacinka, readCyrillic, readLatin, type Tongue, tongueOf } from './letters.ts';
import { ABBREVIATIONS, HOMOGRAPHS, SAME, SILENT, TOWNS } from './names.ts';
import { CAPITAL, foldLatin, INITIAL, isCyrillic, SMALL, type Token, tokensOf } from './terms.ts';
import { agree, agreeWhole, isWrittenSame } from './spelling.ts';

/** Longest query, in characters and in words; what is beyond is left out. */
const LONGEST_QUERY = 100;
const MOST_WORDS = 8;

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
  /** It ends in -а. */
  readonly feminine: boolean;
  readonly town: boolean;
  /** An abbreviation: in a text that has capitals it has one. */
  readonly capitals?: true;
}

export interface WrittenForm {
  readonly marks: string;
  readonly tongue: Tongue;
  /** The ending has a vowel, so the stress may stand there. */
  readonly open: boolean;
}

/** A word of a query: any of its ways will do. */
export interface QueryWord {
  /** The word as typed, in lower case, and whether with a capital: two words with one key are found in the same texts. */
  readonly key: string;
  readonly ways: readonly Way[];
}

/** A reader's query: all words must be there. Without a word it finds nothing. */
export interface Query {
  readonly words: readonly QueryWord[];
}

/**
 * A reader's words as a query: trimmed, at most 100 characters and 8 words, quotes and words that say nothing (и, the)
 * left out. A `*` after a word asks for everything that begins so (`Лука*`).
 */
export function parseQuery(words: string): Query {
  const text = words.trim().slice(0, LONGEST_QUERY).toWellFormed();
  const tongue = tongueOf(text);
  const tokens = [...tokensOf(text)].filter(({ word }) => !SILENT.has(word)).slice(0, MOST_WORDS);
  return { words: tokens.map((token) => ({ key: keyOf(token, tongue), ways: waysOf(token, tongue) })) };
}

const keyOf = ({ word, capital, shouted, open }: Token, tongue: Tongue): string =>
  `${word} ${capital === SMALL ? '' : 'A'}${shouted ? 'A' : ''}${open ? '*' : ''}${tongue}`;

function waysOf(token: Token, tongue: Tongue): readonly Way[] {
  const abbreviation = token.open ? [] : abbreviated(token);
  if (abbreviation.length > 0) return unique(abbreviation);
  const own = ownWays(token, tongue);
  if (token.open) return own;
  const others = sameAs(own, token);
  return unique(others.length === 0 ? own : [...own, ...others]);
}

function unique(ways: readonly Way[]): readonly Way[] {
  const seen = new Map<string, Way>();
  for (const way of ways) {
    const { marks = '', tongue = '', open = '' } = way.written ?? {};
    const key = [way.stem, way.kind, way.common, way.latin, marks, tongue, open].join();
    if (!seen.has(key)) seen.set(key, way);
  }
  return [...seen.values()];
}

function ownWays(token: Token, tongue: Tongue): Way[] {
  const { word } = token;
  if (isCyrillic(word)) return cyrillicWays(token, tongue);
  if (!/^\p{Script=Latin}+$/u.test(word)) return [plainWay(`=${foldLatin(word)}`, token)];
  const ways: Way[] = [];
  if (!hasLacinka(word)) ways.push(englishWay(token));
  for (const form of readLatin(word, 48)) {
    ways.push(...waysOfForm(form, undefined, 'any', token));
  }
  return ways;
}

function englishWay(token: Token): Way {
  const { stem, endings } = englishStem(foldLatin(token.word), token.capital > 0);
  return { ...plainWay(`=${stem}`, token), endings: token.open ? undefined : endings, kind: 'english' };
}

function plainWay(stem: string, token: Token): Way {
  return {
    stem,
    endings: token.open ? undefined : ENDINGS.exact,
    kind: token.open ? 'open' : 'exact',
    common: false,
    written: undefined,
    name: token.capital > 0,
    latin: true,
    plural: false,
    feminine: false,
    town: false,
  };
}

function cyrillicWays(token: Token, queryTongue: Tongue): Way[] {
  const own = tongueOf(token.word);
  const tongue = own === 'any' ? queryTongue : own;
  const ways: Way[] = [];
  if (token.capital === 0 && HOMOGRAPHS.has(token.word)) ways.push(plainWay(`=${token.word}`, token));
  // Only where the tongue is unknown can the two readings differ.
  const tongues: readonly Tongue[] = tongue === 'any' ? ['ru', 'be'] : [tongue];
  const readings = new Map(tongues.map((each) => [readCyrillic(token.word, each).form, each]));
  for (const [form, each] of readings) {
    const { marks } = readCyrillic(token.word, each);
    ways.push(...waysOfForm(form, marks, readings.size > 1 ? each : tongue, token));
  }
  return ways;
}

function waysOfForm(form: string, marks: string | undefined, tongue: Tongue, token: Token): Way[] {
  const whole = token.shouted && form.length <= 4;
  const stems: readonly Stem[] =
    token.open || whole
      ? [{ stem: form, endings: 'exact' }]
      : [...stemsOf(form, token.capital > 0), ...(marks === undefined ? inLatin(form) : [])];
  return stems.map(({ stem, endings, common }) => ({
    stem,
    endings: token.open ? undefined : ENDINGS[endings],
    kind: token.open ? 'open' : endings,
    common: common === true,
    written: marks === undefined || !form.startsWith(stem) ? undefined : written(form, stem, marks, tongue),
    name: token.capital > 0,
    latin: marks === undefined && !hasLacinka(token.word),
    plural: /(?:i|ax|ex|ami|emi|ca[vy])$/u.test(form) || form === `${stem}ey`,
    feminine: form === `${stem}a`,
    town: isTown(stem),
  }));
}

/** A Latin -y may be -ий too, which keeps its vowel: Valery, Валерию. */
const inLatin = (form: string): readonly Stem[] =>
  form.length >= 5 && form.endsWith('i') ? [{ stem: form, endings: 'noun' }] : [];

function written(form: string, stem: string, marks: string, tongue: Tongue): WrittenForm {
  const count = countMarks(stem);
  return { marks: marks.slice(0, count), tongue, open: hasVowel(marks.slice(count)) };
}

/** How many marks a form has: see `Reading.marks`. */
const countMarks = (form: string): number => form.match(/[aeiuyt]/gu)?.length ?? 0;
const hasVowel = (marks: string): boolean => /[aeiouyAEOU3]/u.test(marks);

let towns: ReadonlySet<string> | undefined;
function isTown(stem: string): boolean {
  towns ??= new Set(TOWNS.map((town) => readCyrillic(town, 'any').form));
  return towns.has(stem);
}

/** The ways of an abbreviation that is listed, typed in capitals or not: what it is called in each language, no more. */
function abbreviated({ word }: Token): readonly Way[] {
  const group = ABBREVIATIONS.find((names) => names.includes(word)) ?? [];
  return group.flatMap((name): readonly Way[] => {
    const token: Token = { word: name, capital: CAPITAL, shouted: true, open: false };
    if (!isCyrillic(name)) return [plainWay(`=${foldLatin(name)}`, token)];
    return cyrillicWays(token, 'any').map((way) => ({ ...way, capitals: true }));
  });
}

let groups: { readonly byStem: ReadonlyMap<string, readonly Way[]> } | undefined;

/** The ways of all names that `SAME` calls the same as this one. */
function sameAs(own: readonly Way[], token: Token): readonly Way[] {
  groups ??= { byStem: groupsByStem() };
  for (const { stem, kind } of own) {
    const group = kind === 'exact' ? undefined : groups.byStem.get(stem);
    if (group) return group.map((way) => ({ ...way, name: token.capital > 0 }));
  }
  return [];
}

function groupsByStem(): ReadonlyMap<string, readonly Way[]> {
  const byStem = new Map<string, readonly Way[]>();
  for (const group of SAME) {
    const ways = unique(group.flatMap(memberWays));
    for (const way of ways) byStem.set(way.stem, ways);
  }
  return byStem;
}

/** Of a Latin word only the likeliest reading: the others are for words that nobody has listed. */
function memberWays(word: string): Way[] {
  const token: Token = { word, capital: INITIAL, shouted: false, open: false };
  if (word.startsWith('=')) return [englishWay({ ...token, word: word.slice(1) })];
  if (isCyrillic(word)) return cyrillicWays(token, tongueOf(word)).filter((way) => !way.common);
  const [reading = ''] = readLatin(word, 48);
  const ways = waysOfForm(reading, undefined, 'any', token).filter((way) => !way.common);
  return hasLacinka(word) ? ways : [englishWay(token), ...ways];
}

/** A term taken apart. */
export interface Term {
  readonly form: string;
  /** As in `terms.ts`. */
  readonly capital: number;
  /** As in `terms.ts`; empty for a plain word. */
  readonly tongue: string;
  readonly marks: string;
}

export function termFrom(text: string): Term {
  const dot = text.indexOf('.');
  if (dot < 0) return { form: text, capital: 0, tongue: '', marks: '' };
  return {
    form: text.slice(0, dot),
    tongue: text.charAt(dot + 1),
    capital: Number(text.charAt(dot + 2)),
    marks: text.slice(dot + 3),
  };
}

/** Whether a term that begins with the stem of `way` is a form of it. */
export function fits(way: Way, term: Term): boolean {
  const ending = term.form.slice(way.stem.length);
  if (way.endings !== undefined && !way.endings.has(ending)) return false;
  const named = term.capital === INITIAL || term.capital === CAPITAL;
  if (way.capitals && term.capital === SMALL) return false;
  if (way.latin && term.tongue === 'l' && !named && way.stem.length < 6) return false;
  if (way.common && (way.name ? named : term.capital === CAPITAL)) return false;
  if (named ? !nameMayEnd(way, ending, term.capital) : isAnotherWord(way, ending, term)) return false;
  return isWrittenAlike(way, term, named);
}

function isWrittenAlike({ written, kind }: Way, term: Term, named: boolean): boolean {
  if (written === undefined || term.marks === '') return true;
  const count = written.marks.length;
  // A text may quote a name as the other language writes it.
  const tongue = named && isGuessed(term.tongue) ? 'any' : term.tongue.toLowerCase();
  const other = { marks: term.marks.slice(0, count), open: hasVowel(term.marks.slice(count)), tongue };
  // An unchanging word does not change its vowels either: НАТО is not нота.
  return kind === 'exact' ? agreeWhole(written, other) : agree(written, other);
}

const isGuessed = (tongue: string): boolean => tongue !== tongue.toLowerCase();

/** A word in small letters, where the text has capitals, for a name: Купала is not купол, Павел not повёл. */
function isAnotherWord(way: Way, ending: string, term: Term): boolean {
  if (!way.name || term.capital !== SMALL || ending.includes('sk')) return false;
  if (way.feminine && ending === '') return true;
  return way.written !== undefined && term.marks !== '' && !isWrittenSame(way.written.marks, term.marks);
}

/** Endings that make another name of a name: Иван, Иванов; Петров, Петровский. Towns do have theirs. */
function nameMayEnd(way: Way, ending: string, capital: number): boolean {
  if (ending === '' || way.kind === 'english' || way.kind === 'open') return true;
  if (ending === 'av' || ending === 'ev') return way.plural || (capital === INITIAL && !way.name);
  if (ending.startsWith('avsk') || ending.startsWith('evsk')) return way.stem.endsWith('nk');
  return !(ending.startsWith('sk') && /(?:[ae]v|in)$/u.test(way.stem)) || way.town;
}
