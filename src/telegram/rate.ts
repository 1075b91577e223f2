/**
 * How many messages a second Telegram takes, learned: it climbs while nothing complains, falls by a third on a refusal or
 * rising latency, then settles just below what was refused and tries more only after a calm while. Moments are in ms.
 */
import { MINUTE, SECOND } from '../time.ts';
import { LIMITS } from '../limits.ts';

export interface Rate {
  /** Messages a second at present; Infinity without a limit. */
  readonly perSecond: number;
  /** Milliseconds between two turns. */
  readonly distance: number;
  /** Tries a little more, where it is time. */
  climb(now: number): void;
  /** The earliest moment at which one more message keeps the last second within the rate. */
  due(): number;
  /** A message leaves. */
  left(now: number): void;
  /** Telegram took a message after `latencyMs`. */
  accepted(now: number, latencyMs: number): void;
  /** Telegram refused one that left at `leftAt` because it is too much for all. */
  refused(now: number, leftAt: number): void;
}

/**
 * Messages that leave a second apart arrive closer together where the way takes 80 ms for one and 120 ms for another.
 * Turns are spaced wider by the spread of the latencies of so many messages, or 31 would be squeezed into a second.
 */
const SPREAD_OF = 100;
const SPREAD_MS = { least: 20, most: 45 } as const;
/** Latency above this is pressure that Telegram's server hides (it waits up to 8 s by itself before it says 429). */
const SLOW_MS = 2 * SECOND;
/** Calm before the first try above a rate that was refused, and before the next where that was refused at the same. */
const CALM_MS = 15 * SECOND;
const SURE_CALM_MS = MINUTE;
const MOST_CALM_MS = 5 * MINUTE;
/** Calm before the first and the second try to get back to a rate that went well for a minute before a trouble. */
const BACK_MS = [3 * SECOND, 10 * SECOND];
/** Older moments say nothing of the last second; looked through as often. */
const MEMORY_MS = MINUTE / 6;

/** Latencies say how much wider than the rate turns are spaced, as a factor, and when Telegram is pressed. */
function createLatency() {
  let latencies: number[] = [];
  let slowness = 0;
  const factor = (): number => {
    const sorted = latencies.length < 20 ? [] : latencies.toSorted((a, b) => a - b);
    const spread = (sorted.at(-1 - Math.floor(sorted.length / 50)) ?? SPREAD_MS.most) - (sorted[0] ?? 0);
    return 1 + (Math.min(Math.max(spread, SPREAD_MS.least), SPREAD_MS.most) + 2) / SECOND;
  };
  const latency = {
    factor: factor(),
    /** True: it is slow too often. */
    saw(latencyMs: number): boolean {
      latencies.push(latencyMs);
      if (latencies.length > SPREAD_OF) {
        latencies = latencies.slice(-SPREAD_OF / 2);
        latency.factor = factor();
      }
      slowness = latencyMs > SLOW_MS ? slowness + 1 : Math.max(0, slowness - 0.2);
      const isPressed = slowness >= 3;
      if (isPressed) slowness = 0;
      return isPressed;
    },
  };
  return latency;
}

/**
 * The limit that refusals have taught: the rate stays at or below it, and more is tried only after a calm while. Where it is
 * refused again at a lower rate, it was not the rate: Telegram refuses at random on its bad days. What went well for a
 * minute before them is then tried again soon, twice.
 */
