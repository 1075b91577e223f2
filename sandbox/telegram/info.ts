/** Methods that look at chats, and the few that change more than messages in them. */
import { isAdministrator, mayDo, membership, reachChat } from './access.ts';
import { announce, changeMembership, memberView } from './events.ts';
import { flagOf, integerOf, textOf, type Params } from './params.ts';
import { reachTopic } from './send.ts';
import { findMessage, writeMessage, type Bot, type World } from './world.ts';
import type { AnyChat, SharedChat, StoredMessage } from './chat.ts';
import { badRequest, type WireUser } from './wire.ts';

export function getMe(_world: World, bot: Bot): unknown {
  return {
    ...bot.user,
    can_join_groups: true,
    can_read_all_group_messages: !bot.privacy,
    supports_inline_queries: true,
    has_topics_enabled: bot.hasTopics,
    allows_users_to_create_topics: bot.hasTopics,
    can_connect_to_business: false,
    has_main_web_app: false,
  };
}

/** In whole Stars and billionths of one. */
export const getMyStarBalance = (_world: World, { tenthsOfStars }: Bot): unknown => ({
  amount: Math.floor(tenthsOfStars / 10),
  ...(tenthsOfStars % 10 > 0 && { nanostar_amount: (tenthsOfStars % 10) * 100_000_000 }),
});

const userOf = (world: World, id: number): WireUser | undefined =>
  world.people.get(id)?.user ?? world.botsById.get(id)?.user;

export function getChat(world: World, bot: Bot, params: Params): unknown {
  const chat = reachChat(world, bot, params, 'read');
  const pinned = chat.pinned.at(-1);
  const pin = pinned === undefined ? undefined : findMessage(chat, pinned);
  return {
    ...chat.wire,
    ...(chat.kind !== 'private' && { permissions: chat.permissions }),
    ...(chat.kind !== 'private' && chat.slowMode > 0 && { slow_mode_delay: chat.slowMode }),
    ...(chat.kind !== 'private' && chat.linked && { linked_chat_id: chat.linked.wire.id }),
    ...(chat.kind === 'private' && chat.timer && { message_auto_delete_time: chat.timer.seconds }),
    accent_color_id: Math.abs(chat.wire.id) % 7,
    max_reaction_count: 11,
    ...(pin && { pinned_message: pin.wire }),
  };
}

function sharedChat(world: World, bot: Bot, params: Params): SharedChat {
  const chat = reachChat(world, bot, params, 'members');
  if (chat.kind === 'private') throw badRequest('there are no administrators in the private chat');
  return chat;
}

export function getChatMember(world: World, bot: Bot, params: Params): unknown {
  const id = integerOf(params, 'user_id', 0, 0, Number.MAX_SAFE_INTEGER);
  if (id <= 0) throw badRequest('invalid user_id specified');
  const chat = reachChat(world, bot, params, id === bot.user.id ? 'read' : 'members');
  const user = userOf(world, id);
  if (chat.kind === 'private') {
    if (!user || (id !== bot.user.id && id !== chat.wire.id)) throw badRequest('member not found');
    return { user, status: 'member' };
  }
  if (!user) throw badRequest('PARTICIPANT_ID_INVALID');
  if (chat.kind === 'channel' && id !== bot.user.id && !isAdministrator(chat, bot.user.id))
    throw badRequest('member list is inaccessible');
  return memberView(chat, user, membership(chat, id));
}

export function getChatAdministrators(world: World, bot: Bot, params: Params): unknown {
  const chat = sharedChat(world, bot, params);
  const withBots = flagOf(params, 'return_bots');
  return [...chat.members].flatMap(([id, member]) => {
    const user = userOf(world, id);
    const shown = user && isAdministrator(chat, id) && (!user.is_bot || id === bot.user.id || withBots);
    return shown ? [memberView(chat, user, member)] : [];
  });
}

export function getChatMemberCount(world: World, bot: Bot, params: Params): number {
  const chat = reachChat(world, bot, params, 'members');
  if (chat.kind === 'private') return 2;
  return [...chat.members.values()].filter(({ status }) => status !== 'left' && status !== 'kicked').length;
}

export function leaveChat(world: World, bot: Bot, params: Params): true {
  const chat = reachChat(world, bot, params, 'read');
  if (chat.kind === 'private') throw badRequest("chat can't be left");
  changeMembership(world, chat, bot, bot.user, { status: 'left', rights: {} });
  return true;
}

function pinTarget(
  world: World,
  bot: Bot,
  params: Params,
  verb: string,
): { chat: AnyChat; found: StoredMessage | undefined } {
  const chat = reachChat(world, bot, params, 'write');
  const id = integerOf(params, 'message_id');
  const found = findMessage(chat, id);
  if (!found && (verb === 'pin' || id !== 0)) throw badRequest(`message to ${verb} not found`);
  const right = chat.kind === 'channel' ? 'can_edit_messages' : 'can_pin_messages';
  if (chat.kind !== 'private' && !mayDo(chat, bot.user.id, right))
    throw badRequest('not enough rights to manage pinned messages in the chat');
  return { chat, found };
}

export function pinChatMessage(world: World, bot: Bot, params: Params): true {
  const { chat, found } = pinTarget(world, bot, params, 'pin');
  if (!found) return true;
  chat.pinned = [...chat.pinned.filter((id) => id !== found.wire.message_id), found.wire.message_id];
  const silent = flagOf(params, 'disable_notification');
  announce(
    world,
    writeMessage(world, {
      chat,
      bot,
      sender: bot.user,
      content: { pinned_message: found.wire },
      service: true,
      silent,
    }),
  );
  return true;
}

export function unpinChatMessage(world: World, bot: Bot, params: Params): true {
  const { chat, found } = pinTarget(world, bot, params, 'unpin');
  const gone = found?.wire.message_id ?? chat.pinned.at(-1);
  chat.pinned = chat.pinned.filter((id) => id !== gone);
  return true;
}

export function unpinAllChatMessages(world: World, bot: Bot, params: Params): true {
  pinTarget(world, bot, { ...params, message_id: 0 }, 'unpin').chat.pinned = [];
  return true;
}

export function sendChatAction(world: World, bot: Bot, params: Params): true {
  reachTopic(bot, reachChat(world, bot, params, 'write'), params);
  if (!/^(typing|upload_\w+|record_\w+|choose_\w+|find_location)$/.test(textOf(params, 'action')))
    throw badRequest('wrong parameter action in request');
  return true;
}
