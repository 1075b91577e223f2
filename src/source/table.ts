/** Tables of data: rows of cells. One that only lays out a page is none. */
import { type AnyNode, type Element, isTag } from 'domhandler';
import { isHidden } from './inline.ts';
import { isOrnament } from './page/pictures.ts';

/** A longer cell holds a text, not a figure. UTF-16 units. */
const LONGEST_CELL = 200;
const MOST_ROWS = 200;

export interface TableRows {
  readonly rows: readonly (readonly string[])[];
  /** The first row names the columns. */
  readonly head?: true;
  /** Its name, '' where it has none. */
  readonly caption: string;
}

/** The rows of a table, by `textOf` a cell; undefined where it is no table of data. */
export function rowsOf(table: Element, textOf: (cell: Element) => string): TableRows | undefined {
  const lines = within(table, /^tr$/).slice(0, MOST_ROWS);
  const cells = lines.map((line) => within(line, /^t[dh]$/));
  const columns = Math.max(0, ...cells.map((line) => line.length));
  const slots = spread(cells.map((line) => line.flatMap((cell) => wide(cell, columns - line.length + 1))));
  const all = slots
    .map((row) => ({ row, texts: row.map(({ cell, isFirst }) => (isFirst ? textOf(cell) : '')) }))
    .filter(({ texts }) => texts.some(Boolean));
  const isData =
    all.some(({ texts }) => texts.length > 1) &&
    all.every(({ texts }) => texts.every((text) => text.length <= LONGEST_CELL)) &&
    within(table, /^(?:table|article|section)$/).length === 0 &&
    within(table, /^img$/).every(isOrnament) &&
    cells.flat().every((cell) => isCellOf(cell, textOf));
  if (!isData) return undefined;
  // A cell over all columns at the top is the table's name.
  const isNamed = all.length > 1 && new Set(all[0]?.row.map(({ cell }) => cell)).size === 1;
  const rows = isNamed ? all.slice(1) : all;
  const isHead = rows[0]?.row.every(({ cell }) => cell.name === 'th') ?? false;
  const caption = [...within(table, /^caption$/).map(textOf), ...(isNamed ? (all[0]?.texts ?? []) : [])];
  return {
    rows: rows.map(({ texts }) => texts),
    caption: caption.filter(Boolean).join(' '),
    ...(isHead ? { head: true } : {}),
  };
}

/** Whether a heading within a cell is all of it; another one heads a text. */
function isCellOf(cell: Element, textOf: (cell: Element) => string): boolean {
  const headings = within(cell, /^h[1-6]$/);
  return (
    headings.length === 0 || (headings.length === 1 && headings.every((one) => textOf(one) === textOf(cell)))
  );
}

/** A place in a row: its cell, which says its text in the first of its columns. */
interface Slot {
  readonly cell: Element;
  readonly isFirst: boolean;
}

/** The columns of a cell, `most` of them: more than others leave is how somebody says "all". */
function wide(cell: Element, most: number): Slot[] {
  const columns = Math.min(Number.parseInt(cell.attribs['colspan'] ?? '', 10) || 1, most);
  return Array.from({ length: Math.max(columns, 1) }, (_, at) => ({ cell, isFirst: at === 0 }));
}

/** The places of each row, with those that reach down into it from the rows above. */
function spread(lines: readonly (readonly Slot[])[]): Slot[][] {
  let above: { slot: Slot; column: number; left: number }[] = [];
  return lines.map((own) => {
    const row = [...own];
    for (const { slot, column } of above) row.splice(column, 0, slot);
    above = row.flatMap((slot, column) => {
      const known = above.find((one) => one.slot === slot);
      const left = (known?.left ?? rowsDown(slot.cell)) - 1;
      return left > 0 ? [{ slot, column, left }] : [];
    });
    return row;
  });
}

/** Rows of a cell; none is how HTML says "all that follow". */
function rowsDown({ attribs }: Element): number {
  const rows = Number.parseInt(attribs['rowspan'] ?? '', 10);
  return rows === 0 ? Number.POSITIVE_INFINITY : rows || 1;
}

/** The outermost elements of a name, in order. */
function within(root: Element, name: RegExp): Element[] {
  const found = (node: AnyNode): Element[] =>
    !isTag(node) || isHidden(node) ? [] : name.test(node.name) ? [node] : node.children.flatMap(found);
  return root.children.flatMap(found);
}
