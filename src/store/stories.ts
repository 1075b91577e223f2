/** Stories: stored whole, found by id, by link, by what they say, and newest first. */
import { createHash, randomInt } from 'node:crypto';
import type { Edition } from '../news/edition.ts';
import type { Story } from '../news/story.ts';
import { DAY } from '../time.ts';
import { newsKeys } from './keys.ts';
import { appendEntry, LOG_DAYS } from './logs.ts';
import type { Store } from './redis.ts';
import { scoredIn } from './scores.ts';
import type { Shelf } from './shelf.ts';
import { stampedText, withStamp } from './stamps.ts';

/** Stories, what finds them and what their addresses listed stay a year and a month. */
export const LIFETIME_S = 400 * 86_400;

/** Where a story's text came from, so that a difference can be told from a change. */
export interface Origin {
  /** Origin of the text; `headline`: only a row so far. */
  readonly from: 'page' | 'item' | 'headline';
  /** Hash of what the page said last, once it was read. */
  readonly page?: string;
  /** Since when its link is the one that is stored, ms; absent: since it was first seen. */
  readonly linkedAt?: number;
  /** Its page shows other stories, too: a live blog, one page for all. */
  readonly isPart?: boolean;
  /** An operator took it back: whatever its page says, it stays withdrawn. */
  readonly takenBack?: boolean;
  /** When a row last said something that its page did not say yet, ms. */
  readonly claimedAt?: number;
  /** How often it came back after a withdrawal. */
  readonly returns?: number;
  /** When its text was changed last, ms. */
  readonly revisedAt?: number;
  /** Hash of the guid under which it came last. */
  readonly guid?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Hashes of all texts that the story has had, newest last. */
  readonly texts: readonly string[];
}

