/** Any story in any chat, for tests that search. */
import fc from 'fast-check';
import type { Block } from '#src/news/article.ts';
import { EDITIONS } from '#src/news/edition.ts';
import type { Story } from '#src/news/story.ts';
import type { View } from '#src/render/message.ts';
import { NOW, storyOf, viewFor } from './stories.ts';

const ODD_PIECES = [
  '<b>',
  '</a>',
  '&amp;',
  '&',
  '"',
  '\u2028',
  '\u202e',
  '\ud83d',
  '👩‍👩‍👧‍👦',
  'Z\u0310\u0321'.repeat(9),
  ' a.b',
  '@ab ',
  '#тэг ',
  '. Так',
  'слова ',
  '\n',
  '\u0600',
  '…',
];

/** Any text: single characters, whole clusters, markup, and the same at many times its length. */
const text = (most: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: Math.min(most, 300) }),
    fc.string({ unit: 'grapheme', maxLength: Math.min(most, 300) }),
    fc.array(fc.constantFrom(...ODD_PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.tuple(fc.constantFrom(...ODD_PIECES), fc.nat(most)).map(([piece, times]) => piece.repeat(times)),
  );

const links = fc.array(fc.record({ from: fc.nat(40), to: fc.nat(60), url: fc.webUrl() }), { maxLength: 2 });

export const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('paragraph' as const, 'subhead' as const), text: text(6000), links }),
  fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(text(300), { maxLength: 30 }),
    itemLinks: fc.array(links, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(text(300), { maxLength: 5 }),
    ordered: fc.constant(true as const),
  }),
  fc.record({ kind: fc.constant('quote' as const), text: text(2000), credit: text(100), links }),
  fc.record({
    kind: fc.constant('figure' as const),
    url: fc.webUrl(),
    caption: text(300),
    credit: text(100),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    rows: fc.array(fc.array(text(40), { maxLength: 23 }), { maxLength: 8 }),
    head: fc.constant(true as const),
  }),
);

export const anyStory: fc.Arbitrary<Story> = fc
  .record({
    edition: fc.constantFrom(...EDITIONS),
    headline: text(500),
    lead: text(6000),
    leadLinks: links,
    body: fc.array(anyBlock, { maxLength: 12 }),
    link: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    rubrics: fc.array(text(80), { maxLength: 12 }),
    picture: fc.record({ url: fc.webUrl(), credit: text(200) }),
    access: fc.constantFrom('free' as const, 'paid' as const),
    urgent: fc.boolean(),
    revision: fc.nat(3),
    publishedAt: fc.integer({ min: 0, max: 4e12 }),
  })
  .map(({ edition, ...rest }) => storyOf(edition, rest));

export const anyView: fc.Arbitrary<View> = fc
  .record({
    edition: fc.constantFrom(...EDITIONS),
    script: fc.constantFrom('cyrillic' as const, 'lacinka' as const),
    style: fc.constantFrom('headline' as const, 'summary' as const, 'full' as const),
    kind: fc.constantFrom('person' as const, 'group' as const, 'channel' as const),
    neutral: fc.boolean(),
    hashtags: fc.boolean(),
    pictures: fc.boolean(),
    edited: fc.boolean(),
    signature: fc.record({ text: text(300), link: fc.webUrl() }),
    timezone: fc.constantFrom('Europe/Minsk', 'America/New_York', 'Asia/Kathmandu'),
    now: fc.integer({ min: NOW, max: NOW + 4e10 }),
  })
  .map(({ edition, ...rest }) => viewFor(edition, rest));
