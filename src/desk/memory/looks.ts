/**
 * Messages that may show more of a story than the settings of their chat say: they came before those were changed, or their
 * story was opened in place. A correction of the text alone must reach them, too.
 */
import { bounded } from '../../bounded.ts';
import type { Settings } from '../../news/settings.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import { POSTED_MS, SENT_MS } from '../../store/deliveries.ts';
import { DAY } from '../../time.ts';

/** An entry takes about 100 bytes; a story of the day is opened by tens of thousands. */
const MOST_LOOKS = 100_000;
/** A digest shows people a story up to a day later, and for so long it is corrected. */
const CORRECTED_MS = SENT_MS + DAY;

type Looks = Readonly<ReturnType<typeof newLooks>>;

export const newLooks = () => ({
  /** When a chat last chose how much of a story it is shown, ms, by slot: a place is given corrections for longer. */
  chosenAt: {
    people: bounded<number, number>(MOST_LOOKS, CORRECTED_MS),
    places: bounded<number, number>(MOST_LOOKS, POSTED_MS),
  },
  /** Stories that stand open, by `messageName`. */
  opened: bounded<string, true>(MOST_LOOKS, CORRECTED_MS),
});

/** The name of a message in the memory of this process. */
export const messageName = (slot: number, messageId: number): string => `${slot}:${messageId}`;

/** Whether chats with one or the other of these settings are shown as much of each story. */
export const showsAsMuch = (one: Settings, other: Settings): boolean =>
  (['style', 'articles', 'hide'] as const).every((name) => one[name] === other[name]);

/** Whether a message that was sent at `sentAt` (ms) or later may show more than its chat's settings say. */
export const mayShowMore = (looks: Looks, slot: number, messageId: number, sentAt: number): boolean =>
  looks.opened.get(messageName(slot, messageId)) === true ||
  (looks.chosenAt.people.get(slot) ?? looks.chosenAt.places.get(slot) ?? 0) > sentAt;

/** The chat has just chosen how much of a story it is shown; `now`: ms. */
export const noteChoice = ({ chosenAt }: Looks, { slot, chat }: Subscriber, now: number): void =>
  (isPlace(chat) ? chosenAt.places : chosenAt.people).set(slot, now);

/** The chat is forgotten, with these messages. */
export function forgetLooks({ opened, chosenAt }: Looks, slot: number, messages: readonly number[]): void {
  chosenAt.people.delete(slot);
  chosenAt.places.delete(slot);
  for (const id of messages) opened.delete(messageName(slot, id));
}
