/** Takes messages out of chats: what is to go is written down first, so that it goes whatever becomes of this process. */
import { randomUUID } from 'node:crypto';
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { flightOf } from '../../store/cursors.ts';
import { loadChat } from '../../store/subscribers.ts';
import { claimRemoval, type Removal, removals } from '../../store/removals.ts';
import type { Asker } from '../../telegram/askers.ts';
import type { Lane } from '../../telegram/lanes.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { readAll } from './hear.ts';
import { isNoted } from '../letters/notes.ts';
import { heardOfIn, ourMessages, placesAt } from './known-messages.ts';

/** Telegram lets a bot delete messages for 48 hours; a minute less allows for the way. */
export const DELETABLE_MS = 48 * HOUR - MINUTE;
/** `deleteMessages` takes 1-100 ids. */
const IDS_A_CALL = 100;
/** Removals that one pass carries out. */
const REMOVALS_AT_ONCE = 50;
/** Longest wait for the answer that messages are gone: two tries. */
const SEEN_MS = 40 * SECOND;
/** Ids that are removed in a person's chat because nobody knows them, at least and at most: the bot's private chats share one sequence. */
const LEAST_AFTER = 200;
const MOST_AFTER = 1000;
/** After so long a message has its id, also one that Telegram posts after it cut the connection. */
const POSTED_MS = 15 * SECOND;
/** Longest wait until all is read that people have written to the bot. */
const READING_MS = 10 * SECOND;
/** Ids of a group that are looked at: most of them are other people's. */
const GROUP_AFTER = 20;

/**
 * Writes down that messages of a chat are to be removed at `due` (ms), whatever becomes of this process and of the chat's
 * record, in as few removals as hold them.
 */
export async function removeLater(
  desk: Desk,
  chat: Chat,
  ids: readonly number[],
  due: number,
): Promise<Removal[]> {
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_A_CALL) }, (_, part) =>
    ids.slice(part * IDS_A_CALL, (part + 1) * IDS_A_CALL),
  );
  return Promise.all(parts.map((some) => note(desk, { chat, ids: some, due })));
}

/** Removes messages of a chat now; one that cannot be reached now goes later. */
export async function removeNow(desk: Desk, chat: Chat, ids: readonly number[]): Promise<void> {
  const noted = await removeLater(desk, chat, ids, desk.clock.now());
  await Promise.all(noted.map((removal) => carryOutRemoval(desk, removal)));
}

/**
 * Carries these out and no others. Answers once all is gone (true), or when some could not be reached although it was tried
 * again with what is due (false). `asker`: whose they are, among others that want to be forgotten.
 */
export async function seeGone(desk: Desk, noted: readonly Removal[], asker: Asker): Promise<boolean> {
  const deadline = desk.clock.ticks() + SEEN_MS;
  const removed = await Promise.all(noted.map((removal) => carryOutRemoval(desk, removal, asker)));
  let left = noted.filter((_, index) => removed[index] !== 'gone');
  // Nobody is there to be told, or Telegram is mistaken for longer than anybody waits.
  if (removed.includes('unreachable')) return false;
  while (left.length > 0) {
    const still = await Promise.all(left.map(({ id }) => removals.isLeft(desk, id)));
    left = left.filter((_, index) => still[index]);
    if (left.length === 0 || desk.clock.ticks() > deadline) break;
    await desk.clock.sleep(SECOND);
  }
  return left.length === 0;
}

/**
 * Should this process die before the result is called: what the bot wrote in this chat after the message `after`, and does
 * not know of, is removed at `due`. An id of the shared sequence that is not in the chat does no harm there. In a channel
 * nothing is written but news.
 */
export async function removeIfWeDie(
  desk: Desk,
  chat: Chat,
  after: number,
  due: number,
): Promise<() => Promise<void>> {
  if (chat.kind === 'channel' || after <= 0) return async () => undefined;
  const { id } = await note(desk, { chat, ids: [], after, due });
  return () => removals.drop(desk, id);
}

/** How long a message of which nobody knows whether it arrives may be on its way. */
const UNDER_WAY_MS = 30 * SECOND;

/**
 * To be called where a chat ends its subscription or changes its edition: nobody looks any more for what is on its way to
 * it. In a group what nobody has heard of may be its members'.
 */
