/** Who waits until every update that Telegram has is read, and who reads. */
export interface Hearing {
  /** Told when that is so: everything that was there when they asked. */
  waiting: (() => void)[];
  /** Makes the reader look now instead of waiting for something new. */
  nudge: () => void;
  /** When it was last made sure that no update was lost by waiting too long, and when all were read, ms. */
  checkedAt: number;
  readAt: number;
}

export const newHearing = (): Hearing => ({
  waiting: [],
  nudge: () => undefined,
  checkedAt: Number.NEGATIVE_INFINITY,
  readAt: Number.NEGATIVE_INFINITY,
});
