/** Words between the trial and the bot that it runs as a process of its own. */
import type { Environment } from '../config/config.ts';

/** To the bot. The first one is `begin`. */
export type Order =
  /** `ahead`: how far the time of this world is ahead of the machine's, ms. */
  | { readonly do: 'begin'; readonly env: Environment; readonly ahead: number }
  /** Time moves on by `ms`. */
  | { readonly do: 'forward'; readonly ms: number };

/** From the bot: it listens at this address. */
export interface Report {
  readonly url: string;
}
