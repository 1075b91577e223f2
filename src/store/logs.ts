/** The logs: one stream an edition, one entry for each thing that happened there. */
import type { Edition } from '../news/edition.ts';
import type { Entry } from '../news/entry.ts';
import type { Story } from '../news/story.ts';
import { DAY, SECOND } from '../time.ts';
import { lastGiven } from './cursors.ts';
import { newsKeys } from './keys.ts';
import type { Store } from './redis.ts';
import type { Shelf } from './shelf.ts';
import { isOurs, restamped, stampedText, withStamp } from './stamps.ts';

/** Entries of a log that are kept: months of a busy newsroom. Older ones no cursor may need any more. */
export const LOG_LENGTH = 10_000;
/** Entries older than this go as well. */
export const LOG_DAYS = 40;

/** An entry whose stamp nobody looked at: it tells when and of which story, and has no words. */
export type Logged =
  | Exclude<Entry, { readonly kind: 'announcement' }>
  | Omit<Extract<Entry, { readonly kind: 'announcement' }>, 'text'>;

/** At most `limit` entries after `afterSeq`, oldest first. A cursor behind the oldest entry simply jumps to it. */
export async function readLog(
  store: Store,
  edition: Edition,
  afterSeq: number,
  limit: number,
): Promise<Logged[]> {
  return (await rowsAfter(store, edition, afterSeq, limit)).map((row) => loggedIn(edition, row));
}

/** As `readLog`, to be shown to readers: what has no stamp of ours is nothing. */
export async function readStampedLog(
  shelf: Shelf,
  edition: Edition,
  afterSeq: number,
  limit: number,
): Promise<Entry[]> {
  const rows = await rowsAfter(shelf.store, edition, afterSeq, limit);
  return rows.map((row) => {
    const logged = loggedIn(edition, row);
    const { text, stamp } = stampedIn(row);
    if (!isOurs(shelf, placeIn(edition, logged.seq), text, stamp))
      return { seq: logged.seq, at: logged.at, kind: 'none' };
    return logged.kind === 'announcement' ? { ...logged, text: fieldsOf(row).get('text') ?? '' } : logged;
  });
}

/** The newest `most` entries, oldest first. */
export async function newestEntries(store: Store, edition: Edition, most: number): Promise<Logged[]> {
  const rows = await store.redis.xrevrange(newsKeys.log(edition), '+', '-', 'COUNT', most);
  return rows.toReversed().map((row) => loggedIn(edition, row));
}

/** Number of the last entry before the moment `at` (ms), within the newest 500. */
export async function seqBefore(store: Store, edition: Edition, at: number): Promise<number> {
  const recent = await newestEntries(store, edition, 500);
  return recent.findLast((entry) => entry.at < at)?.seq ?? Math.max(0, (recent[0]?.seq ?? 1) - 1);
}

/** Number of the newest entry; 0 while there is none. */
export async function logHead(store: Store, edition: Edition): Promise<number> {
  const [newest] = await store.redis.xrevrange(newsKeys.log(edition), '+', '-', 'COUNT', 1);
  return newest ? Number.parseInt(newest[0], 10) : 0;
}

/** The button of an announcement that is older than this sends nothing. */
export const ANNOUNCEABLE_MS = 2 * DAY;

/** Everything of which an entry is made. */
type Told =
  | Omit<Extract<Entry, { kind: 'story' }>, 'seq'>
  | Omit<Extract<Entry, { kind: 'announcement' }>, 'seq'>;

/**
 * Takes a step that appends an entry. `step` is given the last arguments of its script: the number of the entry, how many
 * the log keeps, and its fields with a stamp for that number. It answers as the prelude's `append` does; where somebody
 * was faster, it is taken again with the next number.
 */
export async function appendEntry(
  { store, seal }: Shelf,
  edition: Edition,
  told: Told,
  step: (entry: readonly (string | number)[]) => Promise<number>,
): Promise<number> {
  const [story, urgent, text] =
    told.kind === 'story' ? [told.story, told.urgent ? '1' : '0', ''] : [told.id, '0', told.text];
  const fields = ['kind', told.kind, 'story', story, 'urgent', urgent, 'at', String(told.at), 'text', text];
  const [head, given] = await Promise.all([logHead(store, edition), lastGiven(store, edition)]);
  // A chat that has been shown a lost entry is never shown one that takes its number.
  for (let seq = Math.max(head, given) + 1; ; ) {
    const stamp = seal.stamp(placeIn(edition, seq), JSON.stringify(fields));
    const appended = await step([seq, LOG_LENGTH, ...fields, 'stamp', stamp]);
    if (appended >= 0) return appended;
    seq = -appended;
  }
}

