/**
 * Messages that may show more of a story than the settings of their chat say: they came before those were changed, or their
 * story was opened in place. A correction of the text alone must reach them, too.
 */
import { bounded } from '../../bounded.ts';
import type { Settings } from '../../news/settings.ts';

/** An entry takes about 100 bytes; a story of the day is opened by tens of thousands. */
const MOST_LOOKS = 100_000;

type Looks = Readonly<ReturnType<typeof newLooks>>;

export const newLooks = () => ({
  /** When a chat last chose how much of a story it is shown, ms, by slot. */
  chosenAt: bounded<number, number>(MOST_LOOKS),
  /** Stories that stand open, by `messageName`. */
  opened: bounded<string, true>(MOST_LOOKS),
});

/** The name of a message in the memory of this process. */
export const messageName = (slot: number, messageId: number): string => `${slot}:${messageId}`;

/** Whether chats with one or the other of these settings are shown as much of each story. */
export const showsAsMuch = (one: Settings, other: Settings): boolean =>
  (['style', 'articles', 'hide'] as const).every((name) => one[name] === other[name]);

/** Whether a message that was sent at `sentAt` (ms) or later may show more than its chat's settings say. */
export const mayShowMore = (looks: Looks, slot: number, messageId: number, sentAt: number): boolean =>
  looks.opened.get(messageName(slot, messageId)) === true || (looks.chosenAt.get(slot) ?? 0) > sentAt;
