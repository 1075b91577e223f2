/** HTML to a tree and to text. The tree is never deeper than `DEEPEST`, so that walking it by recursion is safe. */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { type AnyNode, type Document, DomHandler, type Element, isTag, isText } from 'domhandler';
import { Parser } from 'htmlparser2';
import type { Block } from '../news/article.ts';
import { isSilent, saidBy } from './inline.ts';
import { asHtml } from './markup.ts';
import { rowsOf } from './table.ts';
import { tidy } from './text.ts';

/** Deeper elements are put beside each other; honest pages are about 20 deep. */
const DEEPEST = 100;
/** Characters parsed before others may run: about 5 ms. */
const SLICE = 32 * 1024;
/** Nodes of one page; what comes after is not read. A listing or a long digest has two or three thousand. */
const MOST_NODES = 12_000;

/** A page as a tree. Parsing a long one lets others run in between. */
export async function parseHtml(html: string): Promise<Document> {
  const builder = createBuilder();
  for (let from = 0; from < html.length && !builder.full(); from += SLICE) {
    builder.write(html.slice(from, from + SLICE));
    if (html.length > SLICE) await letOthersRun();
  }
  return builder.end();
}

/**
 * Whether a page breaks off: neither body nor document is closed, and parts of it are still open. Pages that leave out
 * closing tags by habit close those.
 */
export function isCutOff(html: string): boolean {
  if (
    !/<(?:html|body|!doctype)/i.test(html.slice(0, 4096)) ||
    /<\/(?:body|html)\s*>/i.test(html.slice(-4096))
  )
    return false;
  const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
  return (
    count(/<(?:div|main|article|section|ul|head|script|style)[\s>]/gi) >
    count(/<\/(?:div|main|article|section|ul|head|script|style)\s*>/gi)
  );
}

/** A short piece of HTML as a tree, at once. */
export function parseFragment(html: string): Document {
  const builder = createBuilder();
  builder.write(html);
  return builder.end();
}

function createBuilder() {
  const dom = new DomHandler();
  let depth = 0;
  let nodes = 0;
  /** Open elements that were left out; they are closed first. */
  let lost = 0;
  const parser = new Parser({
    onparserinit: (own) => dom.onparserinit(own),
    onopentag(name, attributes) {
      depth++;
      nodes++;
      if (depth <= DEEPEST && nodes <= MOST_NODES) dom.onopentag(name, attributes);
      else lost++;
    },
    onclosetag() {
      if (lost) lost--;
      else dom.onclosetag();
      depth--;
    },
    ontext(text) {
      nodes++;
      if (nodes <= MOST_NODES) dom.ontext(text);
    },
    onend: () => dom.onend(),
  });
  return {
    write: (html: string) => parser.write(html),
    full: () => nodes > MOST_NODES,
    end(): Document {
      parser.end();
      return dom.root;
    },
  };
}

export const attribute = (element: Element, name: string): string => element.attribs[name] ?? '';

/** Whether the element begins a line of its own. */
const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
]);

/** All text within, blanks between blocks, as one line. */
export function textOf(node: AnyNode | readonly AnyNode[]): string {
  const parts: string[] = [];
  const walk = (at: AnyNode): void => {
    if (isText(at)) parts.push(at.data);
    else if (isTag(at)) {
      if (isSilent(at)) return;
      const said = saidBy(at);
      if (said !== undefined) {
        parts.push(said);
        return;
      }
      const apart = BLOCKS.has(at.name) || at.name === 'br';
      if (apart) parts.push(' ');
      at.children.forEach(walk);
      if (apart) parts.push(' ');
    } else if ('children' in at) at.children.forEach(walk);
  };
  for (const each of Array.isArray(node) ? node : [node]) walk(each);
  return tidy(parts.join(''));
}

/** HTML (or text with entities) as one line of plain text. */
export function plain(html: string): string {
  return /[<&]/.test(html) ? textOf(parseFragment(asHtml(html))) : tidy(html);
}

/** Every element within, in document order, the roots included. */
export function* elementsOf(root: AnyNode | readonly AnyNode[]): Generator<Element> {
  const stack: AnyNode[] = Array.isArray(root) ? root.toReversed() : [root as AnyNode];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isTag(node)) yield node;
    if ('children' in node)
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as AnyNode);
  }
}

/** A line or list of a page, with what tells a link from a text. */
export type RawBlock = (
  | { readonly kind: 'paragraph' | 'subhead'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string; readonly credit?: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered?: true }
  | {
      readonly kind: 'table';
      /** Its cells in one line. */
      readonly text: string;
      readonly rows: readonly (readonly string[])[];
      readonly head?: true;
    }
) & {
  /** Where the whole block is one link: its address as written. */
  readonly href?: string;
  /** Links within the block, in order. */
  readonly links: readonly string[];
  /** Deepest element that holds all of it. */
  readonly within: Element | undefined;
};

/** Longest text that may be a subhead. */
const LONGEST_SUBHEAD = 120;

/**
 * The lines of a page or a piece of one. `skip` says which elements are left out; what stands before `after`, and that
 * element itself, is left out as well.
 */
