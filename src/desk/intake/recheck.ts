/** Looks at the pages of known stories again: for corrections, and for the texts that a first sight left unread. */
import { dueRechecks, type Origin, saveOrigin, setRecheck, type StoryRecord } from '../../store/stories.ts';
import type { Story } from '../../news/story.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import { isEditable, isFlash, revise } from './revise.ts';
import { wentInReset, noteGone } from './departures.ts';
import { isReplaced } from './known.ts';
import { learntFrom, readStoryPage, rowOf } from './page.ts';
import { isThrottled, type Poll, storyRecord } from './context.ts';

/** Pages of one poll that are looked at again, and the time that they may take from the next poll. */
const MOST_PAGES = 30;
const LONGEST_MS = 10 * SECOND;
/** After a first sight its poll ends soon, so that the bot is ready; the pages follow with the next polls. */
const BASELINE_MS = SECOND;
/** A page that could not be read is tried again after this long, of an old story after a share of its age. */
const AGAIN_MS = 5 * MINUTE;
const AGAIN_SHARE = 1 / 20;

/** A story that is only a headline so far gets its text as soon as there is one: for so long its page is asked often. */
const FLASH_MS = HOUR;
/** Of its age, the share after which a flash's page is asked again. */
const FLASH_SHARE = 1 / 10;

/** From any first recheck that an operator may plan to a month. */
const DOUBLINGS = 20;

/** When a story's page is next looked at, by the operator's schedule; undefined: no more. */
export function nextRecheck({ desk, source }: Poll, story: Story, from: Origin['from']): number | undefined {
  const now = desk.clock.now();
  if (!isEditable(story, now)) return undefined;
  const age = now - story.firstSeenAt;
  if (from === 'headline' && age < FLASH_MS) return now + Math.max(source.intervalMs, age * FLASH_SHARE);
  const planned = desk.policy.recheckSeconds.map((seconds) => seconds * SECOND).toSorted((a, b) => a - b);
  const last = planned.at(-1);
  if (last === undefined) return undefined;
  // Behind the schedule ever more rarely, for as long as a place may be given an edit.
  const later = Array.from({ length: DOUBLINGS }, (_, n) => last * 2 ** (n + 1));
  const next = [...planned, ...later].find((after) => story.firstSeenAt + after > now);
  return next === undefined ? undefined : story.firstSeenAt + next;
}

/** Time of a poll for pages that no row waits for, ms. */
export const timeToLook = ({ source }: Poll, isBaseline: boolean): number =>
  isBaseline ? BASELINE_MS : Math.min(source.intervalMs / 2, LONGEST_MS);

/** Reads the pages that are due, the longest overdue first, until the poll's time is used up (`until`, in ticks). */
export async function recheckPages(poll: Poll, until: number): Promise<void> {
  const { clock, store } = poll.desk;
  const { edition } = poll.source;
  for (const id of await dueRechecks(store, edition, clock.now(), MOST_PAGES)) {
    if (clock.ticks() >= until || isThrottled(poll)) return;
    const record = await storyRecord(poll, id);
    await setRecheck(store, edition, id, record && sooner(poll, record, await recheck(poll, record)));
  }
}

/**
 * For so long a page is asked again that does not say yet what its row says, ever more rarely: what lies between may show an old
 * copy. A row that changes all the time, as one that counts its comments, makes no more claims than one in this time.
 */
const CLAIM_MS = HOUR;
/** Between two such looks, at most: what is corrected meanwhile waits no longer. */
const CLAIM_AGAIN_MS = 5 * MINUTE;

/** Whether the page of a story is asked already for what its row said. */
export const isClaimed = ({ desk }: Poll, { origin }: StoryRecord): boolean =>
  desk.clock.now() - (origin.claimedAt ?? 0) < CLAIM_MS;

/** Notes that a row says something of the story that its page does not. */
export async function noteClaim(poll: Poll, id: string): Promise<void> {
  const { clock, store } = poll.desk;
  const now = clock.now();
  const record = await storyRecord(poll, id);
  if (!record || isClaimed(poll, record)) return;
  const origin = { ...record.origin, claimedAt: now };
  if (await saveOrigin(store, record, origin)) poll.records.set(id, { ...record, origin });
  // An operator has spoken meanwhile: the look at its page reads the story anew.
  else poll.records.delete(id);
  await setRecheck(store, poll.source.edition, id, now + MINUTE);
}

/** A page of which something is claimed is looked at after a minute, and each time after as long again, or five minutes. */
function sooner({ desk }: Poll, { origin }: StoryRecord, planned: number | undefined): number | undefined {
  const now = desk.clock.now();
  const since = now - (origin.claimedAt ?? 0);
  if (planned === undefined || since > CLAIM_MS) return planned;
  return Math.min(planned, now + Math.min(Math.max(since, MINUTE), CLAIM_AGAIN_MS));
}

/** In a page's first hour a server that says it has not changed is believed; later pages are asked for seldom and whole. */
const isBelieved = ({ desk }: Poll, { story, origin }: StoryRecord): boolean =>
  origin.from === 'page' && desk.policy.validators !== 'off' && desk.clock.now() - story.firstSeenAt < HOUR;

/** Looks at one page; answers when to look again. One that the newsroom took away may come back. */
async function recheck(poll: Poll, record: StoryRecord): Promise<number | undefined> {
  const { story, origin } = record;
  if (origin.takenBack || (await isReplaced(poll, record))) return undefined;
  const page = await readStoryPage(poll, story, {
    urgency: 'recheck',
    withinMs: LONGEST_MS,
    ...(isBelieved(poll, record) ? { validators: origin } : {}),
  });
  if (!page.ok) {
    if (page.fault.code === 'source.gone' && (story.withdrawn || (await wentInReset(poll, record))))
      return nextRecheck(poll, story, origin.from);
    if (page.fault.code === 'source.gone') await noteGone(poll, story.id);
    const now = poll.desk.clock.now();
    const again = now + Math.max(AGAIN_MS, (now - story.firstSeenAt) * AGAIN_SHARE);
    if (!isEditable(story, again)) return undefined;
    return origin.from === 'headline' ? (nextRecheck(poll, story, origin.from) ?? again) : again;
  }
  if (page.value.kind === 'elsewhere') await noteGone(poll, story.id);
  if (page.value.kind === 'article' || (page.value.kind === 'bare' && isFlash(record)))
    await revise(poll, record, learntFrom(poll, rowOf(story), page.value));
  const current = await storyRecord(poll, story.id);
  return nextRecheck(poll, current?.story ?? story, (current ?? record).origin.from);
}
