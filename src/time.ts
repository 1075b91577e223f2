/** Clock and schedules: the only place that asks the machine for the time, and the only user of node-cron. */
import { setTimeout } from 'node:timers/promises';
import cron from 'node-cron';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The rest before another try, ms: twice the one before, `mostMs` at most. */
export const doubling = (firstMs: number, tries: number, mostMs: number): number =>
  Math.min(firstMs * 2 ** tries, mostMs);

/** A moment to the minute, for operators. */
export const utcMinute = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Put behind words of `at` that arrive at `now`: the moment where it is not this one. */
export const unlessFresh = (at: number, now: number): string =>
  now - at > MINUTE ? `\n(${utcMinute(at)})` : '';

/** The time of day, a count that only goes forward, and a way to wait. */
export interface Clock {
  /** Milliseconds since the epoch: a date. Whoever sets the machine's clock moves it, both ways. */
  now(): number;
  /** Milliseconds from some start: how long something took or has to wait, however the time of day is set meanwhile. */
  ticks(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  // Node's timers overflow past 2^31-1 ms and would fire at once.
  sleep: (ms, signal) =>
    setTimeout(Math.min(Math.max(ms, 0), 2 ** 31 - 1), undefined, { signal }).catch(() => undefined),
};

/** A clock that knows how late it has told. */
export interface WatchedClock extends Clock {
  /** The latest time of day that was told since this was last asked: no date that was made meanwhile counts from a later one. */
  latest(): number;
}

export function watched(clock: Clock): WatchedClock {
  let latest = Number.NEGATIVE_INFINITY;
  return {
    ...clock,
    now() {
      const now = clock.now();
      if (now > latest) latest = now;
      return now;
    },
    latest() {
      const told = latest;
      latest = Number.NEGATIVE_INFINITY;
      return told;
    },
  };
}

/** Whether node-cron understands `expression` (five fields, or six with seconds first). */
export const isSchedule = (expression: string): boolean => cron.validate(expression);

/** A process that was held up looks this far back for moments that it missed; what is longer ago is not made up for. */
const MISSED_MS = MINUTE;

/** Calls `task` in each second that `expression` names; looks every second: however the clock is set, the next is an interval away. */
export async function followSchedule(
  expression: string,
  task: () => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const parsed = cron.createTask(expression, () => undefined);
  for (let seen = secondOf(clock.now()); !signal.aborted; ) {
    await clock.sleep(SECOND - (clock.now() % SECOND), signal);
    const now = secondOf(clock.now());
    const passed = now > seen ? Math.min(now - seen, MISSED_MS) : SECOND;
    if (!signal.aborted && now !== seen && isDue(parsed, now, passed)) task();
    seen = now;
  }
  void parsed.destroy();
}

const secondOf = (at: number): number => at - (at % SECOND);

/** Whether one of the seconds of the `passed` ms up to `now` is named. */
const isDue = (parsed: ReturnType<typeof cron.createTask>, now: number, passed: number): boolean =>
  Array.from({ length: passed / SECOND }, (_, ago) => new Date(now - ago * SECOND)).some((at) =>
    parsed.match(at),
  );

/** Time between two moments of `expression`, as of now, ms: of those that are close to one another, and of a pause before the next. */
export function scheduleInterval(expression: string): number {
  const task = cron.createTask(expression, () => undefined);
  const [first, second] = task.getNextRuns(2);
  void task.destroy();
  if (!first || !second) return DAY;
  return Math.max(first.getTime() - Date.now(), second.getTime() - first.getTime());
}
