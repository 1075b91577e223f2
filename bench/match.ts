import { decide, type PendingStory } from '#src/news/audience.ts';
import { matches, parseQuery, termsOf } from '#src/matching/match.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { formsOf, linesOf, NAMES, NEAR_MISSES, SENTENCES, sentenceFor } from '#testing/matching/cases.ts';
import {
  CLASSICAL_FOUND,
  CLASSICAL_LATER_FOUND,
  CLASSICAL_LATER_LEFT,
  CLASSICAL_LEFT,
} from '#testing/matching/classical.ts';
import {
  FRESH_FOUND,
  FRESH_LEFT,
  FRESH_OTHER_PERSONS,
  FRESH_PERSONS,
  LATER_FOUND,
  LATER_LEFT,
} from '#testing/matching/fresh.ts';
import { FOUND, LEFT, OTHER_PERSONS, PERSONS } from '#testing/matching/pairs.ts';
import { row } from './table.ts';

const CHATS = 10_000;
const ROUNDS = 50;

/** Prints how much is found, how much is found wrongly, and what a story costs, each next to a naive search. */
export function run(): Promise<void> {
  const rows = linesOf(NAMES).map(formsOf);
  row('names of the tables found', percent(recall(rows, ours)), '≥ 97 %');
  row('   by a lower-case substring', percent(recall(rows, naive)));
  row('near misses of the tables left alone', percent(precision(ours)), '≥ 97 %');
  row('   by a lower-case substring', percent(precision(naive)));
  for (const [name, table, found, least] of PAIRS) {
    row(name, percent(rightly(table, found, ours)), `≥ ${least} %`);
    row('   by a lower-case substring', percent(rightly(table, found, naive)));
  }
  speed(rows);
  return Promise.resolve();
}

type Search = (query: string, text: string) => boolean;

const ours: Search = (query, text) => matches(parseQuery(query), termsOf(text));
const naive: Search = (query, text) => text.toLowerCase().includes(query.toLowerCase());

const PAIRS = [
  ['pairs: persons found', PERSONS, true, 99],
  ['pairs: the rest found', FOUND, true, 95],
  ['pairs: others left alone', LEFT, false, 95],
  ['pairs: other persons left alone', OTHER_PERSONS, false, 95],
  ['fresh pairs: persons found', FRESH_PERSONS, true, 99],
  ['fresh pairs: the rest found', FRESH_FOUND, true, 95],
  ['fresh pairs: others left alone', FRESH_LEFT, false, 95],
  ['fresh pairs: other persons left alone', FRESH_OTHER_PERSONS, false, 95],
  ['later pairs: found', LATER_FOUND, true, 95],
  ['later pairs: left alone', LATER_LEFT, false, 95],
  ['classical spelling: found', CLASSICAL_FOUND, true, 95],
  ['classical spelling: left alone', CLASSICAL_LEFT, false, 80],
  ['classical spelling, second list: found', CLASSICAL_LATER_FOUND, true, 90],
  ['classical spelling, second list: left alone', CLASSICAL_LATER_LEFT, false, 95],
] as const;

/** Share of the pairs of a table that are found, or not, as they must be. */
function rightly(table: string, found: boolean, search: Search): number {
  const pairs = linesOf(table).map((line) => line.split(' | '));
  return pairs.filter(([query = '', text = '']) => search(query, text) === found).length / pairs.length;
}

type Rows = readonly (readonly (readonly string[])[])[];

/** Share of the forms of a name in a sentence that each of its base forms finds. */
function recall(names: Rows, search: Search): number {
  let asked = 0;
  let found = 0;
  for (const spellings of names) {
    const texts = spellings.flatMap((forms, column) =>
      forms.map((form) => SENTENCES[column]?.(form) ?? form),
    );
    for (const [base = ''] of spellings) {
      asked += texts.length;
      found += texts.filter((text) => search(base, text)).length;
    }
  }
  return found / asked;
}

/** Share of near misses that are rightly not found. */
function precision(search: Search): number {
  const pairs = linesOf(NEAR_MISSES).flatMap((line) => {
    const [query = '', words = ''] = line.split(' ≠ ');
    return words.split(', ').map((word) => [query, sentenceFor(word)] as const);
  });
  return pairs.filter(([query, text]) => !search(query, text)).length / pairs.length;
}

function speed(names: Rows): void {
  const bases = names.flatMap((spellings) => spellings.map(([base = '']) => base));
  const pick = (at: number): string => bases[at % bases.length] ?? '';
  const words = Array.from({ length: CHATS }, (_, chat) =>
    Array.from({ length: 1 + (chat % 4) }, (_, at) => pick(chat * 7 + at * 31)),
  );
  const story = Array.from({ length: 20 }, (_, at) => SENTENCES[0]?.(pick(at * 4)) ?? '').join(' ');
  const terms = termsOf(story);
  const lower = story.toLowerCase();
  const lowerWords = words.map((list) => list.map((each) => each.toLowerCase()));

  const substring = microseconds(() =>
    lowerWords.filter((list) => list.some((each) => lower.includes(each))),
  );
  const visits = microseconds(() => visit(words, terms));
  const one = parseQuery(words[1]?.[1] ?? '');
  console.log(
    `terms of a story of ${story.length} characters  ${microseconds(() => termsOf(story))} µs, ${terms.length} characters`,
  );
  console.log(`a query                                  ${microseconds(() => parseQuery(pick(5)))} µs`);
  console.log(`one query, one story                     ${microseconds(() => matches(one, terms))} µs`);
  row(`one story, follows of ${CHATS} chats`, `${(visits / 1000).toFixed(1)} ms`, '≤ 5 ms');
  console.log(
    `the same by substring                    ${substring} µs (ratio ${(visits / substring).toFixed(2)})`,
  );
}

/** Decisions of visits to chats with these topics about one story; how many get it. */
function visit(topics: readonly (readonly string[])[], terms: string): number {
  const story = { id: 's', rubrics: [], withdrawn: false } as unknown as PendingStory['story'];
  const pending: PendingStory[] = [{ kind: 'story', seq: 1, at: 0, story, terms, urgent: false }];
  const chat = { id: 1, kind: 'person' } as const;
  return topics.filter((follow) => {
    const settings = { ...DEFAULT_SETTINGS, edition: 'be', follow } as const;
    return decide({ slot: 1, chat, state: 'active', settings }, pending, 0).do === 'send';
  }).length;
}

/** Median of some rounds after as many to warm up. */
function microseconds(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const start = performance.now();
    work();
    if (round >= ROUNDS) times.push(performance.now() - start);
  }
  return Math.round((times.toSorted((a, b) => a - b)[ROUNDS / 2] ?? 0) * 10_000) / 10;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
