/** Paid news: how many messages may be paid for, and the stream in which the news waits meanwhile. */
import { LIMITS } from '../limits.ts';
import type { Clock } from '../time.ts';
import type { Stream } from './stream.ts';

export type PaidPace = Readonly<ReturnType<typeof createPaidPace>>;

/** @param open the stream of the pace that is paid for: a limit learnt of an earlier one says nothing of the next. */
export function createPaidPace(clock: Clock, free: Stream, open: () => Stream) {
  const paid = {
    /** How many more may be paid for: while there are some the news has the pace that is paid for. */
    left: 0,
    /** Messages that were paid for since this process began. */
    sent: 0,
    stream: open(),
    /** Lets up to `most` messages more be paid for; 0: no more. */
    allow(most: number): void {
      if (paid.left === 0 && most > 0) paid.stream = open();
      // Messages sent until now have used up the free messages of the next second.
      if (paid.left > 0 && most <= 0)
        for (let count = 0; count < LIMITS.all; count += 1) free.rate.left(clock.ticks());
      paid.left = Math.max(0, most);
    },
    /** Whether one that is sent now is paid for. */
    take(): boolean {
      if (paid.left === 0) return false;
      paid.left -= 1;
      paid.sent += 1;
      return true;
    },
    /** Something that was to be paid for did not arrive, so it costs nothing. */
    costNothing(): void {
      paid.sent -= 1;
      if (paid.left > 0) paid.left += 1;
    },
  };
  return paid;
}
