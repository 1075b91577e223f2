/** The lines of a page or of a feed's text: paragraphs, subheads, lists, quotes, tables, pictures. */
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { type Block, textsOf } from '../news/article.ts';
import { figureOf, isFigure, isImage } from './figure.ts';
import { ancestorsOf, attribute, BLOCKS, elementsOf, parentOf, shortTextOf, textOf } from './html.ts';
import { isApart, isHidden, saidBy } from './inline.ts';
import { absoluteLink, isWithin } from './links.ts';
import { beginItem, closeList, type Lists, openList, part, settled, takeItem } from './lists.ts';
import { isPictureFile } from './page/pictures.ts';
import { CLOSES, OPENS, withoutBorders } from '../news/borders.ts';
import { type RawBlock, shifted } from './raw-block.ts';
import { linksOf, unbordered } from './stretches.ts';
import { rowsOf } from './table.ts';

export interface BlocksOptions {
  /** Elements that are left out. */
  readonly skip?: (element: Element) => boolean;
  /** All that stands before this element, and the element itself, is left out. */
  readonly after?: Element | undefined;
  /** Links and pictures are meant from here. */
  readonly base: string;
  /** `all`: pictures in a line of text too, as in a feed; default: those that stand by themselves. */
  readonly pictures?: 'all';
}

/** The line that is being put together. */
interface Line {
  readonly parts: string[];
  readonly hrefs: string[];
  /** Characters within links, and within bold. */
  linked: number;
  bold: number;
}

type Kind = 'paragraph' | 'subhead' | 'item' | 'quote' | 'credit';

interface Walk {
  readonly options: BlocksOptions;
  /** The box of the headline: its lists and tables are how the page is laid out. */
  readonly layout: ReadonlySet<AnyNode>;
  readonly blocks: RawBlock[];
  readonly lists: Lists;
  line: Line;
  kind: Kind;
  insideLink: number;
  /** The link that is open, and whether it goes on in the next line. */
  link?: Element;
  isCard?: boolean;
  insideBold: number;
  insidePre: number;
}

const newLine = (): Line => ({ parts: [], hrefs: [], linked: 0, bold: 0 });

/** The lines of a page or a piece of one. */
export function blocksIn(root: AnyNode | readonly AnyNode[], options: BlocksOptions): RawBlock[] {
  const walk: Walk = {
    options,
    layout: new Set(options.after && ancestorsOf(options.after)),
    blocks: [],
    lists: { open: [] },
    line: newLine(),
    kind: 'paragraph',
    insideLink: 0,
    insideBold: 0,
    insidePre: 0,
  };
  for (const each of Array.isArray(root) ? root : [root]) visit(walk, each);
  flush(walk);
  return walk.blocks.map(settled);
}

function visit(walk: Walk, node: AnyNode): void {
  if (isText(node)) return sayText(walk, node.data);
  if (!isTag(node)) {
    if ('children' in node) for (const child of node.children) visit(walk, child);
    return;
  }
  if (node === walk.options.after) {
    flush(walk);
    walk.blocks.length = 0;
    return;
  }
  if (isHidden(node)) return;
  if (node.name === 'figcaption' && sayCaption(walk, node)) return;
  if (walk.options.skip?.(node)) return;
  const said = saidBy(node);
  if (said !== undefined) return say(walk, said);
  if (isPicture(walk, node)) return pushPicture(walk, node);
  if (node.name === 'br') return flush(walk);
  if (node.name === 'table' && !walk.layout.has(node) && pushTable(walk, node)) return;
  if (BLOCKS.has(node.name) || isCredit(walk, node)) visitBlock(walk, node);
  else visitInline(walk, node);
}

/** Says below a quotation or a table in a figure whose words or what it is; whether it is one of these. */
function sayCaption(walk: Walk, caption: Element): boolean {
  const around = parentOf(caption);
  const within = around?.name === 'figure' ? [...elementsOf(around)] : [];
  const held = within.find(({ name }) => /^(?:img|table|blockquote)$/.test(name))?.name;
  const text = textOf(caption.children);
  if (!held || held === 'img' || !text) return false;
  flush(walk);
  const last = walk.blocks.at(-1);
  if (held === 'blockquote' && last?.kind === 'quote')
    walk.blocks.splice(-1, 1, { ...last, credit: last.credit ?? text });
  else
    walk.blocks.splice(last?.kind === 'table' ? -1 : walk.blocks.length, 0, {
      kind: 'paragraph',
      text,
      hrefs: [],
    });
  return true;
}

