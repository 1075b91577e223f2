/** Waiting by the machine's clock. */
import type { SandboxClock } from './clock.ts';

/** Turns in a row that must find it still: a bot takes a few between its poll and its first call. */
const STILL_TURNS = 5;

/** Resolves when it has been still for some turns; rejects after `withinMs`. */
export async function waitUntil(still: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  for (let turns = 0; turns < STILL_TURNS; turns = still() ? turns + 1 : 0) {
    if (performance.now() > end) throw new Error(`the local Telegram is not quiet after ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** The machine's own clock. */
export const realClock: SandboxClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, 2_147_483_647));
      signal?.addEventListener('abort', done, { once: true });
    }),
};
