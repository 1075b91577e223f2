import { beforeEach, describe, expect, it } from 'vitest';
import { pollEdition } from '#src/desk/intake/poll.ts';
import { findStoryByLink } from '#src/desk/stories.ts';
import { readHere } from '#src/source/reading.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import { INTERVAL, type Stage } from '#testing/newsdesk.ts';
import { articlePage } from '#testing/pages.ts';
import { headlineOf, linkOf, type Row, rowsFeed, textOf } from '#testing/rows.ts';
import type { Piece, Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');

let stage: Stage;
let site: Site;
let clock: MovedClock;

eachNewsdesk(START, (newsdesk) => {
  ({ stage, site, clock } = newsdesk);
});

const pathOf = (piece: Piece): string => new URL(site.link(piece)).pathname;

/** Polls until the log has a story, at most `most` times; how many polls it took. */
async function pollsUntilTold(
  most: number,
  poll: () => Promise<unknown> = () => stage.poll(),
): Promise<number> {
  let polls = 0;
  while (polls < most && (await stage.log()).length === 0) {
    await poll();
    polls++;
  }
  return polls;
}

describe('a story much like one whose page cannot be read any more', () => {
  const headline = 'Ministry adds people to its list';
  const list = (names: string) => ({
    headline,
    lead: 'The ministry has added people to its list today, the agency was told.',
    body: [
      {
        kind: 'paragraph' as const,
        text: `The list was published at noon. The people who were added to it are ${names}. The ministry gives no reasons, and the list has no end.`,
      },
    ],
  });

  it.each(['source.status', 'source.timeout', 'source.robots'] as const)(
    '(%s) is told all the same',
    async (fault) => {
      const first = site.publish('en', list('Anna Zubr and Ivan Bocian'), START - 3 * HOUR);
      for (let n = 0; n < 4; n++)
        site.publish('en', { headline: `Report ${n} on roads` }, START - (n + 4) * HOUR);
      for (let n = 0; n < 4; n++) await stage.poll();
      site.faults.set(pathOf(first), fault);
      site.publish('en', list('Piotr Rys and Olga Sava'), clock.now());
      const before = site.asked.length;
      const polls = await pollsUntilTold(120);
      expect(await stage.log()).toEqual([headline]);
      expect(polls * 30).toBeLessThan(15 * 60);
      expect(site.asked.length - before).toBeLessThan(2 * polls + 60);
    },
  );

  const daily = {
    headline: 'Update on arrests and trials',
    lead: 'Courts have dealt with twelve people since yesterday, and three of them were fined.',
    body: [
      {
        kind: 'paragraph' as const,
        text: 'Names of those who were tried today are known to their families.',
      },
    ],
  };

  it.each([1, 2])(
    'is told though no page can be read, nor that of %i before it under its headline',
    async (many) => {
      for (let n = 0; n < many; n++) {
        site.publish('en', { ...daily, lead: `${daily.lead} It was day ${n}.` }, START - (3 + n) * HOUR);
        for (let polls = 0; polls < 3; polls++) await stage.poll();
      }
      for (const piece of site.pieces) piece.listed = false;
      site.publish('en', { headline: 'A report on roads' }, START - 9 * HOUR);
      await stage.poll();
      const told = await stage.log();
      site.faults.set('/en/news/2', 'source.status');
      site.publish('en', { ...daily, lead: 'Nobody was tried today.' }, clock.now());
      for (let polls = 0; polls < 30; polls++) await stage.poll();
      expect(await stage.log()).toEqual([...told, daily.headline]);
      expect((await stage.poll()).waiting).toBe(0);
    },
  );

  it('is told at the second poll where it is a flash', async () => {
    const first = site.publish('en', daily, START - 3 * HOUR);
    for (let polls = 0; polls < 3; polls++) await stage.poll();
    site.faults.set(pathOf(first), 'source.status');
    first.listed = false;
    const piece = site.publish('en', daily, clock.now());
    site.instead.set(pathOf(piece), articlePage('en', { ...piece.telling, lead: '', body: [] }, {}));
    expect(await pollsUntilTold(5)).toBe(2);
  });

  it('does not hold up a withdrawal', async () => {
    const first = site.publish('en', list('Anna Zubr and Ivan Bocian'), START - 3 * HOUR);
    const pieces = Array.from({ length: 8 }, (_, n) =>
      site.publish('en', { headline: `Report ${n} on roads` }, START - (n + 4) * HOUR),
    );
    for (let n = 0; n < 4; n++) await stage.poll();
    site.faults.set(pathOf(first), 'source.status');
    site.publish('en', list('Piotr Rys and Olga Sava'), clock.now());
    await stage.poll();
    Object.assign(pieces[0] as Piece, { listed: false, status: 404 });
    const reports = [await stage.poll(), await stage.poll(), await stage.poll(), await stage.poll()];
    expect(reports.flatMap(({ withdrawn }) => withdrawn)).toHaveLength(1);
  });
});

describe('a story whose own page is refused', () => {
  it('goes out in time though its link has another name of the visit at each poll', async () => {
    const old: Row = { n: 1, at: START - 5 * HOUR };
    const row = (visit: number): Row => ({
      n: 2,
      link: `https://news.example/en/news/2?v=${visit}`,
      isBrief: true,
    });
    const poll = (rows: readonly Row[]) => {
      site.instead.set('/en/rss', rowsFeed(rows));
      return stage.poll('en', [site.feed('en')]);
    };
    await poll([old]);
    site.faults.set('/en/news/2', 'source.status');
    let visit = 100;
    const polls = await pollsUntilTold(60, () => poll([row(visit++), old]));
    expect(polls).toBeLessThan(30);
    for (let n = 0; n < 5; n++) await poll([row(visit++), old]);
    expect(await stage.log()).toHaveLength(1);
  });

  it('is corrected by its feed in time, as it was told', async () => {
    const [old, row]: Row[] = [
      { n: 1, at: START - 5 * HOUR },
      { n: 2, guid: 'g2', isBrief: true },
    ];
    const poll = (each: Row) => {
      site.instead.set('/en/rss', rowsFeed([each, old as Row]));
      return stage.poll('en', [site.feed('en')]);
    };
    await poll(old as Row);
    site.faults.set('/en/news/2', 'source.status');
    await pollsUntilTold(60, () => poll(row as Row));
    const corrected = {
      ...row,
      headline: `${headlineOf(2)} today`,
      text: `${textOf(2)} Nobody was hurt.`,
    } as Row;
    for (let n = 0; n < 12; n++) await poll(corrected);
    expect(await findStoryByLink(stage.desk, linkOf(2))).toMatchObject({
      headline: corrected.headline,
      lead: corrected.text,
      revision: 1,
    });
  });

  it('raises an alarm where it is so with each one, and ends it with the first text', async () => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    site.faults.set('/en/news/2', 'source.status');
    const kinds: string[] = [];
    for (const n of [1, 2, 3]) site.publish('en', { headline: `Report number ${n} of today` }, clock.now());
    for (let n = 0; n < 40; n++) kinds.push(...(await stage.poll()).alarms.map(({ kind }) => kind));
    expect(await stage.log()).toHaveLength(3);
    expect([kinds.at(0), kinds.at(-1)]).toEqual(['refused', 'refused']);
    site.faults.clear();
    site.publish('en', { headline: 'A report that can be read' }, clock.now());
    expect((await stage.poll()).alarms).toEqual([]);
  });
});

