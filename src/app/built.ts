/** Parts that `app.ts` builds from the configuration: the first argument of everything that runs for ever. */
import type { PozirkBot } from '../bot/bot.ts';
import type { Config } from '../config/config.ts';
import type { Desk } from '../desk/desk.ts';
import type { Doorbell } from './doorbell.ts';
import type { WebSub } from './websub.ts';

export interface Built {
  readonly config: Config;
  readonly desk: Desk;
  readonly bot: PozirkBot;
  readonly doorbell: Doorbell;
  /** Absent: no hub can reach us. */
  readonly websub?: WebSub;
}
