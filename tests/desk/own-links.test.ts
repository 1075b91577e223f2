import { afterAll, beforeAll, expect, it } from 'vitest';
import { findStoryByLink } from '#src/desk/stories.ts';
import { HOUR } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { openStage } from '#testing/newsdesk.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { linkOf, rowsFeed } from '#testing/rows.ts';
import { createSite } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it('a link within a text to a story of ours names that story, and is no correction where it comes later', async () => {
  const clock = movedClock(START);
  const site = createSite();
  const stage = openStage(redis.url, clock, site);
  const linked = `The keeper said so. <p>It began with <a href="${linkOf(1)}?utm_source=rss">the bridge</a> and <a href="https://z.example/">another</a>.</p>`;
  const poll = async (text: string) => {
    site.instead.set(
      '/en/rss',
      rowsFeed([
        { n: 2, guid: 'g2', at: START, text },
        { n: 1, guid: 'g1', at: START - 5 * HOUR },
      ]),
    );
    return stage.poll('en', [site.feed('en')]);
  };
  await poll(linked.replace(/<\/?a[^>]*>/g, ''));
  expect((await poll(linked)).corrected).toEqual([]);
  await stage.desk.store.redis.flushall();
  site.instead.set('/en/rss', rowsFeed([{ n: 1, guid: 'g1', at: START - 5 * HOUR }]));
  await stage.poll('en', [site.feed('en')]);
  await poll(linked);
  const known = await findStoryByLink(stage.desk, linkOf(1));
  const story = await findStoryByLink(stage.desk, linkOf(2));
  expect(story?.body).toMatchObject([
    {
      text: 'It began with the bridge and another.',
      links: [{ from: 14, to: 24, story: known?.id }, { from: 29 }],
    },
  ]);
  await stage.close();
});
