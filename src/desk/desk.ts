import type { Journal } from '../journal.ts';
import type { Logger } from '../log.ts';
import type { Policy } from '../news/policy.ts';
import type { Subscriber } from '../news/subscriber.ts';
import type { Locales } from '../render/locale.ts';
import type { SpareInbox } from '../spare-inbox.ts';
import type { Status } from '../status.ts';
import type { Store } from '../store/redis.ts';
import type { Seal } from '../store/seal.ts';
import type { Shelf } from '../store/shelf.ts';
import type { Telegram } from '../telegram/send.ts';
import type { Clock, WatchedClock } from '../time.ts';
import type { Memory } from './memory/memory.ts';
import type { Trace } from './trace.ts';

/** First argument of every verb of the newsroom. */
export interface Desk {
  readonly clock: WatchedClock;
  readonly log: Logger;
  readonly status: Status;
  readonly store: Store;
  readonly seal: Seal;
  /** Data that a lost bot left on this Redis under this key; absent: there was none (`chats/former.ts`). */
  readonly former?: Shelf;
  readonly telegram: Telegram;
  readonly locales: Locales;
  readonly trace: Trace;
  readonly memory: Memory;
  readonly policy: Policy;
  /** Makes a chat an operator that brings the code of the terminal; undefined: it is not the code. */
  readonly admit: (code: string, chatId: number) => 'kept' | 'for now' | undefined;
  /** Told each alarm in words, also where Telegram cannot carry it. Never throws. */
  readonly onAlarm: (words: string) => void;
  /** Where it is noted who leaves, for a restore. */
  readonly journal: Journal;
  /** Where updates wait while Redis takes nothing. */
  readonly spare: SpareInbox;
  /**
   * Told when a place needs its owner: when it cannot be posted to any more, before it is paused; and when it goes on.
   * Never rejects.
   */
  readonly onTrouble: (subscriber: Subscriber, why: Trouble) => Promise<void>;
}

/** The part of the desk for intake and reading. */
export type NewsDesk = Pick<Desk, 'log' | 'store' | 'seal' | 'policy'> & { readonly clock: Clock };

/**
 * Words that an owner is told of a place: the right to post or to pin is gone (pinning is switched off then), its topic is
 * gone or closed, the bot was removed; or that the news goes on after one of these (`back`).
 */
export type Trouble = 'rights' | 'topic' | 'topic_closed' | 'pin' | 'removed' | 'back';
