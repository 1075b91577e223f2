/** Letters: messages that must arrive although Telegram may be away for hours. */
import type { Message } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { dueList } from './due-list.ts';
import { SEALED_AS } from './sealed.ts';
import type { Shelf } from './shelf.ts';

export interface Letter {
  /** A random UUID. */
  readonly id: string;
  readonly chat: Chat;
  readonly message: Message;
  /** Not tried any more after this moment, ms. */
  readonly until: number;
}

/** One of two sizes, so that a dump tells no more than whether a letter is long; the longest message fits the second. */
export const letters = dueList<Letter>('letters', SEALED_AS.letter, [2048, 24_576]);

/** Drops what still waits for a chat that wants to be forgotten. */
export async function dropLettersTo(shelf: Shelf, chatId: number): Promise<void> {
  for (const { id, chat } of await letters.all(shelf)) if (chat.id === chatId) await letters.drop(shelf, id);
}
