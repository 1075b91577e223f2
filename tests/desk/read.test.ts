import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStory, findStoryByLink, latestStories, searchStories } from '#src/desk/stories.ts';
import { HOUR } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { openStage, type Stage } from '#testing/newsdesk.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { createSite, type Piece, type Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');

let redis: TestRedis;
let stage: Stage;
let site: Site;
let pieces: Piece[];

beforeAll(async () => {
  redis = await startRedis();
  const clock = movedClock(START);
  site = createSite();
  stage = openStage(redis.url, clock, site);
  site.publish('en', { headline: 'A first report' }, START - 5 * HOUR);
  await stage.poll();
  pieces = [];
  for (let n = 0; n < 25; n++) {
    pieces.push(
      site.publish(
        'en',
        {
          headline: `Report ${n} on ${n % 5 ? 'roads' : 'bridges'} in Minsk`,
          lead: `Number ${n} is told here.`,
        },
        clock.now(),
      ),
    );
    await stage.poll();
  }
});
afterAll(async () => {
  await stage.close();
  await redis.stop();
});

const numbers = (stories: readonly { headline: string }[]) =>
  stories.map(({ headline }) => Number(/\d+/.exec(headline)?.[0]));

describe('the latest stories', () => {
  it('come newest first, page by page', async () => {
    const first = await latestStories(stage.desk, 'en', { limit: 3 });
    expect([numbers(first.stories), first.more]).toEqual([[24, 23, 22], true]);
    const last = await latestStories(stage.desk, 'en', { limit: 10, offset: 20 });
    expect([last.stories.length, last.more]).toEqual([6, false]);
    expect((await latestStories(stage.desk, 'ru', { limit: 3 })).stories).toEqual([]);
  });
});

describe('a search', () => {
  it('finds what holds all the words, newest first, page by page', async () => {
    const first = await searchStories(stage.desk, 'en', 'Minsk bridge', { limit: 3, offset: 0 });
    expect([numbers(first.stories), first.more]).toEqual([[20, 15, 10], true]);
    const second = await searchStories(stage.desk, 'en', 'Minsk bridge', { limit: 3, offset: 3 });
    expect([numbers(second.stories), second.more]).toEqual([[5, 0], false]);
    expect((await searchStories(stage.desk, 'en', 'bridge tunnel', { limit: 3, offset: 0 })).stories).toEqual(
      [],
    );
  });
});

describe('a story', () => {
  it('is found by its id and by its link, however that is written, and on a mirror', async () => {
    const piece = pieces[7] as Piece;
    const link = site.link(piece);
    const story = await findStoryByLink(stage.desk, link);
    expect(story?.headline).toContain('Report 7 ');
    expect(await findStory(stage.desk, story?.id ?? '')).toEqual(story);
    for (const written of [
      `${link}/`,
      `${link}?utm_medium=x#y`,
      link.replace('news.example', 'mirror.example'),
    ])
      expect((await findStoryByLink(stage.desk, written))?.id, written).toBe(story?.id);
    for (const written of ['https://news.example/en/news/1', 'nonsense', '', 'javascript:x'])
      expect(await findStoryByLink(stage.desk, written)).toBeUndefined();
    expect(await findStory(stage.desk, 'none000000')).toBeUndefined();
  });
});
