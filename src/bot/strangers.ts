/**
 * Which messages a chat would lose with `/forget`. Those of a subscribed chat are noted in its record; those of a
 * stranger, of whom nothing is stored, are only remembered here, in memory, bounded in number.
 */
import type { MiddlewareFn } from 'grammy';
import type { Desk } from '../desk/desk.ts';
import { noteFirstId } from '../desk/chats/erase.ts';
import { noteMessage } from '../desk/letters/notes.ts';
import { findChat } from '../desk/chats/subscribe.ts';
import { isPlace } from '../news/subscriber.ts';
import type { Counter } from './context.ts';

const CHATS = 5000;
const MESSAGES = 200;

/** Message ids of strangers' chats, the newest of the most recent chats. */
export interface StrangersMessages {
  add(chat: string, messages: readonly number[]): void;
  /** All of a chat's, and forgets them. */
  take(chat: string): number[];
}

export function createStrangersMessages(): StrangersMessages {
  const chats = new Map<string, number[]>();
  return {
    add(chat, messages) {
      if (messages.length === 0) return;
      const all = [...(chats.get(chat) ?? []), ...messages].slice(-MESSAGES);
      chats.delete(chat);
      chats.set(chat, all);
      const oldest = chats.keys().next();
      if (chats.size > CHATS && !oldest.done) chats.delete(oldest.value);
    },
    take(chat) {
      const messages = chats.get(chat) ?? [];
      chats.delete(chat);
      return messages;
    },
  };
}

/** The name under which a chat is kept in memory. */
export const chatKey = (chat: { readonly id: number; readonly thread?: number }): string =>
  `${chat.id}/${chat.thread ?? ''}`;

/**
 * Notes what this update brought and what it was answered, after it was handled: the chat may be known by then. What a
 * person writes counts although it is left unanswered.
 */
export function remember(memory: StrangersMessages): MiddlewareFn<Counter> {
  return async (ctx, next) => {
    const { here } = ctx;
    try {
      await next();
    } finally {
      const seen = here.said.filter(({ chat }) => chat === here.chat.id).map(({ message }) => message);
      const key = chatKey(here.chat);
      const place = isPlace(here.chat);
      // Of a group only what is said to us is ours to remove.
      if (ctx.message && (!place || (here.permitted && here.command))) seen.unshift(ctx.message.message_id);
      const firstId = ctx.channelPost?.message_id ?? (place ? ctx.message?.message_id : undefined);
      if (firstId !== undefined && here.permitted && here.subscribed)
        await noteFirstId(here.desk, here.chat, firstId);
      if (here.chat.kind === 'channel' || here.forgotten) memory.take(key);
      else if (!here.subscribed) memory.add(key, seen);
      else {
        const messages = [...memory.take(key), ...seen];
        await Promise.all(messages.map((message) => noteMessage(here.desk, here.chat, message)));
      }
      // Events of a channel are told to its owner in private.
      for (const { chat, message } of here.said)
        if (chat !== here.chat.id && chat > 0) await noteElsewhere(here.desk, memory, chat, message);
    }
  };
}

async function noteElsewhere(
  desk: Desk,
  memory: StrangersMessages,
  person: number,
  message: number,
): Promise<void> {
  const chat = { id: person, kind: 'person' } as const;
  const known = await findChat(desk, chat);
  if (known && known.state !== 'idle') await noteMessage(desk, chat, message);
  else memory.add(chatKey(chat), [message]);
}
