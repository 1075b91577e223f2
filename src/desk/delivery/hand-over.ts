/**
 * What was shown lately goes from a process that lost its lease to the one that delivers now: Redis, which brings them to
 * change places, may have lost it.
 */
import { leaveLately, readLately } from '../../store/lately.ts';
import { isOutOfUse } from '../../store/redis.ts';
import { SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { REMEMBERED_MS, rememberShown, shownLately } from '../memory/shown.ts';

/** It is of no use to the next owner after this. */
const PATIENCE_MS = 30 * SECOND;
const AGAIN_MS = SECOND / 5;

/** Leaves what this process has shown lately, as soon as Redis takes it. */
export async function leaveShown(desk: Desk): Promise<void> {
  const { memory, clock } = desk;
  const until = clock.ticks() + PATIENCE_MS;
  while (clock.ticks() < until) {
    try {
      const shown = [...memory.shown.keys()].flatMap((slot) =>
        shownLately(memory.shown, slot, clock.ticks()).map(({ sent, ownSequence }) => ({
          slot,
          sent,
          ownSequence,
        })),
      );
      if (shown.length > 0) await leaveLately(desk, shown, REMEMBERED_MS);
      return;
    } catch (error) {
      if (!isOutOfUse(desk.store, error)) throw error;
      await clock.sleep(AGAIN_MS);
    }
  }
}

/** Takes over what another process has left. */
export async function takeOverShown(desk: Desk): Promise<void> {
  const { shown } = desk.memory;
  const now = desk.clock.ticks();
  for (const one of await readLately(desk)) {
    const known = shownLately(shown, one.slot, now);
    if (!known.some(({ sent }) => sent.messageId === one.sent.messageId)) rememberShown(shown, one, now);
  }
}
