import { describe, expect, it } from 'vitest';
import type { Block } from '#src/news/article.ts';
import { hasText, leadsFrom, shownBlock } from '#src/render/article.ts';
import { pagesOfBlocks } from '#src/render/body.ts';

const ROOMY = { length: 4000, entities: 80 };
const nowhere = () => undefined;
const one = (...blocks: Block[]) => pagesOfBlocks(blocks, ROOMY, nowhere).join('\n---\n');

describe('the text of an article', () => {
  it('shows whose words a quote is', () => {
    expect(one({ kind: 'quote', text: 'We will be back.', credit: 'Alena' })).toBe(
      '<i>We will be back.</i>\n— Alena',
    );
  });

  it('says what a picture shows, where the picture itself cannot stand', () => {
    const figure: Block = {
      kind: 'figure',
      url: 'https://news.example/1.jpg',
      caption: 'A square',
      credit: 'X',
    };
    expect(one(figure)).toBe('<i>(A square — X)</i>');
    expect(one({ kind: 'figure', url: figure.url })).toBe('');
    expect(hasText({ kind: 'figure', url: figure.url })).toBe(false);
  });

  it('keeps the rows of a table and the numbers of a list', () => {
    expect(
      one({
        kind: 'table',
        head: true,
        rows: [
          ['Town', 'People'],
          ['Brest', '340,000'],
          ['Pinsk', ''],
          ['', '125,000'],
        ],
      }),
    ).toBe('<b>Town · People</b>\nBrest · 340,000\nPinsk\n— · 125,000');
    expect(one({ kind: 'list', ordered: true, items: ['one', 'two'] })).toBe('1. one\n2. two');
  });

  it('leads to a story of ours in the chat with the bot, and never to the host that is blocked', () => {
    const story = { link: 'https://www.news.example/en/news/7' };
    const link = { from: 0, to: 1, url: 'https://news.example/en/news/5' };
    const lead = leadsFrom(story, { bot: 'the_bot' });
    expect(lead({ ...link, story: 'abc' })).toBe('https://t.me/the_bot?start=s_abc');
    expect(lead(link)).toBeUndefined();
    expect(lead({ ...link, url: 'https://other.example/a' })).toBe('https://other.example/a');
  });

  it('keeps a link on its words when they are written in another way', () => {
    const text = 'Пра гэта  піша Вясна, а не суд.';
    const from = text.indexOf('Вясна');
    const link = { from, to: from + 'Вясна'.length, url: 'https://other.example/' };
    const shown = shownBlock({ kind: 'paragraph', text, links: [link] }, (words) =>
      words.replace(/\s+/g, ' ').replace('Вясна', 'Viasna'),
    );
    expect(pagesOfBlocks([shown], ROOMY, ({ url }) => url)).toEqual([
      'Пра гэта піша <a href="https://other.example/">Viasna</a>, а не суд.',
    ]);
  });

  it('cuts a long paragraph without losing the links behind the cut', () => {
    const text = `${'First sentence here. '.repeat(20)}Then a link.`;
    const from = text.indexOf('a link');
    const pages = pagesOfBlocks(
      [{ kind: 'paragraph', text, links: [{ from, to: from + 6, url: 'https://other.example/' }] }],
      { length: 200, entities: 80 },
      ({ url }) => url,
    );
    expect(pages.at(-1)).toContain('<a href="https://other.example/">a link</a>.');
  });
});
