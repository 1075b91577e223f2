/**
 * Message ids as Telegram gives them: in a channel or supergroup one after another, in private chats and basic groups
 * one sequence for all chats of the bot. What is known of them tells whether a message of unknown outcome arrived.
 */
import { bounded } from '../bounded.ts';
import type { Chat } from '../news/subscriber.ts';

export type Sequence = ReturnType<typeof createSequence>;

/** Supergroups and channels number their own messages; their ids begin with -100. */
export const hasOwnSequence = (chat: Pick<Chat, 'id'>): boolean => chat.id <= -1_000_000_000_000;

/** Enough for every message of the last seconds at any pace that Telegram allows. */
const REMEMBERED = 4096;
/** Departures that are remembered: somebody waits a second for the next one. */
const DEPARTURES = 256;

export function createSequence() {
  let top = 0;
  let given = 0;
  const known = bounded<number, true>(REMEMBERED);
  let departures: { readonly at: number; readonly id: number }[] = [];
  /** A message with this id exists in the chat: ours, or a reader's. */
  const observe = (chatId: number, messageId: number): void => {
    if (hasOwnSequence({ id: chatId })) return;
    top = Math.max(top, messageId);
    known.set(messageId, true);
  };
  return {
    observe,
    /** Telegram has just given this id to a message of ours that left at the moment `at` (ticks). */
    accept(chatId: number, messageId: number, at: number): void {
      observe(chatId, messageId);
      if (hasOwnSequence({ id: chatId })) return;
      given = Math.max(given, messageId);
      departures.push({ at, id: messageId });
      if (departures.length > 2 * DEPARTURES) departures = departures.slice(-DEPARTURES);
    },
    /** Lowest known id given to a message that left after this moment (ticks): all that left before have lower ones. */
    givenAfter(at: number): number | undefined {
      const later = departures.filter((one) => one.at > at).map(({ id }) => id);
      return later.length > 0 ? Math.min(...later) : undefined;
    },
    /** Highest id known in private chats and basic groups. */
    get highest(): number {
      return top;
    },
    /** Highest id given to this process there: older ones that are read in updates do not tell how far the sequence is. */
    get accepted(): number {
      return given;
    },
    /** Ids in `(after, upTo)` of the shared sequence that no known message has, lowest first. */
    unclaimed(after: number, upTo: number): number[] {
      const free: number[] = [];
      for (let id = after + 1; id < upTo; id += 1) if (!known.get(id)) free.push(id);
      return free;
    },
  };
}
