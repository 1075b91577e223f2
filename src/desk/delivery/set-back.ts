/**
 * Moments until which a chat is held, a letter or a removal waits, are dates, as they have to outlive the process. Where
 * the time of day is set back, here or because another process's clock was ahead, all of that would wait for as long.
 */
import { EDITIONS } from '../../news/edition.ts';
import { recall } from '../../store/cursors.ts';
import { logHead } from '../../store/logs.ts';
import { bringForward, noteTime, notedTime } from '../../store/time-of-day.ts';
import { HOUR, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';

/** How often the time is written down. */
const EVERY_MS = SECOND;
/** The longest wait that is not a date: a slow mode, or what Telegram names of one chat. */
const LONGEST_WAIT_MS = HOUR;

/**
 * Each call looks whether it is earlier than any moment that this process has reckoned by, and once a second whether it is
 * earlier than the one before it noted; then whoever may be held for that is looked at again. Whom quiet hours or a digest
 * hold is held again, which costs no message.
 */
export function createTimekeeper(desk: Desk): () => Promise<void> {
  const { clock, store } = desk;
  let noted = Number.NEGATIVE_INFINITY;
  let notedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const ticks = clock.ticks();
    const reckoned = clock.latest();
    const now = clock.now();
    // The noted time must be as late as what may be reckoned by until the next call, should the process end before it.
    const isSet = Math.abs(now - noted - (ticks - notedAt)) >= SECOND;
    if (ticks - notedAt < EVERY_MS && !isSet && reckoned - now < SECOND) return;
    const before = Math.max(reckoned, (await notedTime(store)) ?? now);
    if (before - now >= SECOND) await lookAgain(desk, before, before - now);
    await noteTime(store, now);
    [noted, notedAt] = [now, ticks];
  };
}

/** @param before the time that it was; `ms`: by how much it is earlier now. */
async function lookAgain({ store, log }: Desk, before: number, ms: number): Promise<void> {
  log.info({ ms }, 'it is earlier than it was: whoever waits is looked at again');
  await bringForward(store, ms);
  for (const edition of EDITIONS)
    await recall(store, edition, before + LONGEST_WAIT_MS, await logHead(store, edition));
}
