/** Channels, groups and supergroups: what their owners, editors and members do. */
import { isAdministrator, mayDo, membership } from './access.ts';
import { announce, changeMember, changeMembership } from './events.ts';
import { copyToDiscussion } from './forward.ts';
import { rewriteText, typed, type Person } from './people.ts';
import { history, visible, type MessageHistory, type MessageView } from './view.ts';
import { takeTopic } from './topics.ts';
import { findMessage, writeMessage, type Bot, type World } from './world.ts';
import type { Membership, Rights, SharedChat, StoredMessage } from './chat.ts';
import type { WireMessage, WireUser } from './wire.ts';

/** Rights by name, or the names of those that are granted. */
export type RightsGiven = Rights | readonly string[];

/** The actor of an event: anybody with an id. */
export type By = Pick<Person, 'id' | 'user'>;

export interface ChatClient {
  readonly id: number;
  readonly kind: SharedChat['kind'];
  readonly title: string;
  readonly owner: By;
  /** Adds the bot: with rights as an administrator, in a group without any as a plain member. */
  addBot(rights: RightsGiven | undefined, by?: By, options?: { bot?: string }): void;
  setBotRights(rights: RightsGiven, by?: By, options?: { bot?: string }): void;
  /** Names of the rights that the first bot was given. */
  botRights(): readonly string[];
  /** Makes the bot a plain member of a group with only these permissions. */
  restrictBot(permissions: RightsGiven, by?: By, options?: { bot?: string }): void;
  /** Removes the bot; `left` where it is only let go and not banned. */
  removeBot(by?: By, options?: { bot?: string; left?: boolean }): void;
  /** A post of an editor in a channel. Returns its id. Throws where the editor has no right to post. */
  post(by: By, text: string, options?: { replyTo?: number; signed?: boolean }): number;
  /** A message of a member in a group. Returns its id. */
  say(by: By, text: string, options?: { thread?: number; anonymous?: boolean; replyTo?: number }): number;
  /** An editor or author changes a message. */
  edit(by: By, messageId: number, text: string): void;
  /** Somebody deletes a message; bots are not told. */
  delete(messageId: number): void;
  pin(by: By, messageId: number): void;
  join(person: By): void;
  leave(person: By): void;
  promote(person: By, rights: RightsGiven): void;
  demote(person: By): void;
  /** Permissions of plain members, by name (`can_send_messages`, …). */
  setPermissions(permissions: RightsGiven): void;
  /** Plain members, bots too, write once in so many seconds; 0: as often as they like. */
  setSlowMode(seconds: number): void;
  /** Returns the id of the topic. */
  createTopic(name: string, by?: By): number;
  closeTopic(id: number, by?: By): void;
  reopenTopic(id: number, by?: By): void;
  /** Takes the topic and its messages away. */
  deleteTopic(id: number): void;
  /** Makes a supergroup the discussion group of this channel. */
  link(group: ChatClient): void;
  /** Turns a basic group into a supergroup and returns that. */
  migrate(): ChatClient;
  rename(title: string, by?: By): void;
  /** The owner deletes the chat. */
  destroy(): void;
  messages(): MessageView[];
  history(): MessageHistory[];
  members(): readonly number[];
}

const OPEN_PERMISSIONS: Rights = {
  can_send_messages: true,
  can_send_photos: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_invite_users: true,
};

const rightsOf = (given: RightsGiven): Rights =>
  Array.isArray(given) ? Object.fromEntries(given.map((name: string) => [name, true])) : (given as Rights);

export interface NewChat {
  readonly kind: SharedChat['kind'];
  readonly id: number;
  readonly title: string;
  readonly username?: string | undefined;
  readonly forum?: boolean;
  readonly owner: By;
}

/** Makes a chat with its owner; bots are not in it yet. */
export function createChat(world: World, { kind, id, title, username, forum, owner }: NewChat): SharedChat {
  const chat: SharedChat = {
    kind,
    wire: {
      id,
      title,
      ...(username !== undefined && { username }),
      type: kind,
      ...(forum && { is_forum: true as const }),
    },
    messages: new Map(),
    pinned: [],
    isAsked: false,
    members: new Map([[owner.id, { status: 'creator', rights: {} }]]),
    topics: new Map(),
    // The message that tells of the creation is number 1.
    lastMessageId: 1,
    migratedTo: undefined,
    linked: undefined,
    deleted: false,
    permissions: OPEN_PERMISSIONS,
    slowMode: 0,
    wroteAt: new Map(),
  };
  world.chats.set(id, chat);
  return chat;
}

