import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '#src/news/edition.ts';
import type { Block } from '#src/news/article.ts';
import type { Story } from '#src/news/story.ts';
import { loadLocales } from '#src/render/locale.ts';
import { renderBulletin, renderPage, renderStory, type View } from '#src/render/message.ts';
import { accepted, addressesIn } from './strict.ts';
import { NOW, storyOf, viewFor } from './stories.ts';
import { pageCount } from './pages.ts';

const locales = loadLocales();

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

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('paragraph' as const, 'subhead' as const), text: text(6000) }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text(300), { maxLength: 30 }) }),
);

const anyStory: fc.Arbitrary<Story> = fc
  .record({
    edition: fc.constantFrom(...EDITIONS),
    headline: text(500),
    lead: text(6000),
    body: fc.array(block, { maxLength: 12 }),
    link: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    rubrics: fc.array(text(80), { maxLength: 12 }),
    picture: fc.record({ url: fc.webUrl(), credit: text(200) }),
    access: fc.constantFrom('free' as const, 'paid' as const),
    urgent: fc.boolean(),
    revision: fc.nat(3),
    publishedAt: fc.integer({ min: 0, max: 4e12 }),
  })
  .map(({ edition, ...rest }) => storyOf(edition, rest));

const anyView: fc.Arbitrary<View> = fc
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

/** How far a test searches: more by `FUZZ_RUNS`. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 90);

describe('any story in any chat', () => {
  it('is a message within the limits that has its link', () => {
    fc.assert(
      fc.property(anyStory, anyView, (story, view) => {
        expect(addressesIn(renderStory(story, view, locales))).toContain(addressOf(story));
      }),
      { numRuns },
    );
  });

  it('looks the same whether it was rendered for others before or not', () => {
    fc.assert(
      fc.property(anyStory, fc.array(anyView, { minLength: 2, maxLength: 4 }), (story, views) => {
        for (const view of views) {
          expect(renderStory(story, view, locales)).toEqual(renderStory({ ...story }, view, locales));
          for (const kind of ['digest', 'latest'] as const)
            expect(renderBulletin([story], view, kind, locales)).toEqual(
              renderBulletin([{ ...story }], view, kind, locales),
            );
        }
      }),
      { numRuns: numRuns / 3 },
    );
  });

  it('can be opened, page by page, and has its link on each', () => {
    fc.assert(
      fc.property(anyStory, anyView, (story, view) => {
        const count = pageCount(story, view, locales);
        for (const page of [0, 1, count - 1])
          expect(addressesIn(renderPage(story, page, view, locales))).toContain(addressOf(story));
      }),
      { numRuns },
    );
  });

  it('stands in a bulletin with its link', () => {
    fc.assert(
      fc.property(fc.array(anyStory, { minLength: 1, maxLength: 15 }), anyView, (stories, view) => {
        const told = stories.map((story, index) => ({
          ...story,
          id: `any${index}`,
          firstSeenAt: NOW - index,
        }));
        for (const kind of ['bulletin', 'digest'] as const) {
          const links = renderBulletin(told, view, kind, locales).flatMap(addressesIn);
          for (const story of told) expect(links).toContain(addressOf(story));
        }
        const listed = renderBulletin(told.slice(0, 10), view, 'latest', locales);
        expect(listed).toHaveLength(1);
        for (const message of listed) accepted(message);
      }),
      { numRuns: numRuns / 3 },
    );
  });
});

/** The story's address as Telegram stores it: by way of a message that has nothing else. */
const addressOf = (story: Story): string | undefined =>
  addressesIn({
    text: `<a href="${story.link.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">x</a>`,
  })[0];
