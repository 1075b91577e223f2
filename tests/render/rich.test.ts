import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsRich, richTexts, sizeOfRich } from '#src/news/rich.ts';
import type { Story } from '#src/news/story.ts';
import { visibleText } from '#src/render/html.ts';
import { loadWords } from '#src/render/locale.ts';
import type { View } from '#src/render/view.ts';
import { renderBulletin, renderPage, renderStory } from '#src/render/message.ts';
import { storyArticle } from '#src/render/rich.ts';
import { checkRich, readRich } from '#sandbox/telegram/rich.ts';
import { pageCount } from './pages.ts';
import { anyBlock, anyStory, anyView } from './any.ts';
import { NOW, storyOf, viewFor } from './stories.ts';

const locales = loadWords();
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 90);

/** Telegram takes it, by the rules of the local one. */
function taken(blocks: readonly unknown[]): void {
  const world = { server: 'today' } as unknown as Parameters<typeof readRich>[0];
  const rich = readRich(world, { rich_message: { blocks } });
  if (!rich) throw new Error('empty');
  checkRich(rich);
}

const letters = (text: string): string[] => (text.match(/[\p{L}\p{N}]/gu) ?? []).toSorted();
const words = (text: string): string[] => (text.match(/[\p{L}\p{N}]+/gu) ?? []).toSorted();

describe('a story as an article', () => {
  it('is heading, picture, lead, body, date and link', () => {
    const story = storyOf('en', { picture: { url: 'https://cdn.example/1.jpg', credit: 'Facebook' } });
    const blocks = storyArticle(story, viewFor('en', { articles: true }), locales) ?? [];
    expect(blocks.map(({ type }) => type)).toEqual([
      'heading',
      'photo',
      'paragraph',
      'paragraph',
      'heading',
      'list',
      'paragraph',
      'paragraph',
    ]);
    expect(blocks.at(-1)).toEqual({
      type: 'paragraph',
      text: ['22 August', ' · ', { type: 'url', text: 'site', url: 'https://news.example/en/news/201/' }],
    });
    taken(blocks);
  });

  it('whatever it is, is within all limits and says what its plain form says', () => {
    fc.assert(
      fc.property(anyStory, anyView, (story, view) => {
        const one = { ...view, articles: true, kind: 'person' as const };
        const blocks = storyArticle(story, one, locales);
        if (!blocks) return;
        taken(blocks);
        expect(fitsRich(sizeOfRich(blocks))).toBe(true);
        const pages = Array.from({ length: pageCount(story, one, locales) }, (_, page) =>
          visibleText(renderPage(story, page, one, locales).text),
        );
        const said = richTexts(blocks).join('\n');
        if (pages.length === 1) expect(words(said)).toEqual(words(pages.join('\n')));
        // Each page has the frame, an article once; only a word longer than a page is cut.
        const [headline = ''] = richTexts(blocks.filter(({ type }) => type === 'heading'));
        const bare = { ...story, headline, lead: '', body: [] };
        const frame = visibleText(renderPage(bare, 0, one, locales).text);
        expect(letters(said + frame.repeat(pages.length - 1))).toEqual(letters(pages.join('\n')));
      }),
      { numRuns },
    );
  });

  it('is the same however often it is made', () => {
    fc.assert(
      fc.property(anyStory, anyView, (story, view) => {
        const one = { ...view, articles: true };
        expect(storyArticle({ ...story }, one, locales)).toEqual(storyArticle(story, one, locales));
      }),
      { numRuns: numRuns / 3 },
    );
  });

  it('longer than one message can hold has pages instead', () => {
    const body = Array.from({ length: 40 }, () => ({
      kind: 'paragraph' as const,
      text: 'сказ '.repeat(160),
    }));
    const message = renderPage(storyOf('be', { body }), 0, viewFor('be', { articles: true }), locales);
    expect(message.rich).toBeUndefined();
    expect(message.buttons?.flat().some(({ text }) => text === '›')).toBe(true);
  });

  it('of pictures alone is opened like any other, where they may stand in it', () => {
    const story = storyOf('en', { lead: '', body: [{ kind: 'figure', url: 'https://cdn.example/1.jpg' }] });
    const opens = (change: Partial<View>) =>
      (['headline', 'summary'] as const).map((style) =>
        renderStory(story, viewFor('en', { articles: true, style, ...change }), locales)
          .buttons?.flat()
          .some(({ text }) => text === 'Read here'),
      );
    expect(opens({})).toEqual([true, true]);
    for (const change of [{ articles: false }, { hide: true }, { pictures: false }])
      expect(opens(change)).toEqual([false, false]);
  });

  it('keeps at most twenty pictures and the words under all of them', () => {
    const body = Array.from({ length: 30 }, (_, n) => ({
      kind: 'figure' as const,
      url: `https://cdn.example/${n}.jpg`,
      caption: `Picture number ${n}`,
    }));
    const blocks = storyArticle(storyOf('en', { body }), viewFor('en', { articles: true }), locales) ?? [];
    expect(sizeOfRich(blocks).pictures).toBe(20);
    expect(richTexts(blocks).join('\n')).toContain('Picture number 29');
  });
});

