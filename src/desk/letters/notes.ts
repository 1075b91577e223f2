/** Notes of a chat's messages besides the news, so that they can be removed. */
import { type Chat, isPlace } from '../../news/subscriber.ts';
import { addErasure, eraseMoment } from '../../store/erasures.ts';
import { addSaid } from '../../store/said.ts';
import { loadChat } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';

/** A message of the chat that the bot saw or wrote, other than news: remembered so that it can be removed, of a person who is not subscribed in memory alone. */
export async function noteMessage(desk: Desk, chat: Chat, messageId: number): Promise<void> {
  const known = await loadChat(desk, chat);
  if (!known || known.state === 'idle') {
    if (!isPlace(chat)) desk.memory.strangers.add(chat, [messageId], desk.clock.now());
    return;
  }
  await addSaid(desk, known.slot, [messageId], desk.clock.now());
  // Without a choice of the chat's own it goes with everything else there (`expire.ts`).
  const keep = known.settings.keep ?? 0;
  if (keep > 0) await addErasure(desk, known.slot, messageId, eraseMoment(desk.clock.now(), keep));
}
