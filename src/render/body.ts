/** The text of a story after its lead, as pages that each fit one message. Telegram HTML. */
import type { Block, Link } from '../news/article.ts';
import { figureAsLine, type Lead, rowAsLine } from './article.ts';
import { htmlOf, linkPieces } from './frame.ts';
import { automaticEntities, inPieces, lengthOf, PARTS_EACH } from './html.ts';

/** A line or paragraph that stays together. */
interface Piece {
  readonly html: string;
  /** Code points after parsing. */
  readonly length: number;
  /** Separator from the piece before. */
  readonly gap: '\n\n' | '\n';
  readonly subhead: boolean;
  /** Entities that it may become: bold, links, and what Telegram finds by itself. */
  readonly entities: number;
}

/** Limits of a page: code points, and entities. */
export interface Room {
  readonly length: number;
  readonly entities: number;
}

/**
 * `blocks` in pages of at most `room` each, cut between blocks, else at sentences; all of them but the pictures. At
 * least one page, which is empty where there is nothing to say.
 */
export function pagesOfBlocks(blocks: readonly Block[], room: Room, lead: Lead): string[] {
  const pages: Piece[][] = [];
  for (const piece of blocks.flatMap((block) => piecesOf(block, room.length, lead))) {
    const page = pages.at(-1);
    if (page && takes(page, piece, room)) page.push(piece);
    else pages.push([...strayingSubhead(page, piece, room), piece]);
  }
  return pages.length > 0 ? pages.map(htmlOfPage) : [''];
}

/** `html` folded, to be unfolded by who wants it; nothing where there is nothing to fold. */
export const folded = (html: string): string =>
  html === '' ? '' : `<blockquote expandable>${html}</blockquote>`;

function piecesOf(block: Block, room: number, lead: Lead): Piece[] {
  const pieces = (text: string, manner: Manner) => piecesOfText(text, room, lead, manner);
  switch (block.kind) {
    case 'paragraph':
      return pieces(block.text, { links: block.links });
    case 'subhead':
      return pieces(block.text, { tag: 'b', subhead: true });
    case 'quote':
      return [
        ...pieces(block.text, { tag: 'i', links: block.links }),
        ...(block.credit ? pieces(`— ${block.credit}`, { gap: '\n' }) : []),
      ];
    case 'list':
      return block.items.flatMap((item, index) => {
        const sign = `${block.ordered ? `${(block.first ?? 1) + index}.` : '•'} `;
        return pieces(sign + item, { gap: lineGap(index), links: behind(sign, block.itemLinks?.[index]) });
      });
    case 'figure':
      return pieces(figureAsLine(block), { tag: 'i' });
    case 'table':
      return block.rows.flatMap((row, index) =>
        pieces(rowAsLine(row), {
          gap: lineGap(index),
          ...(block.head && index === 0 ? { tag: 'b' } : {}),
        }),
      );
  }
}

/** Links of a text as they stand behind `sign`. */
const behind = (sign: string, links: readonly Link[] = []): readonly Link[] =>
  links.map((link) => ({ ...link, from: link.from + sign.length, to: link.to + sign.length }));

const lineGap = (index: number): Piece['gap'] => (index === 0 ? '\n\n' : '\n');

interface Manner {
  readonly gap?: Piece['gap'];
  readonly tag?: 'b' | 'i';
  readonly subhead?: boolean;
  readonly links?: readonly Link[] | undefined;
}

function piecesOfText(text: string, room: number, lead: Lead, manner: Manner): Piece[] {
  const { gap = '\n\n', tag, subhead = false, links } = manner;
  let from = 0;
  return inPieces(text, room).map((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    const pieces = linkPieces(part, links, lead, at);
    const html = pieces.map(htmlOf).join('');
    const count = pieces.filter(({ to }) => to !== undefined).length;
    return {
      html: tag ? `<${tag}>${html}</${tag}>` : html,
      length: lengthOf(part),
      gap,
      subhead,
      entities: (automaticEntities(part) + count) * (tag ? 1 + PARTS_EACH : 1) + (tag ? 1 : 0),
    };
  });
}

/** A subhead left at the foot of `page` goes over to the next page, to what it stands above. */
function strayingSubhead(page: Piece[] | undefined, next: Piece, room: Room): Piece[] {
  const last = page?.at(-1);
  if (!page || page.length < 2 || !last?.subhead || last.length + 2 + next.length > room.length) return [];
  page.pop();
  return [last];
}

function takes(page: readonly Piece[], { gap, length, entities }: Piece, room: Room): boolean {
  const used = page.reduce((sum, piece) => sum + piece.entities, 0);
  return used + entities <= room.entities && lengthOfPage(page) + gap.length + length <= room.length;
}

const lengthOfPage = (page: readonly Piece[]): number =>
  page.reduce((sum, { gap, length }, index) => sum + length + (index === 0 ? 0 : gap.length), 0);

const htmlOfPage = (page: readonly Piece[]): string =>
  page.reduce((text, { gap, html }, index) => text + (index === 0 ? '' : gap) + html, '');
