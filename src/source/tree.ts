/** XML as `xml2js` leaves it: each element a string or an object of arrays, attributes in `$`, text in `_`. */

export type Tree = Readonly<Record<string, unknown>>;

/** An element with what it may hold besides others. */
export type TreeNode = Tree & { readonly $?: unknown; readonly _?: string };

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value that should be text, or ''. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A value that may be one or many, as many. */
export const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The elements `name` of a tree; one that is only text gets its `_`. */
export function nodesOf(tree: Tree, name: string): TreeNode[] {
  if (!Object.hasOwn(tree, name)) return [];
  return listed(tree[name]).flatMap((node) =>
    typeof node === 'string' ? [{ _: node }] : isTree(node) ? [node] : [],
  );
}
