/** Where updates come from: our own long poll, or the webhook. Either goes on while earlier updates are being handled. */
import type { Update } from 'grammy/types';
import { allIsRead, hearOthers } from '../desk/chats/hear.ts';
import type { Desk } from '../desk/desk.ts';
import { dropWhenOver, keepUntilOver, updatesBeside, updatesLeft } from '../desk/keep-updates.ts';
import { LIMITS } from '../limits.ts';
import { roundedUp } from '../status.ts';
import { doubling, SECOND } from '../time.ts';
import type { PozirkBot } from './bot.ts';
import { ALLOWED_UPDATES, handleUpdate, kindOf } from './inbox.ts';
import { slim } from './slim.ts';
import { isWellFormed } from './well-formed.ts';

/** Seconds that Telegram holds a poll open; its own limit is 50. */
const POLL_S = 30;
/** Updates read at once; Telegram's own limit. */
const MOST = 100;
/** A poll is answered within its own time and this. */
const ANSWER_MS = 12 * SECOND;
/** Given to updates that are being handled when the bot is to stop. */
const GRACE_MS = 4 * SECOND;
/** After another process was found reading the same updates. */
const CONFLICT_MS = 3 * SECOND;
/** Between tries while Telegram is away: doubled each time up to the second figure. */
const BACKOFF_MS = [SECOND / 2, 30 * SECOND] as const;

/**
 * Reads updates until `signal` aborts; then confirms what was handled or written down. `onPolled` is told the
 * outcome of each poll, and ends the loop where it throws; whatever else goes wrong is waited out.
 */
export async function runUpdates(
  bot: PozirkBot,
  desk: Desk,
  signal: AbortSignal,
  onPolled: (outcome: Polled) => void = () => undefined,
): Promise<void> {
  let offset: number | undefined;
  let confirmed: number | undefined;
  let failures = 0;
  let reading = false;
  const { hearing } = desk.memory;
  await resumeUpdates(bot, desk);
  while (!signal.aborted) {
    const waiting = [...hearing.waiting];
    // The first poll only asks what is there, so that it is known at once that updates are being read.
    const timeout = reading && waiting.length === 0 ? POLL_S : 0;
    const nudged = new AbortController();
    if (timeout > 0) hearing.nudge = () => nudged.abort();
    const since = desk.telegram.contact.now;
    const outcome = await poll(desk, { offset, timeout, signal: AbortSignal.any([signal, nudged.signal]) });
    if (outcome.kind !== 'done') {
      if (signal.aborted) break;
      if (nudged.signal.aborted) continue;
      reading = false;
      onPolled(outcome);
      await desk.clock.sleep(await waitAfter(outcome, failures++, desk), signal);
      continue;
    }
    confirmed = offset;
    failures = 0;
    reading = true;
    onPolled(outcome);
    const taken = await takeUpdates(bot, desk, outcome.result);
    if (!taken) await desk.clock.sleep(SECOND, signal);
    else for (const { update_id } of outcome.result) offset = Math.max(offset ?? 0, update_id + 1);
    if (taken && isAll(outcome.result)) await allIsRead(desk, since, waiting);
  }
  await outlast(desk);
  // Else the next process would handle the last batch once more.
  if (offset !== confirmed)
    await poll(desk, { offset, timeout: 0, signal: AbortSignal.timeout(2 * SECOND), limit: 1 });
}

/** Whether Telegram had no more updates; it gives single ones to who asks often. */
const isAll = ({ length }: readonly Update[]): boolean => length === 0 || (length > 1 && length < MOST);

/** Handles what an earlier process had read and not handled. */
export async function resumeUpdates(bot: PozirkBot, desk: Desk): Promise<void> {
  const beside = updatesBeside(desk);
  let count = beside.length;
  for await (const updates of updatesLeft(desk)) {
    // Whoever serves the readers next finds the rest.
    if (desk.memory.gates.stranger.line.isLeft) return;
    count += updates.length;
    // They stay written down as they are: a Redis that takes nothing now would have all of them handled at each start.
    for (const update of updates) dropWhenOver(desk, update.update_id, handleUpdate(bot, desk, update));
    await roomInLine(desk);
  }
  for (const { update, drop } of beside) void handleUpdate(bot, desk, update).then(drop);
  if (count > 0)
    desk.log.info({ entries: roundedUp(count) }, 'handling updates that were read before the start');
}

