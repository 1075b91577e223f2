/** The sources, polled on schedule while this process holds their lease. */
import { sourceCondition } from '../conditions.ts';
import type { SourceSettings } from '../config/config.ts';
import type { Desk } from '../desk/desk.ts';
import { reportAlarms } from '../desk/letters/alarms.ts';
import type { EditionSource } from '../desk/intake/context.ts';
import { editionHealth } from '../desk/intake/health.ts';
import { pollEdition, type PollReport } from '../desk/intake/poll.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { createFetcher, type Fetcher } from '../source/fetch/fetch.ts';
import { createThreads } from '../source/threads.ts';
import { isStoreTrouble } from '../store/redis.ts';
import { followSchedule, scheduleInterval, SECOND } from '../time.ts';
import type { Built } from './built.ts';
import { renewData, underLease } from './standby.ts';

/** A read under way when the lease ends has this long to finish. */
const LAST_POLL_MS = 5 * SECOND;

/** Polls every edition that has addresses; the others are off. */
export async function readSources({ config, desk, doorbell }: Built, stop: AbortSignal): Promise<void> {
  const { source } = config;
  // Where another process reads a source it also says how it is.
  const isFine = (edition: Edition) => desk.status.conditions.holds(sourceCondition(edition));
  const open = EDITIONS.filter((edition) => source.addresses[edition].length > 0);
  for (const edition of EDITIONS) if (!open.includes(edition)) isFine(edition);
  const onStandby = () => open.forEach(isFine);
  await underLease(desk, 'source', stop, onStandby, async (_, work) => {
    await renewData(desk, 'news', work);
    const hands = { fetcher: openFetcher(desk, source), reader: createThreads() };
    const close = () => Promise.all([hands.fetcher.close(), hands.reader.close()]);
    // Reads that are under way end at once; what they were to bring is read again by the next owner.
    work.addEventListener('abort', () => void close(), { once: true });
    const poll = (edition: Edition) => () => pollOnce(desk, editionSource(source, edition, hands));
    const keepers = open.map((edition) => createPoller(poll(edition)));
    doorbell.answer(() => {
      hands.fetcher.hurry();
      for (const { again } of keepers) void again();
    }, work);
    await Promise.all(keepers.map((poller) => keepPolling(desk, source.schedule, poller, work)));
    await close();
  });
}

export const openFetcher = (desk: Desk, source: SourceSettings): Fetcher =>
  createFetcher({
    clock: desk.clock,
    gapMs: source.gapMs,
    robots: source.robots,
    maxMb: source.maxMb,
    addresses: Object.values(source.addresses).flat(),
    ...(source.contact === undefined ? {} : { contact: source.contact }),
    ...(source.proxyUrl ? { proxyUrl: source.proxyUrl.reveal() } : {}),
  });

const editionSource = (
  { addresses, schedule }: SourceSettings,
  edition: Edition,
  hands: Pick<EditionSource, 'fetcher' | 'reader'>,
): EditionSource => ({
  edition,
  addresses: addresses[edition],
  ...hands,
  intervalMs: scheduleInterval(schedule),
});

/** Never two polls of an edition at a time. */
interface Poller {
  /** Polls, or waits for the poll that is under way. */
  readonly once: () => Promise<void>;
  /** Polls once more after the poll that is under way, which may have begun too early. */
  readonly again: () => Promise<void>;
}

function createPoller(poll: () => Promise<void>): Poller {
  let polling: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const once = () => (polling ??= poll().finally(() => (polling = undefined)));
  return {
    once,
    again() {
      if (!polling) return once();
      return (waiting ??= polling.then(() => {
        waiting = undefined;
        return once();
      }));
    },
  };
}

/** Polls at once, then on schedule until `work` aborts. */
async function keepPolling(desk: Desk, schedule: string, { once }: Poller, work: AbortSignal): Promise<void> {
  let last = once();
  await last;
  await followSchedule(schedule, () => void (last = once()), desk.clock, work);
  await Promise.race([last, desk.clock.sleep(LAST_POLL_MS)]);
}

/** One poll, counted; operators are told of alarms that begin or end with it. Never rejects: the next poll follows. */
export async function pollOnce(desk: Desk, source: EditionSource): Promise<void> {
  const { edition } = source;
  const ended = desk.status.pollSeconds.startTimer({ edition });
  try {
    const report = await pollEdition(desk, source);
    count(desk, report);
    await tellSource(desk, edition);
    await reportAlarms(desk, 'source', report.alarms, edition);
  } catch (error) {
    desk.status.polls.inc({ edition, outcome: 'error' });
    if (isStoreTrouble(error)) {
      desk.status.storeTrouble.inc({ code: 'poll' });
      desk.log.warn({ edition, err: error }, 'a poll was given up: Redis cannot be used');
    } else desk.log.error({ edition, err: error }, 'a poll failed');
  } finally {
    ended();
  }
}

/** Failed polls in a row that are no accident. */
const FAILED_POLLS = 2;

/** The first poll counts, well or badly: a bot is not kept from starting by a site that is away. */
async function tellSource(desk: Desk, edition: Edition): Promise<void> {
  const health = await editionHealth(desk, edition);
  const isUnreadable = health?.alarms.some(({ kind }) => kind === 'unreadable') ?? false;
  const fails = isUnreadable || (health?.failures ?? 0) >= FAILED_POLLS;
  const why = `${edition}: the source cannot be read: npm start -- source says what the bot sees there`;
  desk.status.conditions.set(sourceCondition(edition), fails ? why : undefined);
}

function count(
  { status, clock }: Desk,
  { edition, outcome, pushed, corrected, withdrawn }: PollReport,
): void {
  status.polls.inc({ edition, outcome });
  status.stories.inc({ edition }, pushed.length);
  status.corrections.inc({ edition, kind: 'correction' }, corrected.length);
  status.corrections.inc({ edition, kind: 'withdrawal' }, withdrawn.length);
  if (outcome !== 'failed') status.lastPoll.set({ edition }, clock.now() / SECOND);
}
