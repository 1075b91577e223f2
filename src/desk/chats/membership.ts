/** The life of a chat with places in it: the bot's rights shrink and come back, it is removed and added again. */
import { bounded } from '../../bounded.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import { lastDaysSlots, loadPlaces, loadSlots } from '../../store/subscribers.ts';
import { DAY, MINUTE, SECOND } from '../../time.ts';
import { again } from '../again.ts';
import { type Alarm, reportAlarms } from '../letters/alarms.ts';
import { isHeld } from '../memory/losses.ts';
import { type BotRights, isThere, mayPost } from './permission.ts';
import type { Desk } from '../desk.ts';
import { stopPinning } from './pin.ts';
import { placesAt } from './known-messages.ts';
import { chatLeft, chatReturned, returnsByItself, pauseChat, resumeChat } from './subscribe.ts';

/**
 * The bot may do other things in a chat than before. Places that it cannot post to pause; those that paused for that, or
 * because it was removed, go on. Answers the places that are there, as they are now. `returns`: whoever added the bot may
 * bring back what was removed.
 */
export async function rightsChanged(
  desk: Desk,
  chatId: number,
  rights: BotRights,
  returns: boolean,
): Promise<Subscriber[]> {
  const places = await placesAt(desk, chatId);
  const changed: Subscriber[] = [];
  for (const place of places) {
    if (place.settings.pin && !rights.pin && place.state !== 'left') await stopPinning(desk, place);
    changed.push((await changedBy(desk, place, rights, returns)) ?? place);
  }
  return changed;
}

async function changedBy(
  desk: Desk,
  place: Subscriber,
  rights: BotRights,
  returns: boolean,
): Promise<Subscriber | undefined> {
  const { chat, state, note } = place;
  if (!rights.post) {
    if (state !== 'active') return undefined;
    await desk.onTrouble(place, 'rights');
    return pauseChat(desk, chat, 'rights');
  }
  if (state === 'paused' && note === 'rights') return toldBack(desk, await resumeChat(desk, chat));
  return state === 'left' && returns ? toldBack(desk, await chatReturned(desk, chat)) : undefined;
}

/** The last word that its owner has of a place must not be that it stands still. */
async function toldBack(desk: Desk, place: Subscriber | undefined): Promise<Subscriber | undefined> {
  if (place?.state === 'active') await desk.onTrouble(place, 'back');
  return place;
}

/** The bot was removed from a chat; its places keep their settings for 30 days. Answers those that had the news. */
export async function chatRemoved(desk: Desk, chatId: number): Promise<Subscriber[]> {
  const places = await placesAt(desk, chatId);
  for (const { chat } of places) await chatLeft(desk, chat);
  return places.filter(({ state }) => state === 'active' || state === 'paused');
}

/** A closed topic is open again. */
export async function topicReopened(desk: Desk, place: Subscriber): Promise<void> {
  if (place.state === 'paused' && place.note === 'topic')
    await toldBack(desk, await resumeChat(desk, place.chat));
}

/** How often chats that stand still are asked after; each one ever more rarely, up to once a day. */
const EVERY_MS = 20 * SECOND;
/** So many are asked after at once. */
const AT_ONCE = 20;
/** How often left people are looked up, and how many at most. */
const PEOPLE_EVERY_MS = 5 * MINUTE;
const MOST_PEOPLE = 1000;

/**
 * Asks after chats that stand still, until `signal` aborts. Telegram tells of the bot's own rights, not of what a group
 * allows to all its members; an update can be missed, find a place that has just moved, or never come; and a chat that
 * Telegram did not find may be there after all.
 */
export async function watchChats(desk: Desk, signal: AbortSignal): Promise<void> {
  const tries = bounded<number, { readonly at: number; readonly rest: number }>(20_000, 2 * DAY);
  let people: readonly Subscriber[] = [];
  let peopleAt = Number.NEGATIVE_INFINITY;
  const pass = async () => {
    const now = desk.clock.now();
    const { losses } = desk.memory;
    const lasting = isHeld(losses, now) ? [STORM] : [];
    await reportAlarms(desk, 'readers', lasting, undefined, () => losses.reached > 0);
    if (now - peopleAt >= PEOPLE_EVERY_MS) [people, peopleAt] = [await leftPeople(desk), now];
    const standing = [...(await standingPlaces(desk)), ...people];
    const due = standing.filter(({ slot }) => (tries.get(slot)?.at ?? 0) <= now).slice(0, AT_ONCE);
    for (const chat of due) {
      if (signal.aborted) break;
      // Remembered beyond a resumption: where Telegram says yes and refuses again, nobody is told of it each minute.
      const rest = tries.get(chat.slot)?.rest ?? EVERY_MS;
      tries.set(chat.slot, { at: now + rest, rest: Math.min(rest * 2, DAY) });
      await goOnIfThere(desk, chat);
    }
  };
  const failed = (error: unknown) =>
    desk.log.error({ err: error }, 'asking after chats that stand still failed');
  await again(desk.clock, signal, { everyMs: EVERY_MS, pass, failed });
}

async function goOnIfThere(desk: Desk, { chat, state, note }: Subscriber): Promise<void> {
  const may = isPlace(chat) && note !== 'topic' ? await mayPost(desk, chat) : await isThere(desk, chat);
  if (may !== true) return;
  if (state === 'left') await chatReturned(desk, chat);
  else await resumeChat(desk, chat);
}

/** Places that are paused for what they have lost, or that Telegram did not find. */
async function standingPlaces(desk: Desk): Promise<Subscriber[]> {
  const places = await loadPlaces(desk);
  return places.filter(
    (place) => returnsByItself(place) || (place.state === 'paused' && place.note !== undefined),
  );
}

/** People whom Telegram did not find, for the days in which their record is kept. */
async function leftPeople(desk: Desk): Promise<Subscriber[]> {
  const slots = await lastDaysSlots(desk.store, desk.clock.now(), MOST_PEOPLE);
  const chats = await loadSlots(desk, slots);
  return chats
    .filter((known) => known !== undefined)
    .filter(({ chat, state }) => state === 'left' && !isPlace(chat));
}

const STORM: Alarm<'readers'> = {
  kind: 'lost',
  words:
    'Telegram says of many chats at once that they are gone; nobody is forgotten until it finds them again',
};
