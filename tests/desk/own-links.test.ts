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
  const bridge = `<a href="${linkOf(1)}?utm_source=rss">the bridge</a>`;
  const linked = `<p>22 August, Pozirk. The keeper of ${bridge} said so.</p><p>It began with ${bridge} and <a href="https://z.example/">another</a>.</p><ul><li>One</li><li>• Two of ${bridge}<br>and more of ${bridge}</li></ul>`;
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
  expect(story).toMatchObject({
    lead: 'The keeper of the bridge said so.',
    leadLinks: [{ from: 14, to: 24, story: known?.id }],
    body: [
      {
        text: 'It began with the bridge and another.',
        links: [{ from: 14, to: 24, story: known?.id }, { from: 29 }],
      },
      {
        items: ['One', 'Two of the bridge and more of the bridge'],
        itemLinks: [
          [],
          [
            { from: 7, to: 17, story: known?.id },
            { from: 30, to: 40, story: known?.id },
          ],
        ],
      },
    ],
  });
  await stage.close();
});
