/**
 * Updates that were read: each chat has a short queue of its own, handled in order and together with those of the others.
 * Nobody waits for the slowest: what is not handled soon is written down, and the next updates are read.
 */
import { addAbortListener } from 'node:events';
import type { Update } from 'grammy/types';
import type { Desk } from '../desk/desk.ts';
import type { Line, Task } from '../desk/memory/line.ts';
import type { AtGate } from '../desk/memory/memory.ts';
import { isOutOfUse } from '../desk/trouble.ts';
import { removeAll } from '../desk/chats/remove.ts';
import { noteMessages } from '../desk/letters/notes.ts';
import { LIMITS } from '../limits.ts';
import { SECOND } from '../time.ts';
import { meansForget } from './means-forget.ts';
import type { PozirkBot } from './bot.ts';

/** Kinds of updates that the counter understands; Telegram sends no others. */
export const ALLOWED_UPDATES = [
  'message',
  'channel_post',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const;

/** Between two tries while the bot does not know who it is, or to forget somebody while Redis takes nothing, ms. */
const AGAIN_MS = 2 * SECOND;

/**
 * Handles one update, after the earlier ones of its chat, and resolves when it is done or has had its time. An update
 * that was handled before is left alone. `waits` is called where it waits in line. Never rejects.
 */
export function handleUpdate(
  bot: PozirkBot,
  desk: Desk,
  update: Update,
  waits: () => void = () => undefined,
): Promise<void> {
  const { seen } = desk.memory;
  const before = seen.get(update.update_id);
  if (before) return before;
  desk.status.updates.inc({ kind: kindOf(update) });
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  seen.set(update.update_id, over);
  queue(bot, desk, { update, also: [], waits, end });
  return over;
}

function queue(bot: PozirkBot, desk: Desk, task: Task): void {
  const { turns } = desk.memory;
  const name = turnOf(task.update);
  if (isForget(task.update)) for (const line of linesOf(desk)) giveUp(desk, line.take(name), task);
  const waiting = turns.get(name);
  const isDue = isForget(task.update) || linesOf(desk).some((line) => line.called.has(task.update));
  const before = linesOf(desk).find((line) => line.of(name).length > 0);
  if (before && !isDue) return putInLine(desk, task, before) ? undefined : giveUp(desk, [task]);
  if (!waiting && turns.size >= LIMITS.queue && !isDue) {
    desk.telegram.pace.bites.bite('queue');
    return putInLine(desk, task, desk.memory.gates.stranger.line) ? undefined : giveUp(desk, [task]);
  }
  if (!waiting) {
    const own: Task[] = [task];
    turns.set(name, own);
    void workOff(bot, desk, name, own);
    return;
  }
  const same = waiting.findLastIndex((other) => isSame(desk, other.update, task.update));
  if (same >= 0) giveUp(desk, waiting.splice(same, 1), task);
  if (waiting.length >= LIMITS.chatQueue && !isDue) {
    desk.telegram.pace.bites.bite('chatQueue');
    giveUp(desk, [task]);
  } else waiting.push(task);
}

/** Handles what waits in the queue of one chat, the first first, until nothing does. */
async function workOff(bot: PozirkBot, desk: Desk, name: string, waiting: Task[]): Promise<void> {
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    await inTime(bot, desk, task);
    const { turnedAway } = desk.memory;
    const gate = turnedAway.get(task.update);
    turnedAway.delete(task.update);
    if (gate) turnAway(desk, task, waiting, gate);
    else task.end();
    callNext(bot, desk);
  }
  desk.memory.turns.delete(name);
}

/** An update that could not be begun waits in line, with those behind it; it is needless where one of them is to forget. */
function turnAway(desk: Desk, task: Task, waiting: Task[], gate: AtGate): void {
  const { line } = desk.memory.gates[gate];
  const forget = waiting.find(({ update }) => isForget(update));
  if (forget) giveUp(desk, [task], forget);
  else if (!putInLine(desk, task, line)) task.end();
  else for (const later of waiting.splice(0)) if (!putInLine(desk, later, line)) giveUp(desk, [later]);
}

const linesOf = ({ memory: { gates } }: Desk) => [gates.reader.line, gates.stranger.line];

/** Has the updates of those who wait in line handled, as many at once as may be at work. */
function callNext(bot: PozirkBot, desk: Desk): void {
  for (const line of linesOf(desk))
    while (line.size > 0 && line.called.size < LIMITS.atWork)
      for (const task of line.takeFirst()) {
        line.called.add(task.update);
        queue(bot, desk, task);
      }
}

/** An update of a person that could not be begun waits in line. False: the same waits there last, or too many do. */
function putInLine(desk: Desk, task: Task, line: Line): boolean {
  const { update } = task;
  const name = turnOf(update);
  if (chatOf(update)?.type !== 'private') return false;
  const before = line.of(name).at(-1);
  if (before && isRepeated(desk, before.update, update)) return false;
  if (line.isLeft) desk.memory.seen.delete(update.update_id);
  const isTaken = line.isLeft || line.add(name, task);
  if (isTaken) task.waits();
  else desk.telegram.pace.bites.bite('line');
  return isTaken;
}

