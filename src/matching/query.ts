/** A reader's words as a query: in which ways each may stand in a text, and which of them stand together. */

import { tongueOf, type Tongue } from './letters.ts';
import { abbreviated, fleetingWays, isCalled, sameAs, townsOf, townWays } from './known.ts';
import { INITIAL, isCyrillic, saysNothing, legible, SHOUTED, SMALL, type Token, tokensOf } from './terms.ts';
import { ownWays, unique, type Way } from './ways.ts';
import { wordToo } from './words-too.ts';

/** Longest query, in characters and in words; what is beyond is left out. */
const LONGEST_QUERY = 100;
const MOST_WORDS = 8;

/** A word of a query: any of its ways will do. */
export interface QueryWord {
  readonly ways: readonly Way[];
  /** A space and the stem of each way that does not begin as another's does. */
  readonly beginnings: readonly string[];
}

/** A reader's query: all words must be there. Without a word it finds nothing. */
export interface Query {
  readonly words: readonly QueryWord[];
  /** Words that stand near one another, by their places in `words`: those of a name, and those in quotes. */
  readonly names: readonly (readonly number[])[];
  /** Of a name the words that the next one follows at once: Новы час, Хартыя 97. */
  readonly tight: readonly number[];
}

/**
 * A reader's words as a query: trimmed, at most 100 characters and 8 words, words that say nothing (и, the) left out. A
 * capital makes a name of a word, which small letters are not; words with capitals stand near one another, as do those
 * in quotes. A `*` after a word asks for everything that begins so (`Лука*`).
 */
export function parseQuery(words: string): Query {
  const text = words.trim().slice(0, LONGEST_QUERY).toWellFormed();
  const tongue = tongueOf(text);
  const tokens = [...tokensOf(text)].filter((token) => !saysNothing(token)).slice(0, MOST_WORDS);
  const pairs = tokens.map((_, at) => pairWays(tokens, at));
  const names = namesIn(text, tokens, pairs);
  const together = names.flat();
  return {
    words: tokens.map((token, at) => wordOf(pairs[at] ?? waysOf(token, tongue), together.includes(at))),
    names,
    tight: [...tokens.keys()].filter((at) => isTight(tokens[at], tokens[at + 1])),
  };
}

/** `together`: near others of a name, which tell it for one where it opens a sentence: Хартыя 97, Кот-д’Ивуар. */
function wordOf(found: readonly Way[], together: boolean): QueryWord {
  const ways = together ? found.map((way) => ({ ...way, wordToo: undefined })) : found;
  const stems = [...new Set(ways.map(({ stem }) => ` ${stem}`))];
  const beginnings = stems.filter((stem) => !stems.some((one) => one !== stem && stem.startsWith(one)));
  return { ways, beginnings };
}

/** МИДа as МИД; one that ends in a vowel has no cases. */
function bare(token: Token): Token {
  const ending = token.word.slice(token.word.length - token.tail);
  const isEnding =
    /[бвгджзйклмнпрстфхцчш]$/u.test(token.word.slice(0, -token.tail)) &&
    /^(?:[ауоыеі]|ом|ам|ем|ы|оў|ов|аў|ах|ами|амі)$/u.test(ending);
  return isEnding ? { ...token, word: token.word.slice(0, -token.tail), capital: SHOUTED } : token;
}

function waysOf(token: Token, tongue: Tongue): readonly Way[] {
  const base = bare(token);
  // Any word with two capitals may be one that is written so.
  if (base !== token) return unique([...waysOf(base, tongue), ...ownWays(token, tongue)]);
  const abbreviation = abbreviated(token);
  if (abbreviation.length > 0) return unique(abbreviation);
  const own = ownWays(token, tongue);
  if (token.open) return own;
  const named = isName(token);
  const towns = townsOf(token, 0, 1).filter(({ isWord }) => named || !isWord);
  const known = towns.flatMap((town) => townWays(town, 0, named));
  const isWord = towns.some((town) => town.isWord);
  // The name of a town that is a word as well is declined as its row says, so that Горки is not горький.
  if (isWord && isCyrillic(token.word)) return unique(named ? asWords(known, known, 'other') : known);
  // So is any other where it is named outright: Слонім is not слоны.
  if (named && towns.some((town) => isCalled(town, token.word)))
    return unique([...known, ...sameAs(own, token)]);
  const ways = [...own, ...fleetingWays(token), ...known, ...sameAs(own, token)];
  return unique(named ? asWords(ways, own, wordToo(token.word)) : ways);
}

/** Marks those that stand for what was typed as of a word, not those of other names of the same: Turkey, but not Турция. */
function asWords(ways: readonly Way[], own: readonly Way[], too: Way['wordToo']): readonly Way[] {
  const stems = new Set(own.map(({ stem }) => stem));
  return too === undefined ? ways : ways.map((way) => (stems.has(way.stem) ? { ...way, wordToo: too } : way));
}

/** The ways of a word that is one of two of a town's name (Старыя Дарогі), which its adjective stands for alone. */
function pairWays(tokens: readonly Token[], at: number): readonly Way[] | undefined {
  for (const part of [0, 1]) {
    const first = tokens[at - part];
    const second = tokens[at - part + 1];
    if (!first || !second) continue;
    const towns = townsOf(first, 0, 2).filter((town) => townsOf(second, 1, 2).includes(town));
    if (towns.length > 0) return unique(towns.flatMap((town) => townWays(town, part, isName(first))));
  }
  return undefined;
}

const isName = ({ capital }: Token): boolean => capital !== SMALL;

const QUOTED = /["«“„]([^"«»“”„]+)["»”“]/gu;

/** The words in each pair of quotes, and outside of them those of names; `pairs`: something where two make a town's name. */
function namesIn(text: string, tokens: readonly Token[], pairs: readonly unknown[]): number[][] {
  const quotes = Array.from(legible(text).matchAll(QUOTED), ({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }));
  const quoteOf = ({ index }: Token): number =>
    quotes.findIndex(({ from, to }) => from < index && index < to);
  const names = Map.groupBy(tokens.keys(), (at) => {
    const token = tokens[at];
    const quote = token ? quoteOf(token) : -1;
    if (quote >= 0) return `quote ${quote}`;
    return pairs[at] || isOfName(tokens, at) ? 'name' : 'word';
  });
  names.delete('word');
  return [...names.values()].filter(({ length }) => length > 1);
}

/** A word with a capital, and what goes on with such a one: Новы час, Хартыя 97. */
function isOfName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (!token || isName(token)) return token !== undefined;
  if (!before || !isName(before)) return false;
  return isTight(before, token);
}

/** A name with its number, or its adjective with what it belongs to; not a surname in -ск, nor a pair of towns. */
function isTight(first: Token | undefined, second: Token | undefined): boolean {
  if (!first || !second || !isName(first)) return false;
  return /^\d+$/u.test(second.word) || ADJECTIVE.test(first.word);
}

const ADJECTIVE = /(?:[^кКсц]|[^сц][кг])(?:ый|ий|ы|і|ая|яя|ае|ое|ее|яе)$/u;

/**
 * Words typed without a command, where the phone sets the first capital itself: it is taken for small, unless the word is
 * known as a name or the text has another capital.
 */
export function typedFreely(words: string): string {
  const text = words.trim();
  const [first, ...rest] = tokensOf(text.slice(0, LONGEST_QUERY).toWellFormed());
  if (!first || first.capital !== INITIAL || rest.some(isName)) return text;
  const isKnown = townsOf(first, 0, 1).length > 0 || sameAs(ownWays(first, tongueOf(text)), first).length > 0;
  return isKnown ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
