/** Where a story's text stands on its page: by a known mark, by its dateline, or by its length. */
import { compile, selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { type BlocksOptions, blocksIn, type RawBlock } from '../blocks.ts';
import { dateline } from '../dateline.ts';
import { elementsOf, textOf } from '../html.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { newsroom } from '../../newsroom/current.ts';
import { USUAL_BODIES } from '../selectors.ts';
import { isTeaser } from './story-lines.ts';
import { isNoText, isOtherHeadline, isOutside, untilEnd, type Zone } from './zone.ts';

type Query = ReturnType<typeof compile<AnyNode, Element>>;

const queriesOf = new WeakMap<Newsroom, readonly Query[]>();

/** The marks, the surest first; compiled once for a newsroom. */
function bodyQueries(): readonly Query[] {
  const room = newsroom();
  const known = queriesOf.get(room);
  if (known) return known;
  const queries = [...room.bodies, ...USUAL_BODIES].map((selector) => compile<AnyNode, Element>(selector));
  queriesOf.set(room, queries);
  return queries;
}

export interface Body {
  readonly blocks: readonly RawBlock[];
  /** Found by a known mark of the site or by the dateline, not guessed. */
  readonly isSure: boolean;
}

/** The text around the headline; only where nothing is marked there the largest one of the page. */
export function bodyOf(document: Document, zone: Zone, base: string): Body {
  const options: BlocksOptions = { skip: isNoText, base };
  for (const root of [zone.root, document])
    for (const query of bodyQueries()) {
      const parts = partsOf(root, query, root === zone.root ? zone.headline : undefined);
      const blocks = untilEnd(parts.flatMap((part) => blocksIn(part, options)));
      if (blocks.length) return { blocks, isSure: true };
    }
  const first = zone.lines.findIndex(
    (line) => line.kind === 'paragraph' && dateline(line.text) && !isTeaser(line.text),
  );
  if (first >= 0) return { blocks: zone.lines.slice(first), isSure: true };
  const start = zone.lines.findIndex(
    (line) => line.kind === 'paragraph' && line.text.length > 60 && line.href === undefined,
  );
  return { blocks: start < 0 ? [] : zone.lines.slice(start), isSure: false };
}

/** Characters without which nothing is a text. */
const SHORTEST_TEXT = 20;

/**
 * One text, which advertisements may have cut into parts: what is marked within `root` with no other story's headline in
 * between. The first such text behind the headline; the largest where it is not known which that is.
 */
function partsOf(root: AnyNode, query: Query, headline: Element | undefined): readonly Element[] {
  const marked = new Set(selectAll<AnyNode, Element>(query, root).filter((element) => !isOutside(element)));
  if (!marked.size) return [];
  let texts: Element[][] = [[]];
  const walk = (node: AnyNode): void => {
    if (!('children' in node)) return;
    if (isTag(node) && marked.has(node)) {
      texts.at(-1)?.push(node);
      return;
    }
    if (node === headline) texts = [[]];
    const isApart = isTag(node) && isOther(node, headline);
    if (isApart) texts.push([]);
    node.children.forEach(walk);
    if (isApart) texts.push([]);
  };
  walk(root);
  const sized = texts
    .map((parts) => ({ parts, size: parts.reduce((sum, part) => sum + textOf(part).length, 0) }))
    .filter(({ size }) => size >= SHORTEST_TEXT);
  const [found] = headline ? sized : sized.toSorted((a, b) => b.size - a.size);
  return found?.parts ?? [];
}

/** Whether what follows is another story: one with a headline of its own, or that leads there. */
const isOther = (element: Element, headline: Element | undefined): boolean =>
  element !== headline &&
  (element.name === 'h1' ||
    (headline !== undefined && isOtherHeadline(element, headline)) ||
    (/^h[2-4]$/.test(element.name) && [...elementsOf(element)].some(({ name }) => name === 'a')) ||
    (element.name === 'article' && (!headline || ![...elementsOf(element)].includes(headline))));
