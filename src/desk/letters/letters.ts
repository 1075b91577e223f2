/**
 * Letters: an operator's alarm, an owner's word. Each is written down before it is tried, so that neither a wait that
 * Telegram names, nor an outage, nor a restart loses it. Telegram may get one twice where its answer was lost.
 */
import { randomUUID } from 'node:crypto';
import type { Message } from '../../news/message.ts';
import type { Chat } from '../../news/subscriber.ts';
import { type Letter, letters } from '../../store/letters.ts';
import type { Outcome } from '../../telegram/outcome.ts';
import { DAY, HOUR, MINUTE, SECOND, unlessFresh } from '../../time.ts';
import { again } from '../again.ts';
import { deal } from '../memory/dealings.ts';
import type { Desk } from '../desk.ts';
import { isTaken } from '../trouble.ts';
import { noteMessages, unheardIds } from './notes.ts';

/** A letter that cannot be delivered for so long is out of date. */
const KEPT_MS = 7 * DAY;
/** A letter that Telegram refuses may be refused by mistake: it is tried for so long, with such rests. */
const REFUSED_MS = HOUR;
const REFUSED_REST_MS = 5 * MINUTE;
/** The writer of a letter has this long to deliver it before the loop takes it. */
const HANDS_MS = MINUTE;
/** Rest after a try that did not get through, where Telegram names none. */
const REST_MS = 5 * SECOND;
const EVERY_MS = SECOND;
/** Letters that one look tries. */
const AT_ONCE = 20;
/** Of more letters that Redis did not take the oldest are left out. */
const MOST_UNWRITTEN = 1000;

/** Writes a letter down; the result tries it once now. */
export async function writeLetter(desk: Desk, chat: Chat, message: Message): Promise<() => Promise<void>> {
  const now = desk.clock.now();
  const letter = { id: randomUUID(), chat, message, until: now + KEPT_MS };
  if (await taken(desk, letter, () => letters.add(desk, letter, now + HANDS_MS)))
    return () => deliverLetter(desk, letter);
  // A warning that Redis is away must not wait for Redis: see `deliverUnwritten`.
  const all = desk.memory.unwritten.set(letter.id, letter);
  if (all.size > MOST_UNWRITTEN) for (const oldest of all.keys().take(1)) all.delete(oldest);
  return async () => undefined;
}

/** As `isTaken`, of a step of the letter. */
const taken = (desk: Desk, { chat }: Letter, step: () => Promise<void>): Promise<boolean> =>
  deal(desk, [chat.id], () => isTaken(desk, step));

/** Writes a letter down and tries it; what does not arrive now is tried again by `deliverLetters`. */
export const sendLetter = async (desk: Desk, chat: Chat, message: Message): Promise<void> =>
  (await writeLetter(desk, chat, message))();

/** Tries once what could not be written down; as soon as Redis takes it, it is a letter like others. One call at a time. */
export async function deliverUnwritten(desk: Desk): Promise<void> {
  const { unwritten } = desk.memory;
  for (const letter of unwritten.values()) if (!letter.isOver) await tryUnwritten(desk, letter);
  for (const letter of unwritten.values()) {
    if (!letter.isOver) continue;
    if (!(await taken(desk, letter, () => letters.drop(desk, letter.id)))) return;
    unwritten.delete(letter.id);
  }
}

async function tryUnwritten(desk: Desk, letter: Letter): Promise<void> {
  const { clock, memory } = desk;
  const { id, chat } = letter;
  if (await taken(desk, letter, () => letters.add(desk, letter, clock.now() + REST_MS))) {
    memory.unwritten.delete(id);
    // A letter written from now on does not arrive before it.
    memory.letterRests.set(chat.id, clock.ticks() + REST_MS);
    return;
  }
  const isLeft = () => memory.unwritten.has(id);
  if ((await tryLetter(desk, letter, isLeft)) === undefined && isLeft())
    memory.unwritten.set(id, { ...letter, isOver: true });
}

