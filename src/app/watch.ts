/** Once a second: whether Redis answers, how the queues stand, and the counts of what became of the stories. */
import type { Desk } from '../desk/desk.ts';
import { EDITIONS } from '../news/edition.ts';
import type { Readiness } from '../status.ts';
import { countQueues } from '../store/subscribers.ts';
import { SECOND } from '../time.ts';

/** Runs in every process, a standby too: that nobody delivers is seen by chats that stay behind. */
export async function watchStore(desk: Desk, readiness: Readiness, stop: AbortSignal): Promise<void> {
  let answered = true;
  while (!stop.aborted) {
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

/** Counting costs Redis a dozen commands whose time does not grow with the chats. */
async function writeDown(desk: Desk): Promise<void> {
  const [queues] = await Promise.all([countQueues(desk.store), desk.trace.flush()]);
  for (const edition of EDITIONS) {
    const { waiting, held, behind } = queues[edition];
    desk.status.setQueue(edition, { chats: waiting + held, behind });
  }
}
