/** The ways of words that a table knows: names that no rule joins, abbreviations, towns with their adjectives. */

import { fits, type Term } from './fits.ts';
import { hasLacinka, readCyrillic, readLatin, tongueOf } from './letters.ts';
import { ABBREVIATIONS, FLEETING, SAME, WORDS_TOO } from './names.ts';
import {
  foldLatin,
  INITIAL,
  isCyrillic,
  saysNothing,
  SHOUTED,
  SMALL,
  type Token,
  tokensOf,
  UNKNOWN,
} from './terms.ts';
import { allTowns, type Town } from './towns.ts';
import {
  cyrillicWays,
  ending,
  englishWay,
  plainWay,
  type Typed,
  unique,
  type Way,
  waysOfForm,
} from './ways.ts';

/** The ways of an abbreviation that is listed, typed in capitals or not: what it is called in each language, no more. */
export function abbreviated({ word, capital, open }: Token): readonly Way[] {
  if (open || (capital === SMALL && WORDS_TOO.has(word))) return [];
  const group = ABBREVIATIONS.find((names) => names.includes(word)) ?? [];
  const same = SAME.find((names) => names.includes(word.toUpperCase())) ?? [];
  return [...group.map(abbreviationWay), ...same.flatMap(memberWays)];
}

function abbreviationWay(name: string): Way {
  const token = { word: name, capital: SHOUTED, open: false } as const;
  if (!isCyrillic(name)) return { ...plainWay(`=${foldLatin(name)}`, token), abbreviation: true };
  return { ...cyrillicWay(token, false), ...ending('declined'), abbreviation: true };
}

/** A Cyrillic word in this form alone; `open`: its ending has a vowel. */
function cyrillicWay(token: Typed, open: boolean): Way {
  const { form, marks } = readCyrillic(token.word, 'any');
  return { ...plainWay(form, token), written: { marks, tongue: 'any', open }, latin: false };
}

/** день, дня. */
export function fleetingWays({ word, capital }: Token): readonly Way[] {
  return FLEETING.filter(([base]) => base === word).flatMap(([, stem = '', softness]) =>
    (softness === 'soft' ? SOFT : HARD).map((end) =>
      cyrillicWay({ word: stem + end, capital, open: false }, true),
    ),
  );
}

/** Endings after a vowel has fallen out, of both languages. */
const SOFT = 'я ю ем ём е і и ей ёв ёў ям ями ямі ях'.split(' ');
/** Without the genitive plural, which is a surname or town: Львов. */
const HARD = 'а у ом ам е ы ами амі ах'.split(' ');

let groups: ReadonlyMap<string, readonly Way[]> | undefined;

/** The ways of all names that `SAME` calls the same as this one. */
export function sameAs(own: readonly Way[], token: Token): readonly Way[] {
  groups ??= groupsByStem();
  for (const { stem, kind } of own) {
    const group = groups.get(stem);
    // A short word is of a group only if it stands there by itself: Нью.
    if (group && (kind !== 'exact' || group.some((way) => way.stem === stem && way.kind === kind)))
      return group.map((way) => (way.abbreviation ? way : { ...way, name: token.capital !== SMALL }));
  }
  return [];
}

function groupsByStem(): ReadonlyMap<string, readonly Way[]> {
  const byStem = new Map<string, readonly Way[]>();
  for (const group of SAME) {
    const people = group.filter((member) => member.startsWith('+'));
    const names = group.filter((member) => !people.includes(member)).flatMap(memberWays);
    const ways = unique([...names, ...people.flatMap(memberWays)]);
    for (const way of names) if (!way.abbreviation) byStem.set(way.stem, ways);
  }
  return byStem;
}

