/** How a chat sees the news at this moment, with what the operator set and who the bot is. */
import type { Subscriber } from '../news/subscriber.ts';
import { type View, viewOf } from '../render/view.ts';
import type { Desk } from './desk.ts';

export const viewFrom = ({ clock, policy, telegram }: Desk, subscriber: Subscriber): View =>
  viewOf(subscriber, clock.now(), policy, telegram.username);
