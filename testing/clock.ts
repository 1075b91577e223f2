/** Clocks of which a test or a benchmark is the master. */
import { type Clock, realClock } from '#src/time.ts';

/** A clock that runs `factor` times faster than the machine's, from `start`: an hour of news in a minute. */
export function fastClock(start: number, factor: number): Clock {
  const origin = performance.now();
  const ticks = () => (performance.now() - origin) * factor;
  return {
    now: () => start + ticks(),
    ticks,
    sleep: (ms, signal) => realClock.sleep(ms / factor, signal),
  };
}

/** A clock that stands still until a test moves it. */
export interface MovedClock extends Clock {
  /** Moves time on by `ms`, waking sleepers in the order of their time. */
  advance(ms: number): Promise<void>;
  /** Sets the time of day `ms` ahead, or back where it is negative; nobody wakes, nothing took longer. */
  set(ms: number): void;
}

export function movedClock(start: number): MovedClock {
  let now = start;
  let ahead = 0;
  let sleepers: { at: number; wake: () => void }[] = [];
  const letOthersRun = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now + ahead,
    ticks: () => now,
    set(ms) {
      ahead += ms;
    },
    sleep(ms, signal) {
      if (signal?.aborted || ms <= 0) return letOthersRun();
      return new Promise((resolve) => {
        const leave = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        };
        // A signal that is slept on for a year must not remember each sleep.
        const wake = () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
    async advance(ms) {
      const target = now + ms;
      for (;;) {
        await letOthersRun();
        const next = sleepers
          .filter(({ at }) => at <= target)
          .sort((a, b) => a.at - b.at)
          .at(0);
        if (!next) break;
        sleepers = sleepers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = target;
      await letOthersRun();
    },
  };
}
