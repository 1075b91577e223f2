/** Messages that may have arrived although nobody could tell: each is sent again, and counted or looked into. */
import type { Message } from '../../news/message.ts';
import type { Chat } from '../../news/subscriber.ts';
import { addDoubt, endDoubt } from '../../store/deliveries.ts';
import type { Composed } from './compose.ts';
import type { Desk } from '../desk.ts';
import type { Fate } from '../trace.ts';
import { untilWritten } from './release.ts';
import { removeNow } from '../chats/remove.ts';
import { findTwin } from './arrived.ts';
import type { Round } from './queue-state.ts';

/** The message will be sent again although it may have arrived: counted, or looked into once the repeat is there. */
export async function doubt(
  desk: Desk,
  round: Round,
  slot: number,
  composed: Composed,
  twin: boolean,
): Promise<void> {
  if (twin) {
    round.doubted.add(slot);
    return addDoubt(desk.store, slot);
  }
  desk.status.repeats.inc();
  countFate(desk, composed, 'repeated');
}

/** Counts what became of each story of a message. */
export function countFate(desk: Desk, { items }: Composed, fate: Fate): void {
  for (const item of items) if (item.kind === 'story') desk.trace.count(item.story.id, fate);
}

/** The id of the message that stays: where the one before it turns out to be the same, the repeat is taken back. */
export async function undoubted(
  desk: Desk,
  round: Round,
  { slot, chat }: { readonly slot: number; readonly chat: Chat },
  message: Message,
  messageId: number,
): Promise<number> {
  if (!round.doubted.delete(slot)) return messageId;
  const twin = await untilWritten(desk, () => findTwin(desk, { slot, chat }, messageId, message));
  if (twin !== undefined) await untilWritten(desk, () => removeNow(desk, chat, [messageId]));
  await untilWritten(desk, () => endDoubt(desk.store, slot));
  return twin ?? messageId;
}
