/** The logs: one stream an edition, one entry for each thing that happened there. */
import type { Edition } from '../news/edition.ts';
import type { Entry } from '../news/entry.ts';
import type { Story } from '../news/story.ts';
import { DAY, SECOND } from '../time.ts';
import { newsKeys } from './keys.ts';
import type { Store } from './redis.ts';

/** Entries of a log that are kept: months of a busy newsroom. Older ones no cursor may need any more. */
export const LOG_LENGTH = 10_000;
/** Entries older than this go as well. */
export const LOG_DAYS = 40;

/** At most `limit` entries after `afterSeq`, oldest first. A cursor behind the oldest entry simply jumps to it. */
export async function readLog(
  store: Store,
  edition: Edition,
  afterSeq: number,
  limit: number,
): Promise<Entry[]> {
  const rows = await store.redis.xrange(newsKeys.log(edition), `(${afterSeq}-0`, '+', 'COUNT', limit);
  return rows.flatMap(([id, fields]) => entryOf(id, fields) ?? []);
}

/** The newest `most` entries, oldest first. */
export async function newestEntries(store: Store, edition: Edition, most: number): Promise<Entry[]> {
  const rows = await store.redis.xrevrange(newsKeys.log(edition), '+', '-', 'COUNT', most);
  return rows.toReversed().flatMap(([id, fields]) => entryOf(id, fields) ?? []);
}

/** Number of the newest entry; 0 while there is none. */
export async function logHead(store: Store, edition: Edition): Promise<number> {
  const [newest] = await store.redis.xrevrange(newsKeys.log(edition), '+', '-', 'COUNT', 1);
  return newest ? Number.parseInt(newest[0], 10) : 0;
}

/** The button of an announcement that is older than this sends nothing. */
export const ANNOUNCEABLE_MS = 2 * DAY;

/** Appends an operator's announcement, once for its `id`; answers its number, 0 where it was sent before. */
export async function appendAnnouncement(
  store: Store,
  edition: Edition,
  text: string,
  at: number,
  id: string,
): Promise<number> {
  const keys = [newsKeys.log(edition), newsKeys.announced(edition, id)];
  const kept = (2 * ANNOUNCEABLE_MS) / SECOND;
  return Number(await store.run('append-announcement', keys, [text, at, LOG_LENGTH, kept]));
}

/** Makes a story urgent and appends it once more, to go ahead of its turn. False: there is no such story. */
export async function appendUrgent(store: Store, id: string, at: number): Promise<boolean> {
  for (;;) {
    const json = await store.redis.hget(newsKeys.story(id), 'json');
    if (!json) return false;
    const story: Story = JSON.parse(json);
    const urgent = JSON.stringify({ ...story, urgent: true });
    const keys = [newsKeys.story(id), newsKeys.log(story.edition)];
    if (Number(await store.run('append-urgent', keys, [json, urgent, id, at, LOG_LENGTH])) > 0) return true;
  }
}

/** Undefined for an entry of a kind that this version does not know. */
function entryOf(id: string, fields: readonly string[]): Entry | undefined {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2)
    values.set(fields[index] as string, fields[index + 1] as string);
  const common = { seq: Number.parseInt(id, 10), at: Number(values.get('at') ?? 0) };
  const kind = values.get('kind');
  if (kind === 'story')
    return { ...common, kind, story: values.get('story') ?? '', urgent: values.get('urgent') === '1' };
  if (kind === 'announcement') return { ...common, kind, text: values.get('text') ?? '' };
  return undefined;
}
