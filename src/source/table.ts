/** Tables of data: rows of cells. One that only lays out a page is none. */
import { type AnyNode, type Element, isTag } from 'domhandler';
import { isSilent } from './inline.ts';

/** A longer cell holds a text, not a figure. UTF-16 units. */
const LONGEST_CELL = 200;
const MOST_ROWS = 200;

export interface Rows {
  readonly rows: readonly (readonly string[])[];
  /** The first row names the columns. */
  readonly head?: true;
  /** Its name, '' where it has none. */
  readonly caption: string;
}

/** The rows of a table, by `textOf` a cell; undefined where it is no table of data. */
export function rowsOf(table: Element, textOf: (cell: Element) => string): Rows | undefined {
  const lines = within(table, /^tr$/).slice(0, MOST_ROWS);
  const cells = spread(lines.map((line) => within(line, /^t[dh]$/)));
  const rows = cells.map((line) => line.map(textOf)).filter((line) => line.some(Boolean));
  const isData =
    rows.some((row) => row.length > 1) &&
    rows.flat().every((cell) => cell.length <= LONGEST_CELL) &&
    within(table, /^(?:table|img|h[1-6]|article|section)$/).length === 0;
  const isHead = cells[0]?.every(({ name }) => name === 'th') ?? false;
  const caption = within(table, /^caption$/)
    .map(textOf)
    .join(' ');
  return isData ? { rows, caption, ...(isHead ? { head: true } : {}) } : undefined;
}

/** The cells of each row, with those that reach down into it from the rows above. */
function spread(lines: readonly (readonly Element[])[]): Element[][] {
  let above: { cell: Element; column: number; left: number }[] = [];
  return lines.map((own) => {
    const row = [...own];
    for (const { cell, column } of above) row.splice(column, 0, cell);
    const reaching = row.flatMap((cell, column) => {
      const known = above.find((one) => one.cell === cell);
      const left = (known?.left ?? (Number.parseInt(cell.attribs['rowspan'] ?? '', 10) || 1)) - 1;
      return left > 0 ? [{ cell, column, left }] : [];
    });
    above = reaching;
    return row;
  });
}

/** The outermost elements of a name, in order. */
function within(root: Element, name: RegExp): Element[] {
  const found = (node: AnyNode): Element[] =>
    !isTag(node) || isSilent(node) ? [] : name.test(node.name) ? [node] : node.children.flatMap(found);
  return root.children.flatMap(found);
}
