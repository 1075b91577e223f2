import { describe, expect, it, vi } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import { pollEdition } from '#src/desk/intake/poll.ts';
import { takeBack } from '#src/desk/operator/operate.ts';
import { findStoryByLink, latestStories, searchStories } from '#src/desk/stories.ts';
import { readHere } from '#src/source/reading.ts';
import { newsKeys } from '#src/store/keys.ts';
import { getRecords } from '#src/store/stories.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { until } from '#testing/delivery.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import { INTERVAL, openStage, type Stage } from '#testing/newsdesk.ts';
import { articlePage, datelineOf } from '#testing/pages.ts';
import type { TestRedis } from '#testing/redis.ts';
import { headlineOf, type Row, rowsFeed, textOf } from '#testing/rows.ts';
import type { Piece, Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');

let redis: TestRedis;
let clock: MovedClock;
let site: Site;
let stage: Stage;

eachNewsdesk(START, (newsdesk) => {
  ({ redis, stage, site, clock } = newsdesk);
});

/** A newsroom with a history, already known. */
async function known(count = 6): Promise<void> {
  const subjects = ['roads', 'bridges', 'schools', 'forests', 'rivers', 'markets'];
  for (let n = 0; n < count; n++)
    site.publish(
      'en',
      { headline: `Earlier report ${n} on ${subjects[n % 6] ?? ''}` },
      START - (count - n) * 3 * HOUR,
    );
  await stage.poll();
}

const amended = () => stage.desk.store.redis.zrange(newsKeys.amended('en'), '0', '-1', 'WITHSCORES');

describe('the first sight of a source', () => {
  it('sends nothing where the source gives no times, and keeps all for /latest in the order of the listing', async () => {
    await known();
    expect(await stage.log()).toEqual([]);
    const { stories, more } = await latestStories(stage.desk, 'en', { limit: 3 });
    expect(stories.map(({ headline }) => headline.slice(-7))).toEqual(['markets', ' rivers', 'forests']);
    expect(more).toBe(true);
  });

  it('sends at most the three youngest of the last two hours by the feed’s own times', async () => {
    for (let minutes = 10; minutes <= 180; minutes += 20)
      site.publish('en', { headline: `Report of ${minutes} minutes ago` }, START - minutes * 60_000);
    await stage.poll('en', [site.feed('en')]);
    expect(await stage.log()).toEqual([
      'Report of 50 minutes ago',
      'Report of 30 minutes ago',
      'Report of 10 minutes ago',
    ]);
  });

  it('of a site that has moved, with ids of its own, counts none of what was told before among them', async () => {
    const publish = (language: 'en' | 'ru', subject: string, minutes: number) =>
      site.publish(
        language,
        {
          headline: `A report on ${subject}`,
          lead: `All about ${subject}.`,
          body: [],
          dateline: datelineOf('en', START),
        },
        START - minutes * MINUTE,
      );
    const told = ['roads', 'bridges', 'schools'];
    told.forEach((subject, n) => publish('en', subject, 5 - n));
    await stage.poll('en', [site.feed('en')]);
    told.forEach((subject, n) => publish('ru', subject, 5 - n));
    publish('ru', 'forests', 10);
    publish('ru', 'rivers', 0);
    await stage.poll('en', [site.feed('ru')]);
    expect((await stage.log()).toSorted()).toEqual(
      [...told, 'forests', 'rivers'].map((subject) => `A report on ${subject}`).toSorted(),
    );
  });

  it('is one of its own for a new address on a running bot', async () => {
    await known();
    for (let n = 0; n < 20; n++)
      site.publish(
        'ru',
        { headline: `Rubric story number ${n}`, dateline: datelineOf('en', START) },
        START - n * 60_000,
      );
    await stage.poll('en', [site.listing('en'), site.listing('ru')]);
    expect(await stage.log()).toEqual([]);
  });

  it('sends none of it later, because its page could not be read at first', async () => {
    const headline = 'Weather for the week that comes';
    site.publish('en', { headline }, START - 4 * HOUR);
    await stage.poll();
    const other = { headline, lead: 'Rain in Homiel, sun in Brest.', body: [] };
    const piece = site.publish('ru', { ...other, dateline: datelineOf('en', START) }, START - 4 * HOUR);
    site.faults.set(String(piece.ids[0]), 'source.status');
    const poll = () => stage.poll('en', [site.listing('en'), site.listing('ru')]);
    expect((await poll()).waiting).toBe(1);
    site.faults.clear();
    const reports = [await poll(), await poll(), await poll()];
    expect(reports.flatMap(({ stored }) => stored)).toHaveLength(1);
    expect(await stage.log()).toEqual([]);
  });

  it.each([
    ['its page is not there for long', 'gone'],
    ['its listing does not show it for a while', 'unlisted'],
  ])('sends none of it later, though %s', async (_, how) => {
    const headline = 'Weather for the week that comes';
    const rubric = (telling: { headline: string; lead: string }) =>
      site.publish('ru', { ...telling, body: [], dateline: datelineOf('en', START) }, START - 4 * HOUR);
    site.publish('en', { headline }, START - 4 * HOUR);
    await stage.poll();
    rubric({ headline: 'A report on roads', lead: 'A road in Brest is closed.' });
    const piece = rubric({ headline, lead: 'Rain in Homiel, sun in Brest.' });
    const poll = () => stage.poll('en', [site.listing('en'), site.listing('ru')]);
    if (how === 'gone') piece.status = 404;
    else site.faults.set(String(piece.ids[0]), 'source.status');
    await poll();
    piece.listed = how === 'gone';
    for (let n = 0; n < (how === 'gone' ? 30 : 2); n++) await poll();
    Object.assign(piece, { listed: true, status: 200 });
    site.faults.clear();
    const reports = [];
    for (let n = 0; n < 12; n++) reports.push(await poll());
    expect(reports.flatMap(({ stored }) => stored)).toHaveLength(1);
    expect(await stage.log()).toEqual([]);
  });

  it('recognises a site that moved to another host by path and headline, without reading its pages', async () => {
    await known();
    for (let n = 0; n < 3; n++) await stage.poll();
    site.asked.length = 0;
    const report = await stage.poll('en', [site.listing('en').replace('news.example', 'moved.example')]);
    expect(report).toMatchObject({ aliases: 6, stored: [], pushed: [] });
    expect(site.asked).toEqual(['/en/news/']);
    expect((await latestStories(stage.desk, 'en', { limit: 10 })).stories).toHaveLength(6);
  });

  it('reads the pages later, so that the texts are there after some polls', async () => {
    await known(30);
    for (let n = 0; n < 3; n++) await stage.poll();
    const { stories } = await latestStories(stage.desk, 'en', { limit: 10 });
    expect(stories.every(({ lead, revision }) => lead.length > 0 && revision === 0)).toBe(true);
  });
});

describe('a new story', () => {
  it('goes into the log once, whatever the number of polls', async () => {
    await known();
    site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    for (let n = 0; n < 5; n++) await stage.poll();
    expect(await stage.log()).toEqual(['Parliament adopts the budget']);
  });

  it('comes with headline, lead without dateline, body, day, picture with credit, rubric, link', async () => {
    await known();
    const piece = site.publish(
      'en',
      {
        headline: 'Bridge reopens in Homiel',
        lead: 'The bridge is open.',
        credit: 'Facebook',
        picture: '/p/1.jpg',
      },
      clock.now(),
    );
    await stage.poll();
    const story = await findStoryByLink(stage.desk, `${site.link(piece)}/?utm_source=x`);
    expect(story).toMatchObject({
      headline: 'Bridge reopens in Homiel',
      lead: 'The bridge is open.',
      day: '2026-08-22',
      picture: { url: 'https://news.example/p/1.jpg', credit: 'Facebook' },
      rubrics: ['Politics'],
      access: 'free',
      revision: 0,
      link: site.link(piece),
    });
  });

  describe('with a picture', () => {
    const told = { headline: 'Bridge reopens in Homiel', credit: 'Facebook', picture: '/p/1.jpg' };
    const stored = (piece: Piece) => findStoryByLink(stage.desk, site.link(piece));

    it('that cannot be shown goes out without it and its credit; once it can, the story has it', async () => {
      await known();
      site.badPictures.set('/p/', 'status 404: no such page');
      const piece = site.publish('en', told, clock.now());
      await stage.poll();
      expect(await stage.log()).toEqual([told.headline]);
      expect((await stored(piece))?.picture).toBeUndefined();
      site.badPictures.clear();
      await clock.advance(HOUR);
      await stage.poll();
      expect(await stored(piece)).toMatchObject({ picture: { credit: 'Facebook' }, revision: 0 });
      // A story that readers have seen is not taken from them by a bad hour of its server.
      site.badPictures.set('/p/', 'no answer in time');
      await clock.advance(HOUR);
      await stage.poll();
      expect((await stored(piece))?.picture).toBeDefined();
    });

    it('that hangs goes out without it two seconds later', async () => {
      await known();
      const published = clock.now();
      const piece = site.publish('en', told, published);
      site.pictures.faultOf = () => new Promise(() => {});
      let isOver = false;
      void stage.poll().then(() => (isOver = true));
      await until(clock, () => isOver);
      const story = await stored(piece);
      expect(story?.headline).toBe(told.headline);
      expect(story?.picture).toBeUndefined();
      expect((story?.firstSeenAt ?? 0) - published).toBeLessThanOrEqual(3 * SECOND);
    });

    it('of a first sight is looked at with its page', async () => {
      site.badPictures.set('/p/', 'it measures 1×1 pixels');
      const piece = site.publish('en', told, START - 5 * HOUR);
      await stage.poll('en', [site.feed('en')]);
      await stage.poll('en', [site.feed('en')]);
      const story = await stored(piece);
      expect(story?.body).not.toEqual([]);
      expect(story?.picture).toBeUndefined();
    });
  });

  it('published more than a day before its first sight is kept, not sent', async () => {
    await known();
    site.publish(
      'en',
      { headline: 'An old wire report loaded today', dateline: datelineOf('en', START - 72 * HOUR) },
      clock.now(),
    );
    await stage.poll();
    expect(await stage.log()).toEqual([]);
    expect(
      (await searchStories(stage.desk, 'en', 'wire report', { limit: 5, offset: 0 })).stories,
    ).toHaveLength(1);
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]?.headline).not.toContain(
      'old wire',
    );
  });

  it('is told on the first days of a month, too, where the feed writes the day before the month', async () => {
    const slashed = (...rows: [n: number, at: number][]) => {
      const feed = rowsFeed(rows.map(([n, at]) => ({ n, at })));
      site.instead.set(
        '/en/rss',
        feed.replace(/(?<=<pubDate>)[^<]*/g, (date) =>
          new Date(date).toLocaleString('en-GB', { timeZone: 'Europe/Minsk' }).replace(',', ''),
        ),
      );
      return stage.poll('en', [site.feed('en')]);
    };
    await clock.advance(Date.parse('2026-09-01T09:00:00Z') - START);
    const noon = clock.now();
    await slashed([1, noon - 5 * HOUR]);
    await slashed([2, noon], [1, noon - 5 * HOUR]);
    await slashed([3, noon], [2, noon], [4, noon - 20 * HOUR]);
    expect(await stage.log()).toEqual([2, 4, 3].map(headlineOf));
  });

  it('several at once are told in the order of their publication', async () => {
    await known();
    for (const name of ['first', 'second', 'third'])
      site.publish('en', { headline: `The ${name} of three` }, (await clock.advance(1000), clock.now()));
    await stage.poll();
    expect(await stage.log()).toEqual(['The first of three', 'The second of three', 'The third of three']);
  });

  it.each([
    ['without dates', ''],
    ['with days alone', '<pubDate>2026-08-22</pubDate>'],
  ])('is told before later ones by a feed that begins with its oldest, %s', async (_, date) => {
    const listed = (...numbers: number[]) => {
      const rows = rowsFeed(numbers.map((n) => ({ n, guid: `g${n}` })));
      site.instead.set('/en/rss', rows.replaceAll('</guid>', `</guid>${date}`));
      return stage.poll('en', [site.feed('en')]);
    };
    await listed(1, 2, 3, 4);
    await listed(1, 2, 3, 4, 5, 6, 7);
    expect(await stage.log()).toEqual([5, 6, 7].map(headlineOf));
    const { stories } = await latestStories(stage.desk, 'en', { limit: 3 });
    expect(stories.map(({ headline }) => headline)).toEqual([7, 6, 5].map(headlineOf));
  });

  it('under yesterday’s headline is news', async () => {
    await known();
    site.publish(
      'en',
      { headline: 'Update on arrests and trials', lead: 'Ten people were tried on Friday.' },
      clock.now(),
    );
    await stage.poll();
    await clock.advance(24 * HOUR);
    site.publish(
      'en',
      { headline: 'Update on arrests and trials', lead: 'Four people were tried on Saturday.' },
      clock.now(),
    );
    await stage.poll();
    expect(await stage.log()).toHaveLength(2);
  });

  it('is urgent by its headline', async () => {
    await known();
    site.publish('en', { headline: 'Urgent: border closed' }, clock.now());
    await stage.poll();
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]?.urgent).toBe(true);
  });

  it('for subscribers is marked, or left out where the operator wants so', async () => {
    await known();
    site.publish('en', { headline: 'A report for subscribers only', paid: true }, clock.now());
    await stage.poll();
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]).toMatchObject({
      access: 'paid',
      body: [],
    });
    const strict = openStage(redis.url, clock, site, { paid: 'skip' });
    site.publish('en', { headline: 'Another report for subscribers', paid: true }, clock.now());
    expect((await strict.poll()).skipped).toBe(1);
    expect(await stage.log()).toHaveLength(1);
    await strict.close();
  });
});

