/** Damaged documents: real feeds where they are at hand, invented feeds, listings and articles always. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseArticle } from '#src/source/page/article.ts';
import { decode } from '#src/source/charset.ts';
import type { Item } from '#src/source/item.ts';
import { parseListing } from '#src/source/page/listing.ts';
import { normalise } from '#src/source/normalise.ts';
import { parseFeed } from '#src/source/feed/parse.ts';
import { articlePage, feedPage, listingPage } from './pages.ts';
import { REAL_FEED_FILES } from './real-feeds.ts';
import { randomStory } from './texts.ts';

const realFeeds = REAL_FEED_FILES.map((file) => readFileSync(file).subarray(0, 30_000));

const { day: _day, ...story } = randomStory(7);
const invented = [
  feedPage([
    {
      link: 'https://news.example/en/news/5',
      guid: 'g',
      headline: story.headline,
      summary: story.lead,
      content: '<p>a</p>',
      publishedAt: 1,
    },
  ]),
  listingPage('be', [{ link: '/be/news/5', headline: story.headline, paid: true }]),
  listingPage('be', [{ link: '/be/news/5', headline: story.headline }], { design: 'other' }),
  articlePage(
    'en',
    {
      ...story,
      dateline: 'August 22, Pozirk.',
      credit: 'x',
      related: { link: '/en/news/4', headline: 'h', teaser: 'May 2, Pozirk. t' },
    },
    { jsonLd: true, openGraph: true, time: true, canonical: 'https://news.example/en/news/5' },
  ),
].map((text) => Buffer.from(text));

const PIECES = [
  '<',
  '>',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '</',
  '<script>',
  '<item>',
  '</item>',
  '<a href="/en/news/9">',
  '<p>',
  '<!DOCTYPE x [',
  '&#x0;',
  '&nbsp;',
  '\u0000',
  '\ufffd',
  '“Позірк”',
  'August 22, Pozirk.',
  '__proto__',
  '{',
  '<html>',
  '<rss version="2.0">',
];

/** A document with pieces cut out, doubled, swapped, and noise put in. */
export const mutated = fc
  .tuple(
    fc.constantFrom(...invented, ...realFeeds),
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.nat(30_000),
        fc.nat(3000),
        fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 20 })),
      ),
      { maxLength: 6 },
    ),
  )
  .map(([bytes, cuts]) =>
    cuts.reduce((text: Buffer, [kind, at, length, noise]) => {
      const from = at % (text.length + 1);
      const [before, piece, after] = [
        text.subarray(0, from),
        text.subarray(from, from + length),
        text.subarray(from + length),
      ];
      if (kind === 0) return Buffer.concat([before, after]);
      if (kind === 1) return Buffer.concat([before, piece, piece, after]);
      if (kind === 2) return Buffer.concat([before, Buffer.from(noise), text.subarray(from)]);
      return Buffer.concat([before, Buffer.from(piece).reverse(), after]);
    }, bytes),
  );

const ADDRESS = 'https://news.example/en/news/';

/**
 * Reads a document as a feed, as a listing and as an article. Rejects where a reader throws, answers with a fault that is
 * not its own, or gives an item that is none.
 */
export async function readEveryWay(bytes: Uint8Array): Promise<void> {
  const { text } = decode(bytes);
  const readings = [await parseFeed(text, ADDRESS), await parseListing(text, ADDRESS)];
  for (const reading of readings) {
    if (!reading.ok) check(reading.fault.code === 'source.unreadable', reading.fault.code);
    else for (const item of reading.value.items.slice(0, 20)) checkItem(item);
  }
  const article = await parseArticle(text, `${ADDRESS}5`, story.headline);
  if (article.ok) check(article.value.headline !== '', 'an article without a headline');
  else check(article.fault.code === 'source.unreadable', article.fault.code);
}

function checkItem(item: Item): void {
  check(item.headline.trim() !== '', 'no headline');
  check(/^https?:\/\//.test(item.link), 'no link');
  const draft = normalise(item, undefined, Date.parse('2026-08-22T12:00:00Z'), ['Urgent']);
  check(/^\d{4}-\d{2}-\d{2}$/.test(draft.day), 'no day');
  check(draft.lead.isWellFormed() && draft.headline.isWellFormed(), 'half a character');
}

function check(isWell: boolean, what: string): void {
  if (!isWell) throw new Error(what);
}
