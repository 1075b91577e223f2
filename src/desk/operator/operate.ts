/** Everything that operators see and do: numbers of chats and news, never chats. */
import { randomBytes } from 'node:crypto';
import { byEdition, EDITIONS, type Edition } from '../../news/edition.ts';
import { storyTerms } from '../../news/audience.ts';
import { type Story, storyTime } from '../../news/story.ts';
import { hashOf } from '../../source/links.ts';
import { fold } from '../../source/text.ts';
import { roundedUp, shownCount } from '../../status.ts';
import { POSTED_MS } from '../../store/deliveries.ts';
import { ANNOUNCEABLE_MS, appendAnnouncement, appendUrgent } from '../../store/logs.ts';
import { getRecords, reviseStory } from '../../store/stories.ts';
import { countQueues } from '../../store/subscribers.ts';
import { DAY } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { isPaused } from '../pause.ts';
import { readFate, readTrace } from '../trace.ts';

export interface Stats {
  /** Chats that read each edition, rounded down to 20; undefined under 20. */
  readonly readers: Readonly<Record<Edition, number | undefined>>;
  /** Of them, those that may be visited now and have not been shown everything, rounded up to 20. */
  readonly behind: Readonly<Record<Edition, number>>;
  /** Messages a second at present; undefined: no limit. */
  readonly rate: number | undefined;
  readonly paused: boolean;
}

export async function stats(desk: Desk): Promise<Stats> {
  const queues = await countQueues(desk.store);
  const readers = byEdition((edition) => shownCount(queues[edition].waiting + queues[edition].held));
  const behind = byEdition((edition) => roundedUp(queues[edition].behind));
  const { rate } = desk.telegram.pace;
  return { readers, behind, rate: Number.isFinite(rate) ? rate : undefined, paused: await isPaused(desk) };
}

/** A new name for an announcement: when it was made, and chance. */
export const newAnnouncement = (desk: Desk): string =>
  `${desk.clock.now().toString(36)}-${randomBytes(6).toString('base64url')}`;

/** Whether it is so old that nobody can mean to send it any more, or no name of ours. */
export function isStaleAnnouncement(desk: Desk, id: string): boolean {
  const made = /^([0-9a-z]{1,10})-[\w-]{8}$/.exec(id)?.[1];
  return made === undefined || desk.clock.now() - Number.parseInt(made, 36) > ANNOUNCEABLE_MS;
}

/** Sends `texts` to every chat of the editions named, ahead of the news; the same `id` sends once. */
export async function announce(
  desk: Desk,
  texts: Partial<Record<Edition, string>>,
  id: string,
): Promise<void> {
  for (const edition of EDITIONS) {
    const text = texts[edition]?.trim();
    if (text) await appendAnnouncement(desk, edition, text, desk.clock.now(), id);
  }
}

/** For so long a person's message may be edited, ms: its number is not kept for longer. */
const PERSONAL_MS = 2 * DAY;

/**
 * Makes a story urgent after the fact: who has not got it gets it now. `old`: it came so long ago that nobody knows any more
 * who has it.
 */
export async function markUrgent(
  desk: Desk,
  { id, firstSeenAt, withdrawn }: Story,
): Promise<'marked' | 'withdrawn' | 'old' | 'unknown'> {
  if (withdrawn) return 'withdrawn';
  const now = desk.clock.now();
  if (now - firstSeenAt > PERSONAL_MS) return 'old';
  return (await appendUrgent(desk, id, now)) ? 'marked' : 'unknown';
}

/**
 * Whose messages still change with a story of this age: everybody's; those of channels and groups, and of people to whom it
 * came late; nobody's.
 */
export function reachOf({ clock }: Desk, story: Story): 'everybody' | 'places' | 'nobody' {
  const age = clock.now() - storyTime(story);
  return age > POSTED_MS ? 'nobody' : age > PERSONAL_MS ? 'places' : 'everybody';
}

/**
 * Takes a story back: every chat that it reaches is told so, `/latest` and `/search` drop it, and nothing that its page says
 * brings it back. False: there is no such story, or an operator took it back before.
 */
export async function takeBack(desk: Desk, id: string): Promise<boolean> {
  for (;;) {
    const [record] = await getRecords(desk, [id]);
    if (!record || record.origin.takenBack) return false;
    const { story, json, origin } = record;
    const due = await reviseStory(desk, {
      story: { ...story, withdrawn: true, revision: story.revision + 1 },
      terms: storyTerms(story),
      origin: { ...origin, takenBack: true },
      headline: hashOf(fold(story.headline)),
      now: desk.clock.now(),
      notice: 'withdrawal',
      over: json,
    });
    if (due !== undefined) return true;
  }
}

/** Whether an operator took the story back before. */
export async function isTakenBack(desk: Desk, id: string): Promise<boolean> {
  const [record] = await getRecords(desk, [id]);
  return record?.origin.takenBack ?? false;
}

/** The fate of a story, by counts under 20 withheld; an hour until which few wait is theirs, and is not told. */
export async function explain(desk: Desk, story: string): Promise<Record<string, number | undefined>> {
  const counts: Record<string, number> = {};
  for (const [fate, count] of Object.entries(await readTrace(desk.store, story))) {
    const { kind, reason, until } = readFate(fate);
    const told = until !== undefined && shownCount(count) === undefined ? `${kind}:${reason}` : fate;
    counts[told] = (counts[told] ?? 0) + count;
  }
  return Object.fromEntries(Object.entries(counts).map(([fate, count]) => [fate, shownCount(count)]));
}
