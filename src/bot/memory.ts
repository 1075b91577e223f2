/**
 * Which messages a chat would lose with `/forget`. Those of a subscribed chat are noted in its record; those of a
 * stranger, of whom nothing is stored, are only remembered here, in memory, bounded in number.
 */
import type { MiddlewareFn } from 'grammy';
import { noteMessage } from '../desk/erase.ts';
import { isPlace } from '../news/subscriber.ts';
import type { Counter } from './context.ts';

const CHATS = 5000;
const MESSAGES = 200;

/** Message ids of strangers' chats, the newest of the most recent chats. */
export interface Memory {
  add(chat: string, messages: readonly number[]): void;
  /** All of a chat's, and forgets them. */
  take(chat: string): number[];
}

export function createMemory(): Memory {
  const chats = new Map<string, number[]>();
  return {
    add(chat, messages) {
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

/** Notes what this update brought and what it was answered, after it was handled: the chat may be known by then. */
export function remember(memory: Memory): MiddlewareFn<Counter> {
  return async (ctx, next) => {
    const { here } = ctx;
    const seen: number[] = [];
    // Of a group only what is said to us is ours to remove.
    if (ctx.message && (!isPlace(here.chat) || here.command)) seen.push(ctx.message.message_id);
    ctx.api.config.use(async (call, method, payload, signal) => {
      const answer = await call(method, payload, signal);
      if (answer.ok && method === 'sendMessage' && isMessageOf(here.chat.id, answer.result))
        seen.push(answer.result.message_id);
      return answer;
    });
    try {
      await next();
    } finally {
      const key = chatKey(here.chat);
      if (here.chat.kind === 'channel' || here.forgotten) memory.take(key);
      else if (!here.subscribed) memory.add(key, seen);
      else {
        const messages = [...memory.take(key), ...seen];
        await Promise.all(messages.map((message) => noteMessage(here.desk, here.chat, message)));
      }
    }
  };
}

function isMessageOf(chat: number, result: unknown): result is { message_id: number } {
  if (typeof result !== 'object' || result === null || !('message_id' in result) || !('chat' in result))
    return false;
  const { chat: where } = result;
  return typeof where === 'object' && where !== null && 'id' in where && where.id === chat;
}
