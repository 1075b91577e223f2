/**
 * What chats were shown within the last minutes. Redis may lose its last moments: a master that dies before its replica has
 * them, a machine without power. Then this process is the only one that knows, and nobody is shown it twice.
 */
import type { Bounded } from '../../bounded.ts';
import type { VisitEnd } from '../../store/cursors.ts';
import { MINUTE } from '../../time.ts';

/** A message as the visit that brought it was written down; of `ticks` of the clock. */
export interface Showing extends Required<Pick<VisitEnd, 'sent'>>, Pick<VisitEnd, 'ownSequence'> {
  readonly at: number;
}

/** The last message of each chat, by slot. */
export type Shown = Bounded<number, Showing>;

/** More chats than the highest pace reaches in the time for which it is remembered. */
export const MOST_SHOWN = 10_000;
/** Longer than a Redis takes to fail over, and than what it may lose then. */
const REMEMBERED_MS = 2 * MINUTE;

/** The message that the chat was shown lately; undefined: none. */
export function shownLately(shown: Shown, slot: number, ticks: number): Showing | undefined {
  const last = shown.get(slot);
  return last && ticks - last.at <= REMEMBERED_MS ? last : undefined;
}