describe('the same story again', () => {
  it('under another id is not sent twice, and the new link leads to it', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll();
    piece.ids.push(350_000);
    expect((await stage.poll()).aliases).toBe(1);
    expect(await stage.log()).toHaveLength(1);
    expect((await findStoryByLink(stage.desk, site.link(piece)))?.headline).toBe(
      'Parliament adopts the budget',
    );
  });

  it('is recognised when all ids change overnight, and readers get the links that work', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll();
    site.reset();
    for (let n = 0; n < 5; n++) await stage.poll();
    expect(await stage.log()).toHaveLength(1);
    const [story] = (await latestStories(stage.desk, 'en', { limit: 1 })).stories;
    expect(story).toMatchObject({ link: site.link(piece), revision: 0, withdrawn: false });
  });

  it('at two addresses of the edition is one', async () => {
    await known();
    await stage.poll('en', [site.listing('en'), site.feed('en')]);
    site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll('en', [site.listing('en'), site.feed('en')]);
    expect(await stage.log()).toHaveLength(1);
  });
});

describe('a correction', () => {
  it('of a headline is a revision that is due at once', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliment adopts budget' }, clock.now());
    await stage.poll();
    piece.telling = { ...piece.telling, headline: 'Parliament adopts budget' };
    const now = clock.now();
    await stage.poll();
    const [story] = (await latestStories(stage.desk, 'en', { limit: 1 })).stories;
    expect(story).toMatchObject({ headline: 'Parliament adopts budget', revision: 1 });
    expect(await amended()).toEqual([story?.id, String(now)]);
    expect(await stage.log()).toHaveLength(1);
  });

  it('does not bring back what an operator takes back in the very moment', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliment adopts budget' }, clock.now());
    await stage.poll();
    const { desk } = stage;
    const { store } = desk;
    const { id = '' } = (await findStoryByLink(desk, site.link(piece))) ?? {};
    piece.telling = { ...piece.telling, headline: 'Parliament adopts budget' };
    const run = store.run.bind(store);
    let isTaken = false;
    const hook = vi.spyOn(store, 'run').mockImplementation(async (name, ...rest) => {
      if (name === 'revise-story' && !isTaken) {
        isTaken = true;
        await takeBack(desk as Desk, id);
      }
      return run(name, ...rest);
    });
    await stage.poll();
    hook.mockRestore();
    const [record] = await getRecords(desk, [id]);
    expect([isTaken, record?.story.withdrawn, record?.origin.takenBack]).toEqual([true, true, true]);
  });

  it('of the body alone is found when the page is looked at again', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts budget' }, clock.now());
    await stage.poll();
    piece.telling = { ...piece.telling, body: [{ kind: 'paragraph', text: 'Another body.' }] };
    await clock.advance(300_000);
    await stage.poll();
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]).toMatchObject({
      revision: 1,
      body: [{ text: 'Another body.' }],
    });
  });

  /** A story of two hours ago whose row has another headline than its page still tells; the path of that. */
  const rowAheadOfPage = async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll();
    await clock.advance(2 * HOUR);
    await stage.poll();
    const path = new URL(site.link(piece)).pathname;
    site.instead.set(path, articlePage('en', piece.telling, {}));
    piece.telling = { ...piece.telling, headline: 'Parliament adopts the budget after all' };
    return path;
  };

  it('that the row tells while its page is still an old copy is taken from the page some minutes later', async () => {
    const path = await rowAheadOfPage();
    for (let n = 0; n < 3; n++) expect((await stage.poll()).corrected).toEqual([]);
    site.instead.delete(path);
    const reports = [];
    for (let n = 0; n < 6; n++) reports.push(await stage.poll());
    expect(reports.flatMap(({ corrected }) => corrected)).toHaveLength(1);
  });

  it('that comes half an hour after its row told what no page says waits five minutes at most', async () => {
    const path = await rowAheadOfPage();
    await stage.poll();
    await clock.advance(30 * MINUTE);
    expect((await stage.poll()).corrected).toEqual([]);
    site.instead.delete(path);
    await clock.advance(5 * MINUTE);
    expect((await stage.poll()).corrected).toHaveLength(1);
  });

  it('of a story that left the listing and comes back corrected is told then', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll();
    piece.listed = false;
    for (let n = 0; n < 3; n++) await stage.poll();
    await clock.advance(4 * HOUR);
    await stage.poll();
    const headline = 'Parliament adopts the budget after all';
    Object.assign(piece, { listed: true, telling: { ...piece.telling, headline } });
    expect((await stage.poll()).corrected).toHaveLength(1);
  });

  it('that follows within the hour of an edit waits for its end', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts budget' }, clock.now());
    await stage.poll();
    const [story] = (await latestStories(stage.desk, 'en', { limit: 1 })).stories;
    await stage.desk.store.redis.set(newsKeys.edited(story?.id ?? ''), '1', 'PX', 3_000_000);
    piece.telling = { ...piece.telling, headline: 'Parliament adopts the budget' };
    await stage.poll();
    expect(Number((await amended())[1])).toBeGreaterThan(clock.now() + 2_900_000);
  });

  it('after 30 days changes what search finds and no message', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts budget' }, clock.now());
    await stage.poll();
    await clock.advance(31 * 24 * HOUR);
    piece.telling = { ...piece.telling, headline: 'Parliament adopts budget after all' };
    await stage.poll();
    expect(await amended()).toEqual([]);
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]?.headline).toBe(
      'Parliament adopts budget after all',
    );
  });
});

