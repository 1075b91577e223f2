import { describe, expect, it } from 'vitest';
import { findStoryByLink } from '#src/desk/stories.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import type { Stage } from '#testing/newsdesk.ts';
import { datelineOf } from '#testing/pages.ts';
import type { Piece, Site } from '#testing/site.ts';
import { randomStory } from '#testing/texts.ts';

const START = Date.parse('2026-08-22T09:00:00Z');

let clock: MovedClock;
let site: Site;
let stage: Stage;

eachNewsdesk(START, (newsdesk) => {
  ({ stage, site, clock } = newsdesk);
});

/** Two days of stories, of which the last page is known. */
async function known(): Promise<void> {
  for (let n = 0; n < 70; n++) site.publish('en', randomStory(n), START - (70 - n) * 40 * MINUTE);
  await stage.poll();
  for (let n = 0; n < 3; n++) await stage.poll();
}

/** Stories that appear while nobody can read them. */
async function outage(count: number, hours = 6): Promise<Piece[]> {
  site.faults.set('/en/', 'source.unreachable');
  const pieces: Piece[] = [];
  for (let n = 0; n < count; n++) {
    await clock.advance((hours * HOUR) / count);
    pieces.push(site.publish('en', randomStory(1000 + n), clock.now()));
    if (n % 10 === 0) await stage.poll();
  }
  site.faults.clear();
  await clock.advance(6 * MINUTE);
  site.asked.length = 0;
  return pieces;
}

const headlines = (pieces: readonly Piece[]) => pieces.map(({ telling }) => telling.headline);
const listingsAsked = () => site.asked.filter((path) => /news\/(?:\?page=\d+|page\/\d+\/)?$/.test(path));

describe('more news than a page holds', () => {
  it.each([
    ['linked', 80],
    ['query', 45],
    ['path', 45],
  ] as const)(
    'after an outage is told whole, in its order, where pages are %s (%i stories)',
    async (paging, count) => {
      site.paging = paging;
      await known();
      const pieces = await outage(count);
      await stage.poll();
      expect(await stage.log()).toEqual(headlines(pieces));
      expect(listingsAsked().length).toBeLessThanOrEqual(paging === 'path' ? 4 : 3);
      site.asked.length = 0;
      for (let n = 0; n < 3; n++) await stage.poll();
      expect(await stage.log()).toHaveLength(count);
      expect(listingsAsked()).toEqual(['/en/news/', '/en/news/', '/en/news/']);
    },
  );

  it.each([
    ['query', 45, []],
    ['none', 30, ['gap']],
  ] as const)(
    'after an outage is told as far as a feed has pages (%s): what is missing is an alarm',
    async (paging, count, alarms) => {
      site.paging = paging;
      const poll = () => stage.poll('en', [site.feed('en')]);
      for (let n = 0; n < 3; n++) site.publish('en', randomStory(n), START - (10 - n) * HOUR);
      for (let n = 0; n < 2; n++) await poll();
      for (let n = 0; n < 45; n++) {
        await clock.advance(8 * MINUTE);
        site.publish('en', randomStory(1000 + n), clock.now());
      }
      const kinds = async () => (await poll()).alarms.map(({ kind }) => kind);
      expect(await kinds()).toEqual(alarms);
      expect(await stage.log()).toHaveLength(count);
      expect(await kinds()).toEqual(alarms);
      await clock.advance(HOUR);
      expect(await kinds()).toEqual([]);
    },
  );

  it('is told whole although one story stays pinned at the top', async () => {
    await known();
    const pinned = site.publish(
      'en',
      { ...randomStory(500), dateline: datelineOf('en', START) },
      START + 48 * HOUR,
    );
    await stage.poll();
    const pieces = await outage(45);
    await stage.poll();
    expect(await stage.log()).toEqual(headlines([pinned, ...pieces]));
  });

  it('that names no further page is told as far as the page goes', async () => {
    site.paging = 'none';
    await known();
    const pieces = await outage(40);
    await stage.poll();
    expect(await stage.log()).toEqual(headlines(pieces.slice(-30)));
    expect(listingsAsked()).toEqual(['/en/news/', '/en/news/?page=2', '/en/news/page/2/']);
  });

  it('waits for a further page that cannot be read now, and is then told in its order', async () => {
    await known();
    const pieces = await outage(40);
    site.faults.set('page=2', 'source.status');
    for (let n = 0; n < 3; n++) expect(await stage.poll()).toMatchObject({ pushed: [] });
    site.faults.clear();
    await stage.poll();
    expect(await stage.log()).toEqual(headlines(pieces));
  });

  it('is told in its order where the first page breaks off at first', async () => {
    await known();
    const pieces = await outage(40);
    const page = await site.fetcher.read(site.listing('en'), {});
    if (!page.ok || page.value.kind !== 'page') throw new Error('no page');
    const text = Buffer.from(page.value.bytes).toString();
    site.instead.set('/en/news/', text.slice(0, text.length / 2));
    expect(await stage.poll()).toMatchObject({ pushed: [] });
    site.instead.clear();
    await stage.poll();
    expect(await stage.log()).toEqual(headlines(pieces));
  });

  it('does not wait for ever', async () => {
    await known();
    const pieces = await outage(40);
    site.faults.set('page=2', 'source.status');
    for (let n = 0; n < 24; n++) await stage.poll();
    expect(await stage.log()).toEqual(headlines(pieces.slice(-30)));
  });

  it('loses no story of a further page whose own page fails for a while', async () => {
    await known();
    const pieces = await outage(50);
    const failing = [pieces[3], pieces[20]] as Piece[];
    for (const { ids } of failing) site.faults.set(`/${ids[0]}`, 'source.status');
    await stage.poll();
    expect(await stage.log()).toHaveLength(48);
    site.faults.clear();
    for (let n = 0; n < 6; n++) await stage.poll();
    const log = await stage.log();
    expect(log).toHaveLength(50);
    expect(log.slice(48)).toEqual(headlines(failing));
  });

  it('loses nothing and repeats nothing where the process ends in the middle', async () => {
    await known();
    const pieces = await outage(50);
    const read = site.fetcher.read.bind(site.fetcher);
    let left = 30;
    Object.assign(site.fetcher, {
      read: (...asked: Parameters<typeof read>) =>
        left-- > 0 ? read(...asked) : Promise.reject(new Error('killed')),
    });
    await expect(stage.poll()).rejects.toThrow('killed');
    Object.assign(site.fetcher, { read });
    await stage.poll();
    expect(await stage.log()).toEqual(headlines(pieces));
  });

  it('is read on politely: not at first sight, not in a usual burst, and never without end', async () => {
    await known();
    expect(listingsAsked().every((path) => path === '/en/news/')).toBe(true);
    for (let n = 0; n < 20; n++) site.publish('en', randomStory(300 + n), clock.now() + n);
    await stage.poll();
    expect(listingsAsked().every((path) => path === '/en/news/')).toBe(true);
    await outage(300, 100);
    await stage.poll();
    expect(listingsAsked().length).toBeLessThanOrEqual(8);
    expect((await stage.log()).length).toBeLessThanOrEqual(220);
  });
});

