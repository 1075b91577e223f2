import type { Settings } from './settings.ts';

/** Stored by their places in this list. */
export const CHAT_KINDS = ['person', 'group', 'channel', 'topic'] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

/** Where messages go. A forum topic is a chat of its own. */
export interface Chat {
  /** Telegram's chat id; never logged, stored only sealed. */
  readonly id: number;
  /** Forum topic (`message_thread_id`). */
  readonly thread?: number;
  readonly kind: ChatKind;
}

/**
 * - `idle`: has a language and perhaps settings, gets no news (never subscribed, or unsubscribed).
 * - `active`: gets the news.
 * - `paused`: an operator's or owner's pause, or rights lost; the cursor stands still, so nothing is missed.
 * - `left`: the bot was removed from a group or channel, forgotten 30 days later; or a person is not found any more,
 *   forgotten 4 days later.
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
   * A fact that the state alone does not tell of a place. Paused because `rights` or its `topic` were lost, or left
   * because Telegram does not find it (`rights`): it goes on by itself when they come back; where somebody paused it or
   * removed the bot, when somebody wishes that. Active again after a pause: what it `missed` comes as one message.
   */
  readonly note?: 'rights' | 'topic' | 'missed';
  /** Secret part of a person's code for the operator, 1 to 2³² − 1; absent: none was drawn. */
  readonly code?: number;
}

/** Hours after which what stands in a chat is gone; 0: never. `byDefault` is for people who have not chosen. */
export const keepOf = (chat: Chat, settings: Settings, byDefault = 0): number =>
  settings.keep ?? (isPlace(chat) ? 0 : byDefault);

/** Groups, topics and channels are places; people are not. */
export const isPlace = (chat: Chat): boolean => chat.kind !== 'person';

/** A topic counts as a group. */
export const placeKind = ({ kind }: Chat): 'channel' | 'group' => (kind === 'channel' ? 'channel' : 'group');
