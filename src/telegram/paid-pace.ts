/** Paid news: how many messages may be paid for, and the stream in which the news waits meanwhile. */
import { LIMITS } from '../limits.ts';
import type { Clock } from '../time.ts';
import type { Stream } from './stream.ts';

export type PaidPace = ReturnType<typeof createPaidPace>;

/** @param open the stream of the pace that is paid for: a limit learnt of an earlier one says nothing of the next. */
export function createPaidPace(clock: Clock, free: Stream, open: () => Stream) {
  let stream = open();
  let left = 0;
  let sent = 0;

  return {
    /** How many more may be paid for: while there are some the news has the pace that is paid for. */
    get left() {
      return left;
    },
    /** Messages that were paid for since this process began. */
    get sent() {
      return sent;
    },
    get stream() {
      return stream;
    },
    /** Lets up to `most` messages more be paid for; 0: no more. */
    allow(most: number): void {
      if (left === 0 && most > 0) stream = open();
      // Messages sent until now have used up the free messages of the next second.
      if (left > 0 && most <= 0)
        for (let count = 0; count < LIMITS.all; count += 1) free.rate.left(clock.ticks());
      left = Math.max(0, most);
    },
    /** Whether one that is sent now is paid for. */
    take(): boolean {
      if (left === 0) return false;
      left -= 1;
      sent += 1;
      return true;
    },
    /** Something that was to be paid for did not arrive, so it costs nothing. */
    costNothing(): void {
      sent -= 1;
      if (left > 0) left += 1;
    },
  };
}
