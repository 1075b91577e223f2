/**
 * What chats were shown within the last minutes. Redis may lose its last moments: a master that dies before its replica has
 * them, a machine without power. Then only the process that showed it knows, and nobody is shown it twice.
 */
import type { Bounded } from '../../bounded.ts';
import type { ShownLately } from '../../store/lately.ts';
import { MINUTE } from '../../time.ts';

/** A message as the visit that brought it was written down; of `ticks` of the clock. */
interface Showing extends Omit<ShownLately, 'slot'> {
  readonly at: number;
}

/** The last messages of each chat, oldest first, by slot. */
export type Shown = Bounded<number, readonly Showing[]>;

/** More chats than the highest pace reaches in the time for which it is remembered. */
export const MOST_SHOWN = 10_000;
/** Longer than a Redis takes to fail over, and than what it may lose then. */
export const REMEMBERED_MS = 2 * MINUTE;
/** Messages of a chat that are remembered: a busy place gets as many in the time that Redis may lose. */
const MOST_MESSAGES = 4;

/** Remembers that the chat of `slot` has just been shown a message. */
export function rememberShown(shown: Shown, { slot, ...showing }: ShownLately, ticks: number): void {
  const known = (shown.get(slot) ?? []).filter(({ sent }) => sent.messageId !== showing.sent.messageId);
  shown.set(slot, [...known, { ...showing, at: ticks }].slice(-MOST_MESSAGES));
}

/** The messages that the chat was shown lately, oldest first. */
export const shownLately = (shown: Shown, slot: number, ticks: number): readonly Showing[] =>
  (shown.get(slot) ?? []).filter(({ at }) => ticks - at <= REMEMBERED_MS);