describe('a reset of all addresses', () => {
  /** Younger than two days, and so far down that the first page no longer lists it. */
  async function scrolledOff(): Promise<Piece> {
    await known();
    const piece = site.publish('en', randomStory(900), clock.now());
    await stage.poll();
    for (let n = 0; n < 40; n++) {
      await clock.advance(20 * MINUTE);
      site.publish('en', randomStory(901 + n), clock.now());
      await stage.poll();
    }
    return piece;
  }

  it('gives the new address to a story that had left the first page, so that its corrections are found', async () => {
    const piece = await scrolledOff();
    const before = await stage.log();
    const oldLink = site.link(piece);
    site.reset();
    await stage.poll();
    expect(await findStoryByLink(stage.desk, oldLink)).toMatchObject({ link: site.link(piece), revision: 0 });
    piece.telling = { ...piece.telling, lead: `${piece.telling.lead} A name was put right.` };
    await clock.advance(24 * HOUR);
    for (let n = 0; n < 4; n++) await stage.poll();
    expect(await findStoryByLink(stage.desk, oldLink)).toMatchObject({
      lead: piece.telling.lead,
      revision: 1,
    });
    expect(await stage.log()).toEqual(before);
  });

  it('does not make the bot ask the dead addresses of all others again and again', async () => {
    site.paging = 'none';
    await scrolledOff();
    site.reset();
    await stage.poll();
    await clock.advance(24 * HOUR);
    for (let n = 0; n < 6; n++) await stage.poll();
    site.asked.length = 0;
    for (let n = 0; n < 40; n++) await stage.poll();
    expect(site.asked.length).toBeLessThan(40 + 20);
  });

  it('of a slow site leaves withdrawals to be found', async () => {
    await known();
    const piece = site.publish('en', randomStory(900), clock.now());
    for (let n = 0; n < 5; n++) site.publish('en', randomStory(901 + n), clock.now() + n + 1);
    await stage.poll();
    const read = site.fetcher.read.bind(site.fetcher);
    Object.assign(site.fetcher, {
      read: async (...asked: Parameters<typeof read>) => {
        await clock.advance(1000);
        return read(...asked);
      },
    });
    site.reset();
    await stage.poll();
    await stage.poll();
    Object.assign(piece, { listed: false, status: 404 });
    for (let n = 0; n < 3; n++) await stage.poll();
    expect(await findStoryByLink(stage.desk, site.link(piece))).toMatchObject({ withdrawn: true });
  });
});