/** A piece that is out and was taken away since, its page with it. */
async function withdrawnPiece(): Promise<Piece> {
  await known();
  const piece = site.publish('en', { headline: 'A report that was right after all' }, clock.now());
  await stage.poll();
  Object.assign(piece, { listed: false, status: 404 });
  for (let n = 0; n < 3; n++) await stage.poll();
  await clock.advance(HOUR);
  await stage.poll();
  return piece;
}

describe('a withdrawal', () => {
  it.each([
    ['leads to the front page', '/'],
    ['leads to the front of its edition', '/en/'],
    ['leads to the listing', '/en/news/'],
    [
      'says that there is no such page',
      '<title>Page not found</title><h1>Page not found</h1><a href="/en/news/1">News</a>',
    ],
    ['says so in Belarusian', '<title>Навіны</title><h1>404</h1><p>Старонка не знойдзена</p>'],
    [
      'says so in Russian',
      '<h1>Страница не найдена</h1><p>Возможно, материал удалён или перенесён на другой адрес.</p>',
    ],
  ])('is a page that %s, where other pages are there', async (_, what) => {
    const pieces = Array.from({ length: 8 }, (_, n) =>
      site.publish('en', { headline: `Report ${n} on roads` }, START - (n + 1) * HOUR),
    );
    for (let n = 0; n < 3; n++) await stage.poll();
    const gone = (piece: Piece) => {
      const path = new URL(site.link(piece)).pathname;
      site.instead.set('/', '<h1>News</h1><a href="/en/news/">All</a>');
      if (what.startsWith('/')) site.leads.set(path, `https://news.example${what}`);
      else site.instead.set(path, what);
    };
    const [first] = pieces;
    if (!first) throw new Error('no story');
    first.listed = false;
    gone(first);
    for (let n = 0; n < 3; n++) await stage.poll();
    expect(await findStoryByLink(stage.desk, site.link(first))).toMatchObject({ withdrawn: true });
    for (const piece of pieces) gone(piece);
    Object.assign(pieces[3] as Piece, { listed: false });
    for (let n = 0; n < 4; n++) expect((await stage.poll()).withdrawn).toEqual([]);
  });

  it('is believed after two looks at a page that is gone, and takes the story out of /latest and /search', async () => {
    await known();
    const piece = site.publish('en', { headline: 'A report that was wrong' }, clock.now());
    await stage.poll();
    piece.listed = false;
    piece.status = 404;
    const reports = [await stage.poll(), await stage.poll(), await stage.poll()];
    expect(reports.map(({ withdrawn }) => withdrawn.length)).toEqual([0, 0, 1]);
    expect((await searchStories(stage.desk, 'en', 'wrong', { limit: 5, offset: 0 })).stories).toEqual([]);
    expect(await findStoryByLink(stage.desk, site.link(piece))).toMatchObject({ withdrawn: true });
    expect(await amended()).toHaveLength(2);
  });

  it('is not one while the listing still has the story', async () => {
    await known();
    const piece = site.publish('en', { headline: 'A page that fails' }, clock.now());
    await stage.poll();
    piece.status = 404;
    await clock.advance(300_000);
    for (let n = 0; n < 4; n++) expect((await stage.poll()).withdrawn).toEqual([]);
  });

  it('is not one when the story only scrolled off the listing', async () => {
    await known();
    const piece = site.publish('en', { headline: 'A report that scrolls away' }, clock.now());
    await stage.poll();
    piece.listed = false;
    for (let n = 0; n < 4; n++) expect((await stage.poll()).withdrawn).toEqual([]);
  });

  it('is not believed when more than a third goes at once', async () => {
    await known();
    for (const piece of site.pieces.slice(0, 4)) {
      piece.listed = false;
      piece.status = 404;
    }
    for (let n = 0; n < 4; n++) expect((await stage.poll()).withdrawn).toEqual([]);
  });

  it('is not one where the site has none of its pages for a while; that is an alarm', async () => {
    await known();
    const kinds: string[] = [];
    for (const piece of site.pieces) piece.status = 404;
    Object.assign(site.pieces[0] as Piece, { listed: false });
    for (let n = 0; n < 6; n++) {
      const report = await stage.poll();
      expect(report.withdrawn).toEqual([]);
      kinds.push(...report.alarms.map(({ kind }) => kind));
    }
    expect(kinds).toContain('bodies');
    for (const piece of site.pieces) piece.status = 200;
    for (let n = 0; n < 3; n++) expect((await stage.poll()).withdrawn).toEqual([]);
  });

  it('ends with the page’s return, whether a listing shows it or not', async () => {
    const piece = await withdrawnPiece();
    expect(await findStoryByLink(stage.desk, site.link(piece))).toMatchObject({ withdrawn: true });
    piece.status = 200;
    await clock.advance(3 * HOUR);
    expect((await stage.poll()).corrected).toHaveLength(1);
    expect(await findStoryByLink(stage.desk, site.link(piece))).toMatchObject({ withdrawn: false });
  });

  it('tells of it again whoever was visited meanwhile, also where Redis breaks once as it is back', async () => {
    const piece = await withdrawnPiece();
    const { store } = stage.desk;
    const entries = await stage.log();
    const run = store.run.bind(store);
    for (const broken of [1, 2]) {
      let calls = 0;
      const hook = vi.spyOn(store, 'run').mockImplementation(async (name, ...rest) => {
        const isOfStory = /story|again/.test(name) && JSON.stringify(rest).includes(':story:');
        if (isOfStory) calls += 1;
        if (isOfStory && calls === broken) throw new Error('Connection is closed.');
        return run(name, ...rest);
      });
      Object.assign(piece, { listed: true, status: 200 });
      await clock.advance(HOUR);
      await stage.poll().catch(() => undefined);
      hook.mockRestore();
    }
    await clock.advance(HOUR);
    await stage.poll();
    expect(await findStoryByLink(stage.desk, site.link(piece))).toMatchObject({ withdrawn: false });
    expect(await stage.log()).toHaveLength(entries.length + 1);
  });

  it('holds up no news where the pages of what left hang', async () => {
    const pieces = Array.from({ length: 12 }, (_, n) =>
      site.publish('en', { headline: `Report ${n} on roads` }, START - (n + 1) * HOUR),
    );
    for (let n = 0; n < 3; n++) await stage.poll();
    const left = pieces.slice(0, 6);
    for (const piece of left) piece.listed = false;
    const [honest, asked] = [{ ...site.fetcher }, new Set<string>()];
    site.fetcher.read = async (address, request = {}) => {
      const isHanging = left.some((piece) => site.link(piece) === address);
      if (!isHanging) return honest.read(address, request);
      asked.add(address);
      await clock.advance(request.withinMs ?? 20_000);
      return { ok: false, fault: { code: 'source.timeout', detail: 'no answer in time' } };
    };
    for (let n = 0; n < 7; n++) expect((await stage.poll()).tookMs).toBeLessThan(25_000);
    expect(asked.size).toBe(6);
  });

  it('waits for an address of several that is away, but not for one that is dead; that is an alarm', async () => {
    await known();
    site.publish('ru', { headline: 'A report in a rubric of its own' }, START - 9 * HOUR);
    const poll = () => stage.poll('en', [site.listing('en'), site.listing('ru')]);
    for (let n = 0; n < 3; n++) await poll();
    site.faults.set('/ru/', 'source.timeout');
    Object.assign(site.pieces[0] as Piece, { listed: false, status: 404 });
    for (let n = 0; n < 4; n++) expect(await poll()).toMatchObject({ withdrawn: [], alarms: [] });
    await clock.advance(HOUR);
    const reports = [await poll(), await poll(), await poll()];
    expect(reports.flatMap(({ withdrawn }) => withdrawn)).toHaveLength(1);
    expect(reports.at(-1)?.alarms.map(({ kind }) => kind)).toEqual(['address']);
  });

  it('that is taken back brings the story back at once, also within the hour of an edit, and once more into the log for who was visited in between', async () => {
    await known();
    const piece = site.publish('en', { headline: 'A report that was right after all' }, clock.now());
    await stage.poll();
    Object.assign(piece, { listed: false, status: 404 });
    for (let n = 0; n < 3; n++) await stage.poll();
    const [id] = await amended();
    await stage.desk.store.redis.set(newsKeys.edited(id ?? ''), '1', 'PX', 3_000_000);
    Object.assign(piece, { listed: true, status: 200 });
    await stage.poll();
    expect(Number((await amended())[1])).toBeLessThan(clock.now() + MINUTE);
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]).toMatchObject({
      headline: 'A report that was right after all',
      withdrawn: false,
    });
    expect(await stage.log()).toHaveLength(2);
  });
});

