import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Story } from '#src/news/story.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderBulletin, renderPage, renderStory } from '#src/render/message.ts';
import { anyStory, anyView } from './any.ts';
import { accepted, addressesIn } from './strict.ts';
import { NOW, storyOf, viewFor } from './stories.ts';
import { pageCount } from './pages.ts';

const locales = loadWords();

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

  it('keeps its link on each page under the limit of entities, of which hashtags cut bold into many', () => {
    const tags = '#тэг '.repeat(15);
    const table = { kind: 'table', rows: [[tags, '#тэг']], head: true } as const;
    const story = storyOf('be', { body: [table, table, { kind: 'subhead', text: tags }] });
    const view = viewFor('be');
    for (let page = 0; page < pageCount(story, view, locales); page += 1)
      expect(addressesIn(renderPage(story, page, view, locales))).toContain(addressOf(story));
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
