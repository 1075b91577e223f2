/** The logs in this process's memory: entries as they are appended, stories in their newest revision. */
import { isDeepStrictEqual } from 'node:util';
import { bounded, remembered } from '../../bounded.ts';
import { byEdition, type Edition } from '../../news/edition.ts';
import type { Entry } from '../../news/entry.ts';
import { type Pending, storyTerms } from '../../news/audience.ts';
import type { Story } from '../../news/story.ts';
import { LOG_LENGTH, readStampedLog } from '../../store/logs.ts';
import { getStories } from '../../store/stories.ts';
import { DAY, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';

export type Window = ReturnType<typeof openWindow>;

/** A story may be corrected while it goes out: what is older than this is read again. */
const FRESH_MS = SECOND;
/** Entries read at a time. */
const CHUNK = 1000;
/** Stories kept in memory; a few days of all editions. */
const MOST_STORIES = 1000;

/** A story as it was at the moment `at`, ms. */
interface Known {
  readonly story: Story | undefined;
  readonly terms: string;
  readonly at: number;
}

/** The log of an edition, as far as it was read. */
const emptyLog = () => ({
  entries: [] as Entry[],
  /** The number of the first entry of each story; 0: it may be one that the log has lost. */
  firsts: new Map<string, number>(),
  /** When numbers were last missing before an entry, ms: Redis had lost them. */
  lostAt: Number.NEGATIVE_INFINITY,
});

type Log = ReturnType<typeof emptyLog>;

/** Entries that the log has lost come back within this, under other numbers. */
const BACK_MS = DAY;

type WindowDesk = Pick<Desk, 'store' | 'seal' | 'clock'>;

export function openWindow(desk: WindowDesk) {
  const { clock } = desk;
  const logs = byEdition(emptyLog);
  const storiesNow = openStories(desk);
  /** Entries pending behind a cursor, for chats that are visited within the same second. */
  const newMemo = () => ({ pending: new Map<string, Promise<readonly Pending[]>>(), since: clock.ticks() });
  let memo = newMemo();

  async function readPending(
    { entries: log, firsts }: Log,
    cursor: number,
    head: number,
  ): Promise<Pending[]> {
    const entries = log.slice(indexAfter(log, cursor), indexAfter(log, head));
    const told = entries.flatMap((entry) => (entry.kind === 'story' ? [entry.story] : []));
    return pendingOf(entries, await storiesNow(told), firsts);
  }

  return {
    /** Reads what has been appended since; answers the number of the last entry. */
    async refresh(edition: Edition): Promise<number> {
      let log = logs[edition];
      for (let isWhole = false; !isWhole; ) {
        // With the last one that is known: a Redis that lost its last moments may have another one under its number.
        const last = log.entries.at(-1);
        const more = await readStampedLog(desk, edition, Math.max(0, (last?.seq ?? 0) - 1), CHUNK);
        if (last && !isDeepStrictEqual(more[0], last)) {
          log = emptyLog();
          continue;
        }
        for (const entry of more.slice(last ? 1 : 0)) add(log, entry);
        isWhole = more.length < CHUNK;
      }
      // In one step: visits that are prepared meanwhile never find less than there was or is.
      if (log !== logs[edition]) memo = newMemo();
      logs[edition] = log;
      return log.entries.at(-1)?.seq ?? 0;
    },
    /** Entries after `cursor` up to `head`, oldest first, with their stories as they are now. */
    pending(edition: Edition, cursor: number, head: number): Promise<readonly Pending[]> {
      if (clock.ticks() - memo.since > FRESH_MS) memo = newMemo();
      const key = `${edition}:${cursor}:${head}`;
      const { pending } = memo;
      return remembered(pending, key, () => {
        const reading = readPending(logs[edition], cursor, head);
        reading.catch(() => pending.delete(key));
        return reading;
      });
    },
    /** Number of the last entry that goes ahead of its turn (urgent, announcement); 0: none. */
    lastUrgent: (edition: Edition): number =>
      logs[edition].entries.findLast((entry) => entry.kind === 'announcement' || isUrgentEntry(entry))?.seq ??
      0,
    /** The last urgent story, made so at once or later by an operator; undefined: none. */
    urgentStory: (edition: Edition) => logs[edition].entries.findLast(isUrgentEntry),
  };
}

/** All stories of `ids` as they are now; more of them than are kept in memory are no trouble. */
function openStories(desk: WindowDesk): (ids: readonly string[]) => Promise<ReadonlyMap<string, Known>> {
  const stories = bounded<string, Known>(MOST_STORIES);
  return async (ids) => {
    const now = desk.clock.ticks();
    const all = new Map(ids.map((id) => [id, stories.get(id) ?? NEVER_READ]));
    const wanted = [...all].filter(([, { at }]) => now - at > FRESH_MS);
    const found = await getStories(
      desk,
      wanted.map(([id]) => id),
    );
    for (const [index, [id, known]] of wanted.entries()) {
      const story = found[index];
      const isSame = known.story?.revision === story?.revision;
      const read = { story, terms: isSame ? known.terms : story ? storyTerms(story) : '', at: now };
      all.set(id, read);
      stories.set(id, read);
    }
    return all;
  };
}

const NEVER_READ: Known = { story: undefined, terms: '', at: Number.NEGATIVE_INFINITY };

function add(log: Log, entry: Entry): void {
  const { entries, firsts } = log;
  if (entry.kind === 'none' || entry.seq > (entries.at(-1)?.seq ?? 0) + 1) log.lostAt = entry.at;
  entries.push(entry);
  if (entry.kind === 'story' && !firsts.has(entry.story))
    firsts.set(entry.story, entry.at - log.lostAt < BACK_MS ? 0 : entry.seq);
  if (entries.length <= LOG_LENGTH + CHUNK) return;
  for (const gone of entries.splice(0, CHUNK)) if (gone.kind === 'story') firsts.delete(gone.story);
}

/** Index of the first entry after `cursor`; most cursors stand near the end. */
const indexAfter = (log: readonly Entry[], cursor: number): number =>
  log.findLastIndex(({ seq }) => seq <= cursor) + 1;

const isUrgentEntry = (entry: Entry): boolean => entry.kind === 'story' && entry.urgent;

/** The `entries` that a chat can be shown: each story once, where it stands first, with what the others say of it. */
function pendingOf(
  entries: readonly Entry[],
  stories: ReadonlyMap<string, Known>,
  firsts: ReadonlyMap<string, number>,
): Pending[] {
  const told = entries.filter((entry) => entry.kind === 'story');
  // A story that was made urgent while it waited stands in the log twice.
  const madeUrgent = new Set(told.filter(isUrgentEntry).map(({ story }) => story));
  const followUps = new Map<string, number>();
  for (const { story } of told) {
    const follows = stories.get(story)?.story?.follows;
    if (follows !== undefined) followUps.set(follows, (followUps.get(follows) ?? 0) + 1);
  }
  const seen = new Set<string>();
  return entries.flatMap((entry): Pending[] => {
    const { seq, at } = entry;
    if (entry.kind === 'announcement') return [entry];
    if (entry.kind === 'none') return [];
    const { story, terms = '' } = stories.get(entry.story) ?? {};
    if (!story || seen.has(story.id)) return [];
    seen.add(story.id);
    const urgent = madeUrgent.has(story.id) || story.urgent;
    const continued = followUps.get(story.id);
    return [
      {
        kind: 'story',
        seq,
        at,
        story,
        terms,
        urgent,
        ...((firsts.get(story.id) ?? seq) < seq ? { again: true } : {}),
        ...(continued === undefined ? {} : { followUps: continued }),
      },
    ];
  });
}