/** Lines of preformatted text stay apart. */
function sayText(walk: Walk, text: string): void {
  const [first = '', ...rest] = walk.insidePre ? text.split('\n') : [text];
  say(walk, first);
  for (const line of rest) {
    flush(walk);
    say(walk, line);
  }
}

function say({ line, insideLink, insideBold }: Walk, words: string): void {
  const dense = words.replace(/\s/g, '').length;
  line.parts.push(withoutBorders(words));
  if (insideLink) line.linked += dense;
  if (insideBold) line.bold += dense;
}

function visitInline(walk: Walk, node: Element): void {
  const href = node.name === 'a' ? attribute(node, 'href') : '';
  const isStrong = node.name === 'b' || node.name === 'strong';
  if (isApart(node)) say(walk, ' ');
  if (href) open(walk, node);
  walk.insideBold += isStrong ? 1 : 0;
  for (const child of node.children) visit(walk, child);
  walk.insideBold -= isStrong ? 1 : 0;
  if (href) close(walk);
}

function open(walk: Walk, link: Element): void {
  walk.insideLink++;
  walk.link = link;
  // A longer one was left open by mistake.
  walk.isCard = shortTextOf(link, LONGEST_CARD) !== undefined;
  begin(walk, attribute(link, 'href'));
}

/** The words that follow are of a link. */
function begin({ line }: Walk, href: string): void {
  line.hrefs.push(href);
  line.parts.push(OPENS);
}

function close(walk: Walk): void {
  walk.insideLink--;
  walk.line.parts.push(CLOSES);
}

const isCredit = ({ kind }: Walk, { name }: Element): boolean =>
  kind === 'quote' && (name === 'cite' || name === 'footer');

function visitBlock(walk: Walk, node: Element): void {
  flush(walk);
  const { kind } = walk;
  const isPre = node.name === 'pre';
  const isLayout = walk.layout.has(node);
  const isList = !isLayout && (node.name === 'ul' || node.name === 'ol');
  if (!isLayout) walk.kind = isCredit(walk, node) ? 'credit' : (kindOf(node) ?? kind);
  if (isList) openList(walk.lists, node);
  if (node.name === 'li' && !isLayout) beginItem(walk.lists, node);
  walk.insidePre += isPre ? 1 : 0;
  for (const child of node.children) visit(walk, child);
  flush(walk);
  walk.insidePre -= isPre ? 1 : 0;
  if (isList) closeList(walk.lists);
  walk.kind = kind;
}

const KINDS: Readonly<Record<string, Kind>> = { li: 'item', blockquote: 'quote' };

const kindOf = ({ name }: Element): Kind | undefined => (/^h[1-6]$/.test(name) ? 'subhead' : KINDS[name]);

/** UTF-16 units of a sentence that is neither a heading nor a call to read on, more than. */
const LONG = 60;

/** Whether a text is a sentence whatever it stands in: a lead may be set as a heading, a paragraph that is no teaser as one link. */
const isWhole = (text: string): boolean => text.length > LONG && /\p{L}{3}[»”")]*\.[»”")]*$/u.test(text);

const BULLET = /^[•‣▪●]\s*/;
/** UTF-16 units of a link around several lines, or of a short article that leads to another one, at most. */
export const LONGEST_CARD = 500;
/** Longest text that may be a subhead, and longest question of an interview, which is set as one. UTF-16 units. */
const LONGEST_SUBHEAD = 120;
const LONGEST_QUESTION = 300;

const isTitle = (text: string): boolean => text.length <= LONGEST_SUBHEAD && !/[.…!?;,]$/.test(text);

