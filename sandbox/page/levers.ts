/** Troubles that one can make on the page, and time that one can move. */
import type { Machine } from '../machine.ts';
import type { MovingClock } from '../moving-clock.ts';
import { minskTime } from '../newsroom/words.ts';
import { refusal } from '../refusal.ts';
import type { Telegram } from '../telegram/telegram.ts';

export const TROUBLES = ['store', 'second', 'lost', 'slow'] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface Levers {
  /** Switches a lasting trouble on or off. */
  set(trouble: Trouble, on: boolean): void;
  /** Has Telegram refuse the next messages for some seconds. */
  flood(): void;
  kill(): void;
  /** Moves bot, Telegram and newsroom forward together, by ms or to a time of day in Minsk (`HH:MM`). */
  forward(by: number | string): Promise<void>;
  isMoving(): boolean;
  on(): readonly Trouble[];
  isWell(): boolean;
}

interface LeverScene {
  readonly telegram: Telegram;
  readonly machine: Machine;
  readonly clock: MovingClock;
}

/** Share of calls that Telegram carries out while the answer is lost on its way. */
const LOST_SHARE = 0.05;
const SLOW_MS = [700, 1500] as const;
const FLOOD = { kind: 'too-many', method: 'sendMessage', times: 5, retryAfter: 4 } as const;
/** Calls that were not refused by then are taken. */
const FLOOD_MS = 30_000;

/**
 * Time moves in steps of this many ms, with a pause between them: a message that is to be removed after 47 hours must not
 * find itself at 48, when Telegram lets no bot remove it any more.
 */
const STEP_MS = 30 * 60_000;
const PAUSE_MS = 110;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** @param isHalted the world is about to end: the machine's time is no longer its to move */
export function createLevers(
  { telegram, machine, clock }: LeverScene,
  isHalted: () => boolean = () => false,
): Levers {
  const on = new Set<Trouble>();
  let moving = false;
  let stopLosing: (() => void) | undefined;
  const switches: Readonly<Record<Trouble, (on: boolean) => void>> = {
    store: (away) => machine.setStoreAway(away),
    second: (present) => machine.setSecond(present),
    slow: (slow) => telegram.setLatency(slow ? SLOW_MS : 0),
    lost(lose) {
      stopLosing?.();
      stopLosing = lose
        ? telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', probability: LOST_SHARE })
        : undefined;
    },
  };
  return {
    set(trouble, wanted) {
      switches[trouble](wanted);
      if (wanted) on.add(trouble);
      else on.delete(trouble);
    },
    flood: () => void clock.sleep(FLOOD_MS).then(telegram.faults.add(FLOOD)),
    kill: () => machine.kill(),
    async forward(by) {
      if (moving) throw refusal('moving');
      moving = true;
      try {
        const target = clock.now() + (typeof by === 'number' ? by : untilNext(by, clock.now()));
        for (let left = target - clock.now(); left > 0 && !isHalted(); left -= STEP_MS) {
          const step = Math.min(left, STEP_MS);
          clock.forward(step);
          machine.forward(step);
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      } finally {
        moving = false;
      }
    },
    isMoving: () => moving,
    on: () => [...on],
    isWell: () =>
      !on.has('store') &&
      !on.has('lost') &&
      !on.has('slow') &&
      !telegram.faults.isPending(FLOOD.kind) &&
      !machine.isPaused() &&
      machine.instances().some(({ state }) => state === 'serving'),
  };
}

/** Ms until this time of day in Minsk (`HH:MM`) has come. */
function untilNext(hour: string, now: number): number {
  const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const minutes = (minuteOf(hour) - minuteOf(minskTime(now)) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  return minutes * MINUTE_MS - (now % MINUTE_MS) + 1000;
}
