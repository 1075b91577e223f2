/** The face of the local Telegram towards whoever runs it: options, and all that one can do with it. */
import type { Latency } from './calls.ts';
import type { By, ChatClient } from './chat-client.ts';
import type { CounterReading, Delivery } from './counters.ts';
import type { Faults } from './faults.ts';
import type { LimitSettings } from './limits.ts';
import type { RichFortune } from './chat.ts';
import type { Params } from './params.ts';
import type { Person } from './people.ts';
import type { SandboxClock } from './clock.ts';
import type { ServerAge } from './world.ts';
import type { Answer, WireUpdate, WireUser } from './wire.ts';

export interface TelegramOptions {
  /** Default: the machine's clock. */
  readonly clock?: SandboxClock;
  /** `true`: all the documented limits. Default: none. */
  readonly limits?: LimitSettings | true;
  /** Added to every call but getUpdates. Default 0. */
  readonly latency?: Latency;
  /** For latency and faults. Default 1. */
  readonly seed?: number;
  /** Token of the first bot. */
  readonly token?: string;
  /** Username of the first bot. Default `pozirk_sandbox_bot`. */
  readonly username?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Slow down repeated polls with one offset and delay 409 answers by 3 s, as Telegram does. Default false. */
  readonly strictPolling?: boolean;
}

export interface PersonOptions {
  readonly id?: number;
  /** Language of the person's Telegram, such as `be`. Absent: Telegram does not tell. */
  readonly language?: string;
  readonly username?: string;
  readonly firstName?: string;
  /** Token of the bot that this person talks to. Default: the first. */
  readonly bot?: string;
  /** `old`: their app shows no rich message, and none of its own buttons; default `new`. */
  readonly client?: 'new' | 'old';
}

export interface ChatOptions {
  readonly id?: number;
  readonly title?: string;
  readonly username?: string;
  /** Default: a person made for it. */
  readonly owner?: By;
}

export interface Telegram {
  /** Root for `apiRoot` of a bot library: no slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly bot: WireUser;
  readonly faults: Faults;
  /** How rich messages fare; a test may change it. */
  readonly rich: RichFortune;
  /** One call without HTTP. Rejects only where a fault breaks the connection. */
  handle(token: string, method: string, params?: Params): Promise<Answer>;
  /** The person with that id, made on first mention. */
  person(options?: PersonOptions): Person;
  /** Many people at once who have pressed start already, without an update for each. Returns their ids. */
  people(count: number, options?: { firstId?: number; language?: string; bot?: string }): number[];
  channel(options?: ChatOptions): ChatClient;
  group(options?: ChatOptions): ChatClient;
  supergroup(options?: ChatOptions & { forum?: boolean }): ChatClient;
  /** A chat that exists already. */
  chat(id: number): ChatClient | undefined;
  /** Another bot. Returns its token. */
  addBot(options: { token: string; username?: string; firstName?: string }): string;
  /** Makes a token invalid from now on: every call with it answers 401. `next`: the one that the bot has instead. */
  revoke(token: string, next?: string): void;
  setPrivacy(on: boolean, token?: string): void;
  /** Whether private chats with the bot have topics, as switched on at BotFather. */
  setTopics(on: boolean, token?: string): void;
  /** The bot's balance in Stars. `on`: paid broadcasts are switched on at BotFather, default true. */
  setStars(stars: number, options?: { token?: string; on?: boolean }): void;
  setLimits(limits: LimitSettings | true): void;
  setLatency(latency: Latency): void;
  /** Makes the Bot API server as old as those that some run themselves; `today` is Telegram's own. */
  setServer(age: ServerAge): void;
  /** Loses this share (0 to 1) of what only single members of groups are shown. */
  loseEphemeral(share: number): void;
  counters(): CounterReading;
  resetCounters(): void;
  /** Every accepted message of bots, in order; from the `since`th on. */
  deliveries(since?: number): readonly Delivery[];
  /** Deliveries whose chat and words were delivered before: what a reader would see twice. */
  repeats(): readonly Delivery[];
  /** Updates that wait for a bot. */
  pendingUpdates(token?: string): readonly WireUpdate[];
  /** Whether all is still: every update is confirmed and no call but polls is in flight. */
  idle(): boolean;
  /**
   * Resolves when all has been still for some turns of the event loop, by the machine's clock whatever the clock here.
   * Rejects after `withinMs` (default 5000). A bot that waits by its own clock counts as still.
   */
  quiet(withinMs?: number): Promise<void>;
  close(): Promise<void>;
}
