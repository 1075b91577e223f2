import type { Edition } from './edition.ts';

export type ChatKind = 'person' | 'group' | 'channel' | 'topic';

/** Where messages go. A forum topic is a chat of its own. */
export interface Chat {
  /** Telegram's chat id; never logged, stored only sealed. */
  readonly id: number;
  /** Forum topic (`message_thread_id`). */
  readonly thread?: number;
  readonly kind: ChatKind;
}

/** Everything that a chat can set. Times of day are `HH:MM` in the chat's time zone. */
export interface Settings {
  /** Edition and interface language, always the same. */
  readonly edition: Edition;
  /** How Belarusian is written; no meaning in other editions. */
  readonly script: 'cyrillic' | 'lacinka';
  readonly style: 'headline' | 'summary' | 'full';
  readonly pictures: boolean;
  readonly sound: 'always' | 'never' | 'day';
  /** Urgent stories within quiet hours: silently, or held like the rest. */
  readonly urgent: 'silent' | 'hold';
  /** Hours at which the day is gathered into one message; empty: each story by itself. */
  readonly digest: readonly string[];
  /** `[from, to)`; nothing arrives in between. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** IANA name. */
  readonly timezone: string;
  /** Words or names to follow. */
  readonly follow: readonly string[];
  /** `only`: nothing but what matches; `also`: everything, what matches with sound and ahead of a digest. */
  readonly followMode: 'only' | 'also';
  /** Rubrics to follow, lower case as the source writes them; empty: all. */
  readonly rubrics: readonly string[];
  /** Hours after which what the bot sent disappears; 0: never. */
  readonly keep: number;
  /** No forwarding, no saving. */
  readonly protect: boolean;
  /** Messages without the agency's name. */
  readonly neutral: boolean;
  /** Buttons under stories. */
  readonly buttons: boolean;
  /** One line under each post, plain text, with at most one link. */
  readonly signature?: { readonly text: string; readonly link?: string };
  /** Rubrics as hashtags. */
  readonly hashtags: boolean;
  /** Pin urgent stories (channels and groups). */
  readonly pin: boolean;
}

export const DEFAULT_SETTINGS: Omit<Settings, 'edition'> = {
  script: 'cyrillic',
  style: 'summary',
  pictures: true,
  sound: 'always',
  urgent: 'silent',
  digest: [],
  timezone: 'Europe/Minsk',
  follow: [],
  followMode: 'only',
  rubrics: [],
  keep: 0,
  protect: false,
  neutral: false,
  buttons: true,
  hashtags: false,
  pin: false,
};

/**
 * - `idle`: has a language and perhaps settings, gets no news (never subscribed, or unsubscribed).
 * - `active`: gets the news.
 * - `paused`: an operator's or owner's pause, or rights lost; the cursor stands still, so nothing is missed.
 * - `left`: the bot was removed from a group or channel; forgotten 30 days later.
 */
export type SubscriberState = 'idle' | 'active' | 'paused' | 'left';

/** A chat that we know, with all that we store about it. */
export interface Subscriber {
  /** Our number for the chat, from 1; free for another chat once this one is forgotten. */
  readonly slot: number;
  readonly chat: Chat;
  readonly settings: Settings;
  readonly state: SubscriberState;
  /**
   * What the state alone does not tell of a place. Paused because `rights` or its `topic` were lost: it goes on by itself
   * when they come back. Active again after a pause: what it `missed` comes as one message.
   */
  readonly note?: 'rights' | 'topic' | 'missed';
  /** Secret part of a person's code for the operator, 1 to 2³² − 1; absent: none was drawn. */
  readonly code?: number;
}

/** Groups, topics and channels are places; people are not. */
export const isPlace = (chat: Chat): boolean => chat.kind !== 'person';
