/** Types of the Bot API, as far as the local Telegram speaks it. Names are the Bot API's own. */

import type { RichMessage } from './rich-wire.ts';

export interface WireUser {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
}

export interface WireChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string;
  readonly username?: string;
  readonly first_name?: string;
  readonly is_forum?: true;
}

/** A piece of formatted text. Offsets and lengths are UTF-16 code units. */
export interface WireEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly user?: WireUser;
  readonly language?: string;
  readonly custom_emoji_id?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
}

/** An inline button; exactly one of the optional fields that say what it does is set. */
export interface WireButton {
  readonly text: string;
  readonly url?: string;
  readonly callback_data?: string;
  readonly switch_inline_query?: string;
  readonly switch_inline_query_current_chat?: string;
  readonly switch_inline_query_chosen_chat?: Readonly<Record<string, unknown>>;
  readonly copy_text?: { readonly text: string };
  readonly web_app?: { readonly url: string };
  readonly login_url?: Readonly<Record<string, unknown>>;
  readonly disabled?: Readonly<Record<string, never>>;
  readonly style?: string;
  readonly icon_custom_emoji_id?: string;
}

export interface WireMarkup {
  readonly inline_keyboard: readonly (readonly WireButton[])[];
}

export interface WirePreview {
  readonly is_disabled?: true;
  readonly url?: string;
  readonly prefer_small_media?: true;
  readonly prefer_large_media?: true;
  readonly show_above_text?: true;
}

/** A message as Telegram shows it to a bot. `date` and `edit_date` are seconds since the epoch. */
export interface WireMessage {
  /** 0 for what only one member of a group sees. */
  readonly message_id: number;
  readonly ephemeral_message_id?: number;
  readonly receiver_user?: WireUser;
  readonly date: number;
  readonly chat: WireChat;
  readonly from?: WireUser;
  readonly sender_chat?: WireChat;
  readonly author_signature?: string;
  readonly message_thread_id?: number;
  readonly is_topic_message?: true;
  readonly reply_to_message?: WireMessage;
  readonly forward_origin?: Readonly<Record<string, unknown>>;
  readonly is_automatic_forward?: true;
  readonly via_bot?: WireUser;
  readonly edit_date?: number;
  readonly has_protected_content?: true;
  readonly text?: string;
  readonly rich_message?: RichMessage;
  readonly entities?: readonly WireEntity[];
  readonly link_preview_options?: WirePreview;
  readonly photo?: readonly Readonly<Record<string, unknown>>[];
  readonly caption?: string;
  readonly caption_entities?: readonly WireEntity[];
  readonly show_caption_above_media?: true;
  readonly reply_markup?: WireMarkup;
  readonly new_chat_members?: readonly WireUser[];
  readonly left_chat_member?: WireUser;
  readonly new_chat_title?: string;
  readonly migrate_to_chat_id?: number;
  readonly migrate_from_chat_id?: number;
  readonly pinned_message?: WireMessage;
  readonly message_auto_delete_timer_changed?: { readonly message_auto_delete_time: number };
  readonly chat_shared?: Readonly<Record<string, unknown>>;
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly forum_topic_created?: Readonly<Record<string, unknown>>;
  readonly forum_topic_closed?: Readonly<Record<string, never>>;
  readonly forum_topic_reopened?: Readonly<Record<string, never>>;
}

/** One update: its id and exactly one payload under the name of its kind. */
export type WireUpdate = { readonly update_id: number } & Readonly<Record<string, unknown>>;

/** The answer to a call. The HTTP status equals `error_code`. */
export type Answer =
  | { readonly ok: true; readonly result: unknown; readonly description?: string }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
    };

/** A refusal, thrown inside a method and turned into an `Answer` at its door. */
export class RefusedCall extends Error {
  readonly answer: Answer & { ok: false };

  constructor(answer: Answer & { ok: false }) {
    super(answer.description);
    this.answer = answer;
  }
}

const PREFIXES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
};

/**
 * The refusal that the Bot API makes of a reason: prefixed by its code, the first letter lowered unless the second
 * character is `_` or a capital, so that constants of the backend (`TOPIC_CLOSED`) stay as they are.
 */
export function refusal(
  code: number,
  reason: string,
  parameters?: { retry_after?: number; migrate_to_chat_id?: number },
): RefusedCall {
  const prefix = PREFIXES[code];
  const constant = /^.[_A-Z]/.test(reason);
  const words = constant ? reason : reason.charAt(0).toLowerCase() + reason.slice(1);
  const description = prefix === undefined ? reason : `${prefix}: ${words}`;
  return new RefusedCall({ ok: false, error_code: code, description, ...(parameters && { parameters }) });
}

/** A 400 with its reason. */
export const badRequest = (reason: string): RefusedCall => refusal(400, reason);

/** A 429: wait `seconds`, a whole number of at least 1. */
export function tooMany(seconds: number): RefusedCall {
  const wait = Math.max(1, Math.ceil(seconds));
  return new RefusedCall({
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${wait}`,
    parameters: { retry_after: wait },
  });
}
