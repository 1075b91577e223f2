/** The sources, polled on schedule while this process holds their lease. */
import { addAbortListener } from 'node:events';
import { present } from '../present.ts';
import { sourceCondition } from '../conditions.ts';
import type { SourceSettings } from '../config/config.ts';
import type { Desk } from '../desk/desk.ts';
import { reportAlarms } from '../desk/letters/alarms.ts';
import type { EditionSource } from '../desk/intake/context.ts';
import { editionHealth, FAILED_POLLS, UNREAD_MS } from '../desk/intake/health.ts';
import { pollEdition, type PollReport } from '../desk/intake/poll.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { createFetcher, type Fetcher } from '../source/fetch/fetch.ts';
import { createPictureCheck } from '../source/picture-check.ts';
import { createThreads, type Threads } from '../source/threads.ts';
import { isStoreTrouble } from '../store/redis.ts';
import { noteSourceSettings, sourceSettings } from '../store/sources.ts';
import { scheduleInterval, SECOND } from '../time.ts';
import type { Built } from './built.ts';
import { createPoller, keepPolling, pollByRhythm } from './keep-polling.ts';
import { underLease } from './standby.ts';

/** Polls every edition that has addresses, each under a lease of its own; the others are off. */
export async function readSources(
  { config, desk, doorbell, websub }: Built,
  stop: AbortSignal,
): Promise<void> {
  const { source } = config;
  // Where another process reads a source it also says how it is.
  const isFine = (edition: Edition) => desk.status.conditions.holds(sourceCondition(edition));
  const open = EDITIONS.filter((edition) => source.addresses[edition].length > 0);
  for (const edition of EDITIONS) if (!open.includes(edition)) isFine(edition);
  const hands = sharedHands(desk, source);
  const onStandby = (edition: Edition) => () => {
    isFine(edition);
    void warnOfDifference(desk, source, edition);
  };
  const read = (edition: Edition) => async (_: unknown, work: AbortSignal) => {
    await noteSourceSettings(desk.store, edition, settingsOf(desk, source, edition)).catch(() => undefined);
    await using held = hands.take(work);
    const { fetcher, pictures } = held.hands;
    const reader = held.hands.reader.beside();
    const own = { edition, addresses: source.addresses[edition], fetcher, pictures, reader };
    // Whoever reads it next shows it: here it would grow old for ever.
    const { lastPoll, pollInterval } = desk.status;
    for (const gauge of [lastPoll, pollInterval]) addAbortListener(work, () => gauge.remove({ edition }));
    let isCalled = false;
    const poller = createPoller(async () => {
      // A slow Redis or a ring may have put it off beyond the end of the lease.
      if (work.aborted) return;
      const poll = { ...own, isCalled, intervalMs: scheduleInterval(source.schedule) };
      isCalled = false;
      const report = await pollOnce(desk, poll);
      for (const hub of report?.hubs ?? []) void websub?.keep(edition, hub, fetcher);
    });
    doorbell.answer(
      edition,
      () => {
        fetcher.hurry();
        isCalled = true;
        void poller.again();
      },
      work,
    );
    await (source.adapts
      ? pollByRhythm(desk, edition, scheduleInterval(source.schedule), { ...poller, fetcher }, work)
      : keepPolling(desk, source.schedule, poller.once, work));
  };
  const keep = (edition: Edition) =>
    underLease(desk, `source:${edition}`, stop, onStandby(edition), read(edition));
  await Promise.all(open.map(keep));
}

type SharedHands = Pick<EditionSource, 'fetcher' | 'pictures'> & { readonly reader: Threads };

function openHands(desk: Desk, source: SourceSettings): SharedHands {
  const fetcher = openFetcher(desk, source);
  const reader = createThreads();
  return { fetcher, reader, pictures: createPictureCheck(fetcher, reader, desk.clock) };
}

/** One fetcher for all editions, which keeps its distance to a host whatever is read there, and threads; there while one reads. */
function sharedHands(desk: Desk, source: SourceSettings) {
  let open: SharedHands | undefined;
  let users = 0;
  const letGo = async () => {
    users -= 1;
    if (users > 0) return;
    const last = open;
    open = undefined;
    await Promise.all([last?.fetcher.close(), last?.reader.close()]);
  };
  return {
    take(work: AbortSignal): AsyncDisposable & { readonly hands: SharedHands } {
      const hands = (open ??= openHands(desk, source));
      users += 1;
      let gone: Promise<void> | undefined;
      const once = () => (gone ??= letGo());
      // Reads that are under way end at once; what they were to bring is read again by the next owner.
      addAbortListener(work, () => void once());
      return { hands, [Symbol.asyncDispose]: once };
    },
  };
}

