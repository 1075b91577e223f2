/**
 * Finds words and names in any spelling and inflection: Лукашенко, Лукашэнка, Łukašenka, Lukashenko. A text becomes its
 * terms once; a reader's words become stems with the endings that may follow; matching compares the two. How words sound
 * is in `letters.ts`, how they end in `endings.ts`, what needs a table in `names.ts` and `towns.ts`.
 */

import { isTown } from './known.ts';
import { fits, type Term, termFrom } from './fits.ts';
import { parseQuery, type Query, type QueryWord, typedFreely } from './query.ts';
import { NEAR, termsOf } from './terms.ts';
import type { Way } from './ways.ts';

export { isTown, parseQuery, type Query, termsOf, typedFreely };

/** Whether every word of the query stands in the text that gave `terms`, those of a name near one another. */
export function matches(query: Query, terms: string): boolean {
  const { words, names, tight } = query;
  if (words.length === 0 || !words.every((word) => stands(word, terms))) return false;
  const together = names.every((name) =>
    standTogether(
      name.flatMap((at) => words[at] ?? []),
      terms,
    ),
  );
  return together && tight.every((at) => follow(words.slice(at, at + 2), terms));
}

/**
 * For each word of the query what its terms may begin with, a space before each: terms in which a word has none of them do
 * not match. Much quicker to ask than `matches`, which only has to look at the rest.
 */
export const beginningsOf = ({ words }: Query): (readonly string[])[] =>
  words.map(({ beginnings }) => beginnings);

const stands = ({ beginnings, ways }: QueryWord, terms: string): boolean =>
  beginnings.some((beginning) => terms.includes(beginning)) &&
  ways.some((way) => !termsThatFit(way, terms).next().done);

function* termsThatFit(way: Way, terms: string): Generator<Term> {
  const sought = ` ${way.stem}`;
  for (let at = terms.indexOf(sought); at >= 0; at = terms.indexOf(sought, at + 1)) {
    const term = termFrom(terms.slice(at + 1, terms.indexOf(' ', at + 1)));
    if (fits(way, term)) yield term;
  }
}

/** Whether the words stand somewhere within a few words; true where their places are not known. */
function standTogether(words: readonly QueryWord[], terms: string): boolean {
  const places = placesIn(words, terms);
  const span = NEAR * (words.length - 1);
  return (
    !places ||
    places
      .flat()
      .some((from) => places.every((each) => each.some((place) => place >= from && place <= from + span)))
  );
}

/** Whether the second word stands somewhere right after the first; true where their places are not known. */
function follow(words: readonly QueryWord[], terms: string): boolean {
  const places = placesIn(words, terms);
  return !places || (places[0] ?? []).some((place) => places[1]?.includes(place + 1));
}

/** Where each word stands; undefined where that is not known. */
function placesIn(words: readonly QueryWord[], terms: string): number[][] | undefined {
  const found = words.map(({ ways }) => ways.flatMap((way) => [...termsThatFit(way, terms)]));
  if (found.flat().some(({ places }) => places === undefined)) return undefined;
  return found.map((all) => all.flatMap((term) => placesOf(term)));
}

const placesOf = ({ places = '' }: Term): number[] => places.split(',').map((place) => parseInt(place, 36));
