/** Lists of a text while they are read: which are open, and the blocks to which their items come. */
import { type Element, isTag } from 'domhandler';
import type { Link } from '../news/article.ts';
import { attribute } from './html.ts';
import { type RawBlock, shifted } from './raw-block.ts';

/** A list that is open. */
interface OpenList {
  readonly isOrdered: boolean;
  /** Number of its next item, and how far the one behind that is from it. */
  next: number;
  readonly step: 1 | -1;
  /** Its next item begins a block of its own. */
  isFresh: boolean;
  /** The next line begins an item. */
  isItemNew: boolean;
}

/** A block of items that is being put together. */
type ListBlock = Extract<RawBlock, { kind: 'list' }> & {
  readonly items: string[];
  readonly itemLinks: (readonly Link[])[];
  readonly hrefs: string[];
  linked: number;
};

export interface Lists {
  readonly open: OpenList[];
  /** The block of the last item. */
  last?: ListBlock;
}

export function openList({ open }: Lists, list: Element): void {
  const isOrdered = list.name === 'ol';
  const start = attribute(list, 'start');
  const step = isOrdered && list.attribs['reversed'] !== undefined ? -1 : 1;
  const first = step > 0 ? 1 : list.children.filter((child) => isTag(child) && child.name === 'li').length;
  const next = /^\d{1,6}$/.test(start) ? Number(start) : first;
  open.push({ isOrdered, next, step, isFresh: true, isItemNew: true });
}

export function closeList(lists: Lists): void {
  lists.open.pop();
  part(lists);
}

/** The next piece begins a block of its own. */
export function part({ open }: Lists): void {
  const list = open.at(-1);
  if (list) list.isFresh = true;
}

export function beginItem({ open }: Lists, item: Element): void {
  const list = open.at(-1);
  if (!list) return;
  list.isItemNew = true;
  // A block counts upwards only.
  list.isFresh ||= list.step < 0;
  const value = attribute(item, 'value');
  if (!/^\d{1,6}$/.test(value) || Number(value) === list.next) return;
  list.next = Number(value);
  list.isFresh = true;
}

/** Takes an item, or a line of one, behind the block `before`. Answers the block that it begins, if any. */
export function takeItem(
  lists: Lists,
  before: RawBlock | undefined,
  item: { readonly text: string; readonly links: readonly Link[] },
  { hrefs, linked }: Pick<RawBlock, 'hrefs'> & { readonly linked: number },
): RawBlock | undefined {
  const list = lists.open.at(-1);
  const last = before === lists.last && list?.isFresh !== true ? lists.last : undefined;
  last?.hrefs.push(...hrefs);
  if (last) last.linked += linked;
  if (last && list?.isItemNew === false) return continueItem(last, item.text, item.links);
  const number = list?.next ?? 1;
  if (list) Object.assign(list, { next: number + list.step, isFresh: false, isItemNew: false });
  if (last) {
    last.items.push(item.text);
    last.itemLinks.push(item.links);
    return undefined;
  }
  const order = list?.isOrdered ? { ordered: true as const, ...(number === 1 ? {} : { first: number }) } : {};
  lists.last = {
    kind: 'list',
    items: [item.text],
    itemLinks: [item.links],
    text: '',
    ...order,
    hrefs: [...hrefs],
    linked,
  };
  return lists.last;
}

/** A second line of the last item. */
function continueItem({ items, itemLinks }: ListBlock, text: string, links: readonly Link[]): undefined {
  const before = `${items.pop() ?? ''} `;
  items.push(before + text);
  itemLinks.push([...(itemLinks.pop() ?? []), ...shifted(links, before.length)]);
}

/** A list in one line, too, and without places for links where it has none. */
export function settled(block: RawBlock): RawBlock {
  if (block.kind !== 'list') return block;
  const { itemLinks = [], ...rest } = block;
  const text = block.items.join(' ');
  return itemLinks.some((links) => links.length > 0) ? { ...rest, itemLinks, text } : { ...rest, text };
}
