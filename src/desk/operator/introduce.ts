/** Keeps what Telegram shows about the bot up to date, with as few calls as possible. */
import { createHash } from 'node:crypto';
import type { Store } from '../../store/redis.ts';
import { patiently } from '../../telegram/patient.ts';
import { MINUTE, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';

/** One text of the bot's own, as a Bot API call; `name` is the same for each version of it. */
export interface Introduction {
  readonly name: string;
  readonly method: string;
  readonly params: object;
}

/** Telegram is known to ask for eight minutes after several restarts. */
const PATIENCE_MS = 20 * MINUTE;

/**
 * Sends the introductions that differ from those that were last accepted, one after the other. What Telegram refuses
 * is logged and tried again at the next start.
 */
export async function introduce(
  desk: Desk,
  introductions: readonly Introduction[],
  signal: AbortSignal,
): Promise<void> {
  const { redis, keys } = desk.store;
  const key = keys.introduced;
  const accepted = await redis.hgetall(key);
  for (const introduction of introductions) {
    if (signal.aborted) return;
    const digest = createHash('sha256').update(JSON.stringify(introduction.params)).digest('base64url');
    if (accepted[introduction.name] === digest) continue;
    if (await send(desk, introduction, signal)) await redis.hset(key, introduction.name, digest);
  }
}

/** Whether Telegram has taken anything from this bot before: then its token was good. */
export const wasIntroduced = async ({ redis, keys }: Store): Promise<boolean> =>
  (await redis.exists(keys.introduced)) === 1;

async function send(desk: Desk, { method, params }: Introduction, signal: AbortSignal): Promise<boolean> {
  const call = () => desk.telegram.call<true>(method, params, undefined, signal);
  const outcome = await patiently(desk.clock, call, { forMs: PATIENCE_MS, restMs: 5 * SECOND, signal });
  if (outcome.kind === 'refused')
    desk.log.warn({ method, said: outcome.description }, 'Telegram refuses a text about the bot');
  return outcome.kind === 'done';
}
