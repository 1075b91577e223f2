import type { Edition } from '../../news/edition.ts';
import type { Fetcher } from '../../source/fetch/fetch.ts';
import type { PictureCheck } from '../../source/picture-check.ts';
import type { Reader } from '../../source/reading.ts';
import type { Unread } from '../../store/sources.ts';
import { getRecords, type StoryRecord } from '../../store/stories.ts';
import type { NewsDesk } from '../desk.ts';

/** Where an edition comes from. */
export interface EditionSource {
  readonly edition: Edition;
  /** Feeds and listings; found out which by what they answer. */
  readonly addresses: readonly string[];
  readonly fetcher: Fetcher;
  readonly reader: Reader;
  readonly pictures: PictureCheck;
  /** The newsroom has asked us to come: rests of our own making are over. */
  readonly isCalled?: boolean;
  /** Time between two polls, ms. */
  readonly intervalMs: number;
}

/** One poll of one edition, from its start to its report. */
export interface Poll {
  readonly desk: NewsDesk;
  readonly source: EditionSource;
  readonly unread: Map<string, Unread>;
  /** Stories read from the store in this poll, as they are now. */
  readonly records: Map<string, StoryRecord>;
  readonly tally: Tally;
  /** Stories published up to this moment (ms) were told before a restore; 0: there was none. */
  readonly toldUntil: number;
  /** Pages of this poll whose server asked to wait. */
  throttled: number;
  /** How the pages of listed stories answer, once a page was not there. */
  sitePages?: Promise<SitePages>;
}

export type SitePages = 'texts' | 'there' | 'troubled' | 'unknown';

export type Tally = ReturnType<typeof newTally>;

/** Result of a poll. */
export const newTally = () => ({
  /** Ids of stories that went into the log, in its order. */
  pushed: [] as string[],
  /** Ids of stories that were stored for reading only. */
  stored: [] as string[],
  corrected: [] as string[],
  withdrawn: [] as string[],
  /** Links that came back under another address. */
  aliases: 0,
  /** Of these, those whose old address is no longer listed. */
  relinked: 0,
  /** Rows whose page could not be read yet. */
  waiting: 0,
  /** Rows that were told without their page, because it could not be read for too long. */
  unread: 0,
  /** Addresses that, after an outage, do not lead back to what is known. */
  gaps: 0,
  /** Left out: without a link, for subscribers where the operator wants none. */
  skipped: 0,
  /** Pages read, and those of them that gave a text. */
  pages: 0,
  texts: 0,
  /** Of the texts, those that came out much shorter than their pages name them. */
  lossy: 0,
});

/** One page may be busy by itself; several are a server that wants to be left alone, and no more pages are asked for. */
const FEW_THROTTLED = 1;

export const isThrottled = ({ throttled }: Poll): boolean => throttled > FEW_THROTTLED;

/** A story as it is now, with what intake knows of it; undefined where it is gone. */
export async function storyRecord(poll: Poll, id: string): Promise<StoryRecord | undefined> {
  const [record] = await storyRecords(poll, [id]);
  return record;
}

/** Several at once; each is read from the store once in a poll. */
export async function storyRecords(poll: Poll, ids: readonly string[]): Promise<StoryRecord[]> {
  const unread = ids.filter((id) => !poll.records.has(id));
  for (const record of await getRecords(poll.desk, unread)) poll.records.set(record.story.id, record);
  return ids.flatMap((id) => poll.records.get(id) ?? []);
}

/** So many rows that wait hold up nothing else; more of them may be a reset of the site that is not understood yet. */
const FEW_WAITING = 3;

export const isMostlySettled = ({ tally }: Poll): boolean => tally.waiting <= FEW_WAITING;
