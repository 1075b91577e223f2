/** A queue for the turns of one rate, and the messages that leave at it. */
import { LIMITS } from '../limits.ts';
import { type Clock, SECOND } from '../time.ts';
import type { Asker } from './askers.ts';
import { createLanes, type Lane, type Lanes, type Waiter } from './lanes.ts';
import type { Standstill } from './standstill.ts';
import { createRate, type Rate } from './rate.ts';

export interface Stream {
  readonly rate: Rate;
  /** As `Pace.turn`. */
  turn(lane: Lane, signal?: AbortSignal, asker?: Asker): Promise<boolean>;
  /** A turn was not used: whoever is next has it. */
  giveBack(): void;
  /** Resolves as soon as one more departure keeps the last second within the rate; undefined: it does now. */
  leave(): Promise<void> | undefined;
}

/** Naps while a turn is not due yet: an answer that arrives meanwhile is not stuck behind a long one. */
const NAP_MS = SECOND / 4;

/**
 * @param perSecond as `createRate` takes it.
 * @param catchUpMs how late a turn may be and still be caught up with.
 * @param onCrowd called when an answer is given up because too many wait.
 */
export function createStream(
  clock: Clock,
  standstill: Standstill,
  { perSecond, catchUpMs, onCrowd }: { perSecond: number; catchUpMs: number; onCrowd: () => void },
): Stream {
  const unlimited = perSecond === 0;
  const rate = createRate(perSecond, clock.ticks());
  const lanes = createLanes(LIMITS.answers, onCrowd);
  let nextTurn = clock.ticks();
  let isRunning = false;
  let departures: Promise<void> = Promise.resolve();

  function grantNext(now: number): boolean {
    standstill.granted(now);
    return lanes.grantNext(now);
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (lanes.size > 0) {
      const now = clock.ticks();
      if (standstill.left(now) === 0) rate.climb(now);
      lanes.giveUpLate(now);
      const due = Math.max(nextTurn, standstill.due(now));
      if (due > now) {
        await clock.sleep(Math.min(due - now, NAP_MS));
        continue;
      }
      nextTurn = Math.max(nextTurn, now - catchUpMs) + rate.distance;
      grantNext(now);
    }
    isRunning = false;
  }

  return {
    rate,
    turn(lane, signal, asker) {
      if (signal?.aborted) return Promise.resolve(false);
      if (unlimited && standstill.left(clock.ticks()) === 0) return Promise.resolve(true);
      const granted = waitFor(lanes, { lane, ...(asker && { asker }) }, clock.ticks(), signal);
      if (!isRunning) void run();
      return granted;
    },
    giveBack() {
      if (!unlimited && !grantNext(clock.ticks())) nextTurn = Math.min(nextTurn, clock.ticks());
    },
    leave: () => (unlimited ? undefined : (departures = departures.then(() => spaceOut(clock, rate)))),
  };
}

/** Waits in a lane; resolves as `Pace.turn`. */
function waitFor(lanes: Lanes, who: Pick<Waiter, 'lane' | 'asker'>, now: number, signal?: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const waiter: Waiter = {
    ...who,
    ...(who.lane === 'answer' && !who.asker?.patient ? { until: now + LIMITS.patience } : {}),
    grant(granted) {
      signal?.removeEventListener('abort', stopped);
      resolve(granted);
    },
  };
  function stopped(): void {
    lanes.remove(waiter);
    resolve(false);
  }
  signal?.addEventListener('abort', stopped, { once: true });
  lanes.add(waiter, now);
  return promise;
}

/** Waits until one more departure keeps the last second within the rate. */
async function spaceOut(clock: Clock, rate: Rate): Promise<void> {
  const due = rate.due();
  if (due > clock.ticks()) await clock.sleep(due - clock.ticks());
  rate.left(clock.ticks());
}
