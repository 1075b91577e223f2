/** How a chat sees the news at this moment, with what the operator set and who the bot is. */
import type { Subscriber } from '../news/subscriber.ts';
import { type View, viewOf } from '../render/view.ts';
import type { Desk } from './desk.ts';
import { sharedView } from './memory/views.ts';

export function viewFrom({ clock, policy, telegram, memory }: Desk, subscriber: Subscriber): View {
  const now = clock.now();
  const bot = telegram.username;
  return sharedView(memory.views, subscriber, now, bot, () => viewOf(subscriber, now, policy, bot));
}
