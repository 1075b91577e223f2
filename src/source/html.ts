/** HTML to a tree and to text. The tree is never deeper than `DEEPEST`, so that walking it by recursion is safe. */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { type AnyNode, type Document, DomHandler, type Element, isTag, isText } from 'domhandler';
import { Parser } from 'htmlparser2';
import { isApart, isHidden, saidBy } from './inline.ts';
import { asHtml } from './markup.ts';
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

/** The words right within, as a script or a title has them. */
export const ownText = ({ children }: Element): string =>
  children.map((child) => (isText(child) ? child.data : '')).join('');

/** Whether the element begins a line of its own. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details div dl dt fieldset figcaption ' +
    'figure footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot ' +
    'th thead tr ul'
  ).split(' '),
);

/** All text within, blanks between blocks, as one line. */
export function textOf(node: AnyNode | readonly AnyNode[]): string {
  const parts: string[] = [];
  const walk = (at: AnyNode): void => {
    if (isText(at)) parts.push(at.data);
    else if (isTag(at)) {
      if (isHidden(at)) return;
      const said = saidBy(at);
      if (said !== undefined) {
        parts.push(said);
        return;
      }
      const apart = BLOCKS.has(at.name) || at.name === 'br';
      if (apart || isApart(at)) parts.push(' ');
      at.children.forEach(walk);
      if (apart) parts.push(' ');
    } else if ('children' in at) at.children.forEach(walk);
  };
  for (const each of Array.isArray(node) ? node : [node]) walk(each);
  return tidy(parts.join(''));
}

/** Nodes of a short text, at most. */
const MOST_OF_SHORT = 500;

/** The text within of at most `most` UTF-16 units; undefined: there is more, and it was not read. */
export function shortTextOf(node: AnyNode, most: number): string | undefined {
  const stack = [node];
  let [size, nodes] = [0, 0];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (isText(at)) size += at.data.trim().length;
    else if ('children' in at) stack.push(...at.children.slice(0, MOST_OF_SHORT));
    if (size > most || ++nodes > MOST_OF_SHORT) return undefined;
  }
  const text = textOf(node);
  return text.length <= most ? text : undefined;
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

/** Every element of this name within, in document order. */
export const elementsNamed = (root: AnyNode | readonly AnyNode[], name: string): Element[] =>
  [...elementsOf(root)].filter((element) => element.name === name);

/** The element that a node stands right in. */
export const parentOf = ({ parent }: AnyNode): Element | undefined =>
  parent && isTag(parent) ? parent : undefined;

/** Elements that a node stands in, the nearest first. */
export function* ancestorsOf(node: AnyNode): Generator<Element, undefined> {
  for (let at = parentOf(node); at; at = parentOf(at)) yield at;
  return undefined;
}
