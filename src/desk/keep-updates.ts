/** Updates on their way: what waits in the queue of a chat, and what is written down so that a restart does not lose it. */
import type { Update } from 'grammy/types';
import { dropUpdate, notedUpdates, noteUpdates, openSpare, sealSpare } from '../store/inbox.ts';
import { SPARE_BYTES } from '../spare-inbox.ts';
import { roundedUp } from '../status.ts';
import { SECOND } from '../time.ts';
import type { Desk } from './desk.ts';
import { isTaken, unlessOutOfUse } from './trouble.ts';

/** An update, and when it is over. */
interface Kept {
  readonly update: Update;
  readonly over: Promise<void>;
}

/** Writes updates down until each is over. False: neither Redis can take them now, nor the room beside it. */
export async function keepUntilOver(desk: Desk, tasks: readonly Kept[]): Promise<boolean> {
  const updates = tasks.map(({ update }) => update);
  const isNoted = await isTaken(desk, () => noteUpdates(desk, updates));
  // Without an answer Redis may have taken them.
  for (const { update, over } of tasks) dropWhenOver(desk, update.update_id, over);
  return isNoted || keepBeside(desk, tasks);
}

/** Between two tries to drop an update that was handled, while Redis takes nothing, ms. */
const AGAIN_MS = 10 * SECOND;

/** Has an update that is written down dropped as soon as it is `over` and Redis takes that: else the next start would handle it again. */
export function dropWhenOver(desk: Desk, id: number, over: Promise<void>): void {
  const drop = async () => {
    await over;
    while (!(await isTaken(desk, () => dropUpdate(desk, id)))) await desk.clock.sleep(AGAIN_MS);
  };
  void drop().catch((err: unknown) =>
    desk.log.warn({ err }, 'an update that was handled could not be dropped'),
  );
}

function keepBeside(desk: Desk, tasks: readonly Kept[]): boolean {
  const { spare } = desk;
  const kept = tasks
    .map(({ update, over }) => ({ sealed: sealSpare(desk, update), over }))
    // A command or a press is never too long; anything else is handled too, only not by another process.
    .filter(({ sealed }) => sealed.length <= SPARE_BYTES)
    .map(({ sealed, over }) => ({ place: spare.put(sealed), over }));
  const isWhole = kept.every(({ place }) => place !== undefined);
  for (const { place, over } of kept) {
    if (place === undefined) continue;
    if (isWhole) void over.then(() => spare.drop(place));
    else spare.drop(place);
  }
  return isWhole;
}

/**
 * Updates that an earlier process, or this one before it lost the lease, had read, could not write into Redis and has not
 * handled; each is to be dropped when it is over.
 */
export function updatesBeside(desk: Desk): readonly { readonly update: Update; readonly drop: () => void }[] {
  const left = [...desk.spare.left()]
    .map(([place, sealed]) => ({
      update: openSpare<Update>(desk, sealed),
      drop: () => desk.spare.drop(place),
    }))
    // Others are on their way in this process still.
    .filter(({ update }) => !update || !desk.memory.seen.get(update.update_id));
  const opened = left.flatMap(({ update, drop }) => (update ? [{ update, drop }] : []));
  for (const { update, drop } of left) if (!update) drop();
  tellLost(desk, left.length - opened.length);
  return opened.toSorted((one, other) => one.update.update_id - other.update.update_id);
}

/** Updates that an earlier process had read and not handled, in pages; those that Redis does not give stay for the next start. */
export async function* updatesLeft(desk: Desk): AsyncGenerator<readonly Update[]> {
  const pages = notedUpdates<Update>(desk);
  for (;;) {
    const page = await unlessOutOfUse(desk, () => pages.next());
    if (!page || page.done) return;
    tellLost(desk, page.value.lost);
    yield page.value.updates;
  }
}

function tellLost(desk: Desk, lost: number): void {
  if (lost === 0) return;
  desk.status.updates.inc({ kind: 'unopened' }, lost);
  desk.log.warn({ entries: roundedUp(lost) }, 'updates of before the start were dropped: no key opens them');
}
