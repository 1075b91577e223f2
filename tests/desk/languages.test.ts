import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage } from '#testing/newsdesk.ts';
import { movedClock } from '#testing/clock.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { headlineOf, textOf } from '#testing/rows.ts';
import { createSite } from '#testing/site.ts';
import { findStoryByLink } from '#src/desk/stories.ts';
import { editionHealth } from '#src/desk/intake/health.ts';

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

interface Entry {
  readonly link: string;
  readonly title: string;
  readonly language: string;
}

const linkOf = (n: number) => `https://news.example/be/news/${n}`;

/** Feeds that name the language of each entry. */
const FEEDS: Readonly<Record<string, (entries: readonly Entry[]) => string>> = {
  'JSON Feed': (entries) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: entries.map(({ link, ...said }) => ({ id: link, url: link, ...said })),
    }),
  'feed of RSS': (entries) =>
    `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${entries
      .map(
        ({ link, title, language }) =>
          `<item><title>${title}</title><link>${link}</link><dc:language>${language}</dc:language></item>`,
      )
      .join('')}</channel></rss>`,
  'feed of Atom': (entries) =>
    `<feed xmlns="http://www.w3.org/2005/Atom">${entries
      .map(
        ({ link, title, language }) =>
          `<entry xml:lang="${language}"><title>${title}</title><link href="${link}"/><id>${link}</id></entry>`,
      )
      .join('')}</feed>`,
};

it.each(Object.entries(FEEDS))(
  'of a %s in several languages an edition takes its own, also when others alone are listed',
  async (_, feed) => {
    const site = createSite();
    const stage = openStage(redis.url, movedClock(Date.parse('2026-08-22T09:00:00Z')), site);
    await stage.desk.store.redis.flushall();
    /** Whether each entry of these languages became a story, numbered from `from`. */
    const taken = async (languages: readonly string[], from = 0) => {
      const entry = (language: string, n: number): Entry => ({
        link: linkOf(from + n),
        title: `Story with number ${from + n} in ${language}`,
        language,
      });
      site.instead.set('/be/rss', feed(languages.map(entry)));
      await stage.poll('be', [site.feed('be')]);
      const found = languages.map(async (__, n) => findStoryByLink(stage.desk, linkOf(from + n)));
      return (await Promise.all(found)).map((story) => story !== undefined);
    };
    expect(await taken(['be-BY', 'ru', 'en-US'])).toEqual([true, false, false]);
    site.faults.set('/be/news/', 'source.robots');
    for (let polls = 0; polls < 30; polls++) expect(await taken(['ru', 'ru-RU'], 10)).toEqual([false, false]);
    await stage.desk.store.redis.flushall();
    expect(await taken(['en-US', 'en-US'])).toEqual([true, true]);
    await stage.close();
  },
);

it('pages behind the first give an edition its own stories too, in their order', async () => {
  const site = createSite();
  const clock = movedClock(Date.parse('2026-08-22T09:00:00Z'));
  const stage = openStage(redis.url, clock, site);
  await stage.desk.store.redis.flushall();
  const page = (numbers: readonly number[], next_url?: string) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: numbers.map((n) => ({
        id: linkOf(n),
        url: linkOf(n),
        title: headlineOf(n),
        language: n % 2 ? 'ru' : 'be',
        content_text: textOf(n),
      })),
      ...(next_url ? { next_url } : {}),
    });
  const poll = () => stage.poll('be', [site.feed('be')]);
  site.instead.set('/be/rss', page([3, 2, 1, 0], '/be/older'));
  await poll();
  await clock.advance(3_600_000);
  site.instead.set('/be/rss', page([11, 10], '/be/older'));
  site.instead.set('/be/older', page([9, 8, 7, 6, 5, 4, 3, 2]));
  for (let n = 0; n < 30; n++) await poll();
  expect(await stage.log('be')).toEqual([4, 6, 8, 10].map(headlineOf));
  await stage.close();
});

const feedOf = (links: readonly string[]) =>
  `<rss><channel>${links.map((link) => `<item><title>A story at ${link}</title><link>${link}</link></item>`).join('')}</channel></rss>`;

it('a small edition whose feed has nothing but two stories of another one that nobody has translated tells them', async () => {
  const site = createSite();
  const clock = movedClock(Date.parse('2026-08-22T09:00:00Z'));
  const stage = openStage(redis.url, clock, site);
  await stage.desk.store.redis.flushall();
  site.publish('en', { headline: headlineOf(1) }, clock.now());
  await stage.poll('en', [site.feed('en')]);
  await clock.advance(60_000);
  const [one, other] = [2, 3].map((n) =>
    site.link(site.publish('be', { headline: headlineOf(n) }, clock.now())),
  );
  site.instead.set('/en/rss', feedOf([one ?? '', other ?? '']));
  await stage.poll('en', [site.feed('en')]);
  expect(await editionHealth(stage.desk, 'en')).not.toHaveProperty('fault');
  expect(await findStoryByLink(stage.desk, one ?? '')).toBeDefined();
  await stage.close();
});

it.each([
  ['a page that leads to another edition', 'leads'],
  ['a feed of another edition', 'instead'],
] as const)('%s gives an edition nothing, and what is its own then is news', async (_, way) => {
  const site = createSite();
  const clock = movedClock(Date.parse('2026-08-22T09:00:00Z'));
  const stage = openStage(redis.url, clock, site);
  await stage.desk.store.redis.flushall();
  const [path, address] = way === 'leads' ? ['/be/news/', site.listing('be')] : ['/be/rss', site.feed('be')];
  site.publish('be', { headline: headlineOf(1) }, clock.now());
  const english = site.publish('en', { headline: headlineOf(2) }, clock.now());
  await stage.poll('be', [address]);
  if (way === 'leads') site.leads.set(path, site.listing('en'));
  else site.instead.set(path, feedOf(['', '1', '2'].map((more) => site.link(english) + more)));
  await clock.advance(60_000);
  await stage.poll('be', [address]);
  expect(await editionHealth(stage.desk, 'be')).toMatchObject({
    fault: 'source.unreadable',
    reason: 'answers with another edition',
  });
  expect(await findStoryByLink(stage.desk, site.link(english))).toBeUndefined();
  site.leads.clear();
  site.instead.clear();
  const own = site.publish('be', { headline: headlineOf(3) }, clock.now());
  await stage.poll('be', [address]);
  expect(await findStoryByLink(stage.desk, site.link(own))).toMatchObject({ headline: headlineOf(3) });
  await stage.close();
});
