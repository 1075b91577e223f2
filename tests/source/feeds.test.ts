import { describe, expect, it } from 'vitest';
import type { Reading } from '#src/source/item.ts';
import { areFeedsHere, OWN_FEEDS, readOwnFeed, readRealFeed, REAL_FEEDS } from '#testing/real-feeds.ts';

async function read(file: string): Promise<Reading> {
  const reading = await readRealFeed(file);
  if (!reading.ok) throw new Error(reading.fault.detail);
  return reading.value;
}

function expectStories(reading: Reading, items: number, kind: string): void {
  expect(reading.items).toHaveLength(items);
  expect(reading.kind).toBe(kind);
  for (const { headline, link } of reading.items) {
    expect(headline).not.toMatch(/[\ufffd<>\n]|&\w+;|^\s|\s$/);
    expect(link).toMatch(/^https?:\/\/[^@/\s]+\/?\S*$/);
  }
}

async function readOwn(file: string): Promise<Reading> {
  const reading = await readOwnFeed(file);
  if (!reading.ok) throw new Error(reading.fault.detail);
  return reading.value;
}

describe('a small feed', () => {
  it.each(OWN_FEEDS)('%s gives %i stories (%s)', async (file, items, kind) => {
    expectStories(await readOwn(file), items, kind);
  });

  it('keeps every letter of an older encoding', async () => {
    expect((await readOwn('windows-1251.xml')).items.map(({ headline }) => headline)).toEqual([
      'Мост через Неман открыли раньше срока',
      'Ёлку поставили у вокзала',
    ]);
  });

  it('without dates gives none, and a sound is no picture', async () => {
    for (const { publishedAt, day, picture } of (await readOwn('no-dates.xml')).items)
      expect([publishedAt, day, picture]).toEqual([undefined, undefined, undefined]);
  });

  it('that breaks off is known to be incomplete', async () => {
    expect((await readOwn('cut-off.xml')).isWhole).toBe(false);
  });
});

/** Only where somebody has them: a test that is not there is not skipped. */
const REAL = areFeedsHere ? describe : (_name: string, _tests: () => void) => undefined;

REAL('real feeds', () => {
  it.each(REAL_FEEDS)('%s gives %i stories (%s)', async (file, items, kind) => {
    expectStories(await read(file), items, kind);
  });

  it('in older encodings keep every letter', async () => {
    expect((await read('oren-ru-windows-1251.xml')).items[0]?.headline).toContain('Бузулуке');
    expect((await read('sample-koi8-r.xml')).items[0]?.headline).toBe('Первая новость');
    expect((await read('qq-news-gb2312.xml')).items[0]?.headline).toContain('习近平');
    expect((await read('uol-noticias.xml')).items[0]?.headline).toContain('simulações');
    expect((await read('folha-rss-0.91.xml')).items.some(({ headline }) => /ç|ã|é/.test(headline))).toBe(
      true,
    );
  });

  it('dated midnight sharp give a day and no time', async () => {
    const { items } = await read('citydog-by.xml');
    expect(
      items.every(({ publishedAt, day }) => publishedAt === undefined && day?.startsWith('2017-01-')),
    ).toBe(true);
  });

  it('without a zone are read by the clock of Minsk, wherever the bot runs', async () => {
    const [first] = (await read('qq-news-gb2312.xml')).items;
    expect(new Date(first?.publishedAt ?? 0).toISOString()).toBe('2018-09-18T11:38:10.000Z');
  });

  it('with odd dates are dated all the same', async () => {
    expect((await read('uol-noticias.xml')).items[0]?.publishedAt).toBe(Date.parse('2018-09-24T22:42:40Z'));
    expect((await read('fda-drupal-date.xml')).items[0]?.day).toBe('2019-05-03');
    expect((await read('neverwinter-relative-links.xml')).items[0]?.day).toMatch(/^2017-12/);
    expect(
      (await read('typepad-atom-0.3.atom')).items.every(({ publishedAt }) => publishedAt !== undefined),
    ).toBe(true);
    expect(
      (await read('cnn-top-stories.xml')).items.every(({ publishedAt }) => publishedAt !== undefined),
    ).toBe(true);
  });

  it('never show a film, a sound or an author’s face as the picture', async () => {
    expect((await read('radio-katowice-pl.xml')).items[0]?.picture).toBeUndefined();
    for (const { picture } of (await read('motor-ru.xml')).items) expect(picture?.url).toMatch(/\.jpe?g$/);
    for (const { picture } of (await read('techcrunch-wordpress.xml')).items)
      expect(picture?.url ?? '').not.toContain('gravatar');
    expect((await read('citydog-by.xml')).items.every(({ picture }) => picture)).toBe(true);
  });

  it('list true addresses, not those of a redirector', async () => {
    expect((await read('cnn-top-stories.xml')).items[0]?.link).toBe(
      'http://www.cnn.com/2013/11/29/opinion/gates-world-aids-day/index.html',
    );
    expect((await read('folha-rss-0.91.xml')).items[0]?.link).toMatch(/^http:\/\/www1\.folha/);
    expect((await read('neverwinter-relative-links.xml')).items[0]?.link).toMatch(
      /^https:\/\/news\.example\/en\/games\//,
    );
  });

  it('say what was left out and why', async () => {
    expect([...(await read('scripting-news-rss-0.92.xml')).skipped]).toEqual([['no usable link', 22]]);
    expect([...(await read('washington-post-wellness.xml')).skipped]).toEqual([['advertisement', 3]]);
    expect([...(await read('hacker-news-damaged.xml')).skipped]).toEqual([['no usable link', 6]]);
  });

  it('that break off are read up to the last whole entry, and are known to be incomplete', async () => {
    const reading = await read('hacker-news-damaged.xml');
    expect(reading.isWhole).toBe(false);
    expect(reading.notes).toContain('cut off in the middle: read up to the last whole entry');
  });

  it('read again hours later show eight new stories, whatever their order', async () => {
    const [before, after] = [
      await read('reddit-programming-1.atom'),
      await read('reddit-programming-2.atom'),
    ];
    const known = new Set(before.items.map(({ key }) => key));
    expect(after.items.filter(({ key }) => !known.has(key))).toHaveLength(8);
    expect(before.items.filter(({ key }) => !after.items.some((item) => item.key === key))).toHaveLength(8);
  });
});
