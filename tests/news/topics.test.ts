import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { findZone } from '#src/news/cities.ts';
import { CHOICES, changeFor } from '#src/news/settings.ts';
import {
  addTopics,
  dropTopics,
  LONGEST_TOPIC,
  MOST_TOPICS,
  readTopics,
  topicsTypedFreely,
} from '#src/news/topics.ts';

describe('typed topics', () => {
  it('are read each once, in whatever spelling', () => {
    expect(readTopics('Гродна,  Мінск\nгродна; Лукашенко, Лукашэнка')).toEqual({
      kind: 'topics',
      topics: ['Гродна', 'Мінск', 'Лукашенко'],
    });
  });

  it.each([
    ['Пенсіі\nСанкцыі', ['пенсіі', 'санкцыі']],
    ['Пенсіі, санкцыі', ['пенсіі', 'санкцыі']],
    ['Пенсіі, Гродна, МУС, Марыя Калеснікава', ['пенсіі', 'Гродна', 'МУС', 'Марыя Калеснікава']],
    ['пенсіі, Вясна', ['пенсіі', 'Вясна']],
  ])('typed in a message have no capitals of the keyboard, each by itself: %j', (typed, topics) => {
    expect(readTopics(topicsTypedFreely(typed))).toEqual({ kind: 'topics', topics });
  });

  it('that are none are refused by name', () => {
    expect(readTopics(' , ')).toEqual({ kind: 'none' });
    expect(readTopics('Мінск, !')).toEqual({ kind: 'short', topic: '!' });
    expect(readTopics(`Мінск, ${'я'.repeat(LONGEST_TOPIC + 1)}`)).toMatchObject({ kind: 'long' });
    expect(readTopics(Array.from({ length: MOST_TOPICS + 1 }, (_, n) => `topic${n}`).join())).toEqual({
      kind: 'many',
    });
  });

  it('are added and dropped in any spelling', () => {
    expect(addTopics(['Лукашенко'], ['Лукашэнка', 'Мінск'])).toEqual(['Лукашенко', 'Мінск']);
    expect(dropTopics(['Лукашенко', 'Мінск'], ['лукашэнку'])).toEqual(['Мінск']);
  });

  it('with a capital take the place of the word in small letters, which means more, and the other way round', () => {
    expect(addTopics(['вясна', 'Мінск'], ['Вясна'])).toEqual(['Вясна', 'Мінск']);
    expect(addTopics(['Вясна'], ['вясна'])).toEqual(['вясна']);
    expect(addTopics(['Мінск'], ['мінск'])).toEqual(['Мінск']);
  });
});

/** Least time of each task so far, ms, after one more run of each: what the machine does beside it only ever adds. */
function runEach(tasks: readonly (() => unknown)[], least: readonly number[] = []): number[] {
  return tasks.map((task, at) => {
    const began = performance.now();
    task();
    return Math.min(least[at] ?? Number.POSITIVE_INFINITY, performance.now() - began);
  });
}

/** Rounds in which a busy machine may have one quiet one; what costs too much does so in each. */
const ROUNDS = 100;

/** Runs the tasks in turn until their least times are `enough`; the least times, ms. */
function leastMs(
  tasks: readonly (() => unknown)[],
  enough: (least: readonly number[]) => boolean,
): readonly number[] {
  let least = runEach(tasks);
  for (let round = 1; round < ROUNDS && !enough(least); round++) least = runEach(tasks, least);
  return least;
}

const FOLLOWED = Array.from({ length: MOST_TOPICS }, (_, n) => `Імя${n} Прозвішча${n}`);
const WORK: readonly (readonly [string, (size: number) => unknown])[] = [
  ['/follow a,b,c…', (n) => readTopics(Array.from({ length: n }, (_, at) => `тэма${at}`).join())],
  ['/follow a,a,a…', (n) => readTopics(Array.from({ length: n }, () => 'Мінск').join())],
  ['/follow aaaa…', (n) => readTopics('Лукашэнка '.repeat(n))],
  ['/follow with blanks', (n) => readTopics(`${' '.repeat(n * 4)}Мінск${' '.repeat(n * 4)},`.repeat(4))],
  ['/unfollow a,b,c…', (n) => dropTopics(FOLLOWED, topicsOf(n))],
  ['a filter of a card', (n) => addTopics(FOLLOWED, topicsOf(n))],
  ['/timezone Europe/Europe/…', (n) => findZone('Europe/'.repeat(n))],
  ['/timezone of many words', (n) => findZone('Мінск '.repeat(n))],
  ...CHOICES.flatMap((name) =>
    ['08:00 ', '23:00-', '   ', 'слова '].map(
      (part) => [`${name} ${part}…`, (n: number) => changeFor(name, part.repeat(n))] as const,
    ),
  ),
];

const topicsOf = (n: number): readonly string[] => {
  const read = readTopics(Array.from({ length: n }, (_, at) => `тэма${at}`).join());
  return read.kind === 'topics' ? read.topics : [];
};

describe('what a stranger types', () => {
  it.each(WORK)('costs little, and no more than its length: %s', (_, work) => {
    // Four times the input may cost four times the time, its square would be sixteen times; a millisecond is the clock's.
    const mostOf = (once = 0) => Math.min(50, 8 * once + 1);
    const [once, fourfold] = leastMs(
      [250, 1000].map((size) => () => work(size)),
      ([once, fourfold = 0]) => fourfold < mostOf(once),
    );
    expect(fourfold).toBeLessThan(mostOf(once));
  });

  it('is cheap at its largest that is accepted: twenty topics beside twenty', () => {
    const typed = Array.from({ length: MOST_TOPICS }, (_, n) => `Новае${n} Слова${n}`).join();
    const adding = () => {
      const read = readTopics(typed);
      if (read.kind === 'topics') addTopics(FOLLOWED, read.topics);
    };
    const [cost] = leastMs([adding], ([cost = 0]) => cost < 50);
    expect(cost).toBeLessThan(50);
  });
});
