/** Updates on their way: what waits in the queue of a chat, and what is written down so that a restart does not lose it. */
import type { Update } from 'grammy/types';
import { dropUpdate, notedUpdates, noteUpdates } from '../store/inbox.ts';
import { roundedUp } from '../status.ts';
import type { Desk } from './desk.ts';
import { unlessOutOfUse } from './trouble.ts';

/** Writes updates down until each is over. False: Redis cannot take them now. */
export async function keepUntilOver(
  desk: Desk,
  tasks: readonly { readonly update: Update; readonly over: Promise<void> }[],
): Promise<boolean> {
  const updates = tasks.map(({ update }) => update);
  const note = () => noteUpdates(desk, updates).then(() => true);
  if (!(await unlessOutOfUse(desk, note, () => false))) return false;
  for (const { update, over } of tasks) {
    const drop = over.then(() => dropUpdate(desk, update.update_id));
    void drop.catch((err: unknown) =>
      desk.log.warn({ err }, 'an update that was handled could not be dropped'),
    );
  }
  return true;
}

/** Updates that an earlier process had read and not handled; none while Redis is away. */
export async function updatesLeft(desk: Desk): Promise<readonly Update[]> {
  const { updates, lost } = await unlessOutOfUse(
    desk,
    () => notedUpdates<Update>(desk),
    () => ({ updates: [], lost: 0 }),
  );
  if (lost > 0) {
    desk.status.updates.inc({ kind: 'unopened' }, lost);
    desk.log.warn(
      { entries: roundedUp(lost) },
      'updates of before the start were dropped: no key opens them',
    );
  }
  return updates;
}