export async function removeUnderWay(desk: Desk, { slot, chat }: Subscriber): Promise<void> {
  const flight = isPlace(chat) ? undefined : await flightOf(desk.store, slot);
  if (!flight) return;
  const { sequence } = desk.telegram;
  await removeCopy(desk, chat, flight.highest, sequence.unclaimed(flight.highest, sequence.highest));
}

/**
 * To be called where a message is sent again that may have arrived, or may yet: of the ids that a private chat was given since
 * `after` all go of which nobody has heard by then. A copy would stand there uncorrected and unknown to `/forget`.
 * `now`: those of which nobody has heard so far.
 */
export async function removeCopy(
  desk: Desk,
  chat: Chat,
  after: number,
  now: readonly number[] = [],
): Promise<void> {
  if (isPlace(chat) || after <= 0) return;
  const { clock, memory } = desk;
  const due = clock.now() + UNDER_WAY_MS;
  await note(desk, { chat, ids: now.slice(0, IDS_A_CALL), after, unheard: true, by: memory.id, due });
}

async function note(desk: Desk, removal: Omit<Removal, 'id' | 'until'>): Promise<Removal> {
  const noted = { ...removal, id: randomUUID(), until: desk.clock.now() + DELETABLE_MS };
  await removals.add(desk, noted, noted.due);
  return noted;
}

/** Removes what is due. True: there may be more. */
export async function carryOutRemovals(desk: Desk): Promise<boolean> {
  const now = desk.clock.now();
  const due = await removals.due(desk, now, REMOVALS_AT_ONCE);
  const done = await Promise.all(due.map((removal) => carryOutRemoval(desk, removal)));
  return due.length === REMOVALS_AT_ONCE && done.includes('gone');
}

/** Carries out one removal, unless somebody else does; what is gone is struck off. */
async function carryOutRemoval(
  desk: Desk,
  removal: Removal,
  // Whoever has had much waits, also where a pass comes upon what their own request is still waiting to carry out.
  asker: Asker = { account: removal.chat.id, reads: false },
): Promise<Removed> {
  const { id, chat, due, until } = removal;
  // Taken only with the turn in hand: while many wait for theirs nobody may think that the taker has died.
  await desk.telegram.pace.turn('forget', undefined, asker);
  if (!(await claimRemoval(desk.store, id, desk.clock.now()))) {
    desk.telegram.pace.giveBack();
    return 'later';
  }
  const all = await toGo(desk, removal);
  const now = desk.clock.now();
  const removed = now > until ? 'gone' : all ? await removeAll(desk, chat, all, 'forget', true) : 'later';
  if (removed === 'gone') await removals.drop(desk, id);
  // Telegram may be mistaken, for minutes; where it is not, it is asked ever more rarely.
  if (removed === 'unreachable') await removals.putOff(desk, id, now + Math.max(now - due, MINUTE));
  return removed;
}

/**
 * Ids of the messages that a removal means; undefined: cannot be told now. Somebody who came back meanwhile keeps what they
 * were shown since.
 */
async function toGo(desk: Desk, removal: Removal): Promise<readonly number[] | undefined> {
  const { chat, ids, after, unheard, by } = removal;
  if (after === undefined) return ids;
  // Only the process that wrote it down waits for copies where `/forget` came in between: nobody else knows what was said since.
  const isForgotten = by !== desk.memory.id && (await loadChat(desk, chat)) === undefined;
  if (unheard && !isForgotten) return copies(desk, { ...removal, after });
  if (await isUnderWay(desk, chat)) return undefined;
  if (isPlace(chat)) return strays(desk, chat, range(after, after + GROUP_AFTER));
  const { highest } = desk.telegram.sequence;
  const given = range(after, Math.min(after + MOST_AFTER, Math.max(highest, after + LEAST_AFTER)));
  const known = await heardOfIn(desk, chat, false);
  return given.filter((id) => !known.has(id));
}

/**
 * Ids that copies of news may have in a person's chat, answers that may stand there spared: those below one that was given
 * once all copies had theirs. Any other may be given to the next message right now.
 */
