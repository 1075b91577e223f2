/** Forgets the record of a chat with every message id in it; the chat's messages stay. */
import type { Subscriber } from '../../news/subscriber.ts';
import { dropChat } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';
import { forgetShown } from '../memory/shown.ts';
import { recentNames } from './known-messages.ts';

/** Answers the message ids that were kept. */
export async function dropRecord(desk: Desk, subscriber: Subscriber): Promise<number[]> {
  desk.journal.note(subscriber.slot, 'forgot');
  const messages = await dropChat(desk, subscriber, await recentNames(desk, subscriber.chat));
  // The slot may be another chat's soon. Afterwards: a visit that ended before this one noted what it showed only now.
  forgetShown(desk.memory.shown, subscriber.slot, desk.clock.ticks());
  return messages;
}
