/** The moments at which an edition is looked at: those of a schedule, or of the newsroom's own rhythm. */
import type { NewsDesk } from '../desk/desk.ts';
import { pollInterval } from '../desk/intake/rhythm.ts';
import type { Edition } from '../news/edition.ts';
import type { Fetcher } from '../source/fetch/fetch.ts';
import { followSchedule, SECOND } from '../time.ts';

/** A read under way when the lease ends has this long to finish. */
const LAST_POLL_MS = 5 * SECOND;

/** Never two polls of an edition at a time. */
export function createPoller(poll: () => Promise<void>) {
  let polling: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  /** Polls, or waits for the poll that is under way. */
  const once = (): Promise<void> => (polling ??= poll().finally(() => (polling = undefined)));
  return {
    once,
    /** Polls once more after the poll that is under way, which may have begun too early. */
    again(): Promise<void> {
      if (!polling) return once();
      return (waiting ??= polling.then(() => {
        waiting = undefined;
        return once();
      }));
    },
  };
}

/** Polls at once, then on schedule until `work` aborts. */
export async function keepPolling(
  desk: Pick<NewsDesk, 'clock'>,
  schedule: string,
  once: () => Promise<void>,
  work: AbortSignal,
): Promise<void> {
  let last = once();
  await followSchedule(schedule, () => void (last = once()), desk.clock, work);
  await Promise.race([last, desk.clock.sleep(LAST_POLL_MS)]);
}

/** The moments at which the newsroom's own rhythm is looked at. */
const RHYTHM = '*/15 * * * * *';
/** A look that is due this soon is not put off to the next such moment, ms. */
const EARLY_MS = 2 * SECOND;

/** Polls as often as the edition is lively, and never more often than its robots.txt wants. */
export async function pollByRhythm(
  desk: Pick<NewsDesk, 'clock' | 'store'>,
  edition: Edition,
  usualMs: number,
  { once, fetcher }: { readonly once: () => Promise<void>; readonly fetcher: Pick<Fetcher, 'crawlDelayMs'> },
  work: AbortSignal,
): Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  let wanted = usualMs;
  const look = async () => {
    if (desk.clock.ticks() - last + EARLY_MS < Math.max(wanted, fetcher.crawlDelayMs())) return;
    last = desk.clock.ticks();
    await once();
    wanted = await pollInterval(desk, edition, usualMs).catch(() => usualMs);
  };
  await keepPolling(desk, RHYTHM, look, work);
}
