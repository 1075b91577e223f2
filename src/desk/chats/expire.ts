/**
 * Messages in private chats go by default (`KEEP_DEFAULT`), so that a stolen token shows two days at most. Each chat has
 * its minute of the lap, which lasts half of the time that messages may stay; at each visit everything goes that would
 * be too old at the next one. So a chat costs one call for a hundred messages and lap, nothing is stored for a
 * reader, and no moment tells when somebody wrote.
 */
import { keepOf, type Subscriber } from '../../news/subscriber.ts';
import { blockCount } from '../../store/deliveries.ts';
import { withoutErasure } from '../../store/erasures.ts';
import { addAgeMark, type AgeMark, ageMarks, clearedMinute, setClearedMinute } from '../../store/expiry.ts';
import { SLOT_BLOCK } from '../../store/keys.ts';
import { idsIn } from '../../store/said.ts';
import { loadChat, loadSlots } from '../../store/subscribers.ts';
import { HOUR, MINUTE } from '../../time.ts';
import type { Desk } from '../desk.ts';
import type { Standing } from '../memory/strangers.ts';
import { recentNames } from './known-messages.ts';
import { DELETABLE_MS, removeAll, removeLater } from './remove.ts';

/** Chats that are looked at together. */
const AT_ONCE = 100;
/** Minutes of the lap that one pass takes on; what is behind after an outage goes with the next passes. */
const MINUTES_AT_ONCE = 60;

/** Minutes of a lap: half of the hours that messages may stay. */
const lapOf = (hours: number): number => hours * 30;
/** Time between two marks, ms: some forty in the hours that messages may stay. */
const betweenMarks = (hours: number): number => Math.max(1, Math.floor(hours * 1.2)) * MINUTE;

/** Removes what has stood long enough in the chats whose minute has come. True: there is more to do at once. */
export async function removeExpired(desk: Desk): Promise<boolean> {
  const { keepHours = 0 } = desk.policy;
  if (keepHours === 0) return false;
  const minute = Math.floor(desk.clock.now() / MINUTE);
  const marks = await marked(desk, minute * MINUTE, keepHours);
  const lap = lapOf(keepHours);
  const last = Math.max((await clearedMinute(desk.store)) ?? minute - 1, minute - lap);
  const upTo = Math.min(minute, last + MINUTES_AT_ONCE);
  if (upTo <= last) return false;
  const span = expiredIds(marks, desk.clock.now(), keepHours);
  if (span) await clear(desk, await slotsOf(desk, last + 1, upTo, lap), span);
  await setClearedMinute(desk.store, upTo);
  return upTo < minute;
}

/** Chats of strangers from which one pass removes what stands there. */
const STRANGERS_AT_ONCE = 20;

/**
 * Clears chats of people who are not subscribed, as far as this process has seen them: nothing of them is stored. Who chose to
 * keep messages, and unsubscribed, keeps them. True: there may be more.
 */
export async function removeStrangers(desk: Desk): Promise<boolean> {
  const { keepHours = 0 } = desk.policy;
  if (keepHours === 0) return false;
  const old = desk.memory.strangers.takeOld(desk.clock.now(), keepHours * HOUR, STRANGERS_AT_ONCE);
  const gone = await Promise.all(old.map((standing) => clearStranger(desk, standing, keepHours)));
  return old.length === STRANGERS_AT_ONCE && gone.includes(true);
}

/** False: it is to be tried again. */
async function clearStranger(
  desk: Desk,
  { chat, messages, since }: Standing,
  keepHours: number,
): Promise<boolean> {
  let stands: number | undefined = since;
  try {
    const known = await loadChat(desk, chat);
    if (known && keepOf(chat, known.settings, keepHours) === 0) stands = desk.clock.now();
    else if ((await removeAll(desk, chat, messages, 'erase')) !== 'later') stands = undefined;
  } finally {
    if (stands !== undefined) desk.memory.strangers.add(chat, messages, stands);
  }
  return stands !== since;
}

/** The marks, with one of now where the last is old. */
async function marked(desk: Desk, now: number, keepHours: number): Promise<readonly AgeMark[]> {
  const marks = await ageMarks(desk.store);
  const newest = marks.at(-1);
  if (newest && now - newest.at < betweenMarks(keepHours)) return marks;
  const mark = { at: now, id: Math.max(desk.telegram.sequence.highest, newest?.id ?? 0) };
  await addAgeMark(desk.store, marks, mark);
  return [...marks, mark];
}

/** Message ids above `after`, up to `upTo`. */
interface IdSpan {
  readonly after: number;
  readonly upTo: number;
}

/**
 * The ids that would be too old a lap from now, less those that Telegram will not let go any more. What stood before the
 * first mark is of unknown age and stays. Undefined: nothing is old enough.
 */
export function expiredIds(marks: readonly AgeMark[], now: number, keepHours: number): IdSpan | undefined {
  const tooOldSoon = now - (keepHours * HOUR - lapOf(keepHours) * MINUTE);
  // One mark more than it takes: ids are seen a little after their messages.
  const upTo = marks.find(({ at }) => at >= tooOldSoon + betweenMarks(keepHours));
  const after = marks.findLast(({ at }) => at <= now - DELETABLE_MS) ?? marks[0];
  return upTo && after && upTo.id > after.id ? { after: after.id, upTo: upTo.id } : undefined;
}

/** The slots whose turn falls into these minutes of the lap. */
async function slotsOf(desk: Desk, from: number, to: number, lap: number): Promise<number[]> {
  const end = ((await blockCount(desk.store)) + 1) * SLOT_BLOCK;
  const slots: number[] = [];
  for (let minute = from; minute <= to; minute += 1)
    for (let slot = minute % lap; slot < end; slot += lap) slots.push(slot);
  return slots;
}

async function clear(desk: Desk, slots: readonly number[], span: IdSpan): Promise<void> {
  const names = await recentNames(desk);
  for (let index = 0; index < slots.length; index += AT_ONCE) {
    const some = await loadSlots(desk, slots.slice(index, index + AT_ONCE));
    const readers = some.filter((reader) => reader !== undefined);
    await Promise.all(readers.map((reader) => clearOne(desk, reader, names, span)));
  }
}

async function clearOne(
  desk: Desk,
  { slot, chat, settings }: Subscriber,
  names: readonly string[],
  { after, upTo }: IdSpan,
): Promise<void> {
  if (chat.kind !== 'person' || keepOf(chat, settings, desk.policy.keepHours) === 0) return;
  const old = (await idsIn(desk, slot, names)).filter((id) => id > after && id <= upTo);
  // A message sent after the choice of hours has its own moment; earlier ones have none.
  const ids = settings.keep === undefined ? old : await withoutErasure(desk, slot, old);
  const removed = await removeAll(desk, chat, [...new Set(ids)], 'erase');
  // A lap from now would be too late.
  if (removed !== 'gone') await removeLater(desk, chat, ids, desk.clock.now());
}
