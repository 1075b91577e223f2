/**
 * Chats that Telegram says are not there any more: blocked, gone, removed. It has been wrong about that for minutes and for
 * thousands of chats at once, and what is forgotten does not come back. So such a word is believed only after it has held
 * for a while, and not at all while it is said of too many.
 */
import { doubling, HOUR, MINUTE } from '../../time.ts';

export type Losses = ReturnType<typeof newLosses>;

/** This process's tally of refusals, and of how many chats are lost. */
export const newLosses = () => ({
  /** Chats in question, by slot: refused so often, since that moment (ms). */
  refused: new Map<number, { readonly times: number; readonly since: number }>(),
  /** Chats in a row that were newly refused, with none reached between. */
  inRow: 0,
  /** Chats newly refused and messages that arrived, lately. */
  lost: 0,
  reached: 0,
  /** Nobody is taken for lost before this moment, ms. */
  heldUntil: 0,
});

/** A refusal must come so often over so long before another sign is asked for. */
const LEAST_TIMES = 4;
const LEAST_MS = 30 * MINUTE;
/** Rest after the first refusal; doubled with each further one. */
const REST_MS = MINUTE;
const LONGEST_REST_MS = HOUR;
/** So many chats in a row, or such a share of a few hundred, are not lost by themselves. */
const MOST_IN_ROW = 6;
const MOST_SHARE = 0.2;
const LEAST_LOST = 20;
const OUTCOMES = 500;
/** After such a storm nobody is taken for lost for this long. */
const HELD_MS = HOUR;

/** A message arrived in the chat of `slot`. */
export function noteReached(losses: Losses, slot: number): void {
  losses.refused.delete(slot);
  losses.inRow = 0;
  losses.reached += 1;
  if (losses.reached + losses.lost < OUTCOMES) return;
  losses.reached /= 2;
  losses.lost /= 2;
}

/** The chat of `slot` was refused as one that is not there; answers how long to let it rest, ms. */
export function noteRefused(losses: Losses, slot: number, now: number): number {
  const { times, since } = losses.refused.get(slot) ?? { times: 0, since: now };
  losses.refused.set(slot, { times: times + 1, since });
  if (times === 0) {
    losses.inRow += 1;
    losses.lost += 1;
  }
  const isStorm =
    losses.inRow >= MOST_IN_ROW ||
    (losses.lost >= LEAST_LOST && losses.lost > MOST_SHARE * (losses.lost + losses.reached));
  // A storm is over once something arrives again; until then each of its refusals prolongs it.
  if (isStorm) losses.heldUntil = now + HELD_MS;
  return doubling(REST_MS, times, LONGEST_REST_MS);
}

/** Whether the refusals of one chat have held for long enough to ask for another sign. */
export function hasHeld({ refused }: Losses, slot: number, now: number): boolean {
  const { times, since } = refused.get(slot) ?? { times: 0, since: now };
  return times >= LEAST_TIMES && now - since >= LEAST_MS;
}

/** Whether so many chats are said to be lost that nobody is believed to be. */
export const isHeld = ({ heldUntil }: Losses, now: number): boolean => now < heldUntil;