const isQuestion = (text: string): boolean => text.length <= LONGEST_QUESTION && /\?[»”")]*$/.test(text);

/** Whether the text has begun; the day or a name above it is none. */
const hasText = ({ blocks }: Walk): boolean =>
  blocks.some(({ kind, text }) => kind === 'paragraph' && /[.!?…][»”")]*$/.test(text));

/** Ends the line. */
function flush(walk: Walk): void {
  const { line, kind } = walk;
  const { text, stretches } = unbordered(line.parts.join(''));
  const size = text.replaceAll(' ', '').length;
  const isAll = line.hrefs.length === 1 && line.linked >= size;
  const isLink = isAll && !(isWhole(text) && walk.insideLink === 0 && walk.blocks.at(-1)?.href === undefined);
  const href = isLink ? line.hrefs[0] : undefined;
  const { hrefs } = line;
  walk.line = newLine();
  if (walk.insideLink && walk.link && walk.isCard) begin(walk, attribute(walk.link, 'href'));
  if (!text) return;
  const beside = { hrefs, linked: line.linked, ...(href === undefined ? {} : { href }) };
  const [bullet] = BULLET.exec(text) ?? [];
  const isItem = kind === 'item' || bullet !== undefined;
  const links = isItem || href === undefined ? linksOf(stretches, hrefs, walk.options.base) : [];
  if (isItem) {
    const cut = bullet?.length ?? 0;
    const item = { text: text.slice(cut), links: shifted(links, -cut) };
    const begun = takeItem(walk.lists, walk.blocks.at(-1), item, line);
    if (begun) walk.blocks.push(begun);
    return;
  }
  const last = walk.blocks.at(-1);
  if (kind === 'credit' && last?.kind === 'quote') {
    walk.blocks[walk.blocks.length - 1] = { ...last, credit: text.replace(/^[—–-]\s*/, '') };
    return;
  }
  part(walk.lists);
  const linked = { text, ...(links.length ? { links } : {}), ...beside };
  if (kind === 'quote') return void walk.blocks.push({ kind: 'quote', ...linked });
  const isBold = line.bold >= size && !href && (isTitle(text) || (isQuestion(text) && hasText(walk)));
  const isSubhead = (kind === 'subhead' && !isWhole(text)) || isBold;
  walk.blocks.push({ kind: isSubhead ? 'subhead' : 'paragraph', ...linked });
}

function pushTable(walk: Walk, node: Element): boolean {
  const table = rowsOf(node, textOf);
  if (!table) return false;
  const { rows, head, caption } = table;
  if (caption) pushBlock(walk, { kind: 'paragraph', text: caption });
  const text = rows.flat().join(' ');
  const hrefs = [...elementsOf(node)].map((element) => attribute(element, 'href')).filter(Boolean);
  pushBlock(walk, { kind: 'table', text, rows, ...(head ? { head } : {}), hrefs });
  return true;
}

/** A picture by itself; in a feed also one within a line, but for those that lead elsewhere. */
const isPicture = (walk: Walk, node: Element): boolean =>
  isFigure(node) ||
  (isImage(node) &&
    (walk.options.pictures === 'all' || isAlone(node)) &&
    (!walk.insideLink || leadsToOwn(walk)));

/** Nodes beside a picture that is by itself, breaks and blanks among them, at most. */
const MOST_BESIDE = 8;

/** Whether a picture is all of its paragraph. */
function isAlone(element: Element): boolean {
  const parent = parentOf(element);
  if (!parent || parent.children.length > MOST_BESIDE) return false;
  return parent.name === 'a' ? isAlone(parent) : parent.name === 'p' && !textOf(parent);
}

/** Whether the open link leads to the story itself, a page below it, or to a picture in its full size. */
function leadsToOwn({ link, options: { base } }: Walk): boolean {
  const to = link && absoluteLink(attribute(link, 'href'), base);
  return to !== undefined && (isPictureFile(to) || isWithin(to, base));
}

function pushPicture(walk: Walk, node: Element): void {
  const figure = figureOf(node, walk.options.base);
  if (figure) pushBlock(walk, { ...figure, text: textsOf(figure).join(' ') });
}

function pushBlock(
  walk: Walk,
  block: Block & Partial<Pick<RawBlock, 'hrefs'>> & { readonly text: string },
): void {
  flush(walk);
  part(walk.lists);
  walk.blocks.push({ hrefs: [], ...block });
}