async function copies(
  desk: Desk,
  { chat, ids, after, by, until }: Removal & { readonly after: number },
): Promise<readonly number[] | undefined> {
  const { clock, memory, telegram } = desk;
  // Of a chat of which nothing is stored only the process that was there knows what was said since.
  if (by !== memory.id && !isNoted(await loadChat(desk, chat))) return ids;
  // A message of the reader's own that nobody has read yet is none of ours.
  if (!(await Promise.race([readAll(desk), clock.sleep(READING_MS)]))) return undefined;
  const postedAt = until - DELETABLE_MS + POSTED_MS;
  const later = telegram.sequence.givenAfter(clock.ticks() - (clock.now() - postedAt));
  if (later === undefined && ids.length === 0) return undefined;
  const given = [
    ...new Set([...ids, ...(later === undefined ? [] : telegram.sequence.unclaimed(after, later))]),
  ];
  // In this order: what is on its way below that id is seen here, or known then.
  if (await isUnderWay(desk, chat)) return undefined;
  const known = await heardOfIn(desk, chat, true);
  return given.filter((id) => !known.has(id)).slice(0, MOST_AFTER);
}

/** Whether a message is being sent to the chat, or to a topic of the group, whose id is not known yet. */
async function isUnderWay(desk: Desk, chat: Chat): Promise<boolean> {
  const there = isPlace(chat) ? await placesAt(desk, chat.id) : [await loadChat(desk, chat)];
  const flights = await Promise.all(there.map(async (known) => known && flightOf(desk.store, known.slot)));
  return flights.some((flight) => flight !== undefined);
}

/**
 * Which of these messages of a group the bot has written without knowing it. A bot that may delete in a group may delete
 * everybody's messages, but edit only its own: so it is asked to take away buttons.
 */
async function strays(desk: Desk, chat: Chat, candidates: readonly number[]): Promise<number[] | undefined> {
  const known = await ourMessages(desk, chat.id);
  const found: number[] = [];
  for (const id of candidates.filter((candidate) => !known.has(candidate))) {
    const outcome = await desk.telegram.call('editMessageReplyMarkup', { chat_id: chat.id, message_id: id });
    if (outcome.kind === 'done') found.push(id);
    else if (outcome.kind !== 'refused') return undefined;
    else if (outcome.why === 'not_modified') found.push(id);
  }
  return found;
}

/** Whole numbers above `after`, up to `last`. */
const range = (after: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - after) }, (_, index) => after + 1 + index);

/** `gone`: they are; `later`: some are to be tried again soon; `unreachable`: Telegram says that the chat is not there. */
type Removed = 'gone' | 'later' | 'unreachable';

const LEAST_LEFT: readonly Removed[] = ['unreachable', 'later', 'gone'];
const worst = (all: readonly Removed[]): Removed => LEAST_LEFT.find((one) => all.includes(one)) ?? 'gone';

/** Deletes any number of messages, in turn with the others of `lane`; `hasTurn`: the first one is in hand. */
export async function removeAll(
  desk: Desk,
  chat: Chat,
  ids: readonly number[],
  lane: Lane,
  hasTurn = false,
): Promise<Removed> {
  const removed: Removed[] = [];
  for (let index = 0; index < ids.length; index += IDS_A_CALL) {
    if (index > 0 || !hasTurn) await desk.telegram.pace.turn(lane);
    removed.push(await removeMessages(desk, chat, ids.slice(index, index + IDS_A_CALL), lane));
  }
  if (ids.length === 0 && hasTurn) desk.telegram.pace.giveBack();
  return worst(removed);
}

/** Deletes messages, with a turn in hand; one that cannot be deleted must not keep the others. */
async function removeMessages(desk: Desk, chat: Chat, ids: readonly number[], lane: Lane): Promise<Removed> {
  const outcome = await desk.telegram.remove(chat, ids);
  desk.status.deletes.inc({ outcome: outcome.kind });
  if (outcome.kind === 'done') return 'gone';
  if (outcome.kind !== 'refused') return 'later';
  if (['blocked', 'gone', 'removed'].includes(outcome.why)) return 'unreachable';
  if (ids.length === 1 || isMigrated(chat, outcome.why)) return 'gone';
  const half = Math.ceil(ids.length / 2);
  const halves = await Promise.all([
    removeAll(desk, chat, ids.slice(0, half), lane),
    removeAll(desk, chat, ids.slice(half), lane),
  ]);
  return worst(halves);
}

const isMigrated = (chat: Chat, why: string): boolean => isPlace(chat) && why === 'migrated';
