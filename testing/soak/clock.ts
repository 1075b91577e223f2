import { type Clock, realClock } from '#src/time.ts';

/** A clock that several processes share: the machine's at `epoch` (ms), `faster` times as fast since. */
export function clockSince(epoch: number, faster: number): Clock {
  return {
    now: () => epoch + (Date.now() - epoch) * faster,
    ticks: () => performance.now() * faster,
    sleep: (ms, signal) => realClock.sleep(ms / faster, signal),
  };
}