export function blocksIn(
  root: AnyNode | readonly AnyNode[],
  skip: (element: Element) => boolean = () => false,
  after?: Element,
): RawBlock[] {
  const blocks: RawBlock[] = [];
  let parts: string[] = [];
  let links: string[] = [];
  let linked = 0;
  let bold = 0;
  let insideLink = 0;
  let insideBold = 0;
  let kind: 'paragraph' | 'subhead' | 'item' | 'quote' | 'credit' = 'paragraph';
  let isOrdered = false;
  let within: Element | undefined;
  let freshList = true;

  const flush = (): void => {
    const text = tidy(parts.join(''));
    const whole = { links, within };
    const href = links.length === 1 && linked >= text.replaceAll(' ', '').length ? links[0] : undefined;
    const isBold = bold >= text.replaceAll(' ', '').length;
    parts = [];
    links = [];
    linked = bold = 0;
    if (!text) return;
    const bullet = /^[•‣▪●]\s*/.exec(text);
    const last = blocks.at(-1);
    if (kind === 'credit' && last?.kind === 'quote') {
      blocks[blocks.length - 1] = { ...last, credit: text.replace(/^[—–-]\s*/, '') };
      return;
    }
    if (kind === 'item' || bullet) {
      const item = bullet ? text.slice(bullet[0].length) : text;
      if (last?.kind === 'list' && !freshList)
        blocks[blocks.length - 1] = {
          ...last,
          items: [...last.items, item],
          links: [...last.links, ...whole.links],
        };
      else blocks.push({ kind: 'list', items: [item], ...(isOrdered ? { ordered: true } : {}), ...whole });
      freshList = false;
      return;
    }
    freshList = true;
    if (kind === 'quote') {
      blocks.push({ kind: 'quote', text, ...(href === undefined ? {} : { href }), ...whole });
      return;
    }
    const isSubhead =
      kind === 'subhead' || (isBold && !href && text.length <= LONGEST_SUBHEAD && !/[.…!?;,]$/.test(text));
    blocks.push({
      kind: isSubhead ? 'subhead' : 'paragraph',
      text,
      ...(href === undefined ? {} : { href }),
      ...whole,
    });
  };

  let isBlank = true;
  const say = (words: string, parent: Element | undefined): void => {
    const dense = words.replace(/\s/g, '').length;
    if (!parts.length) isBlank = true;
    if (dense && isBlank) within = parent;
    if (dense) isBlank = false;
    parts.push(words);
    if (insideLink) linked += dense;
    if (insideBold) bold += dense;
  };

  const walk = (node: AnyNode, parent: Element | undefined): void => {
    if (isText(node)) return say(node.data, parent);
    if (!isTag(node)) {
      if ('children' in node) for (const child of node.children) walk(child, parent);
      return;
    }
    if (node === after) {
      flush();
      blocks.length = 0;
      return;
    }
    if (isSilent(node) || skip(node)) return;
    if (node.name === 'br') return flush();
    const said = saidBy(node);
    if (said !== undefined) return say(said, parent);
    const data = node.name === 'table' ? rowsOf(node, textOf) : undefined;
    if (data) {
      flush();
      const { rows, head } = data;
      blocks.push({
        kind: 'table',
        text: rows.flat().join(' '),
        rows,
        ...(head ? { head } : {}),
        links: [],
        within: node,
      });
      return;
    }
    const isBlock = BLOCKS.has(node.name);
    const isList = node.name === 'ul' || node.name === 'ol';
    const isCredit = kind === 'quote' && (node.name === 'cite' || node.name === 'footer');
    const before = kind;
    const wasOrdered = isOrdered;
    if (isBlock || isCredit) {
      flush();
      if (/^h[1-6]$/.test(node.name)) kind = 'subhead';
      else if (node.name === 'li') kind = 'item';
      else if (node.name === 'blockquote') kind = 'quote';
      else if (isCredit) kind = 'credit';
      else if (isList) {
        freshList = true;
        isOrdered = node.name === 'ol';
      }
    }
    const isLink = node.name === 'a' && attribute(node, 'href') !== '';
    const isStrong = node.name === 'b' || node.name === 'strong';
    if (isLink) links.push(attribute(node, 'href'));
    insideLink += isLink ? 1 : 0;
    insideBold += isStrong ? 1 : 0;
    for (const child of node.children) walk(child, node);
    insideLink -= isLink ? 1 : 0;
    insideBold -= isStrong ? 1 : 0;
    if (isBlock || isCredit) {
      flush();
      kind = before;
      if (isList) {
        freshList = true;
        isOrdered = wasOrdered;
      }
    }
  };
  for (const each of Array.isArray(root) ? root : [root]) walk(each, undefined);
  flush();
  return blocks;
}

/** A block as a story holds it. */
export function bare(block: RawBlock): Block {
  switch (block.kind) {
    case 'list':
      return { kind: 'list', items: block.items, ...(block.ordered ? { ordered: true } : {}) };
    case 'table':
      return { kind: 'table', rows: block.rows, ...(block.head ? { head: true } : {}) };
    case 'quote':
      return { kind: 'quote', text: block.text, ...(block.credit ? { credit: block.credit } : {}) };
    case 'paragraph':
    case 'subhead':
      return { kind: block.kind, text: block.text };
  }
}
