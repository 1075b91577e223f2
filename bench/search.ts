/** How long a search of a year's stories takes, on a store and a machine of its own. */
import { storyTerms } from '#src/news/audience.ts';
import { latestStories, searchStories } from '#src/desk/stories.ts';
import { silentLogger } from '#testing/log.ts';
import type { Story } from '#src/news/story.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { appendStory, newStoryId } from '#src/store/stories.ts';
import { HOUR } from '#src/time.ts';
import { formsOf, linesOf, NAMES, SENTENCES } from '../tests/matching/cases.ts';
import { startRedis } from '#testing/redis.ts';
import { percentile, round, row } from './table.ts';

/** Forty stories a day for a year. */
const STORIES = 15_000;
const NOW = Date.parse('2026-08-22T11:05:00Z');
const ROUNDS = 7;

export async function run(): Promise<void> {
  const redis = await startRedis();
  const store = openStore({ url: redis.url, botId: '1', log: silentLogger });
  await fill(store);
  const desk = { store };
  const search =
    (words: string, offset = 0) =>
    () =>
      searchStories(desk, 'be', words, { limit: 5, offset });
  row(
    `latest of ${STORIES} stories`,
    await cost(() => latestStories(desk, 'be', { limit: 5 })),
    'at most 300 ms',
  );
  row('search, first of the process', await cost(search('жырафа'), 1), 'at most 300 ms');
  row('search for what is nowhere', await cost(search('жырафа')), 'at most 300 ms');
  row('search for a name', await cost(search('Lukashenko')), 'at most 300 ms');
  row('search for two words', await cost(search('Ціханоўская Вільня')), 'at most 300 ms');
  row('search, tenth page', await cost(search('Мінск', 45)), 'at most 300 ms');
  const rss = Math.round(process.memoryUsage().rss / 2 ** 20);
  row('memory of the process afterwards', `${rss} MB`);
  await store.close();
  await redis.stop();
}

async function fill(store: Store): Promise<void> {
  const names = linesOf(NAMES).map((line) => formsOf(line).flat());
  for (let from = 0; from < STORIES; from += 250)
    await Promise.all(Array.from({ length: 250 }, (_, index) => append(store, names, from + index)));
}

async function append(store: Store, names: readonly string[][], number: number): Promise<void> {
  // Each story names a dozen of the names, in Belarusian, and has some words of its own.
  const sentence = (at: number) => {
    const forms = names[(number * 7 + at * 31) % names.length] ?? [];
    return SENTENCES[1]?.(forms[(number + at) % forms.length] ?? '') ?? '';
  };
  const at = NOW - number * 0.58 * HOUR;
  const story: Story = {
    id: newStoryId(),
    edition: 'be',
    revision: 0,
    headline: sentence(0),
    lead: sentence(1),
    body: Array.from({ length: 12 }, (_, index) => ({
      kind: 'paragraph',
      text: `${sentence(index + 2)} Слова${number % 997} і лічба ${number}.`,
    })),
    day: new Date(at).toISOString().slice(0, 10),
    publishedAt: at,
    firstSeenAt: at,
    link: `https://news.example/be/news/${number}/`,
    rubrics: [],
    access: 'free',
    urgent: false,
    withdrawn: false,
  };
  await appendStory(store, {
    story,
    terms: storyTerms(story),
    origin: { from: 'page', texts: [] },
    aliases: [story.id],
    headline: story.id,
    rank: at,
    push: false,
    now: at,
  });
}

async function cost(work: () => Promise<unknown>, rounds = ROUNDS): Promise<string> {
  const times: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return `${round(percentile(times, 0.5), 0)} ms`;
}
