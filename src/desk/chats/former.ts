/**
 * The former bot: one that Telegram took away and left its data on this Redis, under the same key (`FORMER_BOT`). A chat
 * that comes to this bot brings its settings along, and a place how far it had read: it goes on there. Nobody can be
 * written to before they have come.
 */
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { noJournal } from '../../journal.ts';
import { cursorOf } from '../../store/cursors.ts';
import { dropLettersTo } from '../../store/letters.ts';
import { logHead } from '../../store/logs.ts';
import { listAllOwners, listOwners, saveOwners } from '../../store/owners.ts';
import { addChat, loadChat, loadPlaces, saveChat } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';
import { newShowings } from '../memory/shown.ts';
import { dropRecord } from './drop.ts';
import { countOwned, forgetOwner, ownedBy } from './owners.ts';

/** The desk as the former bot had it, for what is stored; its slots are others than ours. Absent: there was none. */
const formerDesk = ({ former, ...desk }: Desk): Desk | undefined =>
  former && {
    ...desk,
    ...former,
    journal: noJournal,
    memory: { ...desk.memory, shown: newShowings() },
  };

/**
 * Takes over what the former bot knew of the chat, and lets it go there. A person comes without a subscription, with all
 * settings; a place that had the news as one that the bot was removed from, so that `chatReturned` goes on with it.
 * Undefined: the former bot did not know the chat. May be repeated after a kill at any moment.
 */
export async function inherit(
  desk: Desk,
  chat: Pick<Chat, 'id' | 'thread'>,
): Promise<Subscriber | undefined> {
  const past = formerDesk(desk);
  const before = past && (await loadChat(past, chat));
  if (!past || !before) return undefined;
  const own = (await loadChat(desk, chat)) ?? (await begun(desk, before));
  const taken = own.state === 'idle' && isPlace(before.chat) ? await goOnAs(desk, past, before, own) : own;
  await dropRecord(past, before);
  return taken;
}

const begun = (desk: Desk, { chat, settings, code }: Subscriber): Promise<Subscriber> =>
  addChat(desk, { chat, settings, state: 'idle', day: 0, ...(code ? { code } : {}) }, desk.clock.now());

/** The place stands where it stood: its owners, its pause, the last entry that it was shown. */
async function goOnAs(desk: Desk, past: Desk, before: Subscriber, own: Subscriber): Promise<Subscriber> {
  await saveOwners(desk, own.slot, await listOwners(past, before.slot));
  if (before.state === 'idle') return own;
  const isPaused = before.state === 'paused' && before.note === undefined;
  const place: Subscriber = {
    ...own,
    ...(isPaused ? { state: 'paused' } : { state: 'left', note: 'rights' }),
  };
  const { edition } = place.settings;
  const cursor = (await cursorOf(past.store, before.slot, edition)) ?? (await logHead(desk.store, edition));
  await saveChat(desk, place, { to: 'park', cursor }, desk.clock.now());
  return place;
}

/** Takes over every place of one chat: a channel, a group, the topics of a forum. Answers how many there were. */
export async function inheritPlaces(desk: Desk, chatId: number): Promise<number> {
  const here = (await formerPlaces(desk)).filter(({ chat }) => chat.id === chatId);
  for (const { chat } of here) await inherit(desk, chat);
  return here.length;
}

/** How many places of the person the former bot led that have not come to this one. */
export async function countFormer(desk: Desk, person: number): Promise<number> {
  if (!desk.former) return 0;
  const owned = ownedBy(person, await listAllOwners(desk.former));
  return (await formerPlaces(desk)).filter(({ slot }) => owned.includes(slot)).length;
}

/** Whether the former bot's data still hold the chat, or the person as an owner. */
export async function isWithFormer({ former }: Desk, chat: Chat): Promise<boolean> {
  if (!former) return false;
  if (await loadChat(former, chat)) return true;
  return !isPlace(chat) && (await countOwned(former, chat.id)) > 0;
}

const formerPlaces = async ({ former }: Desk): Promise<Subscriber[]> => (former ? loadPlaces(former) : []);

/**
 * Forgets what is kept of a chat besides its record: as an owner, letters to it, and what a former bot knew of it, whose
 * messages are out of this bot's reach.
 */
export async function forgetBeside(desk: Desk, chat: Chat): Promise<void> {
  if (!isPlace(chat)) await forgetOwner(desk, chat.id);
  await dropLettersTo(desk, chat.id);
  const past = formerDesk(desk);
  if (!past) return;
  const before = await loadChat(past, chat);
  if (before) await dropRecord(past, before);
  await forgetBeside(past, chat);
}
