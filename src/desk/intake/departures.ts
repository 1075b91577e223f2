/** Stories that left every listing: gone with time, withdrawn by the newsroom, or lost in an outage. */
import type { Item } from '../../source/item.ts';
import { fold } from '../../source/text.ts';
import { getChecks, getSource, type Check, type Rows, saveCheck } from '../../store/sources.ts';
import { idsBetween, type StoryRecord } from '../../store/stories.ts';
import type { Story } from '../../news/story.ts';
import { DAY, HOUR, SECOND } from '../../time.ts';
import { revise, isEditable, isYoung, rankOf, withdraw, YOUNG_MS } from './revise.ts';
import { addressHash } from './ask.ts';
import { isReplaced } from './known.ts';
import { learntFrom, listedStories, pagesOfSite, readStoryPage, rowOf } from './page.ts';
import { isThrottled, type Poll, storyRecord } from './context.ts';

/**
 * Checks of its own page that must find nothing before a story counts as withdrawn: twice as many each time that it came back
 * after that, for one of the site's servers may not have it.
 */
const CHECKS = 2;
const MOST_CHECKS = 64;
const checksOf = ({ origin: { returns = 0 } }: StoryRecord): number =>
  Math.min(CHECKS * 2 ** returns, MOST_CHECKS);
/** Checks that could not tell before a story is let go. */
const MOST_FAILED_CHECKS = 20;
/** A story that could not be looked after for so long is let go, too. */
const LONGEST_CHECK_MS = 3 * DAY;
/** One page takes no more than that of the time that a poll has for them all. */
const LONGEST_LOOK_MS = 10 * SECOND;
/** The story before one, by which an emptied archive is known, came out within this before it. */
const NEIGHBOUR_MS = 5 * DAY;
/** More than this share of the young stories going at once is an outage or a reset. */
const TOO_MANY = 1 / 3;

/**
 * Notes the stories that were in `before` and are in no address's rows now. One under the headline of a row that waits may
 * stand there under another address.
 */
export async function noteDepartures(
  poll: Poll,
  address: string,
  before: Rows,
  after: Rows,
  waiting: readonly Item[],
): Promise<void> {
  const gone = new Set([...before.values()].map(({ story }) => story));
  for (const { story } of after.values()) gone.delete(story);
  if (!gone.size) return;
  for (const story of await listedStories(poll, address)) gone.delete(story);
  const headlines = new Set(waiting.map(({ headline }) => fold(headline)));
  for (const story of gone) {
    const record = headlines.size ? await storyRecord(poll, story) : undefined;
    if (!record || !headlines.has(fold(record.story.headline))) await noteGone(poll, story);
  }
}

/** Begins to check the page of a story that left; the first check is made at the next poll. */
export async function noteGone(poll: Poll, story: string): Promise<void> {
  const record = await storyRecord(poll, story);
  const now = poll.desk.clock.now();
  if (!record || record.story.withdrawn || !isEditable(record.story, now)) return;
  if (await wentInReset(poll, record)) return;
  const checks = await getChecks(poll.desk.store, poll.source.edition);
  if (!checks.has(story))
    await saveCheck(poll.desk.store, poll.source.edition, story, { since: now, gone: 0, failed: 0 });
}

/** Whether the address of a story went in a reset of the whole site: that it answers 404 says nothing of the story then. */
export async function wentInReset({ desk, source }: Poll, { origin, story }: StoryRecord): Promise<boolean> {
  const states = await Promise.all(
    source.addresses.map((address) => getSource(desk, source.edition, addressHash(address))),
  );
  return states.some(({ resetAt = 0 }) => (origin.linkedAt ?? story.firstSeenAt) < resetAt);
}

/**
 * Checks the page of each story that left, once a poll, and withdraws those that two checks did not find. `startedAt`: when
 * the poll began; what left in it waits for the next one, as does what no time is left for at `until`, in ticks. Call only
 * when every address answered well.
 */
export async function checkDepartures(poll: Poll, startedAt: number, until: number): Promise<void> {
  const { store, clock } = poll.desk;
  const { edition } = poll.source;
  const checks = await getChecks(store, edition);
  if (!checks.size) return;
  const listed = await listedStories(poll);
  // Pages that hang are asked again after all the others.
  for (const [story, check] of [...checks].toSorted(byLooks)) {
    if (check.since >= startedAt) continue;
    if (!listed.has(story) && (clock.ticks() >= until || isThrottled(poll))) break;
    const next = listed.has(story) ? undefined : await checkOnce(poll, story, check);
    await saveCheck(store, edition, story, next);
    if (next) checks.set(story, next);
    else checks.delete(story);
  }
  const suspects = [...checks].filter(([, check]) => check.gone > 0).map(([story]) => story);
  const young = await idsBetween(store, edition, clock.now() - YOUNG_MS, clock.now() + HOUR);
  if (suspects.length > Math.max(young.length * TOO_MANY, 1)) {
    for (const story of suspects) await saveCheck(store, edition, story, undefined);
    poll.desk.log.warn(
      { edition, stories: suspects.length },
      'too many stories left at once to be withdrawals',
    );
    return;
  }
  for (const story of suspects) {
    const record = await storyRecord(poll, story);
    if (record && (checks.get(story)?.gone ?? 0) < checksOf(record)) continue;
    if (record) await withdraw(poll, record);
    await saveCheck(store, edition, story, undefined);
  }
}

const byLooks = ([, a]: [string, Check], [, b]: [string, Check]): number =>
  a.gone + a.failed - (b.gone + b.failed) || a.since - b.since;

/** One check; undefined: the story is still there, or nobody can tell. */
async function checkOnce(poll: Poll, story: string, check: Check): Promise<Check | undefined> {
  const record = await storyRecord(poll, story);
  const now = poll.desk.clock.now();
  if (!record || now - check.since > LONGEST_CHECK_MS) return undefined;
  if (!isEditable(record.story, now) || (await wentInReset(poll, record))) return undefined;
  if (await isReplaced(poll, record)) return undefined;
  const page = await readStoryPage(poll, record.story, {
    urgency: 'recheck',
    withinMs: LONGEST_LOOK_MS,
  });
  if (!page.ok && page.fault.code === 'source.gone')
    return (await isArchiveGone(poll, record.story)) ? undefined : { ...check, gone: check.gone + 1 };
  if (page.ok && page.value.kind === 'elsewhere')
    return (await pagesOfSite(poll, record.story.link)) === 'texts'
      ? { ...check, gone: check.gone + 1 }
      : undefined;
  if (page.ok) {
    // It only scrolled away; the check is as good as a recheck.
    if (page.value.kind === 'article')
      await revise(poll, record, learntFrom(poll, rowOf(record.story), page.value));
    return undefined;
  }
  if (page.fault.code === 'source.unreadable') return undefined;
  return check.failed + 1 >= MOST_FAILED_CHECKS ? undefined : { ...check, failed: check.failed + 1 };
}

/**
 * Whether the site keeps no stories of this age any more: the one before it, where it is older than what the listings
 * show, is gone as well.
 */
async function isArchiveGone(poll: Poll, story: Story): Promise<boolean> {
  const { store, clock } = poll.desk;
  if (isYoung(story, clock.now())) return false;
  const at = rankOf(story, 0);
  const [earlier] = await idsBetween(store, story.edition, at - NEIGHBOUR_MS, at - 1);
  const record = earlier === undefined ? undefined : await storyRecord(poll, earlier);
  if (!record) return false;
  const page = await readStoryPage(poll, record.story, { urgency: 'recheck' });
  return !page.ok;
}
