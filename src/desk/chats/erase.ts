/** Deletes what has to disappear: messages whose time is over, and everything of a chat that wants to be forgotten. */
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { anchorIds, highestId } from '../../store/deliveries.ts';
import { dropErasures, dueErasures, postponeErasures } from '../../store/erasures.ts';
import { useAllKeys } from '../../store/idle.ts';
import { flightOf } from '../../store/cursors.ts';
import { rewriteLog } from '../../store/rewrite.ts';
import { loadChat, loadSlots, overdueSlots } from '../../store/subscribers.ts';
import { MINUTE, SECOND } from '../../time.ts';
import { again } from '../again.ts';
import { breakOff } from '../memory/dealings.ts';
import type { Desk } from '../desk.ts';
import { askerFor } from '../serve.ts';
import { ground } from '../memory/flights.ts';
import { isHeld } from '../memory/losses.ts';
import { dropRecord } from './drop.ts';
import { forgetBeside } from './former.ts';
import { removeExpired, removeStrangers } from './expire.ts';
import { isThere } from './permission.ts';
import { carryOutRemovals, DELETABLE_MS, removeAll, removeLater, seeGone, removeIfWeDie } from './remove.ts';
import { knownIds } from './known-messages.ts';
import { chatReturned, returnsByItself } from './subscribe.ts';

/** Time between two passes while nothing is due. */
const EVERY_MS = 2 * SECOND;
/** Chats from which one pass removes messages whose time is over. */
const AT_ONCE = 200;
/** A chat that Telegram says is not there is tried again after this long. */
const UNREACHABLE_MS = 10 * MINUTE;
/** How long `/forget` waits for a message that is on its way to the chat. */
const FLIGHT_MS = 5 * SECOND;
/** The answer to `/forget` stays this long. */
export const FAREWELL_MS = 30 * SECOND;

/** A message that stands in a place: with it the ids of ours can be told apart from earlier ones. */
export async function noteFirstId(desk: Desk, chat: Chat, messageId: number): Promise<void> {
  const known = await loadChat(desk, chat);
  if (known && isPlace(known.chat)) await anchorIds(desk.store, known.slot, messageId);
}

/**
 * Forgets the chat at once, then removes every message of it that is known, with those that `asked` for it, and then
 * `farewell`, which sends the last word and answers its id, half a minute later; it is told whether all is gone or some of
 * it could not be reached and goes later. What is to be removed is written down before the record goes; a kill at any
 * moment leaves something that the next process finishes. `since`: the highest id of a person's chat before words of which nobody
 * may have heard were said there.
 */
export async function forgetChat(
  desk: Desk,
  chat: Chat,
  asked: readonly number[],
  farewell?: (gone: boolean) => Promise<number | undefined>,
  since?: number,
): Promise<void> {
  await breakOff(desk, chat);
  const known = await loadChat(desk, chat);
  // A post in a place can only be found again while its record and its flight are there.
  if (known && isPlace(chat)) await whenLanded(desk, known);
  const flight = known && !isPlace(chat) ? await flightOf(desk.store, known.slot) : undefined;
  const { strangers } = desk.memory;
  const ids = new Set([...asked, ...strangers.of(chat)]);
  const before = flight?.highest || (await lastBefore(desk, chat, known, [...ids]));
  const last = isPlace(chat) ? before : Math.min(before, since ?? before);
  const sweep = () => removeIfWeDie(desk, chat, last, desk.clock.now() + FAREWELL_MS);
  const survived = await sweep();

  if (known) for (const id of await knownIds(desk, known)) ids.add(id);
  const noted = await removeLater(desk, chat, [...ids], desk.clock.now());
  const dropped = known ? await dropRecord(desk, known) : [];
  // An unsent message stays unsent; one sent a moment ago is removed by its sender.
  const landed = known ? whenLanded(desk, known) : Promise.resolve();
  await forgetBeside(desk, chat);
  const late = dropped.filter((id) => !ids.has(id));
  noted.push(...(await removeLater(desk, chat, late, desk.clock.now())));
  strangers.take(chat);
  const gone = await seeGone(desk, noted, askerFor(desk, chat.id, known));
  await landed;

  // Its time begins with the last word, however long the rest took.
  const isHeardOf = farewell && (await sweep());
  // Of a message on its way nobody may know yet whether it arrived: what came since it left is removed with it.
  if (!flight && since === undefined) await survived();
  const answer = await farewell?.(gone);
  if (answer === undefined) return;
  await removeLater(desk, chat, [answer], desk.clock.now() + FAREWELL_MS);
  await isHeardOf?.();
}

