/** How a chat sees the news at this moment, with what the operator set and who the bot is. */
import type { Subscriber } from '../news/subscriber.ts';
import { type View, viewOf } from '../render/view.ts';
import type { Desk } from './desk.ts';

export function viewFrom(desk: Desk, subscriber: Subscriber): View {
  const { linkHost, linkHosts } = desk.policy;
  const bot = desk.telegram.username;
  return viewOf(subscriber, desk.clock.now(), {
    ...(linkHost === undefined ? {} : { linkHost }),
    ...(linkHosts === undefined ? {} : { linkHosts }),
    ...(bot === undefined ? {} : { bot }),
  });
}
