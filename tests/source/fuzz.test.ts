import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/source/article.ts';
import { decode } from '../../src/source/charset.ts';
import { parseDate } from '../../src/source/dates.ts';
import type { Item } from '../../src/source/item.ts';
import { parseListing } from '../../src/source/listing.ts';
import { normalise } from '../../src/source/normalise.ts';
import { parseFeed } from '../../src/source/parse.ts';
import { readSource } from '../../src/source/reading.ts';
import { articlePage, feedPage, listingPage } from '../support/pages.ts';
import { randomStory } from '../support/texts.ts';

/** Mutations of each kind; the bench runs many more. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
/** No input of these sizes may keep a reader busy for longer, ms. */
const LONGEST_MS = 1500;

const FOLDER = new URL('../../../shared/feeds/', import.meta.url);
const realFeeds = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((file) => !file.endsWith('.md'))
      .map((file) => readFileSync(new URL(file, FOLDER)).subarray(0, 30_000))
  : [];

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
const mutated = fc
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

async function holds(bytes: Buffer): Promise<void> {
  const started = performance.now();
  const { text } = decode(bytes);
  const readings = [
    await readSource({ text, address: ADDRESS }),
    await parseFeed(text, ADDRESS),
    await parseListing(text, ADDRESS),
  ];
  for (const reading of readings) {
    if (!reading.ok) expect(reading.fault.code).toBe('source.unreadable');
    else for (const item of reading.value.items.slice(0, 20)) expectSane(item);
  }
  const article = await parseArticle(text, `${ADDRESS}5`, story.headline);
  if (article.ok) expect(article.value.headline).not.toBe('');
  else expect(article.fault.code).toBe('source.unreadable');
  expect(performance.now() - started).toBeLessThan(LONGEST_MS);
}

function expectSane(item: Item): void {
  expect(item.headline.trim()).not.toBe('');
  expect(item.link).toMatch(/^https?:\/\//);
  const draft = normalise(item, undefined, Date.parse('2026-08-22T12:00:00Z'), ['Urgent']);
  expect(draft.day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(draft.lead.isWellFormed() && draft.headline.isWellFormed()).toBe(true);
}

describe('whatever the source sends', () => {
  it('is read or refused by a fault of the list, in bounded time', { timeout: 600_000 }, async () => {
    await fc.assert(fc.asyncProperty(mutated, holds), { numRuns: RUNS });
  });

  it('is read as bytes without meaning too', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), (bytes) => holds(Buffer.from(bytes))),
      { numRuns: RUNS },
    );
  });

  it('as a date is a date or none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('2026-13-45', '1 1 1', '99:99', '31.02.2026')),
        (text) => {
          const dated = parseDate(text);
          return dated === undefined || /^\d{4}-\d{2}-\d{2}$/.test(dated.day);
        },
      ),
      { numRuns: RUNS * 5 },
    );
  });
});