/** A story with what only intake needs to know. */
export interface StoryRecord {
  readonly story: Story;
  /** The story as it was read: what follows from it is stored only while nobody else has written it. */
  readonly json: string;
  readonly origin: Origin;
  /** Its entry in the log; 0: never pushed. */
  readonly seq: number;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new id: 10 characters, 36^10 of them. */
export const newStoryId = (): string => Array.from({ length: 10 }, () => ALPHABET[randomInt(36)]).join('');

/** Id by the first of the lists of signs that gives a free one: the same again where Redis has lost its last moments. */
export async function storyIdBy(store: Store, ...lists: readonly (readonly string[])[]): Promise<string> {
  for (const signs of lists) {
    const bytes = [...createHash('sha256').update(JSON.stringify(signs)).digest().subarray(0, 10)];
    const id = bytes.map((byte) => ALPHABET[byte % 36]).join('');
    if ((await store.redis.exists(newsKeys.story(id))) === 0) return id;
  }
  return newStoryId();
}

export interface Append {
  readonly story: Story;
  readonly terms: string;
  readonly origin: Origin;
  /** Hashes of links and guids under which it is known; by the first, its own, it is recognised. */
  readonly aliases: readonly string[];
  /** A story whose address this one has taken over. */
  readonly replaces?: string;
  readonly headline: string;
  /** Place among the newest, ms. */
  readonly rank: number;
  readonly push: boolean;
  readonly now: number;
  /** When its page is to be read again, ms. */
  readonly recheckAt?: number;
}

/** Stores a story and its log entry in one step. Answers another id where its own alias was known. */
export async function appendStory(shelf: Shelf, append: Append): Promise<{ id: string; seq: number }> {
  const { store } = shelf;
  const { story, now } = append;
  const keys = [
    newsKeys.story(story.id),
    newsKeys.newest(story.edition),
    newsKeys.log(story.edition),
    newsKeys.day(story.edition, story.day),
    newsKeys.headline(story.edition, append.headline),
    newsKeys.recheck(story.edition),
    ...append.aliases.map((alias) => newsKeys.alias(story.edition, alias)),
  ];
  let id = story.id;
  const step = async (entry: readonly (string | number)[]) => {
    const answer = await store.run('append-story', keys, [
      story.id,
      stampedJson(shelf, story),
      append.terms,
      JSON.stringify(append.origin),
      append.rank,
      now,
      LIFETIME_S,
      append.recheckAt ?? '',
      now - LOG_DAYS * DAY,
      append.replaces ?? '',
      ...entry,
    ]);
    const [stored, seq] = answer as [string, number];
    id = stored;
    return Number(seq);
  };
  const told = { kind: 'story', story: story.id, urgent: story.urgent, at: now } as const;
  const seq = append.push ? await appendEntry(shelf, story.edition, told, step) : await step([]);
  return { id, seq };
}

const stampedJson = (shelf: Shelf, story: Story): string =>
  withStamp(shelf, newsKeys.story(story.id), JSON.stringify(story));

/** The story in the field of that name; undefined: there is none, or none of ours. */
function storyIn(shelf: Shelf, id: string, value: string | null | undefined): Story | undefined {
  const json = stampedText(shelf, newsKeys.story(id), value ?? null);
  return json === undefined ? undefined : (JSON.parse(json) as Story);
}

export interface Revision {
  readonly story: Story;
  readonly terms: string;
  readonly origin: Origin;
  readonly headline: string;
  /** Place among the newest, ms; absent: where it stands. */
  readonly rank?: number;
  readonly now: number;
  /** Change to be told to chats that show the story; absent: none. */
  readonly notice?: 'correction' | 'withdrawal' | 'return';
  /** The story as it was read, which this replaces; absent: whatever is there. */
  readonly over?: string;
  /** It was withdrawn and is back, and is told again to who was visited in between. */
  readonly isBack?: boolean;
}

/** Replaces a story. Answers when chats get the edit, ms; 0: no edit; undefined: written since it was read, and nothing was stored. */
export async function reviseStory(shelf: Shelf, revision: Revision): Promise<number | undefined> {
  const { story } = revision;
  const keys = [
    newsKeys.story(story.id),
    newsKeys.newest(story.edition),
    newsKeys.amended(story.edition),
    newsKeys.edited(story.id),
    newsKeys.day(story.edition, story.day),
    newsKeys.headline(story.edition, revision.headline),
    newsKeys.log(story.edition),
  ];
  let due = 0;
  const step = async (entry: readonly (string | number)[]) => {
    const answer = await shelf.store.run('revise-story', keys, [
      story.id,
      stampedJson(shelf, story),
      revision.terms,
      JSON.stringify(revision.origin),
      story.withdrawn ? '' : (revision.rank ?? 'keep'),
      revision.now,
      revision.notice ?? '',
      LIFETIME_S,
      revision.over ?? '',
      ...entry,
    ]);
    const [dueAt, seq] = answer as [number, number];
    due = Number(dueAt);
    return Number(seq);
  };
  const told = { kind: 'story', story: story.id, urgent: false, at: revision.now } as const;
  await (revision.isBack ? appendEntry(shelf, story.edition, told, step) : step([]));
  return due < 0 ? undefined : due;
}

/** The stories with these ids, in their order; undefined for those that are gone, and for what we did not write. */
export const getStories = (shelf: Shelf, ids: readonly string[]): Promise<(Story | undefined)[]> =>
  Promise.all(
    ids.map(async (id) => storyIn(shelf, id, await shelf.store.redis.hget(newsKeys.story(id), 'json'))),
  );

/** The last revisions of the story that were corrected, oldest first: what chats may show. To be compared, never shown. */
export async function earlierRevisions(store: Store, id: string): Promise<Story[]> {
  const lines = await store.redis.hget(newsKeys.story(id), 'before');
  return lines ? lines.split('\n').map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Story) : [];
}

/** The stories with what intake knows of them; left out as `getStories` has it. */
export async function getRecords(shelf: Shelf, ids: readonly string[]): Promise<StoryRecord[]> {
  const found = await Promise.all(
    ids.map((id) => shelf.store.redis.hmget(newsKeys.story(id), 'json', 'origin', 'seq')),
  );
  return found.flatMap(([json, origin, seq], index) => {
    const story = storyIn(shelf, ids[index] ?? '', json);
    return story && json && origin
      ? [{ story, json, origin: JSON.parse(origin) as Origin, seq: Number(seq ?? 0) }]
      : [];
  });
}

