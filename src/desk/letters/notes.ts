/** Notes of a chat's messages besides the news, so that they can be removed. */
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { addErasure, eraseMoment } from '../../store/erasures.ts';
import { addSaid } from '../../store/said.ts';
import { loadChat } from '../../store/subscribers.ts';
import type { Desk } from '../desk.ts';
import { isTaken } from '../trouble.ts';

/** Whether numbers of the chat's messages are stored: it gets the news, or has chosen hours after which they disappear. */
export const isNoted = (known: Subscriber | undefined): known is Subscriber =>
  known !== undefined && (known.state !== 'idle' || (known.settings.keep ?? 0) > 0);

/**
 * Messages of the chat that the bot saw or wrote: remembered so that they can be removed; in memory alone where they are not
 * stored (`isNoted`), and while Redis takes nothing. `perhaps`: each may be another chat's, or none.
 */
export async function noteMessages(
  desk: Desk,
  chat: Chat,
  ids: readonly number[],
  whose: 'surely' | 'perhaps' = 'surely',
): Promise<void> {
  if (ids.length === 0) return;
  const write = () => writeDown(desk, chat, ids, whose === 'perhaps');
  if (!(await isTaken(desk, write))) noteStranger(desk, chat, ids);
}

/** Messages of a chat of which nothing is stored. */
export function noteStranger({ memory, clock, telegram }: Desk, chat: Chat, ids: readonly number[]): void {
  const limit = memory.strangers.add(chat, ids, clock.now());
  if (limit) telegram.pace.bites.bite(limit);
}

async function writeDown(desk: Desk, chat: Chat, ids: readonly number[], perhaps: boolean): Promise<void> {
  const now = desk.clock.now();
  const known = await loadChat(desk, chat);
  if (!isNoted(known)) {
    if (!isPlace(chat)) noteStranger(desk, chat, ids);
    return;
  }
  await addSaid(desk, known.slot, ids, now, perhaps);
  // Without a choice of the chat's own it goes with everything else there (`expire.ts`).
  const keep = known.settings.keep ?? 0;
  if (keep === 0) return;
  await Promise.all(ids.map((id) => addErasure(desk, known.slot, id, eraseMoment(now, keep))));
}

/** Ids that a message may have of which nothing was heard, at most: about as many are on their way at once. */
const UNHEARD = 24;

/**
 * Ids of the shared sequence that a message may have which left when `highest` was the highest one known, and of which
 * nothing was heard; those of other chats among them do no harm where they are removed. None in a group: they may be its
 * members', which an administrator can remove.
 */
export function unheardIds({ telegram: { sequence } }: Desk, chat: Chat, highest: number): number[] {
  if (isPlace(chat)) return [];
  const most = Math.max(highest, sequence.accepted) + UNHEARD;
  return sequence.unclaimed(highest, most).slice(0, UNHEARD);
}
