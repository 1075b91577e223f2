/** Channels, groups and supergroups: what their owners, editors and members do. */
import { isAdministrator, mayDo, membership } from './access.ts';
import { announce, changeMember, changeMembership } from './events.ts';
import { copyToDiscussion } from './forward.ts';
import { rewriteText, typed } from './people.ts';
import { createChat } from './new-chat.ts';
import { history, visible } from './view.ts';
import { takeTopic } from './topics.ts';
import { findMessage, writeMessage, type Bot, type NewMessage, type World } from './world.ts';
import type { By, ChatClient, RightsGiven } from './chat-client.ts';
import type { Membership, Rights, SharedChat, StoredMessage } from './chat.ts';
import type { WireMessage, WireUser } from './wire.ts';

const rightsOf = (given: RightsGiven): Rights =>
  Array.isArray(given) ? Object.fromEntries(given.map((name: string) => [name, true])) : (given as Rights);

/** A chat in its world, as what is done there needs them. */
interface Scene {
  readonly world: World;
  readonly chat: SharedChat;
  readonly owner: By;
}

export function chatClient(world: World, chat: SharedChat, owner: By, newId: () => number): ChatClient {
  const scene: Scene = { world, chat, owner };
  return {
    id: chat.wire.id,
    kind: chat.kind,
    get title() {
      return chat.wire.title ?? '';
    },
    owner,
    ...botActs(scene),
    ...messageActs(scene),
    ...memberActs(scene),
    ...topicActs(scene),
    ...ownerActs(scene),
    migrate: () => chatClient(world, migrate(scene, newId()), owner, newId),
    messages: () => visible(chat, world.botsById),
    history: () => history(chat, world.botsById),
    members: () =>
      [...chat.members]
        .filter(([, { status }]) => status !== 'left' && status !== 'kicked')
        .map(([id]) => id),
  };
}

function botOf({ bots }: World, token: string | undefined): Bot {
  const bot = token === undefined ? bots.values().next().value : bots.get(token);
  if (!bot) throw new Error('no such bot');
  return bot;
}

/** The bot whose sequence numbers the messages of a basic group. */
function numbering({ world, chat }: Scene): Bot {
  for (const id of chat.members.keys()) {
    const bot = world.botsById.get(id);
    if (bot) return bot;
  }
  return botOf(world, undefined);
}

function write(scene: Scene, message: Omit<NewMessage, 'chat' | 'bot'>): StoredMessage {
  const { world, chat } = scene;
  const stored = writeMessage(world, { ...message, chat, bot: numbering(scene) });
  announce(world, stored);
  return stored;
}

const service = (scene: Scene, content: Partial<WireMessage>, sender: WireUser, thread?: number) =>
  write(scene, { sender, content, service: true, thread });

function existing({ chat }: Scene, id: number): StoredMessage {
  const stored = findMessage(chat, id);
  if (!stored) throw new Error(`no message ${id} in the chat`);
  return stored;
}

const replyOf = (scene: Scene, id: number | undefined) =>
  id === undefined ? undefined : existing(scene, id).wire;

function topicOf({ chat }: Scene, id: number) {
  const topic = chat.topics.get(id);
  if (!topic) throw new Error(`no topic ${id}`);
  return topic;
}

function botActs(scene: Scene) {
  const { world, chat, owner } = scene;
  /** A bot has that standing in the chat from now on, by whoever gave or took it. */
  const stand = (
    name: string | undefined,
    by: By,
    status: Membership['status'],
    rights: RightsGiven = {},
  ): Bot => {
    const bot = botOf(world, name);
    changeMembership(world, chat, bot, by.user, { status, rights: rightsOf(rights) });
    return bot;
  };
  return {
    addBot(rights, by = owner, options = {}) {
      if (chat.kind === 'channel' && rights === undefined)
        throw new Error('in a channel a bot is an administrator');
      const bot = stand(options.bot, by, rights === undefined ? 'member' : 'administrator', rights);
      if (chat.kind !== 'channel') service(scene, { new_chat_members: [bot.user] }, by.user);
    },
    setBotRights(rights, by = owner, options = {}) {
      stand(options.bot, by, 'administrator', rights);
    },
    botRights() {
      const { rights } = membership(chat, botOf(world, undefined).user.id);
      return Object.keys(rights).filter((name) => rights[name]);
    },
    restrictBot(permissions, by = owner, options = {}) {
      stand(options.bot, by, 'restricted', permissions);
    },
    removeBot(by = owner, options = {}) {
      const bot = stand(options.bot, by, options.left ? 'left' : 'kicked');
      if (chat.kind === 'group') service(scene, { left_chat_member: bot.user }, by.user);
    },
  } satisfies Partial<ChatClient>;
}

