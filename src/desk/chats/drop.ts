/** Forgets the record of a chat with every message id in it; the chat's messages stay. */
import type { Subscriber } from '../../news/subscriber.ts';
import { dropChat } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';
import { recentNames } from './known-messages.ts';

/** Answers the message ids that were kept. */
export async function dropRecord(desk: Desk, subscriber: Subscriber): Promise<number[]> {
  // The slot may be another chat's soon.
  desk.memory.shown.delete(subscriber.slot);
  desk.journal.note(subscriber.slot, 'forgot');
  return dropChat(desk, subscriber, await recentNames(desk, subscriber.chat));
}