export function chatClient(world: World, chat: SharedChat, owner: By, newId: () => number): ChatClient {
  const botOf = (token: string | undefined): Bot => {
    const bot = token === undefined ? world.bots.values().next().value : world.bots.get(token);
    if (!bot) throw new Error('no such bot');
    return bot;
  };
  /** The bot whose sequence numbers the messages of a basic group. */
  const numbering = (): Bot => {
    for (const id of chat.members.keys()) {
      const bot = world.botsById.get(id);
      if (bot) return bot;
    }
    return botOf(undefined);
  };
  const service = (content: Partial<WireMessage>, sender: WireUser, thread?: number): StoredMessage => {
    const stored = writeMessage(world, { chat, bot: numbering(), sender, content, service: true, thread });
    announce(world, stored);
    return stored;
  };
  const existing = (id: number): StoredMessage => {
    const stored = findMessage(chat, id);
    if (!stored) throw new Error(`no message ${id} in the chat`);
    return stored;
  };
  const replyOf = (id: number | undefined) => (id === undefined ? undefined : existing(id).wire);
  const topicOf = (id: number) => {
    const topic = chat.topics.get(id);
    if (!topic) throw new Error(`no topic ${id}`);
    return topic;
  };

  /** A bot has that standing in the chat from now on, by whoever gave or took it. */
  const stand = (
    name: string | undefined,
    by: By,
    status: Membership['status'],
    rights: RightsGiven = {},
  ): Bot => {
    const bot = botOf(name);
    changeMembership(world, chat, bot, by.user, { status, rights: rightsOf(rights) });
    return bot;
  };
  const come = ({ user }: By, status: Membership['status']): void =>
    changeMember(world, chat, user, user, { status, rights: {} });

  const client: ChatClient = {
    id: chat.wire.id,
    kind: chat.kind,
    get title() {
      return chat.wire.title ?? '';
    },
    owner,
    addBot(rights, by = owner, options = {}) {
      if (chat.kind === 'channel' && rights === undefined)
        throw new Error('in a channel a bot is an administrator');
      const bot = stand(options.bot, by, rights === undefined ? 'member' : 'administrator', rights);
      if (chat.kind !== 'channel') service({ new_chat_members: [bot.user] }, by.user);
    },
    setBotRights(rights, by = owner, options = {}) {
      stand(options.bot, by, 'administrator', rights);
    },
    botRights() {
      const { rights } = membership(chat, botOf(undefined).user.id);
      return Object.keys(rights).filter((name) => rights[name]);
    },
    restrictBot(permissions, by = owner, options = {}) {
      stand(options.bot, by, 'restricted', permissions);
    },
    removeBot(by = owner, options = {}) {
      const bot = stand(options.bot, by, options.left ? 'left' : 'kicked');
      if (chat.kind === 'group') service({ left_chat_member: bot.user }, by.user);
    },
    post(by, text, options = {}) {
      if (chat.kind !== 'channel') throw new Error('posts are for channels');
      if (!mayDo(chat, by.id, 'can_post_messages')) throw new Error('this person may not post here');
      const stored = writeMessage(world, {
        chat,
        bot: numbering(),
        sender: by.user,
        signature: options.signed ? by.user.first_name : undefined,
        replyTo: replyOf(options.replyTo),
        content: typed(text),
      });
      announce(world, stored);
      copyToDiscussion(world, numbering(), stored);
      return stored.wire.message_id;
    },
    say(by, text, options = {}) {
      if (chat.kind === 'channel') throw new Error('in channels one posts');
      const { status } = membership(chat, by.id);
      if (status === 'left') chat.members.set(by.id, { status: 'member', rights: {} });
      if (options.anonymous && !isAdministrator(chat, by.id))
        throw new Error('only administrators are anonymous');
      if (options.thread !== undefined) topicOf(options.thread);
      const stored = writeMessage(world, {
        chat,
        bot: numbering(),
        sender: by.user,
        asChannel: options.anonymous ?? false,
        thread: options.thread,
        replyTo: replyOf(options.replyTo),
        content: typed(text),
      });
      announce(world, stored);
      return stored.wire.message_id;
    },
    edit(by, messageId, text) {
      const stored = existing(messageId);
      const allowed =
        stored.senderId === by.id || (chat.kind === 'channel' && mayDo(chat, by.id, 'can_edit_messages'));
      if (!allowed) throw new Error('this person may not edit that message');
      rewriteText(world, stored, text);
      announceEdit(world, stored, by.id);
    },
    delete(messageId) {
      existing(messageId).deletedAt = world.clock.now();
      chat.pinned = chat.pinned.filter((id) => id !== messageId);
    },
    pin(by, messageId) {
      const stored = existing(messageId);
      chat.pinned = [...chat.pinned.filter((id) => id !== messageId), messageId];
      service({ pinned_message: stored.wire }, by.user);
    },
    join(person) {
      come(person, 'member');
      if (chat.kind !== 'channel') service({ new_chat_members: [person.user] }, person.user);
    },
    leave(person) {
      come(person, 'left');
      if (chat.kind !== 'channel') service({ left_chat_member: person.user }, person.user);
    },
    promote(person, rights) {
      const next = { status: 'administrator' as const, rights: rightsOf(rights) };
      changeMember(world, chat, person.user, owner.user, next);
    },
    demote(person) {
      changeMember(world, chat, person.user, owner.user, { status: 'member', rights: {} });
    },
    setPermissions(permissions) {
      chat.permissions = rightsOf(permissions);
    },
    setSlowMode(seconds) {
      chat.slowMode = seconds;
      chat.wroteAt.clear();
    },
    createTopic(name, by = owner) {
      if (!chat.wire.is_forum) throw new Error('only forums have topics');
      const id = chat.lastMessageId + 1;
      chat.topics.set(id, { id, name, closed: false });
      service({ forum_topic_created: { name, icon_color: 7_322_096 } }, by.user, id);
      return id;
    },
    closeTopic(id, by = owner) {
      topicOf(id).closed = true;
      service({ forum_topic_closed: {} }, by.user, id);
    },
    reopenTopic(id, by = owner) {
      topicOf(id).closed = false;
      service({ forum_topic_reopened: {} }, by.user, id);
    },
    deleteTopic(id) {
      topicOf(id);
      chat.topics.delete(id);
      takeTopic(world, chat, id);
    },
    link(group) {
      const discussion = world.chats.get(group.id);
      if (chat.kind !== 'channel' || discussion?.kind !== 'supergroup')
        throw new Error('a channel is linked to a supergroup');
      chat.linked = discussion;
      discussion.linked = chat;
    },
    migrate() {
      if (chat.kind !== 'group') throw new Error('only basic groups are upgraded');
      const next = migrated(world, chat, owner, newId());
      const old = chat.wire.id;
      service({ migrate_to_chat_id: next.wire.id }, owner.user);
      chat.migratedTo = next.wire.id;
      // The first message of the new supergroup tells where it came from.
      next.lastMessageId = 0;
      announce(
        world,
        writeMessage(world, {
          chat: next,
          bot: numbering(),
          sender: owner.user,
          content: { migrate_from_chat_id: old },
          service: true,
        }),
      );
      return chatClient(world, next, owner, newId);
    },
    rename(title, by = owner) {
      chat.wire = { ...chat.wire, title };
      service({ new_chat_title: title }, by.user);
    },
    destroy() {
      chat.deleted = true;
      for (const [id, member] of chat.members) {
        const bot = world.botsById.get(id);
        if (bot && member.status !== 'kicked')
          changeMembership(world, chat, bot, owner.user, { status: 'left', rights: {} });
      }
    },
    messages: () => visible(chat, world.botsById),
    history: () => history(chat, world.botsById),
    members: () =>
      [...chat.members]
        .filter(([, { status }]) => status !== 'left' && status !== 'kicked')
        .map(([id]) => id),
  };
  return client;
}

/** The author of a post may be the bot itself; it hears of an edit by somebody else. */
function announceEdit(world: World, stored: StoredMessage, editor: number): void {
  announce(world, stored.senderId === editor ? stored : { ...stored, senderId: editor }, true);
}

/** The supergroup that takes a basic group's place, with its members. */
function migrated(world: World, chat: SharedChat, owner: By, id: number): SharedChat {
  const next = createChat(world, { kind: 'supergroup', id, title: chat.wire.title ?? '', owner });
  for (const [member, standing] of chat.members) next.members.set(member, standing);
  next.permissions = chat.permissions;
  return next;
}
