/** The outcome of a call to Telegram, as a value, and how its answers are read (Bot API error texts: tdlib/telegram-bot-api). */

/** Why Telegram does not accept a call unchanged. */
export const REFUSALS = [
  'blocked', // a person stopped or deleted the bot
  'gone', // no such chat, or the account is deleted
  'removed', // the bot is not in this group or channel any more
  'rights', // the bot may not post here
  'topic', // no such topic
  'topic_closed',
  'migrated', // a group that became a supergroup
  'content', // text, markup, picture or link is not accepted
  'not_modified', // an edit without a change: the message is there, exactly so
  'not_found', // no message to edit or delete
  'not_ours', // somebody else's message, or too old
  'unpaid', // it was to be paid for, and there are not Stars enough
  'stale', // a callback or inline query that is too old
  'other',
] as const;

export type Refusal = (typeof REFUSALS)[number];

/** Why Telegram does not listen to the bot at all. It says nothing of a chat or a message, and passes. */
export type Deafness =
  | 'unauthorized' // the token
  | 'conflict'; // somebody else reads updates

export type Outcome<T> =
  | { readonly kind: 'done'; readonly result: T }
  | {
      readonly kind: 'refused';
      readonly why: Refusal;
      readonly code: number;
      readonly description: string;
      /** The supergroup's id, for `migrated`. */
      readonly migratedTo?: number;
    }
  /** Asked to wait this long (ms). */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Not carried out: it never reached Telegram, or Telegram does not listen to the bot now. Safe to repeat. */
  | { readonly kind: 'unreached'; readonly detail: string; readonly deaf?: Deafness }
  /** May or may not have been accepted. `isBroken`: an answer 5xx or none on a connection that ended: most likely not. */
  | { readonly kind: 'unknown'; readonly detail: string; readonly isBroken?: boolean };

/** Telegram's envelope, as far as we read it. */
export interface Envelope {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

/** Texts that tell the reason, in the order in which they are tried. */
const REASONS: readonly (readonly [RegExp, Refusal])[] = [
  [/upgraded to a supergroup/i, 'migrated'],
  [/blocked by the user/i, 'blocked'],
  [
    /user is deactivated|chat not found|chat_id is empty|PEER_ID_INVALID|chat was deleted|can't initiate conversation|can't send messages to the bot|can't send messages to bots/i,
    'gone',
  ],
  [/bot was kicked|bot is not a member/i, 'removed'],
  [/message is not modified/i, 'not_modified'],
  [/message to (edit|delete) not found|MESSAGE_ID_INVALID/i, 'not_found'],
  [/message can't be (edited|deleted)/i, 'not_ours'],
  [/message thread not found/i, 'topic'],
  [/TOPIC_CLOSED|TOPIC_DELETED/i, 'topic_closed'],
  [
    /need administrator rights|not enough rights|have no write access|have no rights to send|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_ADMIN_REQUIRED|CHAT_SEND_\w+_FORBIDDEN|CHAT_GUEST_SEND_FORBIDDEN|USER_BANNED_IN_CHANNEL/i,
    'rights',
  ],
  [/BALANCE_TOO_LOW|PAYMENT_REQUIRED|PAID_FLOODSKIP/i, 'unpaid'],
  [/query is too old/i, 'stale'],
  // A form of message that this server is too old for; the token is good.
  [/method not found/i, 'content'],
];

/** Words and constants in which Telegram says what it has against a text, its marks, buttons, links or pictures. */
const ABOUT_CONTENT =
  /can't parse|too (?:long|many|big|large)|is empty|non-empty|UTF-8|unsupported|unallowed|ENTIT|MESSAGE_(?:EMPTY|TOO_LONG)|MARKUP|BUTTON|keyboard|\bURL\b|web ?page|MEDIA|PHOTO|IMAGE|DOCUMENT|file identifier|RICH_|rich message|method not found/i;

/** Whether a refusal of the content says so; what nobody has words for may pass. */
export const blamesContent = ({ code, description }: { code: number; description: string }): boolean =>
  code === 413 || ABOUT_CONTENT.test(description);

/** Reads Telegram's answer. An answer that is not Telegram's own (a proxy's page) says nothing about the message. */
export function readAnswer<T>(status: number, body: string): Outcome<T> {
  const envelope = parseEnvelope(body);
  if (!envelope)
    return { kind: 'unknown', detail: `an answer ${status} that is not Telegram's`, isBroken: status >= 500 };
  if (envelope.ok) return { kind: 'done', result: envelope.result as T };
  const code = envelope.error_code ?? status;
  const description = envelope.description ?? '';
  // Upload flood waits can come as 400 with the wait inside the text.
  const said = /Too Many Requests: retry after (\d+)/i.exec(description)?.[1];
  const seconds = envelope.parameters?.retry_after ?? (said === undefined ? undefined : Number(said));
  if (code === 429 || said !== undefined) return { kind: 'wait', ms: (seconds ?? 1) * 1000 };
  if (code >= 500) return { kind: 'unknown', detail: `an answer ${code}`, isBroken: true };
  const why = reasonFor(code, description);
  if (why === 'unauthorized' || why === 'conflict')
    return { kind: 'unreached', detail: description, deaf: why };
  const migratedTo = envelope.parameters?.migrate_to_chat_id;
  return {
    kind: 'refused',
    why: migratedTo === undefined ? why : 'migrated',
    code,
    description: description.replace(/-?\d{6,}/g, '…'),
    ...(migratedTo === undefined ? {} : { migratedTo }),
  };
}

/** Telegram writes a message's id first: of thousands of sent messages nothing else is read. */
const SENT = /^\{"ok":true,"result":\{"message_id":([1-9]\d*)[,}]/;

/** Reads the answer to a message that was sent; only its id is taken. */
export function readSent(status: number, body: string): Outcome<{ message_id: number }> {
  const id = SENT.exec(body)?.[1];
  if (id === undefined || !body.endsWith('}}')) return readAnswer(status, body);
  return { kind: 'done', result: { message_id: Number(id) } };
}

function reasonFor(code: number, description: string): Refusal | Deafness {
  const known = REASONS.find(([text]) => text.test(description));
  if (known) return known[1];
  // 404: the token is not one that Telegram knows at all.
  if (code === 401 || code === 404) return 'unauthorized';
  if (code === 409) return 'conflict';
  if (code === 403) return 'removed';
  return code === 400 || code === 413 ? 'content' : 'other';
}

function parseEnvelope(body: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isEnvelope(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A proxy on the way writes JSON too; only Telegram's own word is a verdict on a chat or on the token. */
function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'result' in value;
  const { error_code: code, description } = value as Partial<Envelope>;
  return value.ok === false && Number.isInteger(code) && typeof description === 'string';
}
