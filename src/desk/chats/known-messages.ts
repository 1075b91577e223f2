/** Messages known to stand in chats: under which names message ids are kept, and every message of ours in a group. */
import { EDITIONS } from '../../news/edition.ts';
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { LOG_LENGTH, newestEntries } from '../../store/logs.ts';
import { messageIds } from '../../store/deliveries.ts';
import { idsIn, listSaid } from '../../store/said.ts';
import { loadChat, loadPlaces } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';
import { shownLately } from '../memory/shown.ts';

/** Entries of a log whose message ids may still be kept for a person; for a place all of them may. */
const RECENT_ENTRIES = 500;

/** The names under which message ids of the chat may be kept now; of no chat in particular: those that can be deleted still. */
export async function recentNames(desk: Desk, chat?: Chat): Promise<string[]> {
  const most = chat && isPlace(chat) ? LOG_LENGTH : RECENT_ENTRIES;
  const names = await Promise.all(
    EDITIONS.map(async (edition) => {
      const entries = await newestEntries(desk.store, edition, most);
      return entries.flatMap((entry) => {
        if (entry.kind === 'none') return [];
        return entry.kind === 'story' ? entry.story : entry.id;
      });
    }),
  );
  return [...new Set(names.flat())];
}

/** Ids of all messages that a chat would lose with `/forget`; also of what Redis may have lost. */
export async function knownIds(desk: Desk, { slot }: Subscriber): Promise<number[]> {
  return [...new Set([...(await idsIn(desk, slot, await recentNames(desk))), ...idsLately(desk, slot)])];
}

/** Ids of the news that this process remembers to have shown in the chat. */
const idsLately = ({ memory, clock }: Desk, slot: number): number[] =>
  shownLately(memory.shown, slot, clock.ticks()).map(({ sent }) => sent.messageId);

/**
 * Ids of all messages in a person's chat of which the bot has heard; in the chat of a stranger as far as this process has seen
 * them. `perhaps`: also of answers that may stand there, which nobody gives again.
 */
export async function heardOfIn(desk: Desk, chat: Chat, perhaps: boolean): Promise<Set<number>> {
  const unstored = desk.memory.strangers.of(chat);
  const known = await loadChat(desk, chat);
  if (!known) return new Set(unstored);
  const shown = await messageIds(desk, known.slot, await recentNames(desk));
  const said = await listSaid(desk, known.slot, !perhaps);
  const lately = idsLately(desk, known.slot);
  return new Set([...unstored, ...said, ...shown.filter((id) => id !== undefined), ...lately]);
}

/** The places that Telegram counts as one chat: a group or channel itself, and the topics of a forum. */
export async function placesAt(desk: Desk, id: number): Promise<Subscriber[]> {
  return (await loadPlaces(desk)).filter(({ chat }) => chat.id === id);
}

/** Ids of all that the bot is known to have written in a group, in whichever topic; also what Redis may have lost of it. */
export async function ourMessages(desk: Desk, chatId: number): Promise<Set<number>> {
  const [places, names] = await Promise.all([placesAt(desk, chatId), recentNames(desk)]);
  const ids = await Promise.all(places.map(({ slot }) => idsIn(desk, slot, names)));
  const lately = places.flatMap(({ slot }) => idsLately(desk, slot));
  return new Set([...ids.flat(), ...lately, ...desk.memory.strangers.inGroup(chatId)]);
}
