/**
 * Letters: an operator's alarm, an owner's word. Each is written down before it is tried, so that neither a wait that
 * Telegram names, nor an outage, nor a restart loses it. Telegram may get one twice where its answer was lost.
 */
import type { Message } from '../../news/message.ts';
import type { Chat } from '../../news/subscriber.ts';
import { addLetter, dropLetter, dueLetters, type Letter, putOffLetter } from '../../store/letters.ts';
import { isOutOfUse } from '../../store/redis.ts';
import type { Outcome } from '../../telegram/outcome.ts';
import { patiently } from '../../telegram/patient.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../time.ts';
import { again } from '../again.ts';
import type { Desk } from '../desk.ts';
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

/** Writes a letter down; the result tries it once now. */
export async function writeLetter(desk: Desk, chat: Chat, message: Message): Promise<() => Promise<void>> {
  const now = desk.clock.now();
  try {
    const letter = await addLetter(desk, { chat, message, until: now + KEPT_MS }, now + HANDS_MS);
    return () => deliverLetter(desk, letter);
  } catch (error) {
    if (!isOutOfUse(desk.store, error)) throw error;
    // A warning that Redis is away must not wait for Redis.
    return async () => {
      const outcome = await patiently(desk.clock, () => send(desk, chat, message));
      if (outcome.kind === 'done') await noteMessages(desk, chat, { ids: [outcome.result.message_id] });
    };
  }
}

/** Writes a letter down and tries it; what does not arrive now is tried again by `deliverLetters`. */
export const sendLetter = async (desk: Desk, chat: Chat, message: Message): Promise<void> =>
  (await writeLetter(desk, chat, message))();

/** Delivers what is due, until `signal` aborts; one process at a time. */
export async function deliverLetters(desk: Desk, signal: AbortSignal): Promise<void> {
  const pass = async () => {
    const due = await dueLetters(desk, desk.clock.now(), AT_ONCE);
    await Promise.all(due.map((letter) => deliverLetter(desk, letter)));
  };
  const failed = (error: unknown) => desk.log.error({ err: error }, 'delivering letters failed');
  await again(desk.clock, signal, { everyMs: EVERY_MS, pass, failed });
}

async function deliverLetter(desk: Desk, { id, chat, message, until }: Letter): Promise<void> {
  const { highest } = desk.telegram.sequence;
  const outcome = await send(desk, chat, message);
  // It comes again; should it stand there already, /forget takes both.
  if (outcome.kind === 'unknown')
    await noteMessages(desk, chat, { ids: unheardIds(desk, chat, highest), perhaps: true });
  const now = desk.clock.now();
  const isRefused = outcome.kind === 'refused';
  const isOver = outcome.kind === 'done' || now > (isRefused ? until - KEPT_MS + REFUSED_MS : until);
  if (!isOver) {
    const rest = outcome.kind === 'wait' ? outcome.ms : isRefused ? REFUSED_REST_MS : REST_MS;
    await putOffLetter(desk, id, now + rest);
    return;
  }
  if (outcome.kind === 'done') await noteMessages(desk, chat, { ids: [outcome.result.message_id] });
  else {
    const reason = outcome.kind === 'refused' ? outcome.why : 'late';
    desk.log.warn({ reason }, 'a letter could not be delivered');
  }
  await dropLetter(desk, id);
}

/** A group of operators may have become a supergroup: the letter goes there. */
async function send(desk: Desk, chat: Chat, message: Message): Promise<Outcome<{ message_id: number }>> {
  const outcome = await sendTo(desk, chat, message);
  if (outcome.kind !== 'refused' || outcome.migratedTo === undefined) return outcome;
  desk.log.warn('a group of ADMIN_IDS has become a supergroup: put its new number into ADMIN_IDS');
  return sendTo(desk, { ...chat, id: outcome.migratedTo }, message);
}

async function sendTo(desk: Desk, chat: Chat, message: Message): Promise<Outcome<{ message_id: number }>> {
  await desk.telegram.pace.turn('answer');
  // While a story that is paid for uses up the free messages, a letter costs as much or has to wait.
  return desk.telegram.send(chat, message, true);
}