/** Removes every message of the chat that is known, with those that `asked` for it, and writes nothing down. False: some stayed. */
export async function emptyChat(desk: Desk, chat: Chat, asked: readonly number[]): Promise<boolean> {
  const known = await loadChat(desk, chat);
  const ids = new Set([...asked, ...desk.memory.strangers.of(chat)]);
  if (known) for (const id of await knownIds(desk, known)) ids.add(id);
  return (await removeAll(desk, chat, [...ids], 'forget')) === 'gone';
}

/** Stops what has not left yet for the chat; resolves when the rest has arrived, or after a while. */
const whenLanded = ({ memory, clock }: Desk, { slot }: Subscriber): Promise<void> =>
  Promise.race([ground(memory.flights, slot), clock.sleep(FLIGHT_MS)]);

/** The last message of the chat before what is written from now on. 0: unknown. */
async function lastBefore(
  desk: Desk,
  chat: Chat,
  known: Subscriber | undefined,
  messages: readonly number[],
): Promise<number> {
  if (isPlace(chat)) {
    const highest = known ? await highestId(desk.store, known.slot) : 0;
    return Math.max(highest, ...messages);
  }
  const { highest } = desk.telegram.sequence;
  const last = messages.length > 0 ? Math.max(...messages) : highest;
  return Math.min(last, highest || last);
}

/** Removes what is due, until `signal` aborts. */
export async function erase(desk: Desk, signal: AbortSignal): Promise<void> {
  const failed = (error: unknown) => desk.log.error({ err: error }, 'removing messages failed');
  const repeat = (pass: () => Promise<boolean | void>, everyMs = EVERY_MS) =>
    again(desk.clock, signal, { everyMs, retryMs: EVERY_MS, pass, failed });
  // Apart, so that who wants to be forgotten does not wait for everybody's old messages.
  await Promise.all([
    repeat(() => removeForgotten(desk)),
    repeat(() => removeKept(desk)),
    repeat(() => removeExpired(desk)),
    repeat(() => removeStrangers(desk), MINUTE),
    // No key tells when it was last used but to the last minute.
    repeat(() => useAllKeys(desk.store), MINUTE),
  ]);
}

/** Removes messages of forgotten chats, and forgets chats whose 30 days are over. True: there may be more. */
export async function removeForgotten(desk: Desk): Promise<boolean> {
  const now = desk.clock.now();
  const more = await carryOutRemovals(desk);
  const overdue = await loadSlots(desk, await overdueSlots(desk.store, now, 100));
  for (const subscriber of overdue) if (subscriber) await forgetOverdue(desk, subscriber);
  await rewriteLog(desk, now);
  return more;
}

/** A lost chat that is there after all is not forgotten, nor any chat while Telegram says so of too many. */
async function forgetOverdue(desk: Desk, subscriber: Subscriber): Promise<void> {
  const { chat, state, settings } = subscriber;
  if (returnsByItself(subscriber)) {
    if (isHeld(desk.memory.losses, desk.clock.now())) return;
    const there = await isThere(desk, chat);
    if (there === true) return void (await chatReturned(desk, chat));
    if (there === undefined) return;
  }
  const standing = await dropRecord(desk, subscriber);
  if (settings.keep) await removeLater(desk, chat, standing, desk.clock.now());
  // A person who is not subscribed any more may still own places.
  if (state === 'left') await forgetBeside(desk, chat);
}

/** Removes messages whose time in their chat is over, those first that Telegram will soon not let go. True: some went. */
export async function removeKept(desk: Desk): Promise<boolean> {
  const now = desk.clock.now();
  const due = await dueErasures(desk, now, DELETABLE_MS, AT_ONCE);
  const subscribers = await loadSlots(
    desk,
    due.map(({ slot }) => slot),
  );
  const done = await Promise.all(
    due.map(async ({ messageIds: ids, members }, index) => {
      const subscriber = subscribers[index];
      const removed = subscriber ? await removeAll(desk, subscriber.chat, ids, 'erase') : 'gone';
      if (removed === 'later') return false;
      if (removed === 'gone') await dropErasures(desk.store, members);
      else await postponeErasures(desk.store, members, UNREACHABLE_MS);
      return true;
    }),
  );
  return done.some(Boolean);
}
