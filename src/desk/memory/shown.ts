/**
 * News that chats were shown within the last hour. Redis may lose its last moments: a master that dies before its replica has
 * them, a machine without power. Then only the process that showed it knows, and nobody is shown it twice.
 */
import { bounded } from '../../bounded.ts';
import type { Showing } from '../../store/lately.ts';
import { HOUR } from '../../time.ts';

/** A message as the visit that brought it was written down; of `ticks` of the clock. */
interface RememberedShowing extends Omit<Showing, 'slot'> {
  readonly at: number;
}

export type Showings = Readonly<ReturnType<typeof newShowings>>;

/** Nothing is shown while Redis is away, so that many are enough for what it may have lost at any pace. */
const MOST_CHATS = 10_000;
/** Longer than the machine of a Redis takes to start again. */
export const REMEMBERED_MS = HOUR;
/** Messages of a chat that are remembered: what was lost may come back, one by one, over some readings of the source. */
const MOST_MESSAGES = 40;

/** The last messages of each chat, oldest first, by slot. */
export const newShowings = () => ({
  places: bounded<number, readonly RememberedShowing[]>(MOST_CHATS, REMEMBERED_MS),
  people: bounded<number, readonly RememberedShowing[]>(MOST_CHATS, REMEMBERED_MS),
  /** When a slot was forgotten last. */
  forgotten: bounded<number, number>(MOST_CHATS, REMEMBERED_MS),
});

/** Remembers that the chat of `slot` has just been shown a message. */
export function rememberShown(shown: Showings, { slot, ...showing }: Showing, ticks: number): void {
  const chats = showing.sent.isPlace ? shown.places : shown.people;
  const known = shownLately(shown, slot, ticks).filter(
    ({ sent }) => sent.messageId !== showing.sent.messageId,
  );
  const latest = { ...showing, at: ticks };
  chats.set(slot, known.length === 0 ? [latest] : [...known, latest].slice(-MOST_MESSAGES));
}

/** The messages that the chat was shown lately, oldest first. */
export const shownLately = (
  { places, people }: Showings,
  slot: number,
  ticks: number,
): readonly RememberedShowing[] =>
  (places.get(slot) ?? people.get(slot))?.filter(({ at }) => ticks - at <= REMEMBERED_MS) ?? [];

/** The highest number of those messages; 0: none is known. */
export const lastShown = (shown: Showings, slot: number, ticks: number): number =>
  Math.max(0, ...shownLately(shown, slot, ticks).map(({ sent }) => sent.messageId));

/** Of all chats, oldest first; where there are more than `most`, the newest, and those of places rather than of people. */
export function shownToAll({ places, people }: Showings, ticks: number, most: number): Showing[] {
  const all = [people, places].flatMap((chats) =>
    [...chats.entries()]
      .flatMap(([slot, showings]) => showings.map((showing) => ({ slot, ...showing })))
      .filter(({ at }) => ticks - at <= REMEMBERED_MS)
      .sort((one, other) => one.at - other.at),
  );
  return all.slice(-most).map(({ at: _at, ...one }) => one);
}

/** The chat is forgotten, or stands elsewhere: the slot's next messages are another's. */
export function forgetShown({ places, people, forgotten }: Showings, slot: number, ticks: number): void {
  forgotten.set(slot, ticks);
  places.delete(slot);
  people.delete(slot);
}
