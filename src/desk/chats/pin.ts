/** Urgent news pinned, where the owner wants it and the bot may. */
import type { Story } from '../../news/story.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import { patiently } from '../../telegram/patient.ts';
import type { Desk } from '../desk.ts';
import { endPins } from './subscribe.ts';

/** Pins a message that shows an urgent story where the place wants that. The news is there already: never rejects. */
export async function pinUrgent(desk: Desk, subscriber: Subscriber, messageId: number): Promise<void> {
  const { chat, settings } = subscriber;
  if (!settings.pin || !isPlace(chat)) return;
  const params = { chat_id: chat.id, message_id: messageId, disable_notification: true };
  // Pinning twice is pinning once.
  const outcome = await patiently(desk.clock, () => desk.telegram.call('pinChatMessage', params));
  if (outcome.kind === 'refused' && outcome.why === 'rights') await stopPinning(desk, subscriber);
}

/** Takes the pin off a story that the newsroom took back. */
export async function unpinWithdrawn(
  desk: Desk,
  { chat, settings }: Subscriber,
  messageId: number,
  story: Story,
): Promise<void> {
  if (!story.withdrawn || !story.urgent || !settings.pin || !isPlace(chat)) return;
  const params = { chat_id: chat.id, message_id: messageId };
  await patiently(desk.clock, () => desk.telegram.call('unpinChatMessage', params));
}

/** Switches pinning off because the bot may not pin any more, and tells the owner; nothing where the place was forgotten. */
export async function stopPinning(desk: Desk, subscriber: Subscriber): Promise<void> {
  if (await endPins(desk, subscriber.chat)) await desk.onTrouble(subscriber, 'pin');
}
