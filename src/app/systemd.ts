/**
 * Tells systemd that the bot is ready, well, or stopping (sd_notify(3)), where it was started by it. Node.js has no
 * datagram sockets of the kind that this takes, so the words go through `systemd-notify`.
 */
import { execFile } from 'node:child_process';
import type { Conditions } from '../conditions.ts';
import { type Clock, SECOND } from '../time.ts';

export interface SystemdSettings {
  /** Unheard for longer than this the process is started again, ms; undefined: no watchdog. */
  readonly watchdogMs?: number;
}

const NOTIFY_MS = 5 * SECOND;

/** Never rejects: news is worth more than a word to systemd. */
const notify = (...states: readonly string[]): Promise<void> =>
  new Promise<void>((resolve) => {
    execFile('systemd-notify', [...states], { timeout: NOTIFY_MS }, () => resolve());
  }).catch(() => undefined);

/** Says `READY=1` once Redis answers (Telegram may be away), that it lives, twice in the watchdog's time, and what it waits for. */
export async function tellSystemd(
  { watchdogMs = Number.POSITIVE_INFINITY }: SystemdSettings,
  conditions: Pick<Conditions, 'waiting'>,
  clock: Clock,
  stop: AbortSignal,
): Promise<void> {
  let said = '';
  let isReady = false;
  let heardAt = clock.ticks();
  while (!stop.aborted) {
    const waiting = conditions.waiting();
    const status = `STATUS=${waiting.length === 0 ? 'ready' : `waits for ${waiting.join(', ')}`}`;
    const begins: boolean = !isReady && !waiting.includes('redis');
    const isDue = clock.ticks() - heardAt >= watchdogMs / 2;
    const states = [
      ...(status === said ? [] : [status]),
      ...(begins ? ['READY=1'] : []),
      ...(isDue ? ['WATCHDOG=1'] : []),
    ];
    if (states.length > 0) await notify(...states);
    if (isDue) heardAt = clock.ticks();
    isReady ||= begins;
    said = status;
    await clock.sleep(SECOND, stop);
  }
  await notify('STOPPING=1');
}
