/** Waiting by the machine's clock. */
import { setTimeout } from 'node:timers/promises';
import type { SandboxClock } from './clock.ts';

/** Turns in a row that must find it still: a bot takes a few between its poll and its first call. */
const STILL_TURNS = 5;

/** Resolves when it has been still for some turns; rejects after `withinMs`. */
export async function waitUntil(still: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  for (let turns = 0; turns < STILL_TURNS; turns = still() ? turns + 1 : 0) {
    if (performance.now() > end) throw new Error(`the local Telegram is not quiet after ${withinMs} ms`);
    await setTimeout(2);
  }
}

/** The machine's own clock. */
export const realClock: SandboxClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => setTimeout(Math.min(ms, 2 ** 31 - 1), undefined, { signal }).catch(() => undefined),
};
