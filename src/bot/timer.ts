/** Telegram's own timer of a chat, which only its reader can set; a bot may see it. */
import { DAY, SECOND } from '../time.ts';
import type { Counter } from './context.ts';

/** Nobody waits longer than this (ms) for a line that is told besides. */
const ASK_MS = 2 * SECOND;

/** A line that tells for how long the timer is set; empty where none is, or where Telegram does not say so now. */
export async function timerLine({ here: { desk, chat, locale } }: Counter): Promise<string> {
  const params = { chat_id: chat.id };
  const outcome = await desk.telegram.call<{ message_auto_delete_time?: number }>('getChat', params, ASK_MS);
  const seconds = outcome.kind === 'done' ? (outcome.result.message_auto_delete_time ?? 0) : 0;
  return seconds > 0 ? locale.html('timer-set', { days: Math.ceil((seconds * SECOND) / DAY) }) : '';
}
