/** Where updates come from: our own long poll, or the webhook, handled in order within a chat and together across chats. */
import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Desk } from '../desk/desk.ts';
import { PozirkError } from '../errors.ts';
import type { PozirkBot } from './bot.ts';

/** Kinds of updates that the counter understands; Telegram sends no others. */
export const ALLOWED_UPDATES = [
  'message',
  'channel_post',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const;

/** Seconds that Telegram holds a poll open; its own limit is 50. */
const POLL_S = 30;
/** One update takes at most this long before the next ones of its chat go on. */
const UPDATE_MS = 10_000;
/** Given to updates that are being handled when the bot is to stop. */
const GRACE_MS = 4000;
/** After another process was found reading the same updates. */
const CONFLICT_MS = 3000;
/** Between tries while Telegram is away: doubled each time up to the second figure. */
const BACKOFF_MS = [500, 30_000] as const;
/**
 * Reads updates until `signal` aborts; then confirms what was handled. `onReading` is called at each good poll, first
 * when Telegram has answered at all. Throws `telegram.unauthorized` where the token is refused; everything else it
 * waits out.
 */
export async function runUpdates(
  bot: PozirkBot,
  desk: Desk,
  signal: AbortSignal,
  onReading: () => void = () => undefined,
): Promise<void> {
  let offset: number | undefined;
  let confirmed: number | undefined;
  let failures = 0;
  let reading = false;
  const ended = new AbortController();
  const late = outlasted(desk, signal, ended.signal);
  while (!signal.aborted) {
    try {
      if (!bot.isInited()) bot.botInfo = await bot.api.getMe(signal as Parameters<typeof bot.api.getMe>[0]);
      // The first poll only asks what is there, so that it is known at once that updates are being read.
      const batch = await poll(bot, { offset, timeout: reading ? POLL_S : 0, signal });
      confirmed = offset;
      failures = 0;
      reading = true;
      onReading();
      const handled = Promise.all(batch.map((update) => handleUpdate(bot, desk, update))).then(() => true);
      if (!(await Promise.race([handled, late]))) break;
      for (const { update_id } of batch) offset = Math.max(offset ?? 0, update_id + 1);
    } catch (error) {
      if (signal.aborted) break;
      reading = false;
      await desk.clock.sleep(await waitAfter(error, failures++, bot, desk), signal);
    }
  }
  ended.abort();
  // Else the next process would handle the last batch once more.
  if (offset !== confirmed)
    await poll(bot, { offset, timeout: 0, signal: AbortSignal.timeout(2000), limit: 1 }).catch(() => []);
}

/** Resolves with false a while after `signal` aborted: what is not handled by then comes again later. */
async function outlasted(desk: Desk, signal: AbortSignal, ended: AbortSignal): Promise<false> {
  if (!signal.aborted)
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  await desk.clock.sleep(GRACE_MS, ended);
  return false;
}

interface UpdatesPoll {
  readonly offset: number | undefined;
  /** Seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly limit?: number;
}

const poll = (bot: PozirkBot, { offset, timeout, signal, limit = 100 }: UpdatesPoll): Promise<Update[]> =>
  bot.api.getUpdates(
    { ...(offset === undefined ? {} : { offset }), timeout, limit, allowed_updates: ALLOWED_UPDATES },
    signal as Parameters<typeof bot.api.getUpdates>[1],
  );

/** Logs why a poll failed, and says how long to wait, ms; throws where waiting does not help. */
async function waitAfter(error: unknown, failures: number, bot: PozirkBot, desk: Desk): Promise<number> {
  const code = error instanceof GrammyError ? error.error_code : undefined;
  if (code === 401 || code === 404)
    throw new PozirkError('telegram.unauthorized', 'Telegram refuses the token');
  if (code === 409 && error instanceof GrammyError) {
    if (/webhook/i.test(error.description)) {
      desk.log.warn({ code: 'telegram.conflict' }, 'a webhook is set for this token; it is removed');
      await bot.api.deleteWebhook().catch(() => undefined);
      return BACKOFF_MS[0];
    }
    desk.log.warn({ code: 'telegram.conflict' }, 'another process reads the updates of this token');
    return CONFLICT_MS;
  }
  const asked = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  const [first, most] = BACKOFF_MS;
  const wait = asked === undefined ? Math.min(first * 2 ** Math.min(failures, 16), most) : asked * 1000;
  const said = { code: 'telegram.unreachable', status: code, ms: wait, attempt: failures + 1 };
  if (failures === 0) desk.log.warn(said, 'updates cannot be read');
  else desk.log.debug(said, 'updates cannot be read');
  return wait;
}

/**
 * Handles one update, after the earlier ones of its chat, and resolves when it is done or has had its time. An update
 * that was handled before is left alone. Never rejects.
 */
export async function handleUpdate(bot: PozirkBot, desk: Desk, update: Update): Promise<void> {
  const { seen, turns } = desk.memory;
  if (seen.get(update.update_id)) return;
  seen.set(update.update_id, true);
  desk.status.updates.inc({ kind: kindOf(update) });
  const key = turnOf(update);
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before.then(() => inTime(bot, desk, update));
  turns.set(key, turn);
  await turn;
  if (turns.get(key) === turn) turns.delete(key);
}

async function inTime(bot: PozirkBot, desk: Desk, update: Update): Promise<void> {
  const done = new AbortController();
  // A webhook may bring updates before anybody has asked Telegram who we are.
  const handled = bot
    .init()
    .then(() => bot.handleUpdate(update))
    .catch((error: unknown) => {
      desk.log.error({ err: error }, 'an update failed');
    });
  const late = desk.clock.sleep(UPDATE_MS, done.signal);
  await Promise.race([handled, late]);
  done.abort();
}

const kindOf = (update: Update): string => ALLOWED_UPDATES.find((kind) => kind in update) ?? 'other';

/** Updates with the same name are handled one after the other. */
function turnOf(update: Update): string {
  // Both chats of a move tell of it; the second telling has to find the first one done.
  const former = update.message?.migrate_from_chat_id;
  if (former !== undefined) return `${former}`;
  const chat =
    update.message?.chat ??
    update.channel_post?.chat ??
    update.callback_query?.message?.chat ??
    update.my_chat_member?.chat;
  const from = update.inline_query?.from ?? update.callback_query?.from;
  return `${chat?.id ?? from?.id ?? update.update_id}`;
}
