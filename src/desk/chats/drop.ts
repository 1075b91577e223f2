/** Forgets the record of a chat with every message id in it; the chat's messages stay. */
import type { Subscriber } from '../../news/subscriber.ts';
import { dropChat } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';
import { forgetLooks } from '../memory/looks.ts';
import { forgetShown } from '../memory/shown.ts';
import { recentNames } from './known-messages.ts';

/** Answers the message ids that were kept. */
export async function dropRecord(desk: Desk, subscriber: Subscriber): Promise<number[]> {
  const { slot } = subscriber;
  const { losses, newcomers, looks, shown } = desk.memory;
  desk.journal.note(slot, 'forgot');
  losses.refused.delete(slot);
  newcomers.delete(slot);
  const messages = await dropChat(desk, subscriber, await recentNames(desk, subscriber.chat));
  // The slot may be another chat's soon. Afterwards: a visit that ended before this one noted what it showed only now.
  forgetShown(shown, slot, desk.clock.ticks());
  forgetLooks(looks, slot, messages);
  return messages;
}
