/** People, chats and their messages in the local Telegram, as plain data. */
import type { WireChat, WireMessage, WireUser } from './wire.ts';

export interface PersonRecord {
  user: WireUser;
  deleted: boolean;
  /** Whether their app can show rich messages. */
  readonly client: 'new' | 'old';
}

/** Rights of an administrator by their Bot API names; what is absent is refused. */
export type Rights = Readonly<Record<string, boolean>>;

export interface Membership {
  status: 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';
  rights: Rights;
}

interface ChatBase {
  wire: WireChat;
  /** By message id; deleted ones stay with `deletedAt` set. */
  readonly messages: Map<number, StoredMessage>;
  pinned: number[];
  /** A bot was asked something here and has not answered yet. */
  isAsked: boolean;
  readonly topics: Map<number, Topic>;
}

export interface PrivateChat extends ChatBase {
  readonly kind: 'private';
  readonly person: PersonRecord;
  /** Pressed start, or wrote once. */
  started: boolean;
  blocked: boolean;
  /** The person's timer: messages written from `since` (ms) on go after so many seconds. */
  timer: { readonly seconds: number; readonly since: number } | undefined;
}

export interface Topic {
  readonly id: number;
  name: string;
  closed: boolean;
}

export interface SharedChat extends ChatBase {
  readonly kind: 'group' | 'supergroup' | 'channel';
  readonly members: Map<number, Membership>;
  /** Sequence of a channel or supergroup; a basic group takes that of its bot. */
  lastMessageId: number;
  migratedTo: number | undefined;
  /** A channel's discussion group, or the other way round. */
  linked: SharedChat | undefined;
  deleted: boolean;
  /** Permissions of plain members. */
  permissions: Rights;
  /** Least distance between two messages of one plain member, seconds; 0: no slow mode. */
  slowMode: number;
  /** When each plain member wrote last while there is a slow mode, ms. */
  readonly wroteAt: Map<number, number>;
}

export type AnyChat = PrivateChat | SharedChat;

/** How a message looked from `at` (ms) on. */
export interface Version {
  readonly at: number;
  readonly wire: WireMessage;
}

/** How rich messages fare, as a test or a bad day wants it; `fetched`: addresses of pictures, in order. */
export interface RichFortune {
  /** Telegram keeps half of the blocks and says ok. */
  cuts: boolean;
  picturesFail: boolean;
  linksFail: boolean;
  /** The third in a row to one chat is told to wait 8 s. */
  floods: boolean;
  /** How long Telegram waits for a picture, ms of the real clock. */
  patienceMs: number;
  /** Origins on this machine that count as public; pictures there are really fetched. */
  ownHosts: readonly string[];
  readonly fetched: string[];
  readonly sentAt: Map<number, readonly number[]>;
}

export interface StoredMessage {
  wire: WireMessage;
  /** Id of the bot or person behind it, also where the channel signs. */
  readonly senderId: number;
  readonly chat: AnyChat;
  readonly sentAt: number;
  readonly silent: boolean;
  readonly service: boolean;
  readonly forwarded: boolean;
  /** A bot wrote it right behind what somebody had asked. */
  readonly isAnswer: boolean;
  /** Markup that is not an inline keyboard: such a message can never be edited. */
  readonly keyboard: Readonly<Record<string, unknown>> | undefined;
  /** Former looks, oldest first; the present one is `wire`. */
  earlier: Version[];
  editedAt: number | undefined;
  deletedAt: number | undefined;
}

/** Messages shown to one member of a group only; `receiver` is their id. */
export interface Ephemeral {
  readonly chatId: number;
  readonly receiver: number;
  readonly wire: WireMessage;
}
