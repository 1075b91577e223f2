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

/** Whether any of the queries does: a follow list. */
export const matchesAny = (queries: readonly Query[], terms: string): boolean =>
  queries.some((query) => matches(query, terms));

const stands = (word: QueryWord, terms: string): boolean => word.ways.some((way) => wayStands(way, terms));

function wayStands(way: Way, terms: string): boolean {
  const sought = ` ${way.stem}`;
  for (let at = terms.indexOf(sought); at >= 0; at = terms.indexOf(sought, at + 1)) {
    if (fits(way, termFrom(terms.slice(at + 1, terms.indexOf(' ', at + 1))))) return true;
  }
  return false;
}

/** Follow lists made ready to be asked all at once. */
export interface Follows {
  /** Words that begin with a stem, each with the numbers of the words it answers for. */
  readonly byStem: ReadonlyMap<string, readonly (readonly [way: Way, word: number])[]>;
  readonly longest: number;
  /** For each word the numbers of the queries that need it. */
  readonly neededBy: readonly (readonly number[])[];
  /** For each query how many words it has, and whose list it stands in. */
  readonly queries: readonly { readonly size: number; readonly list: number }[];
}

/** Follow lists, made ready: the same word in many lists is looked for once. */
export function compileFollows(lists: readonly (readonly Query[])[]): Follows {
  const byStem = new Map<string, (readonly [Way, number])[]>();
  const numbers = new Map<string, number>();
  const neededBy: number[][] = [];
  const queries: { size: number; list: number }[] = [];
  const numberOf = (word: QueryWord): number => {
    const known = numbers.get(word.key);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(word.key, number);
    neededBy.push([]);
    for (const way of word.ways) {
      const there = byStem.get(way.stem);
      if (there) there.push([way, number]);
      else byStem.set(way.stem, [[way, number]]);
    }
    return number;
  };
  lists.forEach((list, index) => {
    for (const query of list) {
      const needed = new Set(query.words.map(numberOf));
      if (needed.size === 0) continue;
      for (const word of needed) neededBy[word]?.push(queries.length);
      queries.push({ size: needed.size, list: index });
    }
  });
  let longest = 0;
  for (const stem of byStem.keys()) longest = Math.max(longest, stem.length);
  return { byStem, longest, neededBy, queries };
}

/** The numbers of the lists, rising, of which any query matches: `lists[n]` as `matchesAny` would say, for all at once. */
export function matchingLists(follows: Follows, terms: string): number[] {
  const found = new Set<number>();
  for (const text of terms.split(' ')) {
    if (text === '') continue;
    const term = termFrom(text);
    const most = Math.min(term.form.length, follows.longest);
    for (let length = 1; length <= most; length += 1) {
      for (const [way, word] of follows.byStem.get(term.form.slice(0, length)) ?? []) {
        if (!found.has(word) && fits(way, term)) found.add(word);
      }
    }
  }
  const counts = new Map<number, number>();
  const lists = new Set<number>();
  for (const word of found) {
    for (const number of follows.neededBy[word] ?? []) {
      const count = (counts.get(number) ?? 0) + 1;
      counts.set(number, count);
      const query = follows.queries[number];
      if (query?.size === count) lists.add(query.list);
    }
  }
  return [...lists].toSorted((a, b) => a - b);
}
