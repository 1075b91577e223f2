/** The state of the local Telegram: bots, people, chats and messages, as plain data that the methods act on. */
import type {
  AnyChat,
  Ephemeral,
  PersonRecord,
  RichFortune,
  PrivateChat,
  Rights,
  SharedChat,
  StoredMessage,
} from './chat.ts';
import type { SandboxClock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { Faults } from './faults.ts';
import type { Limits } from './limits.ts';
import type { UpdateQueue } from './updates.ts';
import type { WireMarkup, WireMessage, WireUser } from './wire.ts';

export interface Bot {
  readonly token: string;
  user: WireUser;
  readonly updates: UpdateQueue;
  /** Private chats by the id of the person. */
  readonly privates: Map<number, PrivateChat>;
  /** The one sequence of message ids for private chats and basic groups. */
  lastMessageId: number;
  /** Command lists by `scope:language`. */
  readonly commands: Map<string, readonly unknown[]>;
  /** Names, descriptions and short descriptions by `kind:language`. */
  readonly texts: Map<string, string>;
  readonly menuButtons: Map<number, unknown>;
  readonly defaultRights: { groups: Rights; channels: Rights };
  /** Whether it sees only commands and replies in groups; on by default, as from BotFather. */
  privacy: boolean;
  /** Whether private chats have topics; off by default. */
  hasTopics: boolean;
  /** Whether paid broadcasts are switched on at BotFather, and the bot's balance: a message costs a tenth of a Star. */
  paysBroadcasts: boolean;
  tenthsOfStars: number;
  loggedOut: boolean;
}

/** `10.1`: rich messages by HTML and Markdown alone, nothing ephemeral; `before rich`: 10.0. */
export type ServerAge = 'today' | '10.1' | 'before rich';

export interface World {
  readonly clock: SandboxClock;
  readonly random: () => number;
  readonly bots: Map<string, Bot>;
  readonly botsById: Map<number, Bot>;
  readonly people: Map<number, PersonRecord>;
  readonly chats: Map<number, SharedChat>;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly counters: Counters;
  /** Pending answers to presses and inline queries, by query id. */
  readonly waiting: Map<string, Waiting>;
  /** Presses by query id: who pressed, where, when (ms). */
  readonly presses: Map<string, { readonly personId: number; readonly chatId: number; readonly at: number }>;
  /** Messages shown to single members of groups. */
  readonly ephemerals: Ephemeral[];
  /** Share of them that gets lost on the way. */
  ephemeralLoss: number;
  /** Of which age the Bot API server is. */
  server: ServerAge;
  readonly rich: RichFortune;
  readonly inlineMessages: Map<string, StoredMessage>;
  lastQueryId: number;
  strictPolling: boolean;
}

export interface Waiting {
  readonly kind: 'callback' | 'inline';
  readonly botId: number;
  readonly until: number;
  readonly settle: (answer: Readonly<Record<string, unknown>> | undefined) => void;
}

export const seconds = (ms: number): number => Math.floor(ms / 1000);

/** A repeatable source of numbers in [0, 1): the same seed gives the same run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The private chat of a bot with a person, made on first use. */
export function privateChat(bot: Bot, person: PersonRecord): PrivateChat {
  const known = bot.privates.get(person.user.id);
  if (known) return known;
  const { id, first_name, username } = person.user;
  const chat: PrivateChat = {
    kind: 'private',
    wire: { id, first_name, ...(username !== undefined && { username }), type: 'private' },
    messages: new Map(),
    pinned: [],
    isAsked: false,
    topics: new Map(),
    person,
    started: false,
    blocked: false,
    timer: undefined,
  };
  bot.privates.set(id, chat);
  return chat;
}

/** The next message id in a chat, taken from the sequence that is right for its kind. */
function nextMessageId(chat: AnyChat, bot: Bot): number {
  if (chat.kind === 'private' || chat.kind === 'group') return ++bot.lastMessageId;
  return ++chat.lastMessageId;
}

/** Takes what the timer of a private chat has run out for, on both sides; bots are not told. */
export function sweep(world: World, chat: AnyChat): void {
  if (chat.kind !== 'private' || !chat.timer) return;
  const { seconds: after, since } = chat.timer;
  for (const stored of chat.messages.values()) {
    const goesAt = stored.sentAt + after * 1000;
    if (stored.sentAt >= since && goesAt <= world.clock.now()) stored.deletedAt ??= goesAt;
  }
}

/** The message, unless it never was or is gone. */
export function findMessage(chat: AnyChat, id: number): StoredMessage | undefined {
  const found = chat.messages.get(id);
  return found && found.deletedAt === undefined ? found : undefined;
}

/** Input for writing a message into a chat. */
export interface NewMessage {
  readonly chat: AnyChat;
  /** The bot whose sequence counts in private chats and basic groups. */
  readonly bot: Bot;
  readonly sender: WireUser | undefined;
  readonly asChannel?: boolean;
  readonly signature?: string | undefined;
  readonly thread?: number | undefined;
  readonly replyTo?: WireMessage | undefined;
  readonly content: Partial<WireMessage>;
  readonly markup?: WireMarkup | undefined;
  readonly keyboard?: Readonly<Record<string, unknown>> | undefined;
  readonly silent?: boolean;
  readonly protect?: boolean;
  readonly service?: boolean;
  readonly forwarded?: boolean;
}

/** Writes a message into its chat. Channel posts carry the channel as sender and no `from`. */
export function writeMessage(world: World, message: NewMessage): StoredMessage {
  const { chat, bot, sender, content } = message;
  const now = world.clock.now();
  const isBots = sender?.is_bot === true;
  const byChat = chat.kind === 'channel' || message.asChannel === true;
  const wire: WireMessage = {
    message_id: nextMessageId(chat, bot),
    ...(message.thread !== undefined && { message_thread_id: message.thread }),
    ...(byChat ? senderOfChat(chat, message.signature) : sender && { from: sender }),
    chat: chat.wire,
    date: seconds(now),
    ...(message.thread !== undefined && { is_topic_message: true as const }),
    ...(message.replyTo && { reply_to_message: withoutReply(message.replyTo) }),
    ...content,
    ...(message.markup && { reply_markup: message.markup }),
    ...(message.protect && { has_protected_content: true as const }),
  };
  const stored: StoredMessage = {
    wire,
    senderId: sender?.id ?? 0,
    chat,
    sentAt: now,
    silent: message.silent ?? false,
    service: message.service ?? false,
    forwarded: message.forwarded ?? false,
    isAnswer: isBots && chat.isAsked,
    keyboard: message.keyboard,
    earlier: [],
    editedAt: undefined,
    deletedAt: undefined,
  };
  chat.messages.set(wire.message_id, stored);
  chat.isAsked = !isBots && (chat.isAsked || isQuestion(stored));
  return stored;
}

/** Whether a bot answers it: to a person whatever they write, in a group a command. */
const isQuestion = ({ chat, wire, service }: StoredMessage): boolean =>
  !service &&
  !wire.via_bot &&
  (chat.kind === 'private' || (chat.kind !== 'channel' && wire.text?.startsWith('/') === true));

/** The id under which groups show an administrator who stays anonymous. */
const ANONYMOUS: WireUser = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

function senderOfChat(chat: AnyChat, signature: string | undefined): Partial<WireMessage> {
  return {
    ...(chat.kind !== 'channel' && { from: ANONYMOUS }),
    sender_chat: chat.wire,
    ...(signature !== undefined && { author_signature: signature }),
  };
}

/** A replied message carries no reply of its own. */
function withoutReply(wire: WireMessage): WireMessage {
  if (!wire.reply_to_message) return wire;
  const { reply_to_message: _, ...rest } = wire;
  return rest;
}

/** Gives a message its new look and keeps the old one. */
export function rewrite(world: World, stored: StoredMessage, wire: WireMessage): void {
  stored.earlier.push({ at: stored.editedAt ?? stored.sentAt, wire: stored.wire });
  stored.editedAt = world.clock.now();
  stored.wire = wire;
}