describe('a flash: a headline whose page has no text yet', () => {
  const flash = { headline: 'Explosion in the centre of Minsk', lead: '', body: [] };

  it('goes out at the second poll, and its text is edited in when it is there', async () => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const piece = site.publish('en', flash, clock.now());
    site.instead.set(pathOf(piece), articlePage('en', { ...piece.telling, lead: '', body: [] }, {}));
    expect(await pollsUntilTold(5)).toBeLessThanOrEqual(2);
    expect(await stage.log()).toEqual([flash.headline]);
    await clock.advance(3 * MINUTE);
    await stage.poll();
    site.instead.set(
      pathOf(piece),
      articlePage('en', { ...piece.telling, lead: 'It was heard all over the centre of Minsk.' }, {}),
    );
    await clock.advance(MINUTE);
    const report = await stage.poll();
    expect(report.corrected).toHaveLength(1);
    expect((await findStoryByLink(stage.desk, site.link(piece)))?.lead).toContain('heard all over');
    expect(await stage.log()).toHaveLength(1);
  });

  /** A page of the flash with this text. */
  const saying = (html: string, headline = flash.headline) =>
    `<!doctype html><html><head><title>${headline}</title></head><body><article><h1>${headline}</h1>${html}</article></body></html>`;
  const text = '<p>It was heard all over the centre of Minsk, and windows are broken in three streets.</p>';

  it.each([
    ['only a photo', '<figure><img src="/a.jpg"><figcaption>In the centre</figcaption></figure>'],
    ['that a text follows', '<p>More details to follow.</p>'],
    ['so in Belarusian', '<div class="article-content"><p>Падрабязнасці пазней…</p></div>'],
    ['so in Russian', '<p><em>(Новость дополняется.)</em></p>'],
    ['the headline once more', `<p>${flash.headline}.</p>`],
    ['the headline in its place for texts', `<div class="article-content"><p>${flash.headline}</p></div>`],
  ])('may show %s, and is asked often for its text', async (_, html) => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const piece = site.publish('en', flash, clock.now());
    site.instead.set(pathOf(piece), saying(html));
    expect(await pollsUntilTold(5)).toBeLessThanOrEqual(2);
    expect((await findStoryByLink(stage.desk, site.link(piece)))?.lead).toBe('');
    await stage.poll();
    const within = html.includes('</div>') ? html.replace('</div>', `${text}</div>`) : html + text;
    site.instead.set(pathOf(piece), saying(within));
    const reports = [await stage.poll(), await stage.poll(), await stage.poll()];
    expect(reports.flatMap(({ corrected }) => corrected)).toHaveLength(1);
    expect(JSON.stringify(await findStoryByLink(stage.desk, site.link(piece)))).toContain('heard all over');
    expect(await stage.log()).toHaveLength(1);
  });

  it('that is called otherwise before it has a text, and with it, is one story', async () => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const piece = site.publish('en', flash, clock.now());
    const call = (headline: string, html = '') => {
      piece.telling = { ...piece.telling, headline };
      site.instead.set(pathOf(piece), saying(html, headline));
    };
    call(flash.headline);
    await stage.poll();
    call('Blast near a metro station');
    for (let n = 0; n < 4; n++) await stage.poll();
    expect(await stage.log()).toEqual(['Blast near a metro station']);
    call(
      'Gas leak damages a shop, rescuers say',
      '<p>Nobody was hurt, the rescuers told the agency at noon and went on with their work.</p>',
    );
    for (let n = 0; n < 4; n++) await stage.poll();
    expect(await stage.log()).toEqual(['Gas leak damages a shop, rescuers say']);
    expect((await findStoryByLink(stage.desk, site.link(piece)))?.lead).toContain('Nobody was hurt');
  });

  it.each([1, 3])(
    'that goes before its text, after %i polls, is told no more or withdrawn',
    async (after) => {
      site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
      await stage.poll();
      const piece = site.publish('en', flash, clock.now());
      site.instead.set(pathOf(piece), saying(''));
      for (let n = 0; n < after; n++) await stage.poll();
      site.instead.delete(pathOf(piece));
      Object.assign(piece, { listed: false, status: 404 });
      for (let n = 0; n < 4; n++) await stage.poll();
      const story = await findStoryByLink(stage.desk, site.link(piece));
      expect(story?.withdrawn ?? 'never told').toBe(after === 1 ? 'never told' : true);
    },
  );

  it.each([
    ['Технические работы на насосной станции в Гомеле', ''],
    ['Reactor is under maintenance again', ''],
    [flash.headline, '<form><div class="g-recaptcha"></div></form>'],
    [flash.headline, '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'],
    [flash.headline, '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>'],
    [flash.headline, '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d3"></script>'],
  ])('is no challenge by its words, nor by a form of the site: %s %s', async (headline, html) => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const piece = site.publish('en', { ...flash, headline }, clock.now());
    site.instead.set(pathOf(piece), saying(html, headline));
    expect(await pollsUntilTold(5)).toBe(2);
  });

  it('is none where the page is a challenge', async () => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const piece = site.publish('en', { headline: 'A report for people only' }, clock.now());
    site.instead.set(
      pathOf(piece),
      '<title>Just a moment...</title><h1>A report for people only</h1><p>cf-chl</p>',
    );
    await stage.poll();
    await stage.poll();
    expect(await stage.log()).toEqual([]);
  });
});

