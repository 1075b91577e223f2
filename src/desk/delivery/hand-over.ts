/**
 * The news shown lately goes from a process that ends, or lost its lease, to the one that delivers now: Redis, which brings
 * them to change places, may have lost it.
 */
import { forgetLately, leaveLately, openLately, readLately } from '../../store/lately.ts';
import type { Lease } from '../../store/lease.ts';
import { SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { isTaken } from '../trouble.ts';
import { REMEMBERED_MS, rememberShown, shownLately, shownToAll } from '../memory/shown.ts';

/** It is of no use to the next owner after this: it has shown everything again. */
export const HAND_OVER_MS = 30 * SECOND;
const AGAIN_MS = SECOND / 5;
/** Messages that are left: some seconds at the highest pace, in half a megabyte. */
const MOST_LEFT = 4000;
/** A new owner waits this long before it resolves what the old one left: a request of the dead may still land. */
const AFTERLIFE_MS = SECOND;
/** After a trouble of Redis the old one may live: it is waited for so long until it has left what it knows. */
const ALIVE_MS = 3 * SECOND;

/** Leaves what this process has shown lately as soon as Redis takes it, which is tried for so long, ms; 0: once. */
export async function leaveShown(desk: Desk, { fence }: Pick<Lease, 'fence'>, forMs: number): Promise<void> {
  const { memory, clock } = desk;
  const until = clock.ticks() + forMs;
  const leave = async () => {
    // The one before may have left something that nobody has taken over yet.
    await takeOverShown(desk);
    const shown = shownToAll(memory.shown, clock.ticks(), MOST_LEFT);
    await leaveLately(desk, { fence, shown }, REMEMBERED_MS);
  };
  while (!(await isTaken(desk, leave)) && clock.ticks() < until) await clock.sleep(AGAIN_MS);
}

/** Waits until a new owner may begin. */
export async function awaitLeft(
  desk: Desk,
  { fence, isAfterTrouble }: Lease,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = desk;
  const until = clock.ticks() + ALIVE_MS;
  await clock.sleep(AFTERLIFE_MS, signal);
  const isLeft = async () =>
    openLately(desk, await readLately(desk.store).catch(() => null)).fence === fence - 1;
  while (isAfterTrouble && clock.ticks() < until && !signal.aborted && !(await isLeft()))
    await clock.sleep(AGAIN_MS, signal);
}

/** Each call takes over what another process has left, until that has had its time; then it goes. */
export function createTaker(desk: Desk): () => Promise<void> {
  const until = desk.clock.ticks() + HAND_OVER_MS;
  let isOver = false;
  let taken: Buffer | null = null;
  return async () => {
    if (isOver) return;
    taken = await takeOverShown(desk, taken);
    if (desk.clock.ticks() < until) return;
    await forgetLately(desk.store);
    isOver = true;
  };
}

/** Takes over what was left last, unless that is what was `taken` before; the result is what it was, sealed. */
async function takeOverShown(desk: Desk, taken: Buffer | null = null): Promise<Buffer | null> {
  const { shown } = desk.memory;
  const sealed = await readLately(desk.store);
  if (sealed && taken?.equals(sealed)) return taken;
  const now = desk.clock.ticks();
  for (const one of openLately(desk, sealed).shown) {
    // No search for a lost message may meet this one.
    if (!one.ownSequence) desk.telegram.sequence.observe(0, one.sent.messageId);
    // Whoever left it does not know that the slot was forgotten here.
    if (now - (shown.forgotten.get(one.slot) ?? Number.NEGATIVE_INFINITY) <= HAND_OVER_MS) continue;
    const known = shownLately(shown, one.slot, now);
    if (!known.some(({ sent }) => sent.messageId === one.sent.messageId)) rememberShown(shown, one, now);
  }
  return sealed;
}
