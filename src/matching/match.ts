/**
 * Finds words and names in any spelling and inflection: Лукашенко, Лукашэнка, Łukašenka, Lukashenko. A text becomes its
 * terms once; a reader's words become stems with the endings that may follow; matching compares the two. How words sound
 * is in `letters.ts`, how they end in `endings.ts`, what needs a table in `names.ts`.
 */

import { fits, parseQuery, type Query, type QueryWord, termFrom, type Way } from './query.ts';
import { termsOf } from './terms.ts';

export { parseQuery, type Query, termsOf };

/** Whether every word of the query stands in the text that gave `terms`. */
export function matches(query: Query, terms: string): boolean {
  return query.words.length > 0 && query.words.every((word) => stands(word, terms));
}

/**
 * For each word of the query what its terms may begin with, a space before each: terms in which a word has none of them do
 * not match. Much quicker to ask than `matches`, which only has to look at the rest.
 */
export const beginningsOf = ({ words }: Query): string[][] =>
  words.map(({ ways }) => {
    const stems = [...new Set(ways.map(({ stem }) => ` ${stem}`))];
    return stems.filter((stem) => !stems.some((other) => other !== stem && stem.startsWith(other)));
  });

const stands = (word: QueryWord, terms: string): boolean => word.ways.some((way) => wayStands(way, terms));

function wayStands(way: Way, terms: string): boolean {
  const sought = ` ${way.stem}`;
  for (let at = terms.indexOf(sought); at >= 0; at = terms.indexOf(sought, at + 1)) {
    if (fits(way, termFrom(terms.slice(at + 1, terms.indexOf(' ', at + 1))))) return true;
  }
  return false;
}
