import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/source/feed/parse.ts';
import { repair } from '#src/source/feed/repair.ts';

const ADDRESS = 'https://news.example/feed.xml';
const rss = (items: string, version = ' version="2.0"') =>
  `<rss${version}><channel><title>T</title><link>https://news.example/</link>${items}</channel></rss>`;
const item = (inner: string) =>
  `<item><title>Some headline</title><link>https://news.example/1</link>${inner}</item>`;

async function items(text: string) {
  const reading = await parseFeed(text, ADDRESS);
  if (!reading.ok) throw new Error(reading.fault.detail);
  return reading.value.items;
}

describe('a feed', () => {
  it('without a version is read', async () => {
    expect(await items(rss(item(''), ''))).toHaveLength(1);
  });

  it('with entities of HTML or bare ampersands is read', async () => {
    const [first] = await items(
      rss(
        '<item><title>«A»&nbsp;&mdash; B &amp; C & D</title><link>https://news.example/?a=1&b=2</link></item>',
      ),
    );
    expect(first).toMatchObject({ headline: '«A» — B & C & D', link: 'https://news.example/?a=1&b=2' });
  });

  it('with mark-up within a headline keeps all its words in their order', async () => {
    const [first] = await items(rss('<item><title>One <i>two</i> three</title><link>/1</link></item>'));
    expect(first?.headline).toBe('One two three');
  });

  it('in Atom with a bad date is read without it', async () => {
    const [first] = await items(
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>H</title><id>x</id><link href="https://news.example/1"/><published>never</published></entry></feed>',
    );
    expect(first).toMatchObject({ headline: 'H', guid: 'x' });
    expect(first?.publishedAt).toBeUndefined();
  });

  it('in JSON is read', async () => {
    const text = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      items: [{ id: '1', url: 'https://news.example/1', title: 'H', content_html: '<p>x</p>' }],
    });
    expect(await items(text)).toMatchObject([{ headline: 'H', link: 'https://news.example/1' }]);
  });

  it('that gives every item the same guid is told apart by links', async () => {
    const text = rss(
      [1, 2, 3]
        .map(
          (n) =>
            `<item><title>Headline ${n}</title><link>https://news.example/${n}</link><guid>same</guid></item>`,
        )
        .join(''),
    );
    expect((await items(text)).map(({ guid }) => guid)).toEqual([undefined, undefined, undefined]);
  });

  it('that lists a story twice gives it once, by its fuller headline', async () => {
    const text = rss(
      '<item><title>Short</title><link>/1</link><guid>a</guid></item><item><title>The full headline</title><link>/1?utm_source=rss</link><guid>a</guid></item>',
    );
    expect(await items(text)).toMatchObject([{ headline: 'The full headline', position: 0 }]);
  });

  it.each(['oldest', 'newest'])('of thousands of entries, the %s first, gives its newest', async (first) => {
    const day = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toUTCString();
    const entry = (n: number) =>
      `<item><title>Headline ${n}</title><link>/${n}</link><pubDate>${day(n)}</pubDate><description>${'word '.repeat(60)}</description></item>`;
    const numbers = Array.from({ length: 2000 }, (_, n) => n);
    const text = rss((first === 'oldest' ? numbers : numbers.toReversed()).map(entry).join(''));
    const read = new Set((await items(text)).map(({ headline }) => headline));
    expect(numbers.slice(-500).filter((n) => !read.has(`Headline ${n}`))).toEqual([]);
  });

  it('of many entries without dates gives both its ends', async () => {
    const text = rss(
      Array.from(
        { length: 900 },
        (_, n) => `<item><title>Headline ${n}</title><link>/${n}</link></item>`,
      ).join(''),
    );
    const read = (await items(text)).map(({ headline }) => headline);
    expect([read[0], read.at(-1), read.length]).toEqual(['Headline 0', 'Headline 899', 500]);
  });

  it('never expands an entity of its own and reads no file', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>${rss('<item><title>H &b; &f;</title><link>/1</link></item>')}`;
    const [first] = await items(bomb);
    expect(first?.headline).toBe('H &b; &f;');
  });

  it('with hostile names pollutes nothing', async () => {
    await items(rss(item('<__proto__><polluted>1</polluted></__proto__><constructor>2</constructor>')));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    '',
    'plain words',
    '<rss',
    '<html></html>',
    '<rss version="2.0"></rss>',
    '{"version":"https://jsonfeed.org/version/1"',
    '<feed/>',
    '\u0000\u0001',
  ])('%j is a reading or a fault, never a throw', async (text) => {
    const reading = await parseFeed(text, ADDRESS);
    if (!reading.ok) expect(reading.fault.code).toBe('source.unreadable');
    else expect(reading.value.items).toEqual([]);
  });

  it('made to keep a reader busy is read in reasonable time', async () => {
    const started = performance.now();
    await parseFeed(rss(item(`<description>${'&lt;h'.repeat(200_000)}</description>`)), ADDRESS);
    await parseFeed(rss(`${'<a>'.repeat(30_000)}`), ADDRESS);
    await parseFeed(`<!DOCTYPE ${'['.repeat(100_000)}${rss(item(''))}`, ADDRESS);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('repair', () => {
  it('leaves what stands in CDATA alone', () => {
    expect(repair('<a><![CDATA[x & y &nbsp;]]> & &nbsp;</a>')).toBe(
      '<a><![CDATA[x & y &nbsp;]]> &amp; \u00a0</a>',
    );
  });
});
