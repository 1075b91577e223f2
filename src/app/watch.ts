/** Once a second: whether Redis answers, how the queues stand, and the counts of what became of the stories. */
import type { Desk } from '../desk/desk.ts';
import { EDITIONS } from '../news/edition.ts';
import type { Readiness } from '../status.ts';
import { countQueues } from '../store/subscribers.ts';
import { SECOND } from '../time.ts';

/** Runs in every process, a standby too: that nobody delivers is seen by chats that stay behind. */
export async function watchStore(desk: Desk, readiness: Readiness, stop: AbortSignal): Promise<void> {
  let answered = true;
  const stepOf = clockSteps(desk);
  while (!stop.aborted) {
    const step = stepOf();
    if (step !== 0)
      desk.log.warn({ ms: step }, 'the clock of this machine was set: dates follow it, waits do not');
    const answers = await desk.store.redis.ping().then(
      () => true,
      () => false,
    );
    readiness.set('redis', answers);
    if (answers !== answered) {
      if (answers) desk.log.info('Redis answers again');
      else desk.log.warn({ err: desk.store.trouble() }, 'Redis does not answer');
      answered = answers;
    }
    if (answers) await writeDown(desk).catch(() => undefined);
    await desk.clock.sleep(SECOND, stop);
  }
  await desk.trace.flush().catch(() => undefined);
}

/** Drift that a time service corrects without anybody noticing, ms. */
const DRIFT_MS = 2 * SECOND;

/** Each call answers by how much the time of day was set since the last one, ms; 0: it went on by itself. */
function clockSteps({ clock }: Desk): () => number {
  let offset = clock.now() - clock.ticks();
  return () => {
    const moved = Math.round(clock.now() - clock.ticks() - offset);
    offset += moved;
    return Math.abs(moved) < DRIFT_MS ? 0 : moved;
  };
}

/** Counting costs Redis a dozen commands whose time does not grow with the chats. */
async function writeDown(desk: Desk): Promise<void> {
  const [queues] = await Promise.all([countQueues(desk.store), desk.trace.flush()]);
  for (const edition of EDITIONS) {
    const { waiting, held, behind, oldestAt } = queues[edition];
    desk.status.setQueue(edition, { chats: waiting + held, behind });
    desk.status.lag.set(
      { edition },
      oldestAt === undefined ? 0 : Math.max(0, desk.clock.now() - oldestAt) / SECOND,
    );
  }
}
