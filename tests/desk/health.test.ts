import { describe, expect, it } from 'vitest';
import { editionHealth, isOff } from '#src/desk/intake/health.ts';
import { expectedStories, pollInterval } from '#src/desk/intake/rhythm.ts';
import type { PollReport } from '#src/desk/intake/poll.ts';
import { backoff } from '#src/desk/intake/ask.ts';
import { newsKeys } from '#src/store/keys.ts';
import { DAY, HOUR, MINUTE } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import type { Stage } from '#testing/newsdesk.ts';
import { articlePage } from '#testing/pages.ts';
import { rowsFeed } from '#testing/rows.ts';
import type { Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');

let clock: MovedClock;
let site: Site;
let stage: Stage;

eachNewsdesk(START, async (newsdesk) => {
  ({ stage, site, clock } = newsdesk);
  for (let n = 0; n < 4; n++)
    site.publish('en', { headline: `Earlier report number ${n}` }, START - n * HOUR);
  await stage.poll();
});

const health = () => editionHealth(stage.desk, 'en');

/** Alarms by the reports in which they begin. */
const raised = (reports: readonly PollReport[]) =>
  reports.flatMap(({ alarms }, index) => {
    const before = reports[index - 1]?.alarms ?? [];
    return alarms.filter(({ kind }) => !before.some((alarm) => alarm.kind === kind));
  });

describe('the health of an edition', () => {
  it('tells of the last good look, the last new story and what was understood', async () => {
    site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    const at = clock.now();
    await stage.poll();
    expect(await health()).toMatchObject({
      edition: 'en',
      lastSuccessAt: at,
      lastNewAt: at,
      items: 5,
      failures: 0,
      alarms: [],
    });
  });

  it('says for a day after the last poll that the edition is not off where another bot has no address for it', async () => {
    const policy = { ...stage.desk.policy, off: ['en'] } as const;
    const isOffThere = () => isOff({ ...stage.desk, policy }, 'en');
    site.faults.set('/en/', 'source.status');
    await clock.advance(DAY + MINUTE);
    expect(await isOffThere()).toBe(true);
    await stage.poll();
    expect(await isOffThere()).toBe(false);
    await clock.advance(DAY + MINUTE);
    expect(await isOffThere()).toBe(true);
  });

  it('raises one alarm in words when the source fails, and ends it when it is back', async () => {
    site.faults.set('/en/', 'source.status');
    const reports = [];
    for (let n = 0; n < 60; n++) reports.push(await stage.poll());
    expect(raised(reports)).toEqual([
      { kind: 'failing', words: 'en: the source cannot be read: as the test wishes' },
    ]);
    expect(await health()).toMatchObject({ reason: 'as the test wishes', alarms: [{ kind: 'failing' }] });
    site.faults.clear();
    const after = [];
    for (let n = 0; n < 12; n++) after.push(await stage.poll());
    expect(after.at(-1)?.alarms).toEqual([]);
    expect((await health())?.reason).toBeUndefined();
  });

  it('raises one within two minutes where the server asks to be left alone for an hour', async () => {
    const honest = { ...site.fetcher };
    const notBefore = clock.now() + HOUR;
    site.fetcher.read = async () => ({
      ok: false,
      fault: { code: 'source.throttled', detail: 'status 503: it is busy', notBefore },
    });
    const reports = [];
    for (let n = 0; n < 4; n++) reports.push(await stage.poll());
    expect(raised(reports)).toMatchObject([{ kind: 'failing' }]);
    Object.assign(site.fetcher, honest);
    await clock.advance(HOUR);
    expect((await stage.poll()).alarms).toEqual([]);
  });

  it('raises an alarm when the listing shows nothing that we understand', async () => {
    site.shell = true;
    const reports = [];
    for (let n = 0; n < 10; n++) reports.push(await stage.poll());
    expect(raised(reports)).toMatchObject([
      { kind: 'unreadable', words: expect.stringContaining('a page without links') },
    ]);
  });

  it('raises an alarm when pages no longer show a text', async () => {
    for (let n = 0; n < 3; n++) {
      const piece = site.publish('en', { headline: `Report without a text, number ${n}` }, clock.now());
      site.instead.set(`/en/news/${piece.ids[0]}`, `<main><h1>${piece.telling.headline}</h1></main>`);
    }
    const reports = [await stage.poll(), await stage.poll()];
    expect(raised(reports)).toMatchObject([{ kind: 'bodies' }]);
  });

  it('names the feed that a listing offers, once', async () => {
    site.instead.set(
      '/en/news/',
      '<html><head><link rel="alternate" type="application/rss+xml" href="/en/rss"></head><main><a href="/en/news/200003">Earlier report number 0</a></main></html>',
    );
    const reports = [await stage.poll(), await stage.poll(), await stage.poll()];
    expect(raised(reports)).toMatchObject([
      { kind: 'feed', words: expect.stringContaining('https://news.example/en/rss') },
    ]);
  });

  it('raises an alarm when an edition is silent for longer than its own rhythm makes likely', async () => {
    for (let hour = 0; hour < 96; hour++) {
      site.publish(
        'en',
        { headline: `Report of hour ${hour}`, lead: `Lead of hour number ${hour} is here.` },
        clock.now(),
      );
      await stage.poll();
      await clock.advance(HOUR - 30_000);
    }
    const reports = [];
    for (let hour = 0; hour < 10; hour++) {
      reports.push(await stage.poll());
      await clock.advance(HOUR);
    }
    expect(raised(reports).map(({ kind }) => kind)).toEqual(['silent']);
  });

  it('expects nothing in the hours in which nothing ever comes', () => {
    const mornings = [0, 1, 2, 3].map((day) => START + day * 24 * HOUR);
    const night = START + 4 * 24 * HOUR + 10 * HOUR;
    expect(expectedStories(mornings, night, night + 8 * HOUR)).toBe(0);
    expect(expectedStories(mornings, START, START + 24 * HOUR)).toBeCloseTo(1);
  });
});

describe('how often an edition is looked at', () => {
  it('follows its own rhythm: sooner after a story, seldom at the hours at which nothing comes', async () => {
    const { redis } = stage.desk.store;
    const every = () => pollInterval(stage.desk, 'en', 30_000);
    expect(await every()).toBe(15_000);
    await clock.advance(11 * MINUTE);
    expect(await every()).toBe(30_000);
    for (const day of [1, 2, 3, 4])
      await redis.zadd(newsKeys.newest('en'), START - day * 24 * HOUR, `morning${day}`);
    expect(await every()).toBe(30_000);
    await clock.advance(10 * HOUR);
    expect(await every()).toBe(60_000);
    await clock.advance(14 * HOUR - 11 * MINUTE);
    expect(await every()).toBe(30_000);
  });
});

it('an address that fails once after hours in which nobody asked is not given up', async () => {
  const poll = () => stage.poll('en', [site.listing('en'), site.listing('ru')]);
  site.publish('ru', { headline: 'A report in a rubric of its own' }, START - HOUR);
  await poll();
  await clock.advance(3 * HOUR);
  site.faults.set('/ru/', 'source.timeout');
  expect((await poll()).alarms).toEqual([]);
});

describe('links that lead elsewhere', () => {
  it('raise an alarm until stories lead to the newsroom again', async () => {
    Object.assign(stage.desk, { policy: { ...stage.desk.policy, linkHosts: ['elsewhere.example'] } });
    site.publish('en', { headline: 'A report with a strange address' }, clock.now());
    const { alarms } = await stage.poll();
    expect(alarms.map(({ kind }) => kind)).toContain('hosts');
    await clock.advance(30_000);
    expect((await stage.poll()).alarms.map(({ kind }) => kind)).toContain('hosts');
    Object.assign(stage.desk, {
      policy: { ...stage.desk.policy, linkHosts: [new URL(site.listing('en')).hostname] },
    });
    site.publish('en', { headline: 'A report of the newsroom itself' }, clock.now());
    await clock.advance(30_000);
    expect((await stage.poll()).alarms).toEqual([]);
  });
});

describe('the rest after failures', () => {
  it('doubles from one interval, never above twenty of them or five minutes', () => {
    expect([1, 2, 3, 4, 20].map((failures) => backoff(failures, 2000, 0))).toEqual([
      0, 2000, 4000, 8000, 40_000,
    ]);
    expect(backoff(20, 30_000, 0)).toBe(300_000);
    expect(backoff(20, 30_000, 1)).toBe(225_000);
  });
});

it('a page whose text does not come out as the page names it is an alarm until one does', async () => {
  const tell = async (headline: string, articleBody: string) => {
    const piece = site.publish('en', { headline }, clock.now());
    const page = articlePage('en', piece.telling, {});
    const data = JSON.stringify({ '@type': 'NewsArticle', headline: piece.telling.headline, articleBody });
    site.instead.set(
      new URL(site.link(piece)).pathname,
      page.replace('</head>', `<script type="application/ld+json">${data}</script></head>`),
    );
    return (await stage.poll()).alarms.map(({ kind }) => kind);
  };
  site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
  await stage.poll();
  expect(
    await tell(
      'Parliament adopts the budget',
      'Words that the reader does not find on the page. '.repeat(20),
    ),
  ).toContain('losses');
  expect(await tell('A bridge opens in Brest', 'A bridge opens.')).not.toContain('losses');
});

it('a flash whose text is waited for is no alarm', async () => {
  site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
  await stage.poll();
  const flash = site.publish('en', { headline: 'Explosion in the centre of Minsk' }, clock.now());
  site.instead.set(
    new URL(site.link(flash)).pathname,
    articlePage('en', { ...flash.telling, lead: '', body: [] }, {}),
  );
  for (let n = 0; n < 8; n++) expect((await stage.poll()).alarms).toEqual([]);
});

it('a feed whose texts do not come out of their mark-up is an alarm until they do', async () => {
  const advice = '<p><a href="/en/x">Words that lead elsewhere as a whole</a></p>'.repeat(20);
  const row = { n: 9, guid: 'g9', at: START - 5 * HOUR };
  const kinds = async (text: string) => {
    site.instead.set('/en/rss', rowsFeed([{ ...row, text }]));
    return (await stage.poll('en', [site.feed('en')])).alarms.map(({ kind }) => kind);
  };
  expect(await kinds(`Short. ${advice}`)).toContain('losses');
  expect(await kinds('It is long enough and nothing of it is lost.')).not.toContain('losses');
});
