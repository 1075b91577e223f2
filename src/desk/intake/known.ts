/** Which rows of a reading are known stories. */
import type { Item } from '../../source/item.ts';
import { itemHash } from '../../source/feed/items.ts';
import { hashOf } from '../../source/links.ts';
import type { Rows } from '../../store/sources.ts';
import { findByAlias } from '../../store/stories.ts';
import type { Poll } from './context.ts';
import { aliasesOf, NOT_OURS } from './row.ts';

/** Items whose link or guid was seen before, each with its story; `before` tells those that are no story for us. */
export async function knownStories(
  poll: Poll,
  items: readonly Item[],
  before: Rows,
): Promise<Map<Item, string>> {
  const { store } = poll.desk;
  const aliases = items.map(aliasesOf);
  const found = await findByAlias(store, poll.source.edition, aliases.flat());
  const known = new Map<Item, string>();
  let at = 0;
  for (const [index, item] of items.entries()) {
    const own = aliases[index] ?? [];
    const story = found.slice(at, at + own.length).find((id) => id !== undefined);
    at += own.length;
    const row = before.get(hashOf(item.key));
    if (story !== undefined) known.set(item, story);
    else if (row?.story === NOT_OURS && row.row === itemHash(item)) known.set(item, NOT_OURS);
  }
  return known;
}
