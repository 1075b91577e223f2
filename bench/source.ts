/** What intake holds, measured: a newsroom's month, speed next to rss-parser alone, and stories told apart. */
import { existsSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Parser from 'rss-parser';
import { parseArticle } from '../src/source/article.ts';
import { decide, identify } from '../src/source/identify.ts';
import { parseListing } from '../src/source/listing.ts';
import type { Draft } from '../src/source/normalise.ts';
import { parseFeed } from '../src/source/parse.ts';
import { simulate } from '../tests/support/month.ts';
import { articlePage, feedPage, listingPage } from '../tests/support/pages.ts';
import { startRedis } from '../tests/support/redis.ts';
import { randomStory, withTypos } from '../tests/support/texts.ts';

/** Days of the simulated newsroom; a whole month takes some minutes. */
const DAYS = Number(process.env['BENCH_DAYS'] ?? 30);
const PAIRS = 1000;
const ADDRESS = 'https://news.example/en/news/';

/** Prints the table. */
export async function run(): Promise<void> {
  row('', 'measured', 'limit');
  nearDuplicates();
  await parsing();
  await pages();
  await blocking();
  await month();
}

const row = (name: string, measured: string, limit: string): void =>
  console.log(`${name.padEnd(52)} ${measured.padStart(16)}   ${limit}`);

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
    const known = { story: { id: 'known00000', ...story }, isListed: true };
    const verdict = identify(draft(other), [known]);
    if (
      verdict.kind === 'same' ||
      (verdict.kind === 'unsure' && decide(draft(other), known.story, story) === 'same')
    )
      merged++;
    const fixed = draft(withTypos(story, seed));
    const again = identify(fixed, [known]);
    if (again.kind !== 'same' && !(again.kind === 'unsure' && decide(fixed, known.story, fixed) === 'same'))
      missed++;
  }
  row(`${PAIRS} pairs of stories under one headline, merged`, String(merged), '0');
  row(`${PAIRS} stories with typing errors mended, not recognised`, String(missed), '0');
}

/** Best of some runs each, in turn, ms. */
async function best(rounds: number, tasks: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const started = performance.now();
      await task();
      times[index] = Math.min(times[index] ?? 0, performance.now() - started);
    }
  }
  return times;
}

async function parsing(): Promise<void> {
  const real = new URL('../../shared/feeds/techcrunch-wordpress.xml', import.meta.url);
  const samples: [string, string][] = [['100 items, invented', hundredItems()]];
  if (existsSync(real))
    samples.push(['techcrunch, 20 items, 207 kB', readFileSync(real, 'utf8').trimStart()]);
  for (const [name, xml] of samples) {
    const [ours = 0, alone = 0] = await best(30, [
      () => parseFeed(xml, ADDRESS),
      () => new Parser().parseString(xml),
    ]);
    row(`a feed (${name}), ours / rss-parser alone`, `${ours.toFixed(1)} / ${alone.toFixed(1)} ms`, '2 ×');
  }
}

const hundredItems = (): string =>
  feedPage(
    Array.from({ length: 100 }, (_, n) => {
      const { headline, lead, body } = randomStory(n);
      const content = body.map((block) => `<p>${block.kind === 'list' ? '' : block.text}</p>`).join('\n');
      return {
        link: `${ADDRESS}${n}`,
        guid: `g${n}`,
        headline,
        summary: lead,
        content: `<p>${lead}</p>${content}${content}${content}`,
        publishedAt: Date.now() - n * 60_000,
        picture: 'https://news.example/p.jpg',
      };
    }),
  );

const rows = Array.from({ length: 30 }, (_, n) => ({
  link: `/en/news/${200_000 + n}`,
  headline: randomStory(n).headline,
}));
const articles = Array.from({ length: 30 }, (_, n) =>
  articlePage(
    'en',
    { ...randomStory(n), dateline: 'August 22, Pozirk.' },
    { jsonLd: true, openGraph: true },
    rows.slice(0, 15),
  ),
);

async function pages(): Promise<void> {
  const read = async () => {
    await parseListing(listingPage('en', rows), ADDRESS);
    for (const [n, html] of articles.entries()) await parseArticle(html, `${ADDRESS}${n}`, rows[n]?.headline);
  };
  await read();
  const before = process.cpuUsage();
  for (let round = 0; round < 5; round++) await read();
  const { user, system } = process.cpuUsage(before);
  row('a listing of 30 rows and 30 articles, CPU', `${((user + system) / 5000).toFixed(0)} ms`, '150 ms');
}

async function blocking(): Promise<void> {
  const long = `<main><h1>A headline of a page</h1>${'<p>words of a page, <b>many</b> of them</p>'.repeat(100_000)}</main>`;
  const deep = `<main><h1>A headline of a page</h1>${'<div>'.repeat(500_000)}`;
  const feed = hundredItems().replace(
    '</channel>',
    `${'<item><title>A headline</title><link>/1</link><description>words &amp; words</description></item>'.repeat(30_000)}</channel>`,
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (const [name, task] of [
    [
      'a day of pages',
      async () => {
        for (const html of articles) await parseArticle(html, ADDRESS);
      },
    ],
    ['a page of 4 MB', () => parseArticle(long, ADDRESS)],
    ['a listing of 4 MB', () => parseListing(long, ADDRESS)],
    ['half a million nested elements', () => parseArticle(deep, ADDRESS)],
    [`a feed of ${(feed.length / 1024 / 1024).toFixed(1)} MB`, () => parseFeed(feed, ADDRESS)],
  ] as const) {
    delay.enable();
    delay.reset();
    await task();
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.disable();
    row(`longest block of the event loop: ${name}`, `${(delay.max / 1e6).toFixed(0)} ms`, '50 ms');
  }
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
    row('  corrections found', `${result.correctionsFound} of ${result.corrections}`, '99 %');
    row('  withdrawals found', `${result.withdrawalsFound} of ${result.withdrawals}`, '');
    for (const line of result.wrong.slice(0, 10)) console.log(`    ${line}`);
  } finally {
    await redis.stop();
  }
}
