import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/source/feed/parse.ts';
import { decode } from '#src/source/charset.ts';
import { asHtml } from '#src/source/markup.ts';
import { itemText } from '#src/source/item-text.ts';
import { workOf } from '#testing/work.ts';

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
  ['broken bytes', (n) => decode(Buffer.from('<p>Мост \xff'.repeat(n), 'latin1'))],
];

describe('reading', () => {
  it.each(INPUTS)('%s takes a time that grows with them, not with their square', async (_, read) => {
    const took = async (n: number) => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) best = Math.min(best, await workOf(() => read(n)));
      return best;
    };
    await took(2000);
    const [one, four] = [await took(10_000), await took(40_000)];
    // Four times the input: 16 times the time would be its square. What is quick may vary.
    expect(four).toBeLessThan(Math.max(one * 9, 120));
  });
});
