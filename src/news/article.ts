/** Parts of an article after its lead, as plain texts without markup: what the source keeps and `render/` shows. */
export type Block =
  | { readonly kind: 'paragraph' | 'subhead'; readonly text: string; readonly links?: readonly Link[] }
  | {
      readonly kind: 'list';
      readonly items: readonly string[];
      readonly ordered?: true;
      /** Number of the first item of an ordered one; absent: 1. */
      readonly first?: number;
      /** Links in each item, in the order of the items; absent: none has any. */
      readonly itemLinks?: readonly (readonly Link[])[];
    }
  /** Somebody's words; `credit`: whose, where the page says it apart from them. */
  | {
      readonly kind: 'quote';
      readonly text: string;
      readonly credit?: string;
      readonly links?: readonly Link[];
    }
  /** A picture in its place; the story's first picture (`Story.picture`) is not repeated here. */
  | Figure
  /** Rows of cells, top to bottom; `head`: the first row names the columns. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly head?: true };

export interface Figure {
  readonly kind: 'figure';
  /** http(s) address. */
  readonly url: string;
  /** A description of the picture. */
  readonly caption?: string;
  /** Its maker, without the brackets of the page. */
  readonly credit?: string;
}

/** A stretch of a text that leads somewhere. Stretches of one text stand in order and do not overlap. */
export interface Link {
  /** UTF-16 offsets in the text, `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** http(s) address as published. */
  readonly url: string;
  /** The story of ours that it leads to, where we know it. */
  readonly story?: string;
}

/** All that an article says behind its headline. */
export interface ArticleText {
  /** First paragraph without its dateline; empty where the source gives none. */
  readonly lead: string;
  /** Links within the lead; absent: none. */
  readonly leadLinks?: readonly Link[];
  /** Everything after the lead; empty where nothing else is known. */
  readonly body: readonly Block[];
}

/** All links within the texts of a block. */
export const linksIn = (block: Block): readonly Link[] =>
  block.kind === 'list' ? (block.itemLinks ?? []).flat() : 'links' in block ? (block.links ?? []) : [];

/** The block with each of its links as `change` makes it. */
export function withLinksAs(block: Block, change: (link: Link) => Link): Block {
  if (block.kind === 'list')
    return block.itemLinks
      ? { ...block, itemLinks: block.itemLinks.map((links) => links.map(change)) }
      : block;
  return 'links' in block && block.links ? { ...block, links: block.links.map(change) } : block;
}

/** All that a reader reads of a block, piece by piece. */
export function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'subhead':
      return [block.text];
    case 'quote':
      return [block.text, block.credit ?? ''].filter(Boolean);
    case 'list':
      return block.items;
    case 'figure':
      return [block.caption ?? '', block.credit ?? ''].filter(Boolean);
    case 'table':
      return block.rows.flat();
  }
}
