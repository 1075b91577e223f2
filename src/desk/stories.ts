/** Stories for readers: the newest, those that match words, one by id or by link. */
import { homePage } from '../newsroom/current.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { beginningsOf, matches, parseQuery } from '../matching/match.ts';
import type { Story } from '../news/story.ts';
import { absoluteLink, anchoredKey, hashOf, linkKey } from '../source/links.ts';
import type { Shelf } from '../store/shelf.ts';
import { findByAlias, getStories, newestIds, siftStories } from '../store/stories.ts';

/** A page of stories, newest first, and whether there are more. */
export interface StoryList {
  readonly stories: Story[];
  readonly more: boolean;
}

/** Stories looked through at once: few enough that Redis is back at once for those who wait for news. */
const CHUNK = 500;

/** The newest stories of an edition. Withdrawn ones are left out. */
export async function latestStories(
  desk: Shelf,
  edition: Edition,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<StoryList> {
  const ids = await newestIds(desk.store, edition, offset, limit + 1);
  return { stories: await storiesOf(desk, ids.slice(0, limit)), more: ids.length > limit };
}

/** Stories of the past year in which all words occur, in any spelling, newest first. */
export async function searchStories(
  desk: Shelf,
  edition: Edition,
  words: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<StoryList> {
  const query = parseQuery(words);
  if (query.words.length === 0) return { stories: [], more: false };
  const beginnings = beginningsOf(query);
  const found: string[] = [];
  let ids = await newestIds(desk.store, edition, 0, CHUNK);
  for (let from = CHUNK; ids.length > 0 && found.length <= offset + limit; from += CHUNK) {
    const [sifted, next] = await Promise.all([
      siftStories(desk.store, ids, beginnings),
      newestIds(desk.store, edition, from, CHUNK),
    ]);
    found.push(...sifted.filter(({ terms }) => matches(query, terms)).map(({ id }) => id));
    ids = next;
  }
  const page = found.slice(offset, offset + limit);
  return { stories: await storiesOf(desk, page), more: found.length > offset + limit };
}

/** A story by its id, withdrawn or not. */
export async function findStory(desk: Shelf, id: string): Promise<Story | undefined> {
  const [story] = await getStories(desk, [id]);
  return story;
}

/** A story by any address under which it was published, in any edition, or by its path on a mirror. */
export async function findStoryByLink(desk: Shelf, link: string): Promise<Story | undefined> {
  const absolute = absoluteLink(link, homePage());
  if (!absolute) return undefined;
  for (const edition of EDITIONS) {
    const id = (await storyAt(desk, edition, absolute)) ?? (await storyOnMirror(desk, edition, absolute));
    if (id !== undefined) return findStory(desk, id);
  }
  return undefined;
}

/** By its anchor first: the posts of a live blog share a page. */
const storyAt = async (desk: Shelf, edition: Edition, link: string): Promise<string | undefined> =>
  (await findByAlias(desk.store, edition, [anchoredKey(link), linkKey(link)].map(hashOf))).find(
    (id) => id !== undefined,
  );

/** Mirrors keep the path: asks for it on the host of the edition's newest story. */
async function storyOnMirror(desk: Shelf, edition: Edition, link: string): Promise<string | undefined> {
  const [newest] = await storiesOf(desk, await newestIds(desk.store, edition, 0, 1));
  if (!newest) return undefined;
  const { pathname, search, hash } = new URL(link);
  return storyAt(desk, edition, new URL(pathname + search + hash, newest.link).href);
}

/** The stories with these ids that are there. */
export const storiesOf = async (desk: Shelf, ids: readonly string[]): Promise<Story[]> =>
  (await getStories(desk, ids)).filter((story) => story !== undefined);
