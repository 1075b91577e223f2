/** How far the updates that Telegram has are read: who waits for that, who reads, and what was read of channels. */
import { type Bounded, bounded } from '../../bounded.ts';

export interface Hearing {
  /** Told when that is so: everything that was there when they asked. */
  waiting: (() => void)[];
  /** Makes the reader look now instead of waiting for something new. */
  nudge: () => void;
  /** Posts of others, as `slot:id`: a Redis may lose its last moments. */
  readonly named: Bounded<string, true>;
  /** When it was last made sure that no update was lost by waiting too long, and when all were read, ms. */
  checkedAt: number;
  readAt: number;
  /** This process serves the readers: it takes what the webhook brings. */
  takes: boolean;
  /** When the webhook brought one last, by Telegram's time, ms. */
  broughtAt: number;
  /** Since when not all can be read, in ticks; undefined: they can, or nobody asked. */
  unreadSince: number | undefined;
}

export const newHearing = (): Hearing => ({
  waiting: [],
  nudge: () => undefined,
  named: bounded(20_000),
  checkedAt: Number.NEGATIVE_INFINITY,
  readAt: Number.NEGATIVE_INFINITY,
  takes: false,
  broughtAt: Number.NEGATIVE_INFINITY,
  unreadSince: undefined,
});
