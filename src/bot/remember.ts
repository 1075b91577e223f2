/** Takes down which messages stand in a chat: in its record, or, of whom nothing is stored, in memory (`desk/memory/strangers.ts`). */
import type { MiddlewareFn } from 'grammy';
import { noteFirstId } from '../desk/chats/erase.ts';
import { noteMessage } from '../desk/letters/notes.ts';
import { isPlace } from '../news/subscriber.ts';
import type { Counter } from './context.ts';

/**
 * Notes what this update brought and what it was answered, after it was handled: the chat may be known by then. What a
 * person writes counts although it is left unanswered.
 */
export function remember(): MiddlewareFn<Counter> {
  return async (ctx, next) => {
    const { here } = ctx;
    try {
      await next();
    } finally {
      const seen = here.said.filter(({ chat }) => chat === here.chat.id).map(({ message }) => message);
      const { strangers: memory } = here.desk.memory;
      const now = here.desk.clock.now();
      const place = isPlace(here.chat);
      // Of a group only what is said to us is ours to remove.
      if (ctx.message && (!place || (here.permitted && here.command))) seen.unshift(ctx.message.message_id);
      const firstId = ctx.channelPost?.message_id ?? (place ? ctx.message?.message_id : undefined);
      if (firstId !== undefined && here.permitted && here.subscribed)
        await noteFirstId(here.desk, here.chat, firstId);
      if (here.chat.kind === 'channel' || here.forgotten) memory.take(here.chat);
      else if (!here.subscribed) memory.add(here.chat, seen, now);
      else {
        const messages = [...memory.take(here.chat), ...seen];
        await Promise.all(messages.map((message) => noteMessage(here.desk, here.chat, message)));
      }
      // Events of a channel are told to its owner in private.
      for (const { chat, message } of here.said)
        if (chat !== here.chat.id && chat > 0)
          await noteMessage(here.desk, { id: chat, kind: 'person' }, message);
    }
  };
}
