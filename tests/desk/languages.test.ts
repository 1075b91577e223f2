import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage } from '#testing/newsdesk.ts';
import { movedClock } from '#testing/clock.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { createSite } from '#testing/site.ts';
import { findStoryByLink } from '#src/desk/stories.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const entry = (language: string, n: number) =>
  `<url><loc>https://news.example/${language}/news/${n}</loc><news:news><news:publication><news:name>N</news:name><news:language>${language}</news:language></news:publication><news:publication_date>2026-08-22</news:publication_date><news:title>A story in ${language}</news:title></news:news></url>`;

it('of a source in several languages an edition takes the stories of its own', async () => {
  const site = createSite();
  const stage = openStage(redis.url, movedClock(Date.parse('2026-08-22T09:00:00Z')), site);
  const space = 'http://www.google.com/schemas/sitemap-news/0.9';
  site.instead.set(
    '/en/rss',
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="${space}">${entry('en', 1)}${entry('ru', 2)}${entry('be', 3)}</urlset>`,
  );
  for (let polls = 0; polls < 25; polls += 1) await stage.poll('en', [site.feed('en')]);
  const found = async (link: string) => (await findStoryByLink(stage.desk, link))?.headline;
  expect(await found('https://news.example/en/news/1')).toBe('A story in en');
  expect(await found('https://news.example/ru/news/2')).toBeUndefined();
  expect(await found('https://news.example/be/news/3')).toBeUndefined();
  await stage.close();
});

it.each([
  ['by three letters', ['bel', 'rus', 'eng'], [true, false, false]],
  ['by the country', ['by', 'en_US'], [true, false]],
  ['wrongly, but all alike', ['xx'], [true]],
  ['as that of another edition', ['ru'], [false]],
])('the language of an edition may be named %s', async (_, languages, taken) => {
  const site = createSite();
  const stage = openStage(redis.url, movedClock(Date.parse('2026-08-22T09:00:00Z')), site);
  await stage.desk.store.redis.flushall();
  const all = languages.map(entry).join('');
  site.instead.set(
    '/be/rss',
    `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${all}</urlset>`,
  );
  await stage.poll('be', [site.feed('be')]);
  const found = languages.map(async (language, n) =>
    Boolean(await findStoryByLink(stage.desk, `https://news.example/${language}/news/${n}`)),
  );
  expect(await Promise.all(found)).toEqual(taken);
  await stage.close();
});
