/** How long a search of a year's stories takes, on a store and a machine of its own. */
import { latestStories, searchStories } from '#src/desk/stories.ts';
import { silentLogger } from '#testing/log.ts';
import { openStore } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { startRedis } from '#testing/redis.ts';
import { fillArchive } from './archive.ts';
import { percentile, round, row } from './table.ts';

/** Forty stories a day for a year. */
const STORIES = 15_000;
const ROUNDS = 7;

export async function run(): Promise<void> {
  const redis = await startRedis();
  const store = openStore({ url: redis.url, botId: '1', log: silentLogger });
  const desk = { store, seal: createSeal(Buffer.alloc(32, 7), store.botId) };
  await fillArchive(desk, 'be', STORIES);
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

async function cost(work: () => Promise<unknown>, rounds = ROUNDS): Promise<string> {
  const times: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return `${round(percentile(times, 0.5), 0)} ms`;
}
