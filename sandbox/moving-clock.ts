/** The sandbox's time: the machine's own, moved forward by hand. Whoever sleeps meanwhile wakes so much earlier. */
import type { SandboxClock } from './telegram/clock.ts';

export interface MovingClock extends SandboxClock {
  /** Milliseconds from some start; moved along. */
  ticks(): number;
  /** Milliseconds by which it is ahead of the machine's clock. */
  ahead(): number;
  /** Moves time forward by `ms`. */
  forward(ms: number): void;
}

/** Node's timers overflow past this and would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** `ahead`: how far (ms) it has been moved already, by another process. */
export function movingClock(ahead = 0): MovingClock {
  let moved = ahead;
  const sleepers = new Set<() => void>();
  const ticks = () => performance.now() + moved;
  return {
    now: () => Date.now() + moved,
    ticks,
    ahead: () => moved,
    forward(ms) {
      moved += ms;
      for (const set of sleepers) set();
    },
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      const due = ticks() + ms;
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const set = () => {
          clearTimeout(timer);
          timer = setTimeout(wake, Math.min(Math.max(due - ticks(), 0), LONGEST_TIMER_MS));
        };
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(set);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleepers.add(set);
        signal?.addEventListener('abort', wake, { once: true });
        set();
      });
    },
  };
}
