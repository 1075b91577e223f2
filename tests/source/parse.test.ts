import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/source/feed/parse.ts';
import { workOf } from '#testing/work.ts';

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

  it.each([
    [
      'a prefix of its own',
      '<x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:title>T</x:title><x:entry><x:title>H</x:title><x:id>u</x:id><x:link href="/1"/></x:entry></x:feed>',
    ],
    [
      'prefixed entries alone',
      '<feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>H</a:title><a:link href="/1"/></a:entry></feed>',
    ],
    [
      'a prefixed root of RSS',
      '<r:rss xmlns:r="urn:x"><r:channel><r:item><r:title>H</r:title><r:link>/1</r:link></r:item></r:channel></r:rss>',
    ],
    [
      'items behind its channel',
      '<rss><channel><title>T</title></channel><item><title>H</title><link>/1</link></item></rss>',
    ],
    [
      'a warning of its server before it',
      `<br />\n<b>Warning</b>: x in <b>/y.php</b><br />\n${rss('<item><title>H</title><link>/1</link></item>')}`,
    ],
    [
      'a long comment before it',
      `<!-- ${'<html> '.repeat(2000)} -->${rss('<item><title>H</title><link>/1</link></item>')}`,
    ],
    [
      'a page within its first item',
      rss(
        '<item><title>H</title><link>/1</link><description><![CDATA[<!DOCTYPE html><html><body>x</body></html>]]></description></item>',
      ),
    ],
    ['tags in upper case', '<RSS><CHANNEL><ITEM><TITLE>H</TITLE><LINK>/1</LINK></ITEM></CHANNEL></RSS>'],
    [
      'items that are left open',
      '<rss><channel><item><title>H<link>/1</link><item><title>H</title><link>/2</channel></rss>',
    ],
    [
      'a title section that is left open',
      rss('<item><title><![CDATA[H</title><link>/1</link><description><![CDATA[x]]></description></item>'),
    ],
    [
      'Atom within RSS',
      '<rss xmlns:a10="http://www.w3.org/2005/Atom"><channel><item><title>H</title><a10:link href="/1"/></item></channel></rss>',
    ],
    [
      'a base of its own',
      '<feed xml:base="https://news.example/be/"><entry xml:base="n/"><title>H</title><link href="1"/></entry></feed>',
    ],
  ])('with %s is read', async (_, text) => {
    expect(await items(text)).toMatchObject(
      text.includes('/2<') ? [{ headline: 'H' }, { headline: 'H' }] : [{ headline: 'H' }],
    );
  });

  it('links what its base says, and pages before other formats', async () => {
    const [first] = await items(
      '<feed xml:base="https://news.example/be/"><entry><title>H</title><link type="application/pdf" href="1.pdf"/><link rel="alternate" type="text/html" href="n/1"/><link rel="edit" href="n/1/edit"/></entry></feed>',
    );
    expect(first?.link).toBe('https://news.example/be/n/1');
  });

  it.each([
    [
      'mark-up that is not escaped',
      '<content:encoded><p>One <b>two</b>.</p><ul><li>three</li></ul>four</content:encoded>',
    ],
    [
      'a section within a section',
      '<content:encoded><![CDATA[<p>One <![CDATA[<b>two</b>.</p>]]><ul><li>three</li></ul>four]]></content:encoded>',
    ],
    [
      'an escaped section',
      '<content:encoded>&lt;![CDATA[&lt;p&gt;One two.&lt;/p&gt;three&lt;br&gt;four]]&gt;</content:encoded>',
    ],
    ['tags that are left open', '<content:encoded><p>One <b>two.<p>three<br>four</content:encoded>'],
    ['a text that is left open', '<content:encoded>One two.<p>three</p>four<guid>x</guid>'],
    [
      'XHTML',
      '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>One two.</h:p>three<h:br/>four</h:div></content>',
    ],
  ])('keeps every word of %s, in their order', async (_, inner) => {
    const [first] = await items(rss(item(inner)));
    const words = (first?.content ?? first?.summary ?? '').replace(/<[^>]*>/g, ' ');
    expect(words.split(/\s+/).filter(Boolean).join(' ').replace(' .', '.')).toBe('One two. three four');
  });

  it('without headlines is told by the first sentence of each text', async () => {
    const untitled = (text: string, n: number) =>
      `<item><link>/${n}</link><title> </title><description>${text}</description></item>`;
    const read = await items(
      rss(
        untitled('Мост адкрылі пасля рамонту ў 2026 г. у Мінску. Рух пусцілі раніцай.', 1) +
          untitled('&lt;p&gt;Рынак пераехаў&lt;/p&gt;', 2),
      ),
    );
    expect(read.map(({ headline }) => headline)).toEqual([
      'Мост адкрылі пасля рамонту ў 2026 г. у Мінску',
      'Рынак пераехаў',
    ]);
  });

  it('leaves out advertisements by their label, not by a first word', async () => {
    const titles = [
      'Реклама. Новые кухни на заказ',
      'Рэклама | Кухні',
      'Sponsored: ten hotels',
      'Featured Advertiser',
      '[Advertisement] Kitchens',
      'Кухни на заказ (реклама)',
      'На правах рекламы',
    ];
    const news = [
      'Advertisement tax doubles in the capital',
      'Sponsored athletes may not leave',
      'Реклама алкоголя запрещена',
      'Рэклама на беларускай мове: што кажа закон',
      'Featured advertisers sue the city',
    ];
    const read = await items(
      rss(
        [...titles, ...news]
          .map((title, n) => `<item><title>${title}</title><link>/${n}</link></item>`)
          .join(''),
      ),
    );
    expect(read.map(({ headline }) => headline)).toEqual(news);
  });

  it('keeps words between angle brackets', async () => {
    const titled = async (title: string) =>
      (await items(rss(`<item><title>${title}</title><link>/1</link></item>`)))[0]?.headline;
    expect(await titled('Курс &lt;USD&gt; вышэй за &lt;EUR&gt;')).toBe('Курс <USD> вышэй за <EUR>');
    expect(await titled('&lt;&lt;Belsat&gt;&gt; пра &lt;b&gt;рынак&lt;/b&gt;')).toBe('<<Belsat>> пра рынак');
    expect(await titled('Google&lt;Apple: хто даражэйшы')).toBe('Google<Apple: хто даражэйшы');
    expect(await titled('Умова a&lt;b выканана')).toBe('Умова a<b выканана');
    expect(await titled('<![CDATA[Мэрыя &#151; пра &#147;рынак&#148;]]> &#150; \u0097')).toBe(
      'Мэрыя — пра “рынак” – —',
    );
  });

  it('of a sitemap for news has headlines, days and languages', async () => {
    const url = (n: number, language: string) =>
      `<url><loc>https://news.example/${n}</loc><news:news><news:publication><news:name>N</news:name><news:language>${language}</news:language></news:publication><news:publication_date>2026-11-26</news:publication_date><news:title>H ${n}</news:title></news:news></url>`;
    const reading = await parseFeed(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${url(1, 'be')}${url(2, 'ru')}<url><loc>https://news.example/about</loc></url></urlset>`,
      ADDRESS,
    );
    expect(reading).toMatchObject({
      value: {
        kind: 'sitemap',
        items: [
          { headline: 'H 1', day: '2026-11-26', language: 'be' },
          { headline: 'H 2', language: 'ru' },
        ],
        skipped: new Map([['no headline', 1]]),
      },
    });
  });

  it('that only lists sitemaps offers those of news first', async () => {
    const reading = await parseFeed(
      '<sitemapindex><sitemap><loc>https://news.example/pages.xml</loc></sitemap><sitemap><loc>https://news.example/news-be.xml</loc></sitemap></sitemapindex>',
      ADDRESS,
    );
    expect(reading).toMatchObject({
      value: {
        kind: 'index',
        items: [],
        offers: ['https://news.example/news-be.xml', 'https://news.example/pages.xml'],
      },
    });
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
    const reading = async () => {
      await parseFeed(rss(item(`<description>${'&lt;h'.repeat(200_000)}</description>`)), ADDRESS);
      await parseFeed(rss(`${'<a>'.repeat(30_000)}`), ADDRESS);
      await parseFeed(`<!DOCTYPE ${'['.repeat(100_000)}${rss(item(''))}`, ADDRESS);
    };
    expect(await workOf(reading)).toBeLessThan(3000);
  });
});
