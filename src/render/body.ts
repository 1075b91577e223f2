/** The text of a story after its lead, as pages of one expandable quote each. */
import type { Block } from '../news/story.ts';
import { escapeHtml, inPieces, lengthOf } from './html.ts';

/** A line or paragraph that stays together. */
interface Piece {
  readonly html: string;
  /** Code points after parsing. */
  readonly length: number;
  /** What stands between it and the piece before. */
  readonly gap: '\n\n' | '\n';
  readonly subhead: boolean;
}

/** Subheads are bold, an entity each; a page with more than this many goes on on the next. */
const MOST_PIECES = 60;

/**
 * `blocks` as Telegram HTML in pages of at most `room` code points each, cut between blocks, else at sentences. At
 * least one page, which is empty where there is nothing to say.
 */
export function quotePages(blocks: readonly Block[], room: number): string[] {
  const pages: Piece[][] = [];
  for (const piece of blocks.flatMap((block) => piecesOf(block, room))) {
    const page = pages.at(-1);
    if (page && page.length < MOST_PIECES && lengthOfPage(page) + piece.gap.length + piece.length <= room)
      page.push(piece);
    else pages.push([...strayingSubhead(page, piece, room), piece]);
  }
  return pages.length > 0 ? pages.map(htmlOf) : [''];
}

/** `html` as an expandable quote; nothing where there is nothing to quote. */
export const quoted = (html: string): string =>
  html === '' ? '' : `<blockquote expandable>${html}</blockquote>`;

function piecesOf(block: Block, room: number): Piece[] {
  if (block.kind === 'list')
    return block.items.flatMap((item, index) =>
      piecesOfText(`• ${item}`, room, index === 0 ? '\n\n' : '\n', false),
    );
  return piecesOfText(block.text, room, '\n\n', block.kind === 'subhead');
}

const piecesOfText = (text: string, room: number, gap: Piece['gap'], subhead: boolean): Piece[] =>
  inPieces(text, room).map((part) => {
    const html = escapeHtml(part);
    return { html: subhead ? `<b>${html}</b>` : html, length: lengthOf(part), gap, subhead };
  });

/** A subhead left at the foot of `page` goes over to the next page, to what it stands above. */
function strayingSubhead(page: Piece[] | undefined, next: Piece, room: number): Piece[] {
  const last = page?.at(-1);
  if (!page || page.length < 2 || !last?.subhead || last.length + 2 + next.length > room) return [];
  page.pop();
  return [last];
}

const lengthOfPage = (page: readonly Piece[]): number =>
  page.reduce((sum, { gap, length }, index) => sum + length + (index === 0 ? 0 : gap.length), 0);

const htmlOf = (page: readonly Piece[]): string =>
  page.reduce((text, { gap, html }, index) => text + (index === 0 ? '' : gap) + html, '');
