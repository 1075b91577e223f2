/**
 * Words to the world besides Telegram: an alarm to whoever listens at `ALARM_URL`, a sign of life to `HEARTBEAT_URL`.
 * Nothing in them is about a chat.
 */
import type { Conditions } from '../conditions.ts';
import type { Logger } from '../log.ts';
import { type Clock, DAY, MINUTE, SECOND } from '../time.ts';
import type { Charge } from './tell-troubles.ts';

/** Whoever does not answer within this time is not there, ms. */
const ANSWER_MS = 10 * SECOND;
/** Rests between tries to bring an alarm, doubled from the first to the second; then it is out of date. */
const REST_MS = { first: 2 * SECOND, longest: 5 * MINUTE } as const;
const KEPT_MS = DAY;
const HEARTBEAT_MS = MINUTE;

export interface Outside {
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Undefined: it was taken; else why not, as a status or a word of the network. */
async function ask(url: string, signal: AbortSignal, body?: string): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const options = body === undefined ? {} : { method: 'POST', headers, body };
    const late = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(url, { ...options, signal: late });
    await response.body?.cancel();
    return response.ok ? undefined : `an answer ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : undefined;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
  }
}

/** Brings each alarm to `url` as the text of a POST, again and again for a day where nobody takes it. */
export function createRinger(url: string, { clock, log, signal }: Outside): (words: string) => void {
  const ring = async (words: string): Promise<void> => {
    const until = clock.ticks() + KEPT_MS;
    for (let rest = REST_MS.first; !signal.aborted; rest = Math.min(rest * 2, REST_MS.longest)) {
      const detail = await ask(url, signal, words);
      if (detail === undefined) return;
      log.warn({ detail }, 'ALARM_URL did not take an alarm');
      if (clock.ticks() + rest > until) return;
      await clock.sleep(rest, signal);
    }
  };
  return (words) => void ring(words);
}

/** Asks for `url` once a minute while the news can get out and this process is the one that brings it. */
export async function beatHeart(
  url: string,
  conditions: Conditions,
  charge: Pick<Charge, 'isOurs'>,
  { clock, log, signal }: Outside,
): Promise<void> {
  let silence: string | undefined;
  while (!signal.aborted) {
    const standsStill = conditions.failing().some(({ name }) => name === 'lag' || name === 'paused');
    const isWell = charge.isOurs && !standsStill && conditions.waiting().length === 0;
    if (isWell) {
      const detail = await ask(url, signal);
      if (detail !== undefined && detail !== silence) log.warn({ detail }, 'HEARTBEAT_URL cannot be reached');
      silence = detail;
    }
    await clock.sleep(isWell ? HEARTBEAT_MS : SECOND, signal);
  }
}