function createCap(ceiling: number) {
  let calm = CALM_MS;
  let calmUntil = 0;
  let last = Number.NEGATIVE_INFINITY;
  /** The rate that went well before, and what is left of the tries to get back to it. */
  let proven = ceiling;
  let backTries = 0;
  let isTried = false;
  let backFrom = 0;
  let refusedAt = Number.NEGATIVE_INFINITY;
  const cap = {
    perSecond: ceiling,
    /** No more than `limit` a second were taken when `rate` a second were tried. */
    refused(at: number, limit: number, rate: number): void {
      // Counting within one second is coarse: of two readings that agree the higher one is nearer to the truth.
      const agrees = Math.abs(limit - last) <= Math.max(1, last / 10);
      const wasWell = at - refusedAt > SURE_CALM_MS;
      const wasOnItsWayBack = backTries > 0 && cap.perSecond > last;
      // A try that came so soon says less than one after a calm while.
      const isSure = agrees && !wasOnItsWayBack;
      if (wasWell) [proven, backTries, isTried] = [rate, 0, false];
      else if (wasOnItsWayBack) backTries -= 1;
      else if (!isTried && at - refusedAt < CALM_MS) [backTries, isTried] = [BACK_MS.length, true];
      // Few get through on a bad day, and two such readings agree by chance.
      if (agrees && limit > proven / 2) backTries = 0;
      backFrom = at + (BACK_MS.at(-backTries) ?? 0);
      refusedAt = at;
      cap.perSecond = agrees ? Math.max(limit, last) : limit;
      calm = isSure ? Math.min(Math.max(SURE_CALM_MS, calm * 2), MOST_CALM_MS) : CALM_MS;
      last = cap.perSecond;
      calmUntil = at + calm;
    },
    climb(at: number, seconds: number): void {
      if (backTries > 0 && at > backFrom && cap.perSecond < proven)
        cap.perSecond = Math.min(proven, cap.perSecond + (proven / 4) * seconds);
      else if (at > calmUntil && cap.perSecond < ceiling)
        cap.perSecond = Math.min(ceiling, cap.perSecond + Math.max(0.3, cap.perSecond * 0.05) * seconds);
    },
  };
  return cap;
}

/** When messages left, and when those left that were accepted, of the last seconds. */
function createTraffic(most: number, now: number) {
  let departures: number[] = [];
  let acceptances: number[] = [];
  let sweptAt = now;
  return {
    /** The moment at which the last but so many left. */
    departure: (back: number): number | undefined => departures.at(-back),
    /** How many were accepted of those that left in the second before a moment. */
    acceptedBefore: (leftAt: number): number =>
      acceptances.filter((one) => one <= leftAt && leftAt - one < SECOND).length,
    left(at: number): void {
      departures.push(at);
      if (at - sweptAt < MEMORY_MS) return;
      sweptAt = at;
      departures = departures.slice(-most);
      acceptances = acceptances.filter((one) => at - one < MEMORY_MS);
    },
    accepted: (leftAt: number): unknown => acceptances.push(leftAt),
  };
}

/** No limit at all: nothing is learned. */
const UNLIMITED: Rate = {
  perSecond: Number.POSITIVE_INFINITY,
  distance: 0,
  climb: () => undefined,
  due: () => 0,
  left: () => undefined,
  accepted: () => undefined,
  refused: () => undefined,
};

/** @param start messages a second to begin with, 1-1000; 30 or more is start and ceiling both; 0: no limit at all. */
export function createRate(start: number, now: number): Rate {
  if (start === 0) return UNLIMITED;
  const ceiling = Math.max(start, LIMITS.all);
  let rate = start;
  const cap = createCap(ceiling);
  const latency = createLatency();
  const traffic = createTraffic(2 * ceiling, now);
  let lastClimb = now;
  let lastFall = Number.NEGATIVE_INFINITY;

  /** @param leftAt when the message left that was refused; absent: nothing was, it is only slow. */
  function fall(at: number, leftAt?: number): void {
    if (at - lastFall < 2 * SECOND) return;
    lastFall = at;
    const seen = leftAt === undefined ? 0 : traffic.acceptedBefore(leftAt);
    const limit = Math.max(1, Math.min(rate, Math.max(seen, rate / 2)));
    cap.refused(at, limit, rate);
    rate = Math.max(1, cap.perSecond * (2 / 3));
    lastClimb = at;
  }

  return {
    get perSecond() {
      return rate;
    },
    get distance() {
      return (SECOND / rate) * latency.factor;
    },
    climb(at) {
      const seconds = (at - lastClimb) / SECOND;
      if (seconds < 0.25) return;
      lastClimb = at;
      cap.climb(at, seconds);
      // Back to a known rate within a second or two.
      rate = Math.min(cap.perSecond, rate + Math.max(4, cap.perSecond - rate) * seconds);
    },
    due() {
      const window = Math.round(rate);
      const first = traffic.departure(window);
      return first === undefined ? 0 : first + (SECOND * window * latency.factor) / rate;
    },
    left: (at) => traffic.left(at),
    accepted(at, latencyMs) {
      traffic.accepted(at - latencyMs);
      if (latency.saw(latencyMs)) fall(at);
    },
    refused: fall,
  };
}