/** Delivers what is due, until `signal` aborts; one process at a time. */
export async function deliverLetters(desk: Desk, signal: AbortSignal): Promise<void> {
  const pass = async () => {
    // Letters that rest for the same chat are due within a moment of one another, and looked at together.
    const due = await letters.due(desk, desk.clock.now() + EVERY_MS, AT_ONCE);
    const byChat = Map.groupBy(due, ({ chat }) => chat.id);
    await Promise.all(byChat.values().map((toOneChat) => deliverInOrder(desk, toOneChat)));
  };
  const failed = (error: unknown) => desk.log.error({ err: error }, 'delivering letters failed');
  await again(desk.clock, signal, { everyMs: EVERY_MS, pass, failed });
}

/** A word that ends something comes behind the one that it ends. */
async function deliverInOrder(desk: Desk, toOneChat: readonly Letter[]): Promise<void> {
  for (const letter of toOneChat.toSorted((one, other) => one.until - other.until))
    await deliverLetter(desk, letter);
}

async function deliverLetter(desk: Desk, letter: Letter): Promise<void> {
  // See `deliverUnwritten`: Redis has taken it after all.
  if (desk.memory.unwritten.has(letter.id)) return;
  const rest = await tryLetter(desk, letter, () => letters.isLeft(desk, letter.id));
  await (rest === undefined
    ? letters.drop(desk, letter.id)
    : letters.putOff(desk, letter.id, desk.clock.now() + rest));
}

/**
 * Tries a letter when it is its turn, if it `isLeft` then: its chat may have been forgotten. Undefined: it arrived or is given
 * up; else the rest before the next try, ms. Meanwhile no later one is sent to that chat.
 */
async function tryLetter(
  desk: Desk,
  letter: Letter,
  isLeft: () => boolean | Promise<boolean>,
): Promise<number | undefined> {
  const { clock, memory, telegram } = desk;
  const resting = (memory.letterRests.get(letter.chat.id) ?? 0) - clock.ticks();
  if (resting > 0) return resting;
  await telegram.pace.turn('answer');
  return deal(desk, [letter.chat.id], async () => {
    if (await isLeft()) return tryNow(desk, letter);
    telegram.pace.giveBack();
    return undefined;
  });
}

async function tryNow(desk: Desk, { chat, message, until }: Letter): Promise<number | undefined> {
  const { clock, memory, telegram } = desk;
  const { highest } = telegram.sequence;
  const writtenAt = until - KEPT_MS;
  const text = message.text + unlessFresh(writtenAt, clock.now());
  const outcome = await send(desk, chat, { ...message, text });
  // It comes again; should it stand there already, /forget takes both.
  if (outcome.kind === 'unknown') await noteMessages(desk, chat, unheardIds(desk, chat, highest), 'perhaps');
  if (outcome.kind === 'done') {
    await noteMessages(desk, chat, [outcome.result.message_id]);
    return undefined;
  }
  const isRefused = outcome.kind === 'refused';
  if (clock.now() > (isRefused ? writtenAt + REFUSED_MS : until)) {
    desk.log.warn({ reason: isRefused ? outcome.why : 'late' }, 'a letter could not be delivered');
    return undefined;
  }
  const rest = outcome.kind === 'wait' ? outcome.ms : isRefused ? REFUSED_REST_MS : REST_MS;
  const isItsOwn = isRefused && outcome.why === 'content';
  memory.letterRests.set(chat.id, clock.ticks() + (isItsOwn ? REST_MS : rest));
  return rest;
}

/**
 * Sends with a turn in hand. While a story that is paid for uses up the free messages, a letter costs as much or has to wait.
 * A group of operators may have become a supergroup: the letter goes there.
 */
async function send(desk: Desk, chat: Chat, message: Message): Promise<Outcome<{ message_id: number }>> {
  const outcome = await desk.telegram.send(chat, message, true);
  if (outcome.kind !== 'refused' || outcome.migratedTo === undefined) return outcome;
  desk.log.warn('a group of ADMIN_IDS has become a supergroup: put its new number into ADMIN_IDS');
  await desk.telegram.pace.turn('answer');
  return desk.telegram.send({ ...chat, id: outcome.migratedTo }, message, true);
}