describe('many stories as one article', () => {
  const many = (stories: readonly Story[], change: Partial<View> = {}) =>
    renderBulletin(stories, viewFor('en', { articles: true, now: NOW, ...change }), 'digest', locales)[0];

  it('hold the whole text of each as long as there is room, urgent ones open, the rest by their numbers', () => {
    const long = { kind: 'paragraph' as const, text: 'Words of the story. '.repeat(100) };
    const stories = Array.from({ length: 30 }, (_, n) =>
      storyOf('en', {
        id: `s${n}`,
        headline: `Story ${n}`,
        body: [long],
        urgent: n === 3,
        publishedAt: NOW - n,
      }),
    );
    const message = many(stories);
    const blocks = message?.rich?.blocks ?? [];
    taken(blocks);
    const details = blocks.filter((block) => block.type === 'details');
    expect(details.length).toBeGreaterThan(10);
    expect(details.filter((block) => block.is_open)).toHaveLength(1);
    const numbers = message?.rich?.buttons?.flat() ?? [];
    expect(numbers).toHaveLength(30 - details.length);
    expect(richTexts(blocks).join('\n')).toContain(`${numbers[0]?.text}. `);
    // Where there are no buttons each of them has a link instead.
    const linked = JSON.stringify(many(stories, { buttons: false, bot: 'the_bot' })?.rich?.blocks);
    for (const { id } of stories) expect(linked).toContain(`https://t.me/the_bot?start=s_${id}"`);
  });

  it.each([36, 60, 99])(
    '%i of them, too many for one message as text, stay articles with all of them',
    (count) => {
      const stories = Array.from({ length: count }, (_, n) =>
        storyOf('en', {
          id: `s${n}.`,
          headline: `Story ${n}. ${'Long headline. '.repeat(9)}`,
          publishedAt: NOW - n,
        }),
      );
      const view = viewFor('en', { articles: true, bot: 'the_bot' });
      const messages = renderBulletin(stories, view, 'digest', locales);
      expect(messages.length).toBeGreaterThan(1);
      const told = messages.flatMap(({ rich }) => {
        taken(rich?.blocks ?? []);
        const folded = rich?.blocks.filter(({ type }) => type === 'details') ?? [];
        expect(folded.length).toBeGreaterThan(0);
        const inside = richTexts(folded).flatMap((text) => /^Story (\d+)\./.exec(text)?.[1] ?? []);
        const led = JSON.stringify(rich).matchAll(/(?:show:|start=)s_?(\d+)\./g);
        return [...inside, ...[...led].map(([, n]) => n)];
      });
      expect(told.map(Number).toSorted((a, b) => a - b)).toEqual(stories.map((_, n) => n));
    },
  );

  it('whatever they are, are within all limits', () => {
    fc.assert(
      fc.property(fc.array(anyStory, { minLength: 1, maxLength: 12 }), anyView, (stories, view) => {
        const told = stories.map((story, index) => ({
          ...story,
          id: `any${index}`,
          firstSeenAt: NOW - index,
        }));
        for (const kind of ['bulletin', 'digest'] as const)
          for (const { rich } of renderBulletin(told, { ...view, articles: true }, kind, locales))
            if (rich) taken(rich.blocks);
      }),
      { numRuns: numRuns / 3 },
    );
  });
});

it('every kind of block is drawn in both forms', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { minLength: 1, maxLength: 4 }), (body) => {
      const blocks = storyArticle(storyOf('en', { body }), viewFor('en', { articles: true }), locales);
      if (blocks) taken(blocks);
    }),
    { numRuns },
  );
});
