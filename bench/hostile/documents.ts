/** Documents of 5 MB that are made to be slow. */
import type { Sent } from '#src/source/reading.ts';

const SIZE = 5 * 1024 * 1024;
const ADDRESS = 'https://news.example/en/news/';
/** A document as it comes from a server, cut where a fetcher would refuse it. */
export const sent = (text: string): Sent => ({
  address: ADDRESS,
  bytes: Buffer.from(text).subarray(0, SIZE),
  contentType: 'text/html; charset=utf-8',
});
const filled = (start: string, part: string, end = ''): Sent =>
  sent(start + part.repeat(Math.ceil((SIZE - start.length - end.length) / part.length)).slice(0, SIZE) + end);

/** The worst that we could build. */
export const WORST: Readonly<Record<string, Sent>> = {
  'links within a long class': filled(
    `<html><body class="${'a '.repeat(1_500_000)}">`,
    '<a href="/en/news/1">Words and words</a>',
  ),
  'headlines within a long class': filled(`<html><body class="${'a '.repeat(1_500_000)}">`, '<h1>a</h1>'),
  'nested wrappers': filled('<html><body><h1>a</h1>', '<div class="wrapperEditor">'),
  'blanks before words': sent(`<html><body><h1>a</h1><p>${' '.repeat(4_000_000)}${'word '.repeat(5500)}`),
  'ampersands in a feed': filled('<rss><channel><item><title>', '&'),
  'dates of angle brackets': filled('<rss><channel><item><title>a</title><pubDate>', '<'),
  'attributes without end': filled('<html><body><a ', 'b="c" '),
  'arrays in arrays': filled('{"version":"https://jsonfeed.org/version/1","items":[', '[],'),
  'depth without end': filled('<rss><channel>', '<a>'),
  'titles without end': filled('<html><head>', '<title'),
  comments: filled('<rss>', '<!--'),
  'one long word': filled('<html><body><h1>a</h1><p>', 'ў'),
};
const PARTS = [
  '<a href="/en/news/1">',
  '<p>',
  '</p>',
  '<div class="a b">',
  '&amp;',
  '&',
  '<',
  '>',
  '"',
  ' ',
  'слова ',
  '<item>',
  '<title>',
  ']]>',
  '<![CDATA[',
  '\u0000',
  '{',
  '[',
  ',',
];
/** Pieces of a page or a feed in any order. */
export const random = (seed: number): Sent => {
  let state = seed + 1;
  const next = (most: number) => (state = (state * 48_271) % 2_147_483_647) % most;
  const piece = Array.from({ length: 40 }, () => PARTS[next(PARTS.length)]).join('');
  return filled(next(2) ? '<rss><channel>' : '<html><body><h1>a</h1>', piece);
};
