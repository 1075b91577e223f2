/** The field's newsrooms in fast motion: sites with every bad habit, and an oracle that counts what became of each story. */
import { type Habits, harvest } from '#testing/field.ts';
import { delayBesideBroken } from '#testing/beside.ts';
import { startRedis } from '#testing/redis.ts';
import { round, row } from './table.ts';

/** Days of all newsrooms together. */
const DAYS = Number(process.env['BENCH_DAYS'] ?? 30);

const GOOD: Habits = {
  guids: 'own',
  links: 'own',
  order: 'newest',
  archive: 0,
  isBrief: false,
  hasCounters: false,
  isLying: false,
  isLiveBlog: false,
  hasReset: false,
};

/** Each newsroom with habits of its own; broken bytes, corrections, aliases and lists in the same words are everywhere. */
const NEWSROOMS: Readonly<Record<string, Partial<Habits>>> = {
  'a good feed': {},
  'pages refused, flashes': { isBrief: true },
  'the same without guids': { isBrief: true, guids: 'none' },
  'guids number places': { guids: 'places' },
  'guids used again, oldest first': { guids: 'reused', order: 'oldest' },
  'guids made anew, trackers in anchors': { guids: 'fresh', links: 'trackers' },
  'one link for all': { links: 'one' },
  'one link, no guids': { links: 'one', guids: 'none' },
  'names of the visit in links': { links: 'visits', guids: 'none' },
  'live blogs': { isLiveBlog: true },
  'live blogs without guids': { isLiveBlog: true, guids: 'none' },
  'a reset': { hasReset: true },
  'a reset, pages refused, no guids': { isBrief: true, hasReset: true, guids: 'none' },
  'shared guids, counters in headlines': { guids: 'shared', hasCounters: true },
  'lying validators, 600 entries, oldest first': { isLying: true, archive: 600, order: 'oldest' },
};

/** Prints the table; throws where a limit is missed. */
export async function run(): Promise<void> {
  const redis = await startRedis();
  const names = Object.entries(NEWSROOMS);
  const sum = {
    published: 0,
    polls: 0,
    missed: 0,
    twice: 0,
    overwritten: 0,
    garbled: 0,
    flashes: 0,
    flashPolls: 0,
  };
  const wrong: string[] = [];
  try {
    for (const [index, [name, habits]] of names.entries()) {
      const one = await harvest({
        redisUrl: redis.url,
        habits: { ...GOOD, ...habits },
        days: DAYS / names.length,
        seed: index + 1,
      });
      row(name, `${one.published} stories`, one.wrong.length ? one.wrong.slice(0, 3).join('; ') : '');
      for (const key of [
        'published',
        'polls',
        'missed',
        'twice',
        'overwritten',
        'garbled',
        'flashes',
      ] as const)
        sum[key] += one[key];
      sum.flashPolls = Math.max(sum.flashPolls, one.flashPolls);
      wrong.push(...one.wrong);
    }
    const delay = await delayBesideBroken(redis.url);
    row(`${DAYS} days: stories, polls`, `${sum.published}, ${sum.polls}`);
    for (const key of ['missed', 'twice', 'overwritten', 'garbled'] as const) row(key, String(sum[key]), '0');
    row('flashes: headlines whose page has no text yet', String(sum.flashes), 'at least 1');
    row('polls until the slowest flash was told', String(sum.flashPolls), 'at most 2');
    row('slowest poll of a well edition beside a broken one', `${round(delay / 1000)} s`, 'at most 5 s');
  } finally {
    await redis.stop();
  }
}