/** Of a Latin word only the likeliest reading: the others are for words that nobody has listed. */
function memberWays(member: string): Way[] {
  if (/^\p{Lu}+$/u.test(member)) return [abbreviationWay(member.toLowerCase())];
  const word = member.replace(/^[=+]/u, '');
  const token = { word, capital: INITIAL, open: false } as const;
  if (member.startsWith('=')) return [englishWay(token)];
  if (isCyrillic(word)) {
    const ways = cyrillicWays(token, tongueOf(word)).filter((way) => !way.common);
    // Without forms of which a vowel has fallen out (паляк is not полк), and no plural's genitive: Немцов is no German.
    if (member.startsWith('+'))
      return ways
        .filter(({ written }) => written !== undefined)
        .map((way) => ({ ...way, relational: true, plural: false }));
    return /[сц]к(?:ий|і)$/u.test(word) ? ways.map((way) => ({ ...way, relational: true })) : ways;
  }
  const [reading = ''] = readLatin(word, 48);
  const ways = waysOfForm(reading, undefined, 'any', token).filter((way) => !way.common);
  return hasLacinka(word) ? ways : [englishWay(token), ...ways];
}

/** The town that a word names in some case, or whose adjective it is; `at`: which word of its name, of how many. */
export function townsOf(token: Token, at: number, count: number): readonly Town[] {
  if (token.open || token.capital === SHOUTED) return [];
  const terms = readingsOf(token.word);
  return candidates(terms).filter(
    ({ words }) =>
      words.length === count && (words[at] ?? []).some((form) => terms.some((term) => isForm(form, term))),
  );
}

/** Whether `text` is the name of one town, in some case, and nothing else. */
export function isTown(text: string): boolean {
  const tokens = [...tokensOf(text)]
    .filter((token) => !saysNothing(token))
    .map((token): Token => ({ ...token, capital: INITIAL }));
  const [first] = tokens;
  if (!first || tokens.length > 2) return false;
  const named = tokens.map((token, at) => townsOf(token, at, tokens.length));
  return named[0]?.some((town) => named.every((towns) => towns.includes(town))) ?? false;
}

const withoutDots = (word: string): string => word.replaceAll('ё', 'е');

/** Whether a word in lower case is the name of the town in one of its languages, not another case of it. */
export const isCalled = ({ names }: Town, word: string): boolean =>
  names.some((name) => withoutDots(name) === withoutDots(word));

function readingsOf(word: string): readonly Term[] {
  const base = { capital: UNKNOWN, places: undefined };
  if (!isCyrillic(word)) {
    // The likeliest reading: Moscow must not be Мастоў.
    return readLatin(word, 48)
      .slice(0, 1)
      .map((form) => ({ ...base, form, tongue: 'l', marks: '' }));
  }
  const own = tongueOf(word);
  const tongues = own === 'any' ? (['be', 'ru'] as const) : [own];
  return tongues.map((tongue) => ({ ...base, tongue, ...readCyrillic(word, tongue) }));
}

/** Spelled as the name is: Сталін is not Столін. */
const isForm = (form: Way, term: Term): boolean =>
  term.form.startsWith(form.stem) && fits({ ...form, kind: 'exact' }, term);

let byStem: ReadonlyMap<string, readonly Town[]> | undefined;

/** The towns of which some form begins as one of the terms does. */
function candidates(terms: readonly Term[]): readonly Town[] {
  byStem ??= townsByStem();
  const found = terms.flatMap(({ form }) =>
    Array.from(form, (_, end) => byStem?.get(form.slice(0, end + 1)) ?? []).flat(),
  );
  return [...new Set(found)];
}

function townsByStem(): ReadonlyMap<string, readonly Town[]> {
  const towns = new Map<string, Town[]>();
  for (const town of allTowns()) {
    for (const { stem } of town.words.flat()) towns.set(stem, [...(towns.get(stem) ?? []), town]);
  }
  return towns;
}

/** Forms in which a word of a town's name may stand, its adjective, its region and its inhabitants. */
export const townWays = ({ words, people }: Town, at: number, name: boolean): readonly Way[] =>
  [...(words[at] ?? []), ...people].map((way) => ({ ...way, name }));