/** Brings the log up to `seq`, which chats know already, by an entry that says nothing: other bots append to it too. `at`: now, ms. */
export async function liftLog(
  { store, seal }: Shelf,
  edition: Edition,
  seq: number,
  at: number,
): Promise<void> {
  const fields = ['kind', 'none', 'at', String(at)];
  const stamp = seal.stamp(placeIn(edition, seq), JSON.stringify(fields));
  await store.redis
    .xadd(newsKeys.log(edition), 'MAXLEN', '~', LOG_LENGTH, `${seq}-0`, ...fields, 'stamp', stamp)
    .catch((error: unknown) => {
      // Somebody was faster.
      if (!(error instanceof Error && /equal or smaller/.test(error.message))) throw error;
    });
}

/** Appends an operator's announcement, once for its `id`; answers its number, 0 where it was sent before. */
export function appendAnnouncement(
  shelf: Shelf,
  edition: Edition,
  text: string,
  at: number,
  id: string,
): Promise<number> {
  const keys = [newsKeys.log(edition), newsKeys.announced(edition, id)];
  const kept = (2 * ANNOUNCEABLE_MS) / SECOND;
  return appendEntry(shelf, edition, { kind: 'announcement', id, at, text }, async (entry) =>
    Number(await shelf.store.run('append-announcement', keys, [kept, ...entry])),
  );
}

/** Makes a story urgent and appends it once more, to go ahead of its turn. False: there is no such story. */
export async function appendUrgent(shelf: Shelf, id: string, at: number): Promise<boolean> {
  const { store } = shelf;
  const place = newsKeys.story(id);
  for (;;) {
    const value = await store.redis.hget(place, 'json');
    const json = stampedText(shelf, place, value);
    if (value === null || json === undefined) return false;
    const story: Story = { ...JSON.parse(json), urgent: true };
    const stamped = withStamp(shelf, place, JSON.stringify(story));
    const told = { kind: 'story', story: id, urgent: true, at } as const;
    const seq = await appendEntry(shelf, story.edition, told, async (entry) =>
      Number(
        await store.run('append-again', [place, newsKeys.log(story.edition)], [value, stamped, ...entry]),
      ),
    );
    if (seq > 0) return true;
  }
}

/** Stamps the entries of a log that are not under the key that stamps now, as `restamped` has it; answers how many. */
export async function restampLog(shelf: Shelf, edition: Edition, isTrusted: boolean): Promise<number> {
  const key = newsKeys.log(edition);
  const args = (await rowsAfter(shelf.store, edition, 0, LOG_LENGTH * 2)).flatMap((row) => {
    const { text, stamp } = stampedIn(row);
    const place = placeIn(edition, Number.parseInt(row[0], 10));
    const value = restamped(shelf, place, stamp === '' ? text : `${stamp} ${text}`, isTrusted);
    return value === undefined ? [] : [row[0], value.slice(0, value.indexOf(' '))];
  });
  if (args.length > 0) await shelf.store.run('stamp-log', [key], args);
  return args.length / 2;
}

/** An entry as Redis has it: its id, and names and values of its fields. */
type Row = readonly [string, readonly string[]];

const rowsAfter = (store: Store, edition: Edition, afterSeq: number, limit: number): Promise<Row[]> =>
  store.redis.xrange(newsKeys.log(edition), `(${afterSeq}-0`, '+', 'COUNT', limit);

const placeIn = (edition: Edition, seq: number): string => `${newsKeys.log(edition)}:${seq}`;

const fieldsOf = ([, fields]: Row): Map<string, string> =>
  new Map(fields.flatMap((name, index) => (index % 2 === 0 ? [[name, fields[index + 1] ?? '']] : [])));

/** The stamped part of an entry, all fields as they stand, and the stamp, which is the last one. */
function stampedIn([, fields]: Row): { readonly text: string; readonly stamp: string } {
  const at = fields.at(-2) === 'stamp' ? -2 : fields.length;
  return { text: JSON.stringify(fields.slice(0, at)), stamp: at === -2 ? (fields.at(-1) ?? '') : '' };
}

function loggedIn(edition: Edition, row: Row): Logged {
  const values = fieldsOf(row);
  const common = { seq: Number.parseInt(row[0], 10), at: Number(values.get('at') ?? 0) };
  const kind = values.get('kind');
  if (kind === 'story')
    return { ...common, kind, story: values.get('story') ?? '', urgent: values.get('urgent') === '1' };
  if (kind !== 'announcement') return { ...common, kind: 'none' };
  // It stands in the place of a story's id; earlier versions left it empty, and went by edition and number.
  return { ...common, kind, id: values.get('story') || `${edition}${common.seq}` };
}
