/**
 * The wait of everybody after Telegram refused too much for all: while it lasts only single messages leave, to try whether
 * it is over. Moments are in ms.
 */
import { LIMITS } from '../limits.ts';

export type Standstill = ReturnType<typeof createStandstill>;

export function createStandstill() {
  let since = 0;
  let until = 0;
  let probeAt = 0;
  const isOn = (now: number): boolean => until > now;

  return {
    /** Time until it is over; 0: nobody waits. */
    left: (now: number): number => Math.max(0, until - now),
    /** Everybody waits until a moment, but never longer than `LIMITS.everybody`. */
    begin(now: number, wanted: number): void {
      if (!isOn(now)) {
        since = now;
        probeAt = now + LIMITS.probe;
      }
      until = Math.max(until, Math.min(wanted, now + LIMITS.everybody));
    },
    /** The earliest moment at which the next message may leave; 0: at once. */
    due: (now: number): number => (isOn(now) ? Math.min(until, probeAt) : 0),
    /** A message may leave: while everybody waits, it is the one that tries. */
    granted(now: number): void {
      if (isOn(now)) probeAt = now + LIMITS.probe;
    },
    /** Telegram accepted what left at `leftAt`: since the wait began, it has tried it. */
    accepted(now: number, leftAt: number): void {
      if (isOn(now) && leftAt > since) until = now;
    },
  };
}