/** Waits until a page more finds room in line: what one process had in two lines and its queues may all come into one. */
async function roomInLine({ memory, clock }: Desk): Promise<void> {
  while (!memory.gates.stranger.line.hasRoomFor(MOST)) await clock.sleep(SECOND);
}

/**
 * Takes updates in. Resolves when each is handled or written down, which is soon: then Telegram may forget them. False: it
 * must not, they could not all be written down.
 */
export async function takeUpdates(bot: PozirkBot, desk: Desk, read: readonly Update[]): Promise<boolean> {
  const updates = read
    .filter((update) => isWellFormed(update) || leaveOut(desk, update))
    .map((update) => slim(desk, update));
  observe(desk, updates);
  const heard = hearOthers(desk, updates);
  const open = new Set<{ readonly update: Update; readonly over: Promise<void> }>();
  const overs = updates.map((update) => {
    const { promise: inLine, resolve: waits } = Promise.withResolvers<void>();
    const task = { update, over: handleUpdate(bot, desk, update, waits) };
    open.add(task);
    return Promise.race([task.over.then(() => void open.delete(task)), inLine]);
  });
  const soon = new AbortController();
  const patience = read.length < MOST ? LIMITS.reading : LIMITS.hurry;
  await Promise.race([Promise.all(overs), desk.clock.sleep(patience, soon.signal)]);
  soon.abort();
  // Nobody waits for an old answer to what is being typed.
  const rest = [...open].filter(({ update }) => !update.inline_query);
  if (rest.length > 0 && !(await keepUntilOver(desk, rest))) return false;
  return heard;
}

/** An update that nobody can handle is over. */
function leaveOut({ log, status }: Desk, update: Update): false {
  status.updates.inc({ kind: 'malformed' });
  log.error({ kind: kindOf(update) }, 'an update is none that Telegram writes: it is left out');
  return false;
}

/** Readers' own messages take ids of the shared sequence too. */
function observe(desk: Desk, updates: readonly Update[]): void {
  for (const { message } of updates)
    if (message) desk.telegram.sequence.observe(message.chat.id, message.message_id);
}

/** Waits for what is being handled, for a while: what is not handled by then is written down. */
async function outlast(desk: Desk): Promise<void> {
  const { turns } = desk.memory;
  const end = desk.clock.ticks() + GRACE_MS;
  while (turns.size > 0 && desk.clock.ticks() < end) await desk.clock.sleep(SECOND / 20);
}

interface UpdatesPoll {
  readonly offset: number | undefined;
  /** Seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly limit?: number;
}

const poll = (desk: Desk, { offset, timeout, signal, limit = MOST }: UpdatesPoll) =>
  desk.telegram.call<Update[]>(
    'getUpdates',
    { ...(offset === undefined ? {} : { offset }), timeout, limit, allowed_updates: ALLOWED_UPDATES },
    timeout * SECOND + ANSWER_MS,
    signal,
  );

/** The outcome of one poll. */
export type Polled = Awaited<ReturnType<typeof poll>>;

/** Logs why a poll failed, and says how long to wait, ms. */
async function waitAfter(
  outcome: Exclude<Polled, { kind: 'done' }>,
  failures: number,
  desk: Desk,
): Promise<number> {
  if (outcome.kind === 'unreached' && outcome.deaf === 'conflict') {
    if (/webhook/i.test(outcome.detail)) {
      desk.log.warn({ code: 'telegram.conflict' }, 'a webhook is set for this token; it is removed');
      await desk.telegram.call('deleteWebhook', {});
      return BACKOFF_MS[0];
    }
    desk.log.warn({ code: 'telegram.conflict' }, 'another process reads the updates of this token');
    return CONFLICT_MS;
  }
  const [first, most] = BACKOFF_MS;
  const wait = outcome.kind === 'wait' ? outcome.ms : doubling(first, failures, most);
  const said = { code: 'telegram.unreachable', outcome: outcome.kind, ms: wait, attempt: failures + 1 };
  if (failures === 0) desk.log.warn(said, 'updates cannot be read');
  else desk.log.debug(said, 'updates cannot be read');
  return wait;
}