function messageActs(scene: Scene) {
  const { world, chat } = scene;
  return {
    post(by, text, options = {}) {
      if (chat.kind !== 'channel') throw new Error('posts are for channels');
      if (!mayDo(chat, by.id, 'can_post_messages')) throw new Error('this person may not post here');
      const stored = write(scene, {
        sender: by.user,
        signature: options.signed ? by.user.first_name : undefined,
        replyTo: replyOf(scene, options.replyTo),
        content: typed(text),
      });
      copyToDiscussion(world, numbering(scene), stored);
      return stored.wire.message_id;
    },
    say(by, text, options = {}) {
      if (chat.kind === 'channel') throw new Error('in channels one posts');
      const { status } = membership(chat, by.id);
      if (status === 'left') chat.members.set(by.id, { status: 'member', rights: {} });
      if (options.anonymous && !isAdministrator(chat, by.id))
        throw new Error('only administrators are anonymous');
      if (options.thread !== undefined) topicOf(scene, options.thread);
      const stored = write(scene, {
        sender: by.user,
        asChannel: options.anonymous ?? false,
        thread: options.thread,
        replyTo: replyOf(scene, options.replyTo),
        content: typed(text),
      });
      return stored.wire.message_id;
    },
    edit(by, messageId, text) {
      const stored = existing(scene, messageId);
      const allowed =
        stored.senderId === by.id || (chat.kind === 'channel' && mayDo(chat, by.id, 'can_edit_messages'));
      if (!allowed) throw new Error('this person may not edit that message');
      rewriteText(world, stored, text);
      announceEdit(world, stored, by.id);
    },
    delete(messageId) {
      existing(scene, messageId).deletedAt = world.clock.now();
      chat.pinned = chat.pinned.filter((id) => id !== messageId);
    },
    pin(by, messageId) {
      const stored = existing(scene, messageId);
      chat.pinned = [...chat.pinned.filter((id) => id !== messageId), messageId];
      service(scene, { pinned_message: stored.wire }, by.user);
    },
  } satisfies Partial<ChatClient>;
}

function memberActs(scene: Scene) {
  const { world, chat, owner } = scene;
  const come = ({ user }: By, status: Membership['status']): void =>
    changeMember(world, chat, user, user, { status, rights: {} });
  return {
    join(person) {
      come(person, 'member');
      if (chat.kind !== 'channel') service(scene, { new_chat_members: [person.user] }, person.user);
    },
    leave(person) {
      come(person, 'left');
      if (chat.kind !== 'channel') service(scene, { left_chat_member: person.user }, person.user);
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
  } satisfies Partial<ChatClient>;
}

function topicActs(scene: Scene) {
  const { world, chat, owner } = scene;
  return {
    createTopic(name, by = owner) {
      if (!chat.wire.is_forum) throw new Error('only forums have topics');
      const id = chat.lastMessageId + 1;
      chat.topics.set(id, { id, name, closed: false });
      service(scene, { forum_topic_created: { name, icon_color: 7_322_096 } }, by.user, id);
      return id;
    },
    closeTopic(id, by = owner) {
      topicOf(scene, id).closed = true;
      service(scene, { forum_topic_closed: {} }, by.user, id);
    },
    reopenTopic(id, by = owner) {
      topicOf(scene, id).closed = false;
      service(scene, { forum_topic_reopened: {} }, by.user, id);
    },
    deleteTopic(id) {
      topicOf(scene, id);
      chat.topics.delete(id);
      takeTopic(world, chat, id);
    },
  } satisfies Partial<ChatClient>;
}

function ownerActs(scene: Scene) {
  const { world, chat, owner } = scene;
  return {
    link(group) {
      const discussion = world.chats.get(group.id);
      if (chat.kind !== 'channel' || discussion?.kind !== 'supergroup')
        throw new Error('a channel is linked to a supergroup');
      chat.linked = discussion;
      discussion.linked = chat;
    },
    rename(title, by = owner) {
      chat.wire = { ...chat.wire, title };
      service(scene, { new_chat_title: title }, by.user);
    },
    destroy() {
      chat.deleted = true;
      for (const [id, member] of chat.members) {
        const bot = world.botsById.get(id);
        if (bot && member.status !== 'kicked')
          changeMembership(world, chat, bot, owner.user, { status: 'left', rights: {} });
      }
    },
  } satisfies Partial<ChatClient>;
}

/** Turns a basic group into the supergroup that takes its place, with its members. */
function migrate(scene: Scene, id: number): SharedChat {
  const { world, chat, owner } = scene;
  if (chat.kind !== 'group') throw new Error('only basic groups are upgraded');
  const next = createChat(world, { kind: 'supergroup', id, title: chat.wire.title ?? '', owner });
  for (const [member, standing] of chat.members) next.members.set(member, standing);
  next.permissions = chat.permissions;
  service(scene, { migrate_to_chat_id: id }, owner.user);
  chat.migratedTo = id;
  // The first message of the new supergroup tells where it came from.
  next.lastMessageId = 0;
  service({ ...scene, chat: next }, { migrate_from_chat_id: chat.wire.id }, owner.user);
  return next;
}

/** The author of a post may be the bot itself; it hears of an edit by somebody else. */
function announceEdit(world: World, stored: StoredMessage, editor: number): void {
  announce(world, stored.senderId === editor ? stored : { ...stored, senderId: editor }, true);
}
