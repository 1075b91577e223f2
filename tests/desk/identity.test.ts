import { describe, expect, it, vi } from 'vitest';
import { findStoryByLink } from '#src/desk/stories.ts';
import { readLog } from '#src/store/logs.ts';
import { DAY, HOUR, MINUTE } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import type { Stage } from '#testing/newsdesk.ts';
import { articlePage, type Telling } from '#testing/pages.ts';
import { snapshot } from '#testing/rolled-back.ts';
import { headlineOf, linkOf, type Row, rowsFeed, textOf } from '#testing/rows.ts';
import type { Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');

let stage: Stage;
let site: Site;
let clock: MovedClock;

eachNewsdesk(START, (newsdesk) => {
  ({ stage, site, clock } = newsdesk);
});

async function poll(rows: readonly Row[]) {
  site.instead.set('/en/rss', rowsFeed(rows));
  return stage.poll('en', [site.feed('en')]);
}
const told = async (): Promise<string[]> => stage.log();
const OLD: Row = { n: 1, guid: 'g1', at: START - 5 * HOUR };
const LIVE = 'https://news.example/en/live/7';

describe('a story that Redis has lost with its last moments', () => {
  it('is the same one when it is read again, in another spelling of its address and corrected meanwhile', async () => {
    await poll([OLD]);
    const rollBack = await snapshot(stage);
    const idOf = async (link: string, headline: string) => {
      await poll([{ n: 5, link, headline }, OLD]);
      const [entry] = await readLog(stage.desk.store, 'en', 0, 9);
      await rollBack();
      return entry?.kind === 'story' ? entry.story : undefined;
    };
    const link = linkOf(5);
    const id = await idOf(link, 'A bridge opens');
    expect(id).toBeDefined();
    for (const other of [link.replace('https://', 'http://www.'), `${link}?utm_source=rss`])
      expect(await idOf(other, 'A bridge opens in the old town')).toBe(id);
  });
});

describe('a feed of a live blog', () => {
  const post = (n: number): Row => ({
    n,
    guid: `live-${n}`,
    link: `${LIVE}#post-${n}`,
    at: START + n * MINUTE,
  });

  it('gives each post once, and none is written over another', async () => {
    await poll([OLD]);
    for (const rows of [
      [post(5)],
      [post(6), post(5)],
      [post(7), post(6), post(5)],
      [post(7), post(6), post(5)],
    ])
      await poll([...rows, OLD]);
    expect(await told()).toEqual([5, 6, 7].map(headlineOf));
    expect((await findStoryByLink(stage.desk, `${LIVE}#post-6`))?.headline).toBe(headlineOf(6));
  });

  it('gives them without guids as well', async () => {
    await poll([OLD]);
    for (const numbers of [[5], [6, 5], [7, 6, 5], [8]])
      await poll([...numbers.map((n) => ({ n, link: `${LIVE}#post-${n}` })), OLD]);
    expect(await told()).toEqual([5, 6, 7, 8].map(headlineOf));
  });

  it('gives them under the guid of the page, too', async () => {
    await poll([OLD]);
    for (const numbers of [
      [6, 5],
      [7, 6, 5],
    ])
      await poll([...numbers.map((n) => ({ n, guid: LIVE, link: `${LIVE}#post-${n}` })), OLD]);
    expect(new Set(await told())).toEqual(new Set([5, 6, 7].map(headlineOf)));
  });

  it.each([
    ['as a page', LIVE],
    ['at the front page', 'https://news.example/'],
    ['behind a hash', 'https://news.example/#/live/7'],
  ])('gives those whose guids are numbered %s', async (_, page) => {
    site.instead.set('/', '<h1>News</h1><div id="app"></div>');
    await poll([OLD]);
    const headlineFor = (n: number) => `A storm over the streets of Minsk, ${other(n).slice(0, 6)}`;
    const numbered = (n: number): Row => ({
      n,
      link: page.includes('#') ? `${page}/${n}` : linkOf(n),
      guid: page.includes('#') ? `${page}/${n}` : `${page}#post-${n}`,
      at: START + n * MINUTE,
      headline: headlineFor(n),
      text: `${textOf(5)} ${other(n)}`,
    });
    for (const numbers of [[5], [6], [7]]) await poll([...numbers.map(numbered), OLD]);
    expect(await told()).toEqual([5, 6, 7].map(headlineFor));
  });

  it('corrects the post that was corrected', async () => {
    await poll([OLD]);
    await poll([post(6), post(5), OLD]);
    const more = { ...post(5), text: `${textOf(5)} Nobody was hurt.` };
    const report = await poll([post(6), more, OLD]);
    expect(report.corrected).toHaveLength(1);
    expect((await findStoryByLink(stage.desk, `${LIVE}#post-5`))?.lead).toContain('Nobody was hurt');
    expect(await told()).toEqual([5, 6].map(headlineOf));
  });
});

describe('a feed that tells its stories apart badly loses none and repeats none', () => {
  /** Too long ago to be pushed at first sight, young enough to be news. */
  const at = (n: number): number => START - 4 * HOUR + n * 1000;

  it('where guids number the places', async () => {
    const rows = (numbers: readonly number[]) =>
      numbers.map((n, place) => ({ n, guid: `${place + 1}`, at: at(n) }));
    await poll(rows([5, 4, 3, 2, 1]));
    for (const numbers of [[6, 5, 4, 3, 2], [7, 6, 5, 4, 3], [8], [9]]) await poll(rows(numbers));
    expect(await told()).toEqual([6, 7, 8, 9].map(headlineOf));
  });

  it('where links number the places', async () => {
    const rows = (top: number) =>
      Array.from({ length: 7 }, (_, place) => top - place).map((n, place) => ({
        n,
        link: `https://news.example/en/story?id=${place + 1}`,
        at: at(n),
      }));
    await poll(rows(8));
    for (const top of [9, 9, 10]) await poll(rows(top));
    expect(await told()).toEqual([9, 10].map(headlineOf));
  });

  it('where an old guid is used again', async () => {
    await poll([OLD, { n: 2, guid: 'g2', at: at(2) }]);
    await poll([
      { n: 9, guid: 'g1', at: at(9) },
      { n: 2, guid: 'g2', at: at(2) },
    ]);
    expect(await told()).toEqual([headlineOf(9)]);
  });

  it('where an old address is used again', async () => {
    await poll([OLD]);
    for (const n of [5, 6, 6])
      await poll([{ n, link: `${LIVE}/today`, at: at(n), text: `${textOf(n)} ${other(n)}` }, OLD]);
    expect(await told()).toEqual([headlineOf(5), headlineOf(6)]);
    expect((await findStoryByLink(stage.desk, `${LIVE}/today`))?.headline).toBe(headlineOf(6));
  });

  it.each(['with', 'without'])('where all stories have one link, %s guids', async (guids) => {
    const row = (n: number): Row => ({
      n,
      link: LIVE,
      at: at(n),
      text: `${textOf(n)} ${other(n)}`,
      ...(guids === 'with' ? { guid: `x${n}` } : {}),
    });
    await poll([3, 2, 1].map(row));
    for (const numbers of [[4, 3, 2, 1], [5, 4, 3], [5, 4, 3], [6]]) await poll(numbers.map(row));
    expect(await told()).toEqual([4, 5, 6].map(headlineOf));
  });

  it('where two stories share one guid', async () => {
    await poll([OLD]);
    for (let n = 0; n < 3; n++)
      await poll([{ n: 6, guid: 'politics', at: at(6) }, { n: 5, guid: 'politics', at: at(5) }, OLD]);
    expect(await told()).toEqual([headlineOf(5), headlineOf(6)]);
  });

  it('where each poll has another name of the visit in its links', async () => {
    const row = (n: number, visit: string): Row => ({ n, link: `${linkOf(n)}?visit=${visit}`, at: at(n) });
    await poll([3, 2, 1].map((n) => row(n, 'a1b2c3d4e5')));
    for (const visit of ['f6a7b8c9d0', '1234abcd5678', 'ffff0000aaaa'])
      await poll([4, 3, 2, 1].map((n) => row(n, visit)));
    expect(await told()).toEqual([headlineOf(4)]);
    const aliases = await stage.desk.store.redis.keys('*alias*');
    expect(aliases.length).toBeLessThan(12);
  });

  it('where guids are made anew each time', async () => {
    const row = (n: number, round: number, text = textOf(n)): Row => ({
      n,
      guid: `${round}-${n}`,
      at: at(n),
      text,
    });
    for (let round = 0; round < 4; round++) await poll([3, 2, 1].map((n) => row(n, round)));
    const report = await poll([3, 2, 1].map((n) => row(n, 9, `${textOf(n)} So it was said.`)));
    expect([await told(), report.corrected.length]).toEqual([[], 3]);
  });

  it('where several headlines stand over one notice', async () => {
    const notice =
      'Read the whole story on our site, where you will also find pictures, maps and what readers say about it every day and every night of the year. '.repeat(
        2,
      );
    const row = (n: number): Row => ({
      n,
      headline: `${other(n)}: ${headlineOf(n)}`,
      at: at(n),
      text: notice,
    });
    await poll([row(1)]);
    for (const numbers of [[2, 1], [3, 2, 1], [4]]) await poll(numbers.map(row));
    expect(await told()).toEqual([2, 3, 4].map((n) => row(n).headline));
  });

  it('where all have the date at which the site was made', async () => {
    const rows = (...numbers: number[]) =>
      numbers.map((n): Row => ({ n, guid: `g${n}`, at: Date.parse('2020-01-01T10:00:00Z') }));
    await poll(rows(5, 4, 3, 2, 1));
    for (let n = 0; n < 2; n++) await poll(rows(6, 5, 4, 3, 2));
    expect(await told()).toEqual([headlineOf(6)]);
    const [last, ...older] = rows(7, 6, 5, 4, 3);
    await poll([{ ...(last as Row), link: 'https://news.example/en/2020/01/01/7/' }, ...older]);
    expect(await told()).toEqual([headlineOf(6)]);
  });

  it('where a headline counts the comments', async () => {
    const row = (n: number, count: number): Row => ({
      n,
      guid: `g${n}`,
      headline: `${headlineOf(n)} (${count})`,
      at: at(n),
    });
    await poll([row(1, 0)]);
    for (const count of [0, 3, 9]) await poll([row(2, count), row(1, count)]);
    expect(await told()).toEqual([`${headlineOf(2)} (9)`]);
  });
});

describe('a feed that speaks against most of its stories at once', () => {
  const rows = [8, 7, 6, 5, 4, 3, 2].map((n): Row => ({ n, guid: `g${n}`, at: START - n * HOUR }));
  it.each([
    ['titles that slipped by a row', (n: number) => ({ headline: headlineOf(n - 1) })],
    ['one title over all', () => ({ headline: 'News of the town' })],
    ['texts that slipped by a row', (n: number) => ({ text: `${other(n - 1)} ${other(n + 8)}` })],
  ])('is not believed until that has lasted for ten minutes: %s', async (_, wrong) => {
    await poll(rows);
    const broken = rows.map((row) => ({ ...row, ...wrong(row.n) }));
    for (const listed of [broken, broken, rows]) expect((await poll(listed)).corrected).toEqual([]);
    const news = { n: 9, guid: 'g9', at: START };
    expect((await poll([news, ...broken])).pushed).toHaveLength(1);
    await clock.advance(10 * MINUTE);
    expect((await poll([news, ...broken])).corrected).toHaveLength(rows.length);
  });

  it('is believed where it corrects them', async () => {
    await poll(rows);
    const corrected = rows.map((row) => ({ ...row, text: `${textOf(row.n)} So it was said.` }));
    expect((await poll(corrected)).corrected).toHaveLength(rows.length);
  });
});

describe('a feed that lists its stories at another host for a while', () => {
  it('has readers sent to its own again as soon as it is back', async () => {
    const rows = [6, 5, 4].map((n) => ({ n, guid: `g${n}`, at: START - n * HOUR }));
    const linkNow = async () => (await findStoryByLink(stage.desk, linkOf(5)))?.link;
    await poll(rows);
    const elsewhere = rows.map((row) => ({ ...row, link: `https://trial.example/en/news/${row.n}` }));
    expect((await poll(elsewhere)).relinked).toBe(3);
    expect(await linkNow()).toBe('https://trial.example/en/news/5');
    await poll(elsewhere);
    expect((await poll(rows)).relinked).toBe(3);
    expect(await linkNow()).toBe(linkOf(5));
    expect([(await poll(rows)).relinked, await told()]).toEqual([0, []]);
  });
});

describe('a headline without a text and a day', () => {
  it.each([
    ['is another story a week later', 7 * DAY, ['a', undefined], 1],
    ['is the same story an hour later', HOUR, ['a', undefined], 0],
    ['is another story under another guid', HOUR, ['a', 'b'], 1],
  ] as const)('%s', async (_, later, [first, second], more) => {
    const row = (n: number, guid: string | undefined): Row => ({
      n,
      headline: 'Rates for tomorrow',
      text: '',
      ...(guid === undefined ? {} : { guid }),
    });
    await poll([{ n: 1 }, row(2, first)]);
    await clock.advance(later);
    let stored = 0;
    for (let n = 0; n < 26; n++) {
      const report = await poll([{ n: 1 }, row(3, second)]);
      stored += report.pushed.length + report.stored.length;
    }
    expect(stored).toBe(more);
  });
});

describe('a feed that goes on naming a story that was taken down', () => {
  it.each(['Article removed', 'Материал удалён', '[deleted]', 'Навіна знята з публікацыі.'])(
    'does not make news of it, and withdraws the story: %s',
    async (headline) => {
      const pageOf = (n: number) =>
        articlePage('en', { headline: headlineOf(n), lead: textOf(n), body: [], dateline: '' }, {});
      const rows = [1, 2, 3].map((n) => ({ n, guid: `g${n}`, at: START - (n + 4) * HOUR }));
      for (const n of [1, 2, 3, 5]) site.instead.set(`/en/news/${n}`, pageOf(n));
      await poll(rows);
      await poll([{ n: 5, guid: 'g5', at: START }, ...rows]);
      site.instead.delete('/en/news/5');
      const removed = { n: 5, guid: 'g5', at: START, headline, text: `${headline} by its author.` };
      for (let n = 0; n < 3; n++) await poll([removed, ...rows]);
      expect(await told()).toEqual([headlineOf(5)]);
      expect((await findStoryByLink(stage.desk, linkOf(5)))?.withdrawn).toBe(true);
    },
  );

  it.each(['Removed from the register', 'Удалён из партии', 'Материал удалён по решению суда'])(
    'but tells news that begin so: %s',
    async (headline) => {
      await poll([OLD]);
      await poll([{ n: 5, guid: 'g5', at: START, headline }, OLD]);
      expect(await told()).toEqual([headline]);
    },
  );
});

describe('a page that says something wholly else', () => {
  it('is no correction', async () => {
    site.publish('en', { headline: 'A bridge opens in Brest' }, START - DAY);
    await stage.poll();
    const news = site.publish('en', { headline: 'The library of Orsha is saved' }, clock.now());
    for (let n = 0; n < 3; n++) await stage.poll();
    const other: Telling = {
      headline: 'Readers of the library help it',
      lead: 'Everybody who likes this newsroom can help it with a few coins a month.',
      body: [{ kind: 'paragraph', text: 'Those who help get a letter each Friday.' }],
      dateline: 'August 22, Pozirk.',
    };
    site.instead.set(new URL(site.link(news)).pathname, articlePage('en', other, {}));
    await clock.advance(HOUR);
    const report = await stage.poll();
    expect(report.corrected).toEqual([]);
    expect((await findStoryByLink(stage.desk, site.link(news)))?.lead).toContain('library of Orsha');
  });
});

describe('an address that has each day’s story', () => {
  it('leaves yesterday’s as it was', async () => {
    const rates = (day: number, dollar: string) => {
      const telling: Telling = {
        headline: `Rates for August ${day}: the dollar is at ${dollar}`,
        lead: `The National Bank sets the dollar at ${dollar} rubles, the euro at ${day / 10} and the ruble of Russia at 3.${day} for tomorrow.`,
        body: [{ kind: 'paragraph', text: 'The basket of currencies changed little, the bank says.' }],
        dateline: `August ${day}, Pozirk.`,
      };
      site.instead.set('/en/rates', articlePage('en', telling, {}));
      const link = 'https://news.example/en/rates';
      return { n: day, guid: `rates-${day}`, link, headline: telling.headline, text: telling.lead };
    };
    await poll([OLD]);
    await poll([{ ...rates(22, '3.05'), isBrief: true, at: clock.now() }, OLD]);
    await clock.advance(DAY);
    await poll([{ ...rates(23, '3.11'), isBrief: true, at: clock.now() }, OLD]);
    for (const later of [MINUTE, MINUTE, HOUR, DAY, 2 * DAY]) {
      await poll([{ ...rates(23, '3.11'), isBrief: true, at: START + DAY + MINUTE }, OLD]);
      await clock.advance(later);
    }
    expect(await told()).toEqual([
      'Rates for August 22: the dollar is at 3.05',
      'Rates for August 23: the dollar is at 3.11',
    ]);
  });

  it.each([
    ['', 'Official rates for tomorrow'],
    [' and the guid of its address', 'Official rates for tomorrow'],
    ['', 'Rates for August {day}'],
  ])('without a guid of its own%s gives each day’s as news: %s', async (guid, headline) => {
    const link = 'https://news.example/en/rates';
    const rates = (day: number): Row => ({
      n: 9,
      link,
      ...(guid ? { guid: link } : {}),
      at: START + (day - 22) * DAY,
      headline: headline.replace('{day}', String(day)),
      text: `The National Bank sets the dollar at 3.${day} rubles, the euro at 3.${day + 30} rubles and the ruble of Russia at 3.${day + 50} for tomorrow, its site says.`,
    });
    await poll([OLD]);
    for (const day of [22, 23, 24]) {
      for (let n = 0; n < 3; n++) expect((await poll([rates(day), OLD])).corrected).toEqual([]);
      await clock.advance(START + (day - 21) * DAY - clock.now());
    }
    expect(await told()).toEqual([22, 23, 24].map((day) => rates(day).headline));
    expect((await findStoryByLink(stage.desk, link))?.lead).toContain('3.24 rubles');
  });

  it('of one day is corrected in place', async () => {
    const link = 'https://news.example/en/rates';
    const rates = (dollar: string): Row => ({
      n: 9,
      link,
      at: START,
      headline: 'Official rates for tomorrow',
      text: `The National Bank sets the dollar at ${dollar} rubles, the euro at 3.5 rubles and the ruble of Russia at 3.8 for tomorrow, its site says.`,
    });
    await poll([OLD]);
    await poll([rates('3.22'), OLD]);
    expect((await poll([rates('3.23'), OLD])).corrected).toHaveLength(1);
    expect(await told()).toEqual(['Official rates for tomorrow']);
  });
});

describe('a story that its site dates anew as it corrects a number', () => {
  const headline = 'A court fines people who met in the square';
  const lead = (fine: string): string =>
    `A court of Minsk fined those who met in the square by the market ${fine} rubles each, said a neighbour of theirs.`;
  const page = (fine: string, day: number) => {
    const body = [{ kind: 'paragraph', text: 'They may appeal within ten days, the court says.' }] as const;
    const telling: Telling = { headline, lead: lead(fine), body, dateline: `August ${day}, Pozirk.` };
    site.instead.set('/en/news/9', articlePage('en', telling, {}));
  };
  const row = (fine: string, at: number, isBrief = false): Row => ({
    n: 9,
    guid: 'g9',
    at,
    headline,
    text: lead(fine),
    isBrief,
  });

  it.each([
    ['of a feed with its text', false],
    ['of a feed that has it on its page', true],
  ])('is one message that is edited once: %s', async (_, isBrief) => {
    if (isBrief) page('500', 22);
    await poll([OLD]);
    await poll([row('500', START, isBrief), OLD]);
    await clock.advance(DAY);
    if (isBrief) page('600', 23);
    const reports = [];
    for (let n = 0; n < 3; n++) reports.push(await poll([row('600', START + DAY, isBrief), OLD]));
    expect(reports.flatMap(({ corrected }) => corrected)).toHaveLength(1);
    expect(await told()).toEqual([headline]);
    expect((await findStoryByLink(stage.desk, linkOf(9)))?.lead).toContain('600 rubles');
  });

  it.each(['g9', undefined])('is so where only its page says so (guid: %s)', async (guid) => {
    page('500', 22);
    await poll([OLD]);
    const { guid: _, ...without } = row('500', START, true);
    const listed = [{ ...without, ...(guid ? { guid } : {}) }, OLD];
    for (let n = 0; n < 3; n++) await poll(listed);
    await clock.advance(DAY);
    page('600', 23);
    expect((await poll(listed)).corrected).toHaveLength(1);
    expect((await poll(listed)).corrected).toEqual([]);
    expect(await told()).toEqual([headline]);
  });
});

describe('one text, whole and cut short', () => {
  const whole = (n: number): string => [n, n + 100, n + 200].map(textOf).join(' ');
  const moved = (row: Row): Row => ({
    ...row,
    guid: `new-${row.n}`,
    link: `https://new.example/en/moved/${row.n}`,
    text: `${textOf(row.n)} People c`,
  });
  const row = (n: number, at = START): Row => ({ n, guid: `g${n}`, at, text: whole(n) });
  const EARLIER = [1, 2, 3].map((n) => row(n, START - 5 * HOUR));

  it('is one story where all links and guids change and the feed gives only the beginnings from then on', async () => {
    await poll(EARLIER);
    await poll([row(6), row(5), ...EARLIER]);
    const rows = [row(7), row(6), row(5), ...EARLIER].map(moved);
    expect(await poll(rows)).toMatchObject({ relinked: 5, corrected: [] });
    for (let n = 0; n < 3; n++) await poll(rows);
    expect(await told()).toEqual([5, 6, 7].map(headlineOf));
    expect((await findStoryByLink(stage.desk, moved(row(6)).link ?? ''))?.lead).toContain(textOf(106));
  });

  it('has its new address at the next poll where Redis breaks right before that is written down', async () => {
    await poll(EARLIER);
    await poll([row(5), ...EARLIER]);
    const rows = [row(5), ...EARLIER].map(moved);
    const { store } = stage.desk;
    const { id = '' } = (await findStoryByLink(stage.desk, linkOf(5))) ?? {};
    const run = store.run.bind(store);
    let isBroken = false;
    vi.spyOn(store, 'run').mockImplementation(async (name, keys, args) => {
      if (isBroken || args[0] !== id) return run(name, keys, args);
      isBroken = true;
      throw new Error('Connection is closed.');
    });
    await poll(rows).catch(() => undefined);
    vi.restoreAllMocks();
    await poll(rows);
    const story = await findStoryByLink(stage.desk, moved(row(5)).link ?? '');
    expect([isBroken, story?.link]).toEqual([true, moved(row(5)).link]);
  });

  it.each(['short', 'whole'])('is one story in two feeds of an edition, the %s one first', async (first) => {
    const feeds = [row, (n: number, at?: number) => moved(row(n, at))];
    if (first === 'short') feeds.reverse();
    const pollBoth = async (...counts: number[]) => {
      const numbers = counts.map((count) => [5, 6, 7].slice(0, count));
      for (const [index, feed] of feeds.entries())
        site.instead.set(
          `/en/rss${index}`,
          rowsFeed([
            ...(numbers[index] ?? []).map((n) => feed(n, START + n * 1000)),
            ...[1, 2, 3].map((n) => feed(n, START - 5 * HOUR)),
          ]),
        );
      await stage.poll('en', [`${site.feed('en')}0`, `${site.feed('en')}1`]);
    };
    for (const counts of [
      [0, 0],
      [1, 0],
      [1, 1],
      [3, 1],
      [3, 3],
      [3, 3],
    ])
      await pollBoth(...counts);
    expect(await told()).toEqual([5, 6, 7].map(headlineOf));
    expect((await findStoryByLink(stage.desk, linkOf(6)))?.lead).toContain(textOf(106));
  });

  it('is two stories where the shorter has other numbers', async () => {
    await poll([OLD]);
    await poll([row(5), OLD]);
    await poll([{ ...moved(row(5)), text: textOf(5).replace(/\d+ weeks/, '99 weeks') }, row(5), OLD]);
    expect(await told()).toEqual([5, 5].map(headlineOf));
  });
});

/** Words that no other number has. */
function other(n: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const word = (k: number) => [n + k, n * 3 + k, n * 7 + k, n * 11 + k].map((i) => letters[i % 26]).join('');
  return Array.from({ length: 12 }, (_, k) =>
    `${word(k * 5)}${n}${k}`.replace(/\d/g, (d) => letters[Number(d)] ?? ''),
  ).join(' ');
}

describe('a feed that shows its texts badly for a while', () => {
  const at = START - HOUR;
  const row = (n: number, more: Partial<Row> = {}): Row => ({ n, guid: `g${n}`, at: at + n * 1000, ...more });
  const bridge = (n: number) =>
    row(n, {
      headline: `Accident on ${['Lenin', 'Kirov', 'Marx', 'Kupala'][n - 5]} street in Minsk: two killed`,
      text: 'News of the city: events, accidents, comments.',
    });
  const notice = 'You have to log in to read this text. Subscribers read it at once.';
  const beginning = (n: number) => `${textOf(n).slice(0, 100)} [&#8230;]`;
  const whole = (n: number) => `${textOf(n)}</p><p>${textOf(n + 1)}`;

  it('tells each story though one short line stands under several like headlines', async () => {
    await poll([OLD]);
    for (const numbers of [[5], [6], [8, 7, 6]]) await poll([...numbers.map(bridge), OLD]);
    expect(await told()).toEqual([5, 6, 7, 8].map((n) => bridge(n).headline));
  });

  it.each([
    ['a notice', () => notice],
    ['nothing', () => ''],
    ['what a program writes that was given none', () => 'null'],
    ['the beginnings of its texts', beginning],
  ])('writes none over with %s, and corrects a headline all the same', async (_, text) => {
    const numbers = [7, 6, 5];
    await poll([OLD]);
    await poll([...numbers.map((n) => row(n, { text: whole(n) })), OLD]);
    const shown = numbers.map((n) => row(n, { text: text(n) }));
    const reports = [await poll([...shown, OLD])];
    const renamed = { ...shown[0], headline: `${headlineOf(7)} today` } as Row;
    reports.push(await poll([renamed, ...shown.slice(1), OLD]));
    expect(reports.map(({ corrected }) => corrected.length)).toEqual([0, 1]);
    const story = await findStoryByLink(stage.desk, linkOf(7));
    expect([story?.headline, story?.lead, story?.body.length]).toEqual([renamed.headline, textOf(7), 1]);
  });

  it('is not believed where it gives a summary alone, cut without a sign', async () => {
    await poll([OLD]);
    await poll([row(5), OLD]);
    expect((await poll([row(5, { text: textOf(5).slice(0, 60), isBrief: true }), OLD])).corrected).toEqual(
      [],
    );
  });

  it('corrects a story once where another of its servers still has the old copy, until that is an hour old', async () => {
    await poll([OLD]);
    await poll([row(5), OLD]);
    const mended = row(5, { text: `${textOf(5)} Nobody was hurt.` });
    const reports = [];
    for (const each of [mended, row(5), mended, row(5), row(5)]) reports.push(await poll([each, OLD]));
    expect(reports.map(({ corrected }) => corrected.length)).toEqual([1, 0, 0, 0, 0]);
    await clock.advance(HOUR);
    expect((await poll([row(5), OLD])).corrected).toHaveLength(1);
  });
});

describe('a story that is published anew', () => {
  it('with an error in its headline mended is the same one, however short', async () => {
    await poll([OLD]);
    const row = {
      n: 5,
      guid: 'g5',
      at: START - HOUR,
      headline: 'A cat on the tree in our towm of Minsk',
      text: 'It climbed down today.',
    };
    await poll([row, OLD]);
    await poll([
      { ...row, guid: 'g6', link: linkOf(6), headline: row.headline.replace('towm', 'town') },
      OLD,
    ]);
    expect(await told()).toEqual(['A cat on the tree in our town of Minsk']);
  });
});

describe('a story whose guid stays while its headline and address are others', () => {
  const before: Row = { n: 5, guid: 'g5', at: START - HOUR, link: `${linkOf(5)}-a-tram` };
  const after: Row = {
    ...before,
    headline: 'Wholly other words were chosen',
    link: `${linkOf(5)}-wholly-other`,
  };

  it.each([
    ['the same text', textOf(5), textOf(5)],
    ['the same short text', 'A cat climbed a tree in Minsk today.', 'A cat climbed a tree in Minsk today.'],
    ['a longer text', textOf(5), `${textOf(5)} One more sentence was written.`],
  ])('is the same one with %s, whose old page is gone', async (_, text, later) => {
    await poll([OLD]);
    await poll([{ ...before, text }, OLD]);
    const report = await poll([{ ...after, text: later }, OLD]);
    expect([report.corrected.length, await told()]).toEqual([1, [after.headline]]);
    expect((await findStoryByLink(stage.desk, after.link ?? ''))?.link).toBe(after.link);
  });
});