/** Settings on which all bots of an edition must agree: one reads for all. */
const settingsOf = ({ policy }: Desk, { addresses }: SourceSettings, edition: Edition) => ({
  [`SOURCE_${edition.toUpperCase()}`]: addresses[edition].join(' '),
  PAID: policy.paid,
  STALE_HOURS: String(policy.staleMs),
  URGENT_MARKS: policy.urgentMarks.join(),
  SOURCE_RECHECK: policy.recheckSeconds.join(),
});

/** Says which settings of this process have no effect, because another one reads the edition under others; once each. */
async function warnOfDifference(desk: Desk, source: SourceSettings, edition: Edition): Promise<void> {
  const theirs = await sourceSettings(desk.store, edition).catch(() => ({}) as Record<string, string>);
  const ours = settingsOf(desk, source, edition);
  for (const [name, value] of Object.entries(ours)) {
    const key = `settings ${edition} ${name} ${theirs[name]}`;
    if (theirs[name] === undefined || theirs[name] === value || desk.memory.told.get(key) !== undefined)
      continue;
    desk.memory.told.set(key, desk.clock.now());
    desk.log.warn(
      { edition, detail: name },
      'another process reads this edition with another value of this setting, which holds for all of them',
    );
  }
}

export const openFetcher = (desk: Desk, source: SourceSettings): Fetcher =>
  createFetcher(
    present({
      clock: desk.clock,
      gapMs: source.gapMs,
      robots: source.robots,
      maxMb: source.maxMb,
      addresses: Object.values(source.addresses).flat(),
      contact: source.contact,
      proxyUrl: source.proxyUrl?.reveal(),
    }),
  );

/** One poll, counted; operators are told of alarms that begin or end with it. Never rejects: the next poll follows. */
export async function pollOnce(desk: Desk, source: EditionSource): Promise<PollReport | undefined> {
  const { edition } = source;
  const ended = desk.status.pollSeconds.startTimer({ edition });
  try {
    const report = await pollEdition(desk, source);
    count(desk, report, source.intervalMs);
    await tellSource(desk, edition);
    await reportAlarms(desk, 'source', report.alarms, edition);
    return report;
  } catch (error) {
    desk.status.polls.inc({ edition, outcome: 'error' });
    if (isStoreTrouble(error)) {
      desk.status.storeTrouble.inc({ code: 'poll' });
      desk.log.warn({ edition, err: error }, 'a poll was given up: Redis cannot be used');
    } else desk.log.error({ edition, err: error }, 'a poll failed');
    return undefined;
  } finally {
    ended();
  }
}

/** The first poll counts, well or badly: a bot is not kept from starting by a site that is away. */
async function tellSource(desk: Desk, edition: Edition): Promise<void> {
  const health = await editionHealth(desk, edition);
  const isUnreadable = health?.alarms.some(({ kind }) => kind === 'unreadable') ?? false;
  const failures = health?.failures ?? 0;
  const { wellAt } = desk.memory;
  const now = desk.clock.ticks();
  if ((failures === 0 && !isUnreadable) || !wellAt.has(edition)) wellAt.set(edition, now);
  // This process must have found it so: what was before it began is not held against it.
  const isLong = now - (wellAt.get(edition) ?? now) >= UNREAD_MS;
  const fails = isLong && (isUnreadable || failures >= FAILED_POLLS);
  const why = `${edition}: the source cannot be read: npm start -- source says what the bot sees there`;
  desk.status.conditions.set(sourceCondition(edition), fails ? why : undefined);
}

function count(
  { status, clock }: Desk,
  { edition, outcome, pushed, corrected, withdrawn }: PollReport,
  intervalMs: number,
): void {
  status.polls.inc({ edition, outcome });
  status.stories.inc({ edition }, pushed.length);
  status.corrections.inc({ edition, kind: 'correction' }, corrected.length);
  status.corrections.inc({ edition, kind: 'withdrawal' }, withdrawn.length);
  status.pollInterval.set({ edition }, intervalMs / SECOND);
  if (outcome !== 'failed') status.lastPoll.set({ edition }, clock.now() / SECOND);
}