describe('a story that comes and goes, as where one of two servers does not have it', () => {
  it('is withdrawn after twice as many looks each time that it has come back', async () => {
    await known();
    const piece = site.publish('en', { headline: 'A report that one server has' }, clock.now());
    const polls: number[] = [];
    for (let times = 0; times < 3; times++) {
      Object.assign(piece, { listed: true, status: 200 });
      await stage.poll();
      Object.assign(piece, { listed: false, status: 404 });
      let count = 1;
      while ((await stage.poll()).withdrawn.length === 0) count++;
      polls.push(count);
    }
    expect(polls).toEqual([3, 5, 9]);
  });
});

describe('a bad day at the source', () => {
  it('tells no old stories while a page stands where the feed was, and reads that once it stays', async () => {
    const feed = (...numbers: number[]) =>
      rowsFeed(numbers.map((n) => ({ n, guid: `g${n}`, at: START - 4 * HOUR + n })));
    const poll = (text: string) => {
      site.instead.set('/en/rss', text);
      return stage.poll('en', [site.feed('en')]);
    };
    for (const n of [90, 91, 92])
      site.instead.set(
        `/en/news/${n}`,
        articlePage('en', { headline: headlineOf(n), lead: textOf(n), body: [], dateline: '' }),
      );
    const rows = [90, 91, 92].map((n) => `<li><a href="/en/news/${n}">${headlineOf(n)}</a></li>`);
    await poll(feed(2, 1));
    const page = `<html><body><h1>News</h1><ul>${rows.join('')}</ul></body></html>`;
    await poll(page);
    await poll(feed(3, 2, 1));
    expect(await stage.log()).toEqual([headlineOf(3)]);
    for (let n = 0; n < 40; n++) await poll(page);
    expect(await stage.log()).toHaveLength(4);
  });

  it('asks for no page at each poll because its row counts something', async () => {
    await known();
    const row = (count: number): Row => ({
      n: 5,
      guid: 'g5',
      isBrief: true,
      text: `${textOf(5)} Views: ${count}`,
    });
    site.instead.set(
      '/en/news/5',
      articlePage('en', { headline: headlineOf(5), lead: textOf(5), body: [], dateline: '' }),
    );
    const poll = (count: number) => {
      site.instead.set('/en/rss', rowsFeed([row(count), { n: 1, at: START - 5 * HOUR }]));
      return stage.poll('en', [site.feed('en')]);
    };
    for (let count = 0; count < 60; count++) await poll(count);
    expect(site.asked.filter((path) => path === '/en/news/5').length).toBeLessThan(20);
  });

  it('tells a row whose page was not there for long as soon as it is, and leaves the others alone', async () => {
    await known();
    const early = site.publish('en', { headline: 'Listed before it has a page' }, clock.now());
    early.status = 404;
    for (let n = 0; n < 40; n++) await stage.poll();
    site.asked.length = 0;
    for (let n = 0; n < 20; n++) expect((await stage.poll()).waiting).toBe(0);
    expect(site.asked.filter((path) => path.endsWith(String(early.ids[0]))).length).toBeLessThan(4);
    expect(await stage.log()).toEqual([]);
    early.status = 200;
    for (let n = 0; n < 20; n++) await stage.poll();
    expect(await stage.log()).toEqual(['Listed before it has a page']);
  });

  it('tells a story by its headline where no page of the site is there', async () => {
    await known();
    for (const piece of site.pieces) piece.status = 404;
    site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now()).status = 404;
    for (let n = 0; n < 26; n++) await stage.poll();
    expect(await stage.log()).toEqual(['Parliament adopts the budget']);
  });

  it('loses no story: one page that fails is asked again, the others go out', async () => {
    await known();
    const bad = site.publish('en', { headline: 'The page of this one fails' }, clock.now());
    site.publish('en', { headline: 'The page of this one works' }, clock.now() + 1);
    site.faults.set(String(bad.ids[0]), 'source.status');
    expect((await stage.poll()).waiting).toBe(1);
    expect(await stage.log()).toEqual(['The page of this one works']);
    site.faults.clear();
    await stage.poll();
    expect(await stage.log()).toEqual(['The page of this one works', 'The page of this one fails']);
  });

  it('tells a story by its headline where its page stays broken', async () => {
    await known();
    const bad = site.publish('en', { headline: 'The page of this one fails' }, clock.now());
    site.faults.set(String(bad.ids[0]), 'source.status');
    for (let n = 0; n < 26; n++) await stage.poll();
    expect(await stage.log()).toEqual(['The page of this one fails']);
    site.faults.clear();
    await clock.advance(HOUR);
    await stage.poll();
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]).toMatchObject({
      revision: 1,
      lead: expect.stringContaining('once more'),
    });
  });

  it('rests longer after each failure, never longer than twenty intervals, and catches up afterwards', async () => {
    await known();
    site.faults.set('/en/', 'source.status');
    site.asked.length = 0;
    for (let n = 0; n < 40; n++) await stage.poll();
    expect(site.asked.length).toBeGreaterThan(6);
    expect(site.asked.length).toBeLessThan(16);
    site.publish('en', { headline: 'Written in the outage' }, clock.now() - HOUR);
    site.faults.clear();
    for (let n = 0; n < 11; n++) await stage.poll();
    expect(await stage.log()).toEqual(['Written in the outage']);
  });

  it('ends its rest where the newsroom calls, unless the server asked for it', async () => {
    await known();
    const addresses = [site.listing('en')];
    const called = () =>
      pollEdition(stage.desk, {
        ...site,
        edition: 'en',
        addresses,
        reader: readHere,
        intervalMs: INTERVAL,
        isCalled: true,
      });
    site.faults.set('/en/news/', 'source.status');
    for (let n = 0; n < 5; n++) await stage.poll();
    site.faults.clear();
    site.publish('en', { headline: 'Written in the outage' }, clock.now());
    expect((await stage.poll()).pushed).toEqual([]);
    expect((await called()).pushed).toHaveLength(1);
    const [honest, notBefore] = [{ ...site.fetcher }, clock.now() + HOUR];
    const fault = { code: 'source.throttled', detail: 'status 429', notBefore } as const;
    site.fetcher.read = async () => ({ ok: false, fault });
    await stage.poll();
    Object.assign(site.fetcher, honest);
    site.asked.length = 0;
    await called();
    expect(site.asked).toEqual([]);
  });

  it.each([
    '<html><head><title>Just a moment...</title></head><body>cf-chl</body></html>',
    '',
    '<html><body><h1>Under maintenance</h1></body></html>',
    '{"error":1}',
  ])('takes %j with status 200 for no listing, and withdraws nothing', async (text) => {
    await known();
    site.instead.set('/en/news/', text);
    for (let n = 0; n < 4; n++) expect(await stage.poll()).toMatchObject({ withdrawn: [], pushed: [] });
    site.instead.clear();
    site.publish('en', { headline: 'News after the bad hour' }, clock.now());
    for (let n = 0; n < 6; n++) await stage.poll();
    expect(await stage.log()).toEqual(['News after the bad hour']);
  });

  it('does not take a challenge on a story’s page for its text', async () => {
    await known();
    const piece = site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll();
    site.instead.set(
      `/en/news/${piece.ids[0]}`,
      '<html><body><main><h1>Just a moment...</h1><p>Checking your browser before you may go on to this site, please wait a while.</p></main></body></html>',
    );
    await clock.advance(300_000);
    await stage.poll();
    expect((await latestStories(stage.desk, 'en', { limit: 1 })).stories[0]).toMatchObject({
      headline: 'Parliament adopts the budget',
      revision: 0,
    });
  });

  it('costs one conditional request an address where nothing is new', async () => {
    await known();
    for (let n = 0; n < 5; n++) await stage.poll();
    site.asked.length = 0;
    await stage.poll();
    expect(site.asked).toEqual(['/en/news/']);
  });

  it('survives a redesign of class names without an event', async () => {
    await known();
    site.publish('en', { headline: 'Parliament adopts the budget' }, clock.now());
    await stage.poll();
    site.design = 'other';
    site.publish('en', { headline: 'Bridge reopens in Homiel' }, clock.now());
    await clock.advance(300_000);
    for (let n = 0; n < 3; n++) expect((await stage.poll()).corrected).toEqual([]);
    expect(await stage.log()).toEqual(['Parliament adopts the budget', 'Bridge reopens in Homiel']);
  });
});
