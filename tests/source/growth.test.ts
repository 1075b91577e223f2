import { Headers } from 'undici';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/source/feed/parse.ts';
import { decode } from '#src/source/charset.ts';
import { asHtml } from '#src/source/markup.ts';
import { itemText } from '#src/source/item-text.ts';
import { redirectsTo } from '#src/source/fetch/refresh.ts';
import { parseRobots } from '#src/source/fetch/robots.ts';
import { parseArticle } from '#src/source/page/article.ts';
import { parseListing } from '#src/source/page/listing.ts';
import { growsTooFast } from '#testing/work.ts';

const ADDRESS = 'https://news.example/feed.xml';
const rss = (inner: string) =>
  `<rss><channel><item><title>H</title><link>/1</link>${inner}</item></channel></rss>`;
const described = (text: string) => rss(`<description>${text}</description>`);
const feed = (make: (n: number) => string) => (n: number) => parseFeed(make(n), ADDRESS);
const text = (make: (n: number) => string) => (n: number) =>
  itemText({
    link: ADDRESS,
    key: 'k',
    headline: 'H',
    content: make(n),
    rubrics: [],
    paid: false,
    position: 0,
  });
const page = (make: (n: number) => string) => (n: number) => parseListing(`<html><body>${make(n)}`, ADDRESS);
const story = (make: (n: number) => string) => (n: number) =>
  parseArticle(`<html>${make(n)}<p>Words of the story.</p>`, ADDRESS, 'H');
const metadata = (text: string) => `<script type="application/ld+json">${text}</script><h1>H</h1>`;
const robots = (make: (n: number) => string) => (n: number) =>
  parseRobots(Buffer.from(`User-agent: *\n${make(n)}`), 'PozirkBot').allows(`/${'a/'.repeat(n / 8)}`);

/** Inputs that once took a time that grew with their square, by what they repeat; `n` times. */
const INPUTS: readonly (readonly [string, (n: number) => unknown])[] = [
  ['bare ampersands', feed((n) => described('&'.repeat(n * 8)))],
  ['references', feed((n) => described('&lt;h'.repeat(n)))],
  ['dates of brackets', feed((n) => rss(`<pubDate>${'&lt;'.repeat(n)}</pubDate>`))],
  ['elements within each other', feed((n) => described('<a>'.repeat(n)))],
  ['items that are left open', feed((n) => `<rss><channel>${'<item><title>H'.repeat(n / 4)}`)],
  ['sections that are left open', feed((n) => described('<![CDATA['.repeat(n)))],
  ['attributes', feed((n) => described(`<a ${'b="c" '.repeat(n)}>`))],
  ['one long attribute', feed((n) => described(`<a b="${'c'.repeat(n * 8)}">`))],
  ['JSON within itself', feed((n) => `{"items":${'['.repeat(n)}`)],
  ['entries of JSON', feed((n) => `{"items":[${'{"id":"1"},'.repeat(n)}{}]}`)],
  ['blanks before words', text((n) => `<p>${' '.repeat(n * 4)}${'<b>w</b> '.repeat(n / 8)}</p>`)],
  ['items of a list', text((n) => `<ul>${'<li>w <a href=/1>x</a>'.repeat(n / 8)}</ul>`)],
  ['brackets', (n) => asHtml('<a x='.repeat(n))],
  [
    'links within a long class',
    page((n) => `<div class="${'a '.repeat(n)}">${'<a href="/en/news/1">Words and words</a>'.repeat(n / 8)}`),
  ],
  [
    'rows of a listing',
    page((n) =>
      Array.from(
        { length: n / 8 },
        (_, row) => `<article><time>12:${row % 60}</time><a href="/en/news/${row}">Words of row ${row}</a>`,
      ).join(''),
    ),
  ],
  [
    'dates of a listing',
    page((n) => `<li>${'12 May 2026 '.repeat(n / 8)}<a href="/en/news/1">Words and words</a>`),
  ],
  [
    'headlines within a long class',
    story((n) => `<body class="${'a '.repeat(n)}">${'<h1>H</h1>'.repeat(n / 8)}`),
  ],
  [
    'dashes of a title',
    page((n) =>
      [1, 2, 3]
        .map((row) => `<p><a href="/news/100${row}"><time>9:00</time> Head${'-'.repeat(n * 4)}line</a></p>`)
        .join(''),
    ),
  ],
  [
    'pieces of titles',
    page(
      (n) =>
        `<a href="/news/1001"><i>9:00</i> Headline</a><a href="/news/1002">${'<i>9:00</i>'.repeat(n / 8)} Headline</a>`,
    ),
  ],
  ['wrappers within each other', story((n) => `<h1>H</h1>${'<div class="wrapperEditor">'.repeat(n / 4)}`)],
  ['blanks of a story', story((n) => `<h1>H</h1><p>${' '.repeat(n * 4)}${'word '.repeat(n / 8)}`)],
  ['paragraphs', story((n) => `<h1>H</h1>${'<p>Words of a story.</p>'.repeat(n / 8)}`)],
  ['rows of a table', story((n) => `<h1>H</h1><table>${'<tr><td>a<td>b'.repeat(n / 8)}</table>`)],
  ['pictures', story((n) => `<h1>H</h1>${'<figure><img src=/a.jpg><figcaption>A'.repeat(n / 8)}`)],
  ['sizes of a picture', story((n) => `<h1>H</h1><img srcset="${'/a.jpg 100w, '.repeat(n / 8)}">`)],
  ['properties', story((n) => `${'<meta property="og:image" content="/a.jpg">'.repeat(n / 8)}<h1>H</h1>`)],
  ['metadata that is not quite JSON', story((n) => metadata(`${'{ '.repeat(n)}{"a":"\n"${',}'.repeat(n)}`))],
  ['metadata within itself', story((n) => metadata(`{"@graph":${'['.repeat(n)}`))],
  [
    'entries of metadata',
    story((n) =>
      metadata(`[${'{"@type":"NewsArticle","headline":"H","image":["/a.jpg"]},'.repeat(n / 8)}{}]`),
    ),
  ],
  ['rules', robots((n) => 'Disallow: /*b*c*d$\n'.repeat(n / 8))],
  ['stars of rules', robots((n) => `Disallow: /${'*a'.repeat(200)}b$\n`.repeat(n / 200))],
  ['lines that end twice', robots((n) => '\r\n'.repeat(n))],
  [
    'refreshes',
    (n) => redirectsTo(Buffer.from('<meta http-equiv=refresh '.repeat(n)), new URL(ADDRESS), new Headers()),
  ],
  ['broken bytes', (n) => decode(Buffer.from('<p>Мост \xff'.repeat(n), 'latin1'))],
];

describe('reading', () => {
  it.each(INPUTS)('%s takes a time that grows with them, not with their square', async (_, read) => {
    expect(await growsTooFast(read, 10_000, 80)).toBeUndefined();
  });
});
