/** How far the updates that Telegram has are read: who waits for that, who reads, and what was read of channels. */
import { bounded } from '../../bounded.ts';

export const newHearing = () => ({
  /** Told when that is so: everything that was there when they asked. */
  waiting: new Set<() => void>(),
  /** Makes the reader look now instead of waiting for something new. */
  nudge: (): void => undefined,
  /** Posts of others, as `slot:id`: a Redis may lose its last moments. */
  named: bounded<string, true>(20_000),
  /** When it was last made sure that no update was lost by waiting too long, and when all were read, ms. */
  checkedAt: Number.NEGATIVE_INFINITY,
  readAt: Number.NEGATIVE_INFINITY,
  /** This process serves the readers: it takes what the webhook brings. */
  takes: false,
  /** When the webhook brought one last, by Telegram's time, ms. */
  broughtAt: Number.NEGATIVE_INFINITY,
  /** Since when not all can be read, in ticks; undefined: they can, or nobody asked. */
  unreadSince: undefined as number | undefined,
});
