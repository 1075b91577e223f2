/** Which stories the rows of a reading name: by their place in the reading before, their address, their guid. */
import { present } from '../../present.ts';
import type { Item } from '../../source/item.ts';
import { anchoredKey, hashOf, linkKey } from '../../source/links.ts';
import { itemHash } from '../../source/one-each.ts';
import { fold } from '../../source/text.ts';
import type { Rows } from '../../store/sources.ts';
import { findByAlias, findCandidates, type StoryRecord } from '../../store/stories.ts';
import { type Poll, storyRecord, storyRecords } from './context.ts';

/** In place of a story id: the row is no story for us. */
export const NOT_OURS = '-';

/** In place of a story id: the row is left out until its page is there. */
export const LEFT_OUT = '?';

/** Stories that a row names, each by one of its signs. They may contradict each other. */
export interface Named {
  /** The row of the last reading, where it is unchanged. */
  readonly unchanged?: string;
  /** The row of the last reading. */
  readonly row?: string;
  /** By the row's own address, anchor and all. */
  readonly own?: string;
  /** By the page, where an anchor or a name tells its rows apart. */
  readonly page?: string;
  readonly guid?: string;
}

/** The hash under which a row is known; no other row of its reading has it. */
export const ownAlias = (item: Item): string => hashOf(item.key);

/** The hash of the page. */
export const pageAlias = (item: Item): string => hashOf(linkKey(item.link));

/** The hash of the guid; undefined where there is none, or it only repeats the address. */
export function guidAlias({ guid, link, key }: Item): string | undefined {
  if (guid === undefined) return undefined;
  if (!/^https?:\/\//i.test(guid) || !URL.canParse(guid)) return hashOf(`guid ${guid}`);
  // Behind one page's address an anchor may number its posts.
  const named = anchoredKey(guid);
  return named === linkKey(link) || named === key ? undefined : hashOf(named);
}

/** The hash of a headline. */
export const headlineHash = (headline: string): string => hashOf(fold(headline));

/** All hashes under which a row is known, its own first. */
export const aliasesOf = (item: Item): string[] => [
  ...new Set([ownAlias(item), pageAlias(item), guidAlias(item) ?? ownAlias(item)]),
];

/** Stories named by each row. */
export async function namesOf(poll: Poll, items: readonly Item[], before: Rows): Promise<Map<Item, Named>> {
  const aliases = [...new Set(items.flatMap(aliasesOf))];
  const found = await findByAlias(poll.desk.store, poll.source.edition, aliases);
  const stories = new Map(aliases.map((alias, index) => [alias, found[index]]));
  return new Map(items.map((item) => [item, named(item, before, stories)]));
}

function named(item: Item, before: Rows, stories: ReadonlyMap<string, string | undefined>): Named {
  const row = before.get(ownAlias(item));
  const own = stories.get(ownAlias(item));
  const page = pageAlias(item) === ownAlias(item) ? undefined : stories.get(pageAlias(item));
  const guid = stories.get(guidAlias(item) ?? '');
  return present({
    unchanged: row?.row === itemHash(item) ? row.story : undefined,
    row: row?.story === NOT_OURS ? undefined : row?.story,
    own,
    page,
    guid,
  });
}

/** The story that is known under the address of a page. */
export async function storyAt({ desk, source }: Poll, link: string): Promise<string | undefined> {
  const [id] = await findByAlias(desk.store, source.edition, [hashOf(linkKey(link))]);
  return id;
}

/** Stories of ours under this very headline. */
export async function twinsOf(poll: Poll, { headline }: Item): Promise<StoryRecord[]> {
  const { desk, source } = poll;
  return storyRecords(poll, await findCandidates(desk.store, source.edition, [], headlineHash(headline)));
}

/**
 * Whether another story stands at the address of this one by now: some addresses have each day's story, and what the page
 * says is of today's.
 */
export async function isReplaced(poll: Poll, { story, origin }: StoryRecord): Promise<boolean> {
  if (origin.isPart) return false;
  const id = await storyAt(poll, story.link);
  if (id === undefined || id === story.id) return false;
  const other = await storyRecord(poll, id);
  return other !== undefined && linkKey(other.story.link) === linkKey(story.link);
}

/** The rows that were seen before, as far as address and guid tell. */
export async function seenBefore(poll: Poll, items: readonly Item[]): Promise<Set<Item>> {
  const names = await namesOf(poll, items, new Map());
  return new Set(items.filter((item) => isSeen(names.get(item))));
}

export const isSeen = (names: Named | undefined): boolean =>
  (names?.unchanged ?? names?.row ?? names?.own ?? names?.guid) !== undefined;
