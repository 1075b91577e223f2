import type { ChatMember, Update } from 'grammy/types';
import { readPress } from './buttons.ts';
import { ownWords } from './commands.ts';

/**
 * Whether somebody wants to be forgotten, by a command, whatever stands behind it, by a button, or by blocking the bot: that is
 * obeyed however long it takes.
 */
export function meansForget(update: Update): boolean {
  const { message, channel_post: post, callback_query: press, my_chat_member: member } = update;
  if (member) return member.chat.type === 'private' && isGone(member.new_chat_member);
  if (press) return press.data !== undefined && readPress(press.data)?.on === 'forget';
  return /^\/forget(?:@\w+)?(?:\s|$)/i.test(ownWords(message ?? post));
}

/** The bot was blocked, or removed. */
export const isGone = ({ status }: ChatMember): boolean => status === 'kicked' || status === 'left';
