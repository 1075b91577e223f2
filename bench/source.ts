/** Measures the limits of intake: a newsroom's month, speed next to rss-parser alone, and stories told apart. */
import { readFileSync } from 'node:fs';
import Parser from 'rss-parser';
import { row } from './table.ts';
import { EDITIONS } from '#src/news/edition.ts';
import { compareWithPage, identify } from '#src/source/identify.ts';
import type { Draft } from '#src/source/normalise.ts';
import { parseFeed } from '#src/source/feed/parse.ts';
import { simulate } from '#testing/month.ts';
import {
  areFeedsHere,
  OWN_FEEDS,
  readOwnFeed,
  readRealFeed,
  REAL_FEED_FILES,
  REAL_FEEDS,
} from '#testing/real-feeds.ts';
import { startRedis } from '#testing/redis.ts';
import { ADDRESS, meanWork, hundredItems, LONG_TASKS, longestBlock, readDay } from '#testing/samples.ts';
import { MARKS, wrongOn } from '#testing/story-pages.ts';
import { randomStory, withTypos } from '#testing/texts.ts';

/** Days of the simulated newsroom; a whole month takes some minutes. */
const DAYS = Number(process.env['BENCH_DAYS'] ?? 30);
const PAIRS = 1000;

/** Prints the table. */
export async function run(): Promise<void> {
  await feeds();
  await stories();
  nearDuplicates();
  await parsing();
  await pages();
  await blocking();
  await month();
}

async function feeds(): Promise<void> {
  await told('feeds of the project’s own that give every story', OWN_FEEDS, readOwnFeed);
  if (areFeedsHere) await told('real feeds that give every story', REAL_FEEDS, readRealFeed);
}

async function told(
  what: string,
  feeds: readonly [file: string, items: number, kind: string][],
  read: typeof readOwnFeed,
): Promise<void> {
  const right = await Promise.all(
    feeds.map(async ([file, items]) => {
      const reading = await read(file);
      return reading.ok && reading.value.items.length === items;
    }),
  );
  row(what, `${right.filter(Boolean).length} of ${feeds.length}`, 'all');
}

async function stories(): Promise<void> {
  const pages = EDITIONS.flatMap((edition) => MARKS.map((marks) => ({ edition, marks })));
  const wrong = await Promise.all(pages.map(({ edition, marks }) => wrongOn(edition, marks)));
  row(`${pages.length} pages in three languages, fields wrong`, String(wrong.flat().length), '0');
}

function nearDuplicates(): void {
  const draft = (text: ReturnType<typeof randomStory>): Draft => ({
    ...text,
    isDayKnown: true,
    link: ADDRESS,
    rubrics: [],
    access: 'free',
    urgent: false,
  });
  let merged = 0;
  let missed = 0;
  for (let seed = 0; seed < PAIRS; seed++) {
    const story = randomStory(seed, seed % 2 ? 'pattern' : 'free');
    const other = {
      ...randomStory(seed + PAIRS, seed % 2 ? 'pattern' : 'free'),
      headline: story.headline,
      day: story.day,
    };
    const known = {
      story: { id: 'known00000', ...story },
      place: 'other',
      guid: 'silent',
      isApart: false,
    } as const;
    const verdict = identify(draft(other), [known]);
    if (
      verdict.kind === 'same' ||
      (verdict.kind === 'unsure' && compareWithPage(draft(other), known, story) === 'same')
    )
      merged++;
    const fixed = draft(withTypos(story, seed));
    const again = identify(fixed, [known]);
    if (
      again.kind !== 'same' &&
      !(again.kind === 'unsure' && compareWithPage(fixed, known, fixed) === 'same')
    )
      missed++;
  }
  row(`${PAIRS} pairs of stories under one headline, merged`, String(merged), '0');
  row(`${PAIRS} stories with typing errors mended, not recognised`, String(missed), '0');
}

async function parsing(): Promise<void> {
  const real = REAL_FEED_FILES.find(({ pathname }) => pathname.endsWith('/techcrunch-wordpress.xml'));
  const samples: [string, string][] = [['100 items, invented', hundredItems()]];
  if (real) samples.push(['techcrunch, 20 items, 207 kB', readFileSync(real, 'utf8').trimStart()]);
  for (const [name, xml] of samples) {
    const [ours = 0, alone = 0] = await meanWork(30, [
      () => parseFeed(xml, ADDRESS),
      () => new Parser().parseString(xml),
    ]);
    row(
      `a feed (${name}), ours / rss-parser alone`,
      `${(ours / alone).toFixed(2)} × ${alone.toFixed(1)} ms`,
      'at most 3 ×',
    );
  }
}

async function pages(): Promise<void> {
  await readDay();
  const before = process.cpuUsage();
  for (let round = 0; round < 5; round++) await readDay();
  const { user, system } = process.cpuUsage(before);
  row(
    'a listing of 30 rows and 30 articles, CPU',
    `${((user + system) / 5000).toFixed(0)} ms`,
    'at most 150 ms',
  );
}

async function blocking(): Promise<void> {
  for (const [name, task] of LONG_TASKS)
    row(
      `longest block of the event loop: ${name}`,
      `${(await longestBlock(task)).toFixed(0)} ms`,
      'at most 50 ms',
    );
}

async function month(): Promise<void> {
  const redis = await startRedis();
  const started = performance.now();
  try {
    const result = await simulate({ redisUrl: redis.url, days: DAYS, seed: 1 });
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    row(
      `${DAYS} days of three editions: stories, polls`,
      `${result.published}, ${result.polls}`,
      `(${minutes} min)`,
    );
    row('  missed', String(result.missed), '0');
    row('  sent twice', String(result.sentTwice), '0');
    row('  falsely new', String(result.falseNew), '0');
    row('  falsely withdrawn', String(result.falseWithdrawals), '0');
    row('  corrections found', `${result.correctionsFound} of ${result.corrections}`, 'at least 99 %');
    row('  withdrawals found', `${result.withdrawalsFound} of ${result.withdrawals}`, '');
    for (const line of result.wrong.slice(0, 10)) console.log(`    ${line}`);
  } finally {
    await redis.stop();
  }
}
