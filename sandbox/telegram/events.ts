/** Tells bots what happened: which bots see which message, and in what shape. */
import { administratorRights, isAdministrator, membership } from './access.ts';
import type { Bot, World } from './world.ts';
import type { Membership, SharedChat, StoredMessage } from './chat.ts';
import { seconds } from './world.ts';
import type { WireUser } from './wire.ts';

/** Tells every bot that may see it of a new or edited message; a bot hears of its own only where it is a service message. */
export function announce(world: World, stored: StoredMessage, edited = false): void {
  const { chat, wire } = stored;
  if (chat.kind === 'private') {
    const bot = botOfPrivate(world, stored);
    if (bot && (stored.senderId !== bot.user.id || stored.service))
      bot.updates.push(edited ? 'edited_message' : 'message', wire, `m${chat.wire.id}`);
    return;
  }
  const name = chat.kind === 'channel' ? 'channel_post' : 'message';
  for (const id of chat.members.keys()) {
    const bot = world.botsById.get(id);
    if (!bot || (stored.senderId === id && !stored.service) || !sees(bot, chat, stored)) continue;
    bot.updates.push(edited ? `edited_${name}` : name, wire, `m${chat.wire.id}`);
  }
}

function botOfPrivate(world: World, stored: StoredMessage): Bot | undefined {
  for (const bot of world.bots.values())
    if (bot.privates.get(stored.chat.wire.id) === stored.chat) return bot;
  return undefined;
}

/** Privacy mode: a plain member sees commands meant for it, replies to it, mentions and service messages. */
function sees(bot: Bot, chat: SharedChat, stored: StoredMessage): boolean {
  const { status } = membership(chat, bot.user.id);
  const { wire } = stored;
  if (status === 'left' || status === 'kicked') return wire.left_chat_member?.id === bot.user.id;
  if (chat.kind === 'channel') return isAdministrator(chat, bot.user.id);
  if (stored.service || !bot.privacy || isAdministrator(chat, bot.user.id)) return true;
  if (wire.reply_to_message?.from?.id === bot.user.id) return true;
  const text = (wire.text ?? wire.caption ?? '').toLowerCase();
  const own = `@${bot.user.username ?? ''}`.toLowerCase();
  if (text.includes(own)) return true;
  return /^\/[a-z0-9_]+(?![a-z0-9_@])/.test(text);
}

/** A member as getChatMember and my_chat_member show it. */
export function memberView(
  chat: SharedChat,
  user: WireUser,
  member: Membership,
): Readonly<Record<string, unknown>> {
  const { status, rights } = member;
  if (status === 'creator') return { user, status, is_anonymous: rights['is_anonymous'] === true };
  if (status === 'administrator')
    return { user, status, can_be_edited: false, ...administratorRights(chat.kind, rights, false) };
  if (status === 'restricted') return { user, status, is_member: true, until_date: 0, ...rights };
  return status === 'kicked' ? { user, status, until_date: 0 } : { user, status };
}

/** Changes a bot's standing and tells it so. */
export function changeMembership(
  world: World,
  chat: SharedChat,
  bot: Bot,
  by: WireUser,
  next: Membership,
): void {
  const before = membership(chat, bot.user.id);
  chat.members.set(bot.user.id, next);
  bot.updates.push(
    'my_chat_member',
    {
      chat: chat.wire,
      from: by,
      date: seconds(world.clock.now()),
      old_chat_member: memberView(chat, bot.user, before),
      new_chat_member: memberView(chat, bot.user, next),
    },
    `j${chat.wire.id}`,
  );
}

/** Changes a person's standing; bots that administer the chat and asked for `chat_member` hear of it. */
export function changeMember(
  world: World,
  chat: SharedChat,
  user: WireUser,
  by: WireUser,
  next: Membership,
): void {
  const before = membership(chat, user.id);
  chat.members.set(user.id, next);
  for (const id of chat.members.keys()) {
    if (!isAdministrator(chat, id)) continue;
    world.botsById.get(id)?.updates.push(
      'chat_member',
      {
        chat: chat.wire,
        from: by,
        date: seconds(world.clock.now()),
        old_chat_member: memberView(chat, user, before),
        new_chat_member: memberView(chat, user, next),
      },
      `n${chat.wire.id}`,
    );
  }
}