describe('a page that fails for good', () => {
  it.each([
    'source.throttled',
    'source.too_large',
    'source.too_hard',
    'source.redirects',
    'source.private_address',
  ] as const)('(%s) holds up its own story for a while and no other', async (fault) => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const ill = site.publish('en', { headline: 'A report whose page fails' }, clock.now());
    site.faults.set(pathOf(ill), fault);
    site.publish('en', { headline: 'A report that can be read' }, clock.now() + 1);
    for (let n = 0; n < 4; n++) await stage.poll();
    expect(await stage.log()).toEqual(['A report that can be read']);
    for (let n = 0; n < 30; n++) await stage.poll();
    expect(await stage.log()).toHaveLength(2);
  });
});

describe('a row whose page is not there', () => {
  const headline = 'A report that is published twice';

  beforeEach(async () => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    site.publish('en', { headline }, clock.now()).status = 404;
    for (let n = 0; n < 40; n++) await stage.poll();
    expect(await stage.log()).toEqual([]);
  });

  it('does not hold up another under its headline', async () => {
    site.publish('en', { headline }, clock.now());
    await stage.poll();
    expect(await stage.log()).toEqual([headline]);
  });

  it('is looked at when the newsroom calls', async () => {
    for (const piece of site.pieces) piece.status = 200;
    await pollEdition(stage.desk, {
      ...site,
      edition: 'en',
      addresses: [site.listing('en')],
      reader: readHere,
      intervalMs: INTERVAL,
      isCalled: true,
    });
    expect(await stage.log()).toEqual([headline]);
  });
});

it('two flashes under one headline are told at the second poll, as one is', async () => {
  site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
  await stage.poll();
  for (let n = 0; n < 2; n++) {
    const piece = site.publish('en', { headline: 'Explosion in Minsk' }, clock.now());
    site.instead.set(pathOf(piece), articlePage('en', { ...piece.telling, lead: '', body: [] }, {}));
  }
  expect((await stage.poll()).pushed).toEqual([]);
  await stage.poll();
  expect(await stage.log()).not.toEqual([]);
});

describe('a headline that is corrected while its page is refused', () => {
  it('costs no request a poll, and is taken from the page once it can be read', async () => {
    site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
    await stage.poll();
    const piece = site.publish('en', { headline: 'A bridge opens in Brest' }, clock.now());
    await stage.poll();
    piece.telling = { ...piece.telling, headline: 'A new bridge opens in Brest' };
    site.faults.set(pathOf(piece), 'source.status');
    const before = site.asked.length;
    for (let n = 0; n < 60; n++) await stage.poll();
    expect(site.asked.length - before).toBeLessThan(100);
    site.faults.clear();
    await clock.advance(6 * MINUTE);
    await stage.poll();
    expect(await stage.log()).toEqual(['A new bridge opens in Brest']);
  });
});
