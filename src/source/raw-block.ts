/** A block as it was read: what a story holds of it, and what tells a link from a text. */
import type { Block, Link } from '../news/article.ts';

/** A block with what tells a link from a text. */
export type RawBlock = Block & {
  /** All of it in one line. */
  readonly text: string;
  /** Where the whole block is one link: its address as written. */
  readonly href?: string;
  /** Addresses within the block as written, in order. */
  readonly hrefs: readonly string[];
  /** Characters within links, blanks aside. */
  readonly linked?: number;
};

/** Links of a text of which the first `-by` characters are cut off, or before which `by` more stand. */
export const shifted = (links: readonly Link[], by: number): readonly Link[] =>
  links.flatMap((link) => (link.from + by < 0 ? [] : [{ ...link, from: link.from + by, to: link.to + by }]));

/** The links of `block` that lie whole in `part`, one piece of its text, as they stand there; undefined where none does. */
export function linksWithin(block: RawBlock, part: string): readonly Link[] | undefined {
  const at = block.text.indexOf(part);
  const links = 'links' in block && at >= 0 ? shifted(block.links ?? [], -at) : [];
  const within = links.filter(({ to }) => to <= part.length);
  return within.length ? within : undefined;
}

/** A line of which only the beginning is kept. */
export function cutTo(line: RawBlock & { readonly kind: Kept }, text: string): RawBlock {
  const links = line.links?.filter(({ to }) => to <= text.length) ?? [];
  const { links: _links, ...rest } = line;
  return { ...rest, text, ...(links.length ? { links } : {}) };
}

type Kept = 'paragraph' | 'subhead' | 'quote';

/** A block as a story holds it. */
export function bare(raw: RawBlock): Block {
  const { href: _href, hrefs: _hrefs, linked: _linked, text, ...rest } = raw;
  const isText = rest.kind === 'paragraph' || rest.kind === 'subhead' || rest.kind === 'quote';
  return (isText ? { ...rest, text } : rest) as Block;
}
