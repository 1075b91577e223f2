import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}
type Piece = string | { readonly entity: Entity; readonly text: string; readonly children: readonly Piece[] };

/** The page's own script, which a browser loads as it is. */
const page = (await import(new URL('../../sandbox/page/browser/entities.js', import.meta.url).href)) as {
  treeOf(text: string, entities?: readonly Entity[]): Piece[];
  textAfter(text: string, before?: Piece): string;
  listedLine(message: { text: string; entities?: readonly Entity[] }): string;
  addressOf(piece: { entity: Entity; text: string }): string | undefined;
};

const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece.children))).join('');

describe('a message in the chat list', () => {
  it('is one line in which nothing of a spoiler can be read', () => {
    const text = 'Bridge is open\n\nsite';
    expect(page.listedLine({ text })).toBe('Bridge is open site');
    const entities = [{ type: 'spoiler', offset: 0, length: 14 }];
    expect(page.listedLine({ text, entities })).toBe('⠿⠿⠿⠿⠿⠿ ⠿⠿ ⠿⠿⠿⠿ site');
    expect(page.listedLine({ text: 'x'.repeat(500) })).toHaveLength(90);
  });
});

describe('formatted text on the page', () => {
  it('nests entities as Telegram gives them', () => {
    const bold = { type: 'bold', offset: 0, length: 7 };
    const link = { type: 'text_link', offset: 4, length: 3, url: 'https://example.org' };
    expect(page.treeOf('One two three', [link, bold])).toEqual([
      { entity: bold, text: 'One two', children: ['One ', { entity: link, text: 'two', children: ['two'] }] },
      ' three',
    ]);
  });

  it('never loses or repeats a character, whatever the entities', () => {
    const entity = fc.record({
      type: fc.constantFrom('bold', 'text_link', 'blockquote'),
      offset: fc.nat(30),
      length: fc.nat(30),
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(entity), (text, entities) => {
        expect(textOf(page.treeOf(text, entities))).toBe(text);
      }),
    );
  });

  it('draws no empty line after a quote, whose end is a line’s end', () => {
    const quote: Piece = { entity: { type: 'blockquote', offset: 0, length: 1 }, text: 'q', children: ['q'] };
    expect(page.textAfter('\nnext', quote)).toBe('next');
    expect(page.textAfter('\nnext', 'plain')).toBe('\nnext');
  });

  it('opens web addresses and nothing that could run', () => {
    const link = (url: string) =>
      page.addressOf({ entity: { type: 'text_link', offset: 0, length: 1, url }, text: 'x' });
    expect(link('https://example.org/a')).toBe('https://example.org/a');
    expect(link('javascript:alert(1)')).toBeUndefined();
    expect(link('data:text/html,x')).toBeUndefined();
    const url = { type: 'url', offset: 0, length: 11 };
    expect(page.addressOf({ entity: url, text: 'example.org' })).toBe('https://example.org');
    expect(page.addressOf({ entity: url, text: 'javascript:alert(1)' })).toBeUndefined();
  });
});
