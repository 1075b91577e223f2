/** Clock and schedules: the only place that asks the machine for the time, and the only user of node-cron. */
import cron from 'node-cron';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since the epoch, and a way to wait. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, signal),
};

/** A clock that runs `factor` times faster than the machine's, from `start`: an hour of news in a minute. */
export function fastClock(start: number, factor: number): Clock {
  const origin = performance.now();
  return {
    now: () => start + (performance.now() - origin) * factor,
    sleep: (ms, signal) => wait(ms / factor, signal),
  };
}

/** A clock that stands still until a test moves it. */
export interface MovedClock extends Clock {
  /** Moves time on by `ms`, waking sleepers in the order of their time. */
  advance(ms: number): Promise<void>;
}

export function movedClock(start: number): MovedClock {
  let now = start;
  let sleepers: { at: number; wake: () => void }[] = [];
  const letOthersRun = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleep(ms, signal) {
      if (signal?.aborted || ms <= 0) return letOthersRun();
      return new Promise((resolve) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleepers = sleepers.filter((other) => other !== sleeper);
            resolve();
          },
          { once: true },
        );
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

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    // Node's timers overflow past 2^31-1 ms and would fire at once.
    const timer = setTimeout(done, Math.min(Math.max(ms, 0), 2_147_483_647));
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** Whether node-cron understands `expression` (five fields, or six with seconds first). */
export const isSchedule = (expression: string): boolean => cron.validate(expression);

/**
 * Runs `task` at every moment of `expression` until `signal` aborts. A run that is still going when the next is due
 * swallows that one.
 */
export function onSchedule(expression: string, task: () => Promise<void>, signal: AbortSignal): void {
  if (signal.aborted) return;
  const scheduled = cron.schedule(expression, task, { noOverlap: true });
  signal.addEventListener('abort', () => void scheduled.destroy(), { once: true });
}

/** Time between the next two moments of `expression`, ms. */
export function scheduleInterval(expression: string): number {
  const task = cron.createTask(expression, () => undefined);
  const [first, second] = task.getNextRuns(2);
  void task.destroy();
  return first && second ? second.getTime() - first.getTime() : DAY;
}
