/** The life of a chat with places in it: the bot's rights shrink and come back, it is removed and added again. */
import { EDITIONS } from '../../news/edition.ts';
import type { Subscriber } from '../../news/subscriber.ts';
import { placesOf } from '../../store/corrections.ts';
import { isStoreTrouble } from '../../store/redis.ts';
import { loadSlots } from '../../store/subscribers.ts';
import { DAY, SECOND } from '../../time.ts';
import { type BotRights, mayPost } from './permission.ts';
import type { Desk } from '../desk.ts';
import { stopPinning } from './pin.ts';
import { placesAt } from './known-messages.ts';
import { chatLeft, chatReturned, pauseChat, resumeChat } from './subscribe.ts';

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
  if (state === 'paused' && note === 'rights') return resumeChat(desk, chat);
  return state === 'left' && returns ? chatReturned(desk, chat) : undefined;
}

/** The bot was removed from a chat; its places keep their settings for 30 days. Answers those that had the news. */
export async function chatRemoved(desk: Desk, chatId: number): Promise<Subscriber[]> {
  const places = await placesAt(desk, chatId);
  for (const { chat } of places) await chatLeft(desk, chat);
  return places.filter(({ state }) => state === 'active' || state === 'paused');
}

/** A closed topic is open again. */
export async function topicReopened(desk: Desk, place: Subscriber): Promise<void> {
  if (place.state === 'paused' && place.note === 'topic') await resumeChat(desk, place.chat);
}

/** How often places that paused for want of rights are asked after; each one ever more rarely, up to once a day. */
const EVERY_MS = 20 * SECOND;

/**
 * Asks after lost rights, until `signal` aborts: Telegram tells of the bot's own rights, not of what a group allows to all
 * its members, and an update can find a place that has just moved.
 */
export async function watchPlaces(desk: Desk, signal: AbortSignal): Promise<void> {
  const tries = new Map<number, { at: number; rest: number }>();
  while (!signal.aborted) {
    try {
      for (const place of await pausedForRights(desk)) {
        const now = desk.clock.now();
        const next = tries.get(place.slot) ?? { at: now, rest: EVERY_MS };
        if (next.at > now || signal.aborted) continue;
        // Remembered beyond a resumption: where Telegram says yes and refuses again, nobody is told of it each minute.
        tries.set(place.slot, { at: now + next.rest, rest: Math.min(next.rest * 2, DAY) });
        if ((await mayPost(desk, place.chat)) === true) await resumeChat(desk, place.chat);
      }
    } catch (error) {
      if (!isStoreTrouble(error)) desk.log.error({ err: error }, 'asking after lost rights failed');
    }
    await desk.clock.sleep(EVERY_MS, signal);
  }
}

async function pausedForRights(desk: Desk): Promise<Subscriber[]> {
  const slots = await Promise.all(EDITIONS.map((edition) => placesOf(desk.store, edition)));
  const places = await loadSlots(desk, slots.flat());
  return places
    .filter((place) => place?.state === 'paused' && place.note === 'rights')
    .filter((place) => place !== undefined);
}
