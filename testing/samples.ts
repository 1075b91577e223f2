/** A day of the newsroom and the longest inputs that are accepted, for measuring. */
import { parseArticle } from '#src/source/page/article.ts';
import { parseListing } from '#src/source/page/listing.ts';
import { parseFeed } from '#src/source/feed/parse.ts';
import { articlePage, feedPage, listingPage } from './pages.ts';
import { randomStory } from './texts.ts';
import { worked, workOf } from './work.ts';

export const ADDRESS = 'https://news.example/en/news/';

const rows = Array.from({ length: 30 }, (_, n) => ({
  link: `/en/news/${200_000 + n}`,
  headline: randomStory(n).headline,
}));
const articles = rows.map((_, n) =>
  articlePage(
    'en',
    { ...randomStory(n), dateline: 'August 22, Pozirk.' },
    { jsonLd: true, openGraph: true },
    rows.slice(0, 15),
  ),
);

/** Reads a listing of 30 rows and 30 articles. */
export async function readDay(): Promise<void> {
  await parseListing(listingPage('en', rows), ADDRESS);
  for (const [n, html] of articles.entries()) await parseArticle(html, `${ADDRESS}${n}`, rows[n]?.headline);
}

/** A feed of 100 items with their whole texts, about 500 kB. */
export const hundredItems = (): string =>
  feedPage(
    Array.from({ length: 100 }, (_, n) => {
      const { headline, lead, body } = randomStory(n);
      const content = body
        .map((block) => `<p>${block.kind === 'paragraph' ? block.text : ''}</p>`)
        .join('\n');
      return {
        link: `${ADDRESS}${n}`,
        guid: `g${n}`,
        headline,
        summary: lead,
        content: `<p>${lead}</p>${content}${content}${content}`,
        publishedAt: 1_787_000_000_000 - n * 60_000,
        picture: 'https://news.example/p.jpg',
      };
    }),
  );

const longPage = `<main><h1>A headline of a page</h1>${'<p>words of a page, <b>many</b> of them</p>'.repeat(100_000)}</main>`;
const deepPage = `<main><h1>A headline of a page</h1>${'<div>'.repeat(500_000)}`;
const longFeed = hundredItems().replace(
  '</channel>',
  `${'<item><title>A headline</title><link>/1</link><description>words &amp; words</description></item>'.repeat(30_000)}</channel>`,
);

/** Inputs that could keep the event loop busy, by name. */
export const LONG_TASKS: readonly (readonly [name: string, task: () => Promise<unknown>])[] = [
  ['a day of pages', readDay],
  ['a page of 4 MB', () => parseArticle(longPage, ADDRESS)],
  ['a listing of 4 MB', () => parseListing(longPage, ADDRESS)],
  ['half a million nested elements', () => parseArticle(deepPage, ADDRESS)],
  ['a feed of 3 MB', () => parseFeed(longFeed, ADDRESS)],
];

/**
 * The longest time for which others could not run, ms: of the thread's own work, so that other processes do not count. The
 * best of three runs, for the collector of garbage comes when it likes.
 */
export async function longestBlock(task: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const watch = watchTurns();
    await task();
    least = Math.min(least, await watch.end());
  }
  return least;
}

/** Comes by at every turn of the event loop and notes the work since the last. */
function watchTurns(): { end(): Promise<number> } {
  let longest = 0;
  let before = worked();
  let isOver = false;
  const turn = () => {
    const now = worked();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    end: async () => {
      isOver = true;
      await new Promise((resolve) => setImmediate(resolve));
      return longest;
    },
  };
}

/**
 * Mean work of each task over some rounds in turn, ms, behind as many in which the compiler gets to know them. The system
 * counts a few milliseconds roughly, so the mean of many says more than the least.
 */
export async function meanWork(
  rounds: number,
  tasks: readonly (() => Promise<unknown>)[],
): Promise<number[]> {
  const sums = tasks.map(() => 0);
  for (let round = -rounds; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const took = await workOf(task);
      if (round >= 0) sums[index] = (sums[index] ?? 0) + took;
    }
  }
  return sums.map((sum) => sum / rounds);
}
