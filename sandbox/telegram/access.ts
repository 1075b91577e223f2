/** Access of bots to chats: the lookups and refusals that stand before every method. */
import { textOf, type Params } from './params.ts';
import type { Bot, World } from './world.ts';
import type { AnyChat, Membership, PrivateChat, Rights, SharedChat } from './chat.ts';
import { privateChat, sweep } from './world.ts';
import { badRequest, refusal } from './wire.ts';

/** How much of a chat a method needs: reading, editing in it, its list of members, or writing. */
export type Need = 'read' | 'members' | 'edit' | 'write';

/** The chat of `chat_id` (a number or `@name`), or the refusal that Telegram gives. */
export function reachChat(world: World, bot: Bot, params: Params, need: Need, name = 'chat_id'): AnyChat {
  const given = textOf(params, name);
  if (given === '') throw badRequest(`${name} is empty`);
  if (given.startsWith('@')) return checkAccess(bot, publicChat(world, given.slice(1)), need);
  const id = /^-?\d+$/.test(given) ? Number(given) : 0;
  if (id > 0) return reachPerson(world, bot, id, need);
  const chat = world.chats.get(id);
  // A bot that never was in a private chat of others does not even learn that it exists.
  if (!chat || (!chat.members.has(bot.user.id) && chat.wire.username === undefined))
    throw badRequest('chat not found');
  return checkAccess(bot, chat, need);
}

function publicChat(world: World, name: string): SharedChat {
  const wanted = name.toLowerCase();
  for (const chat of world.chats.values()) if (chat.wire.username?.toLowerCase() === wanted) return chat;
  throw badRequest('chat not found');
}

function reachPerson(world: World, bot: Bot, id: number, need: Need): PrivateChat {
  if (world.botsById.has(id) && need === 'write')
    throw refusal(403, "the bot can't send messages to the bot");
  const person = world.people.get(id);
  const known = person && (bot.privates.get(id)?.started || metInGroup(world, bot, id));
  if (!known) throw badRequest('chat not found');
  if (person.deleted && need !== 'read' && need !== 'members') throw refusal(403, 'user is deactivated');
  const chat = privateChat(bot, person);
  sweep(world, chat);
  return chat;
}

/** Telegram lets a bot address people whom it met in a group, though not write to them first. */
function metInGroup(world: World, bot: Bot, personId: number): boolean {
  for (const chat of world.chats.values())
    if (chat.kind !== 'channel' && chat.members.has(bot.user.id) && chat.members.has(personId)) return true;
  return false;
}

function checkAccess(bot: Bot, chat: SharedChat, need: Need): SharedChat {
  const status = membership(chat, bot.user.id).status;
  const { kind } = chat;
  if (kind === 'group') return checkGroup(chat, status, need);
  if (chat.deleted) throw badRequest('chat not found');
  if (status === 'kicked') throw refusal(403, `bot was kicked from the ${kind} chat`);
  const open = chat.wire.username !== undefined && (need === 'read' || need === 'members');
  if (status === 'left' && !open) throw refusal(403, `bot is not a member of the ${kind} chat`);
  return chat;
}

function checkGroup(chat: SharedChat, status: Membership['status'], need: Need): SharedChat {
  const writes = need === 'write' || need === 'members';
  if (chat.migratedTo !== undefined && writes)
    throw refusal(400, 'group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    });
  if (chat.deleted && writes) throw refusal(403, 'the group chat was deleted');
  const active = chat.migratedTo === undefined && !chat.deleted;
  if (active && need !== 'read' && status === 'kicked')
    throw refusal(403, 'bot was kicked from the group chat');
  if (active && need !== 'read' && status === 'left')
    throw refusal(403, 'bot is not a member of the group chat');
  return chat;
}

/** The member's standing; who never was one has left. */
export const membership = (chat: SharedChat, id: number): Membership =>
  chat.members.get(id) ?? { status: 'left', rights: {} };

/** Whether the member may do what the right of that name allows. */
export function mayDo(chat: SharedChat, id: number, right: string): boolean {
  const { status, rights } = membership(chat, id);
  if (status === 'creator') return true;
  // Limits on plain members do not bind everybody: an administrator of a group always may.
  if (status === 'administrator')
    return rights[right] === true || (chat.kind !== 'channel' && /^can_(send|add_web)_/.test(right));
  if (chat.kind === 'channel' || status === 'left' || status === 'kicked') return false;
  if (status === 'restricted') return rights[right] === true;
  return chat.permissions[right] === true;
}

export const isAdministrator = (chat: SharedChat, id: number): boolean =>
  ['creator', 'administrator'].includes(membership(chat, id).status);

/** Names of the rights of an administrator, by kind of chat, in the order in which Telegram lists them. */
export function administratorRights(kind: SharedChat['kind'], rights: Rights, creator: boolean): Rights {
  const channel = kind === 'channel';
  const names = [
    'can_manage_chat',
    'can_change_info',
    ...(channel ? ['can_post_messages', 'can_edit_messages'] : []),
    'can_delete_messages',
    'can_invite_users',
    'can_restrict_members',
    ...(channel ? [] : ['can_pin_messages']),
    ...(kind === 'supergroup' ? ['can_manage_topics'] : []),
    'can_promote_members',
    'can_manage_video_chats',
    'can_post_stories',
    'can_edit_stories',
    'can_delete_stories',
    'is_anonymous',
  ];
  const given = (name: string) =>
    name === 'is_anonymous'
      ? rights[name] === true
      : creator || name === 'can_manage_chat' || rights[name] === true;
  return Object.fromEntries(names.map((name) => [name, given(name)]));
}
