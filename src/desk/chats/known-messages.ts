/** Messages known to stand in chats: under which names message ids are kept, and every message of ours in a group. */
import { EDITIONS } from '../../news/edition.ts';
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { placesOf } from '../../store/corrections.ts';
import { messageIds } from '../../store/deliveries.ts';
import { LOG_LENGTH, newestEntries } from '../../store/logs.ts';
import { listSaid } from '../../store/said.ts';
import { loadSlots } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';

/** Entries of a log whose message ids may still be kept for a person; for a place all of them may. */
const RECENT_ENTRIES = 500;

/** The names under which message ids of the chat may be kept now; of no chat in particular: those that can be deleted still. */
export async function recentNames(desk: Desk, chat?: Chat): Promise<string[]> {
  const most = chat && isPlace(chat) ? LOG_LENGTH : RECENT_ENTRIES;
  const names = await Promise.all(
    EDITIONS.map(async (edition) => {
      const entries = await newestEntries(desk.store, edition, most);
      return entries.map((entry) => (entry.kind === 'story' ? entry.story : `${edition}${entry.seq}`));
    }),
  );
  return [...new Set(names.flat())];
}

/** Ids of all messages that a chat would lose with `/forget`. */
export async function knownIds(desk: Desk, { slot }: Subscriber): Promise<number[]> {
  const [shown, said] = await Promise.all([
    recentNames(desk).then((names) => messageIds(desk, slot, names)),
    listSaid(desk, slot),
  ]);
  return [...shown.filter((id) => id !== undefined), ...said];
}

/** The places that Telegram counts as one chat: a group or channel itself, and the topics of a forum. */
export async function placesAt(desk: Desk, id: number): Promise<Subscriber[]> {
  const slots = await Promise.all(EDITIONS.map((edition) => placesOf(desk.store, edition)));
  const places = await loadSlots(desk, slots.flat());
  return places.filter((place) => place?.chat.id === id).filter((place) => place !== undefined);
}

/** Ids of all that the bot is known to have written in a group, in whichever topic. */
export async function ourMessages(desk: Desk, chatId: number): Promise<Set<number>> {
  const [places, names] = await Promise.all([placesAt(desk, chatId), recentNames(desk)]);
  const ids = await Promise.all(
    places.flatMap(({ slot }) => [messageIds(desk, slot, names), listSaid(desk, slot)]),
  );
  return new Set(ids.flat().filter((id) => id !== undefined));
}