/** The story of each alias, in the order asked. */
export async function findByAlias(
  store: Store,
  edition: Edition,
  aliases: readonly string[],
): Promise<(string | undefined)[]> {
  if (!aliases.length) return [];
  const found = await store.redis.mget(aliases.map((alias) => newsKeys.alias(edition, alias)));
  return found.map((id) => id ?? undefined);
}

/** Remembers that a story answers to these links too. */
export async function addAliases(
  store: Store,
  edition: Edition,
  story: string,
  aliases: readonly string[],
): Promise<void> {
  await Promise.all(
    aliases.map((alias) => store.redis.set(newsKeys.alias(edition, alias), story, 'EX', LIFETIME_S, 'NX')),
  );
}

/** Ids of stories that may be the same as one of these days or under this headline. */
export async function findCandidates(
  store: Store,
  edition: Edition,
  days: readonly string[],
  headline: string,
): Promise<string[]> {
  return store.redis.sunion([
    newsKeys.headline(edition, headline),
    ...days.map((day) => newsKeys.day(edition, day)),
  ]);
}

/** Ids of stories, newest first: `offset` are passed over, at most `limit` are given. */
export const newestIds = (store: Store, edition: Edition, offset: number, limit: number): Promise<string[]> =>
  store.redis.zrevrange(newsKeys.newest(edition), offset, offset + limit - 1);

/** Ids of stories that came out within `[from, to]`, ms, newest first. */
export const idsBetween = (store: Store, edition: Edition, from: number, to: number): Promise<string[]> =>
  store.redis.zrevrangebyscore(newsKeys.newest(edition), to, from);

/** Moments at which stories came out since `from`, ms, newest first. */
export async function momentsSince(store: Store, edition: Edition, from: number): Promise<number[]> {
  const flat = await store.redis.zrevrangebyscore(newsKeys.newest(edition), '+inf', from, 'WITHSCORES');
  return scoredIn(flat).map(({ score }) => Number(score));
}

/** Stories that may match a search, with their terms: of each word one beginning stands there. Redis looks, for terms are many. */
export async function siftStories(
  store: Store,
  ids: readonly string[],
  beginnings: readonly (readonly string[])[],
): Promise<{ readonly id: string; readonly terms: string }[]> {
  if (ids.length === 0) return [];
  const args = beginnings.flatMap((word) => [word.length, ...word]);
  const found = (await store.run('sift-stories', ids.map(newsKeys.story), args)) as (string | number)[];
  return Array.from({ length: found.length / 2 }, (_, pair) => ({
    id: ids[Number(found[2 * pair]) - 1] ?? '',
    terms: String(found[2 * pair + 1]),
  }));
}

/** Ids of stories whose page is due to be read again, the longest overdue first. */
export const dueRechecks = (store: Store, edition: Edition, now: number, limit: number): Promise<string[]> =>
  store.redis.zrangebyscore(newsKeys.recheck(edition), '-inf', now, 'LIMIT', 0, limit);

/** Sets when a story's page is read again; undefined: never. */
export async function setRecheck(
  store: Store,
  edition: Edition,
  id: string,
  at: number | undefined,
): Promise<void> {
  const key = newsKeys.recheck(edition);
  await (at === undefined ? store.redis.zrem(key, id) : store.redis.zadd(key, at, id));
}

/** Stores what was learnt about a story's page where its text did not change. False: as `reviseStory` has it. */
export async function saveOrigin(
  store: Store,
  { story, json }: Pick<StoryRecord, 'story' | 'json'>,
  origin: Origin,
): Promise<boolean> {
  return (await store.run('save-origin', [newsKeys.story(story.id)], [json, JSON.stringify(origin)])) === 1;
}
