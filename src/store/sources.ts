/** State of the sources: how each address answered, what it listed, what is not settled yet. */
import type { Edition } from '../news/edition.ts';
import { newsKeys } from './keys.ts';
import type { Store } from './redis.ts';
import type { Shelf } from './shelf.ts';
import { stampedText, withStamp } from './stamps.ts';
import { LIFETIME_S } from './stories.ts';

/** How an address answered; kept over restarts. */
export interface SourceState {
  readonly kind?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Hash of the last page that was taken in whole. */
  readonly hash?: string;
  /** When its first reading was taken in, ms; absent: it never was. */
  readonly baselineAt?: number;
  readonly lastSuccessAt?: number;
  /** When it was last asked for a whole answer, without validators, ms. */
  readonly wholeAt?: number;
  /** When its validators were last found to stand for another page than before, ms. */
  readonly liedAt?: number;
  /** When it last brought a story that was not known, ms. */
  readonly newAt?: number;
  /** It has answered with a page on which no story was found. */
  readonly wasBare?: boolean;
  /** It has named several languages: its stories are those of several editions. */
  readonly wasMixed?: boolean;
  /** Failed requests in a row. */
  readonly failures: number;
  /** When the first of them failed, ms: the time before it may be one in which nobody asked. */
  readonly failingSince?: number;
  /** Not asked before this moment, ms. */
  readonly notBefore?: number;
  /** The server itself has named that moment. */
  readonly isAsked?: true;
  /** Why the last request failed, in words. */
  readonly reason?: string;
  /** When the site was last seen to have changed most of its addresses at once, ms. */
  readonly resetAt?: number;
  /** Since when too many of its rows speak against their stories at once, ms. */
  readonly doubtAt?: number;
  /** Rows of further pages that are not settled yet, and when these pages were read, ms. */
  readonly behind?: { readonly at: number; readonly rows: readonly unknown[] };
  /** Since when its first page has waited for one behind it, ms. */
  readonly heldAt?: number;
  /** The hub that tells of news in it, as the last reading that was taken in said. */
  readonly hub?: { readonly hub: string; readonly topic: string };
  /** When a row that was left out, as its page is not there, is to be looked at again, ms. */
  readonly againAt?: number;
  /** Rows of its first reading that wait still, by their keys: what they tell was there before us. */
  readonly unpushed?: readonly string[];
  /** Items understood at the last good reading. */
  readonly items?: number;
}

/** Rows that an address listed: for each link (its hash) the story and a hash of the row. */
export type Rows = ReadonlyMap<string, { readonly story: string; readonly row: string }>;

export async function getSource(shelf: Shelf, edition: Edition, address: string): Promise<SourceState> {
  const key = newsKeys.source(edition, address);
  const json = stampedText(shelf, key, await shelf.store.redis.get(key));
  return json ? (JSON.parse(json) as SourceState) : { failures: 0 };
}

export async function saveSource(
  shelf: Shelf,
  edition: Edition,
  address: string,
  state: SourceState,
): Promise<void> {
  const key = newsKeys.source(edition, address);
  await shelf.store.redis.set(key, withStamp(shelf, key, JSON.stringify(state)), 'EX', LIFETIME_S);
}

export async function getRows(store: Store, edition: Edition, address: string): Promise<Rows> {
  const fields = await store.redis.hgetall(newsKeys.rows(edition, address));
  return new Map(
    Object.entries(fields).map(([link, value]) => {
      const [story = '', row = ''] = value.split(' ');
      return [link, { story, row }];
    }),
  );
}

/** Replaces what an address lists. */
export async function saveRows(store: Store, edition: Edition, address: string, rows: Rows): Promise<void> {
  const key = newsKeys.rows(edition, address);
  const step = store.redis.multi().del(key);
  if (rows.size)
    step.hset(key, Object.fromEntries([...rows].map(([link, { story, row }]) => [link, `${story} ${row}`])));
  await step.expire(key, LIFETIME_S).exec();
}

/** Stories published up to this moment (ms) were told before the data were restored; 0: they never were, or long ago. */
export const toldUntil = async (store: Store): Promise<number> =>
  Number((await store.redis.get(newsKeys.told)) ?? 0);

/** Notes the settings under which an edition is read, for the other processes that have it. */
export async function noteSourceSettings(
  store: Store,
  edition: Edition,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const key = newsKeys.settings(edition);
  await store.redis.multi().del(key).hset(key, settings).exec();
}

/** The settings under which an edition is read; empty: nobody has noted any. */
export const sourceSettings = (store: Store, edition: Edition): Promise<Record<string, string>> =>
  store.redis.hgetall(newsKeys.settings(edition));

/** A link whose page could not be read yet. */
export interface Unread {
  readonly tries: number;
  readonly since: number;
  readonly notBefore: number;
  /** Its page was not there at any try: it is no story as long as that is so. */
  readonly isGone?: true;
  /** It was waited for long enough: the row goes without the pages that still cannot be read. */
  readonly isOver?: true;
}

/** A story that left every listing: checks of its page so far. */
export interface Check {
  readonly since: number;
  /** Checks that found nothing. */
  readonly gone: number;
  /** Checks that could not tell. */
  readonly failed: number;
}

/** Notes of one kind of an edition, a field each, as JSON. */
const notesIn = <T>(keyOf: (edition: Edition) => string) => ({
  all: async ({ redis }: Store, edition: Edition): Promise<Map<string, T>> => {
    const fields = Object.entries(await redis.hgetall(keyOf(edition)));
    return new Map(fields.map(([field, json]) => [field, JSON.parse(json) as T]));
  },
  /** Undefined in the place of a note: there is none any more. */
  save: async ({ redis }: Store, edition: Edition, field: string, note: T | undefined): Promise<void> => {
    if (note === undefined) await redis.hdel(keyOf(edition), field);
    else await redis.hset(keyOf(edition), field, JSON.stringify(note));
  },
});

export const { all: getUnread, save: saveUnread } = notesIn<Unread>(newsKeys.pending);
export const { all: getChecks, save: saveCheck } = notesIn<Check>(newsKeys.checks);

/** Health of an edition; undefined before its first poll. */
export async function getHealth<T>(shelf: Shelf, edition: Edition): Promise<T | undefined> {
  const key = newsKeys.health(edition);
  const json = stampedText(shelf, key, await shelf.store.redis.get(key));
  return json ? (JSON.parse(json) as T) : undefined;
}

export async function saveHealth(shelf: Shelf, edition: Edition, health: unknown): Promise<void> {
  const key = newsKeys.health(edition);
  await shelf.store.redis.set(key, withStamp(shelf, key, JSON.stringify(health)));
}
