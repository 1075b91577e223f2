/** Notes of a chat's messages besides the news, so that they can be removed. */
import { type Chat, isPlace } from '../../news/subscriber.ts';
import { addErasure, eraseMoment } from '../../store/erasures.ts';
import { addSaid } from '../../store/said.ts';
import { loadChat } from '../../store/subscribers.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
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

/** Ids that a message may have of which nothing was heard, at most: about as many are on their way at once. */
const UNHEARD = 24;

/**
 * Ids of the shared sequence that a message may have which left when `highest` was the highest one known, and of which
 * nothing was heard; those of other chats among them do no harm where they are removed. None in a channel or supergroup.
 */
export function unheardIds({ telegram: { sequence } }: Desk, chat: Chat, highest: number): number[] {
  if (hasOwnSequence(chat)) return [];
  const most = Math.max(highest, sequence.accepted) + UNHEARD;
  return sequence.unclaimed(highest, most).slice(0, UNHEARD);
}
