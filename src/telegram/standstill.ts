/**
 * The wait of everybody after Telegram refused too much for all: while it lasts only single messages leave, to try whether
 * it is over. Moments are in ms.
 */
import { LIMITS } from '../limits.ts';

export interface Standstill {
  /** Time until it is over; 0: nobody waits. */
  left(now: number): number;
  /** Everybody waits until a moment, but never longer than `LIMITS.everybody`. */
  begin(now: number, until: number): void;
  /** The earliest moment at which the next message may leave; 0: at once. */
  due(now: number): number;
  /** A message may leave: while everybody waits, it is the one that tries. */
  granted(now: number): void;
  /** Telegram accepted what left at `leftAt`. */
  accepted(now: number, leftAt: number): void;
}

export function createStandstill(): Standstill {
  let since = 0;
  let until = 0;
  let probeAt = 0;
  const isOn = (now: number): boolean => until > now;

  return {
    left: (now) => Math.max(0, until - now),
    begin(now, wanted) {
      if (!isOn(now)) {
        since = now;
        probeAt = now + LIMITS.probe;
      }
      until = Math.max(until, Math.min(wanted, now + LIMITS.everybody));
    },
    due: (now) => (isOn(now) ? Math.min(until, probeAt) : 0),
    granted(now) {
      if (isOn(now)) probeAt = now + LIMITS.probe;
    },
    accepted(now, leftAt) {
      // A message that left since the wait began has tried it.
      if (isOn(now) && leftAt > since) until = now;
    },
  };
}
