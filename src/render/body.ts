/** The text of a story after its lead, as pages of one expandable quote each. */
import type { Block } from '../news/story.ts';
import { automaticEntities, escapeHtml, inPieces, lengthOf } from './html.ts';

/** A line or paragraph that stays together. */
interface Piece {
  readonly html: string;
  /** Code points after parsing. */
  readonly length: number;
  /** What stands between it and the piece before. */
  readonly gap: '\n\n' | '\n';
  readonly subhead: boolean;
  /** Entities that it may become: bold, and what Telegram finds by itself. */
  readonly entities: number;
}

/** Entities of one page; the lines around the quote need the others of a message's 100. */
const MOST_ENTITIES = 24;

/**
 * `blocks` as Telegram HTML in pages of at most `room` code points each, cut between blocks, else at sentences. At
 * least one page, which is empty where there is nothing to say.
 */
export function quotePages(blocks: readonly Block[], room: number): string[] {
  const pages: Piece[][] = [];
  for (const piece of blocks.flatMap((block) => piecesOf(block, room))) {
    const page = pages.at(-1);
    if (page && takes(page, piece, room)) page.push(piece);
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
    const entities = automaticEntities(part) + (subhead ? 1 : 0);
    return { html: subhead ? `<b>${html}</b>` : html, length: lengthOf(part), gap, subhead, entities };
  });

/** A subhead left at the foot of `page` goes over to the next page, to what it stands above. */
function strayingSubhead(page: Piece[] | undefined, next: Piece, room: number): Piece[] {
  const last = page?.at(-1);
  if (!page || page.length < 2 || !last?.subhead || last.length + 2 + next.length > room) return [];
  page.pop();
  return [last];
}

function takes(page: readonly Piece[], { gap, length, entities }: Piece, room: number): boolean {
  const used = page.reduce((sum, piece) => sum + piece.entities, 0);
  return used + entities <= MOST_ENTITIES && lengthOfPage(page) + gap.length + length <= room;
}

const lengthOfPage = (page: readonly Piece[]): number =>
  page.reduce((sum, { gap, length }, index) => sum + length + (index === 0 ? 0 : gap.length), 0);

const htmlOf = (page: readonly Piece[]): string =>
  page.reduce((text, { gap, html }, index) => text + (index === 0 ? '' : gap) + html, '');