/** Keeps lines until `signal` aborts: then whoever serves the readers next, perhaps this process, finds written down who waits. */
export function keepLines(desk: Desk, signal: AbortSignal): void {
  for (const line of linesOf(desk)) line.isLeft = false;
  addAbortListener(signal, () => {
    for (const line of linesOf(desk)) {
      line.isLeft = true;
      while (line.size > 0)
        for (const { update } of line.takeFirst()) desk.memory.seen.delete(update.update_id);
    }
  });
}

const isRepeated = (desk: Desk, first: Update, second: Update): boolean =>
  isSame(desk, first, second) ||
  (first.message?.text !== undefined && first.message.text === second.message?.text);

async function inTime(bot: PozirkBot, desk: Desk, { update, also }: Task): Promise<void> {
  // Readers do not ask twice, least of all to be forgotten: until it can be done the update is not over.
  while ((await onceInTime(bot, desk, update)) === 'in vain') await desk.clock.sleep(AGAIN_MS);
  const chat = chatOf(update);
  if (chat) await removeAll(desk, { id: chat.id, kind: 'person' }, also, 'forget');
}

async function onceInTime(bot: PozirkBot, desk: Desk, update: Update): Promise<'over' | 'in vain'> {
  // Whoever goes on before it is done could not tell whether it ever will be.
  if (meansForget(update)) return handleOnce(bot, desk, update);
  const done = new AbortController();
  const late = desk.clock.sleep(LIMITS.handler, done.signal).then(() => {
    if (!done.signal.aborted) desk.telegram.pace.bites.bite('handler');
    return 'over' as const;
  });
  const outcome = await Promise.race([handleOnce(bot, desk, update), late]);
  done.abort();
  return outcome;
}

/** `in vain`: the bot does not know yet who it is, or Redis took nothing and it must be done. */
async function handleOnce(bot: PozirkBot, desk: Desk, update: Update): Promise<'over' | 'in vain'> {
  // An earlier process or a webhook brings updates before Telegram has said who we are.
  if (!(await knowsItself(bot, desk))) return 'in vain';
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    if (meansForget(update) && isOutOfUse(desk, (error as { error?: unknown }).error)) return 'in vain';
    desk.log.error({ err: error }, 'an update failed');
  }
  for (const line of linesOf(desk)) line.called.delete(update);
  callNext(bot, desk);
  return 'over';
}

async function knowsItself(bot: PozirkBot, { telegram }: Desk): Promise<boolean> {
  if (bot.isInited()) return true;
  const outcome = await telegram.call<PozirkBot['botInfo']>('getMe', {});
  if (outcome.kind === 'done') bot.botInfo = outcome.result;
  return bot.isInited();
}

/** Drops an update unhandled: a press is still answered, a message still known to who wants it removed. */
function giveUp(desk: Desk, tasks: readonly Task[], instead?: Task): void {
  for (const { update, also, end } of tasks) {
    for (const line of linesOf(desk)) line.called.delete(update);
    const { message, callback_query: press } = update;
    if (press) void desk.telegram.call('answerCallbackQuery', { callback_query_id: press.id });
    if (instead) {
      instead.also.push(...also, ...(message ? [message.message_id] : []));
      instead.also.splice(0, instead.also.length - LIMITS.strangerMessages);
    } else if (message?.chat.type === 'private')
      void noteMessages(desk, { id: message.chat.id, kind: 'person' }, [message.message_id]).catch(
        () => undefined,
      );
    end();
  }
}

/** Whether the second makes the first needless: the same button, another letter of an inline query, one more `/forget`. */
function isSame(desk: Desk, first: Update, second: Update): boolean {
  if (isForget(first) && isForget(second)) {
    // Readers who block the bot after a `/forget` still wants their chat emptied.
    if (!first.my_chat_member !== !second.my_chat_member) return false;
    // An operator forgets others by their codes; of anybody else any words mean the same.
    return !isOperators(desk, first) || wordsOf(first) === wordsOf(second);
  }
  const [one, other] = [first.callback_query, second.callback_query];
  if (one && other)
    return (
      one.from.id === other.from.id &&
      one.data === other.data &&
      one.message?.message_id === other.message?.message_id
    );
  return first.inline_query !== undefined && second.inline_query !== undefined;
}

const isOperators = ({ policy }: Desk, update: Update): boolean =>
  policy.adminIds.includes(chatOf(update)?.id ?? 0);

const isForget = (update: Update): boolean => chatOf(update)?.type === 'private' && meansForget(update);

const chatOf = ({ message, channel_post: post, callback_query: press, my_chat_member: member }: Update) =>
  (message ?? post ?? press?.message ?? member)?.chat;

const wordsOf = ({ message }: Update): string => message?.text?.trim().replace(/^\S+\s*/, '') ?? '';

/** The kind of an update as it is counted and logged. */
export const kindOf = (update: Update): string => ALLOWED_UPDATES.find((kind) => kind in update) ?? 'other';

/** Updates with the same name are handled one after the other. */
function turnOf(update: Update): string {
  // Both chats of a move tell of it; the second telling has to find the first one done.
  const former = update.message?.migrate_from_chat_id;
  if (former !== undefined) return `${former}`;
  // Text typed into other chats neither waits for the own chat nor holds it up.
  if (update.inline_query) return `inline ${update.inline_query.from.id}`;
  return `${chatOf(update)?.id ?? update.callback_query?.from.id ?? update.update_id}`;
}
