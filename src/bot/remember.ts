/** Takes down which messages stand in a chat: in its record, or, of whom nothing is stored, in memory (`desk/memory/strangers.ts`). */
import type { MiddlewareFn } from 'grammy';
import { noteFirstId } from '../desk/chats/erase.ts';
import { removeLater } from '../desk/chats/remove.ts';
import { isNoted, noteMessages, noteStranger } from '../desk/letters/notes.ts';
import type { Desk } from '../desk/desk.ts';
import { type Chat, isPlace } from '../news/subscriber.ts';
import type { Counter, Here } from './context.ts';

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
      const noted = saidIn(here.chat.id, here.said);
      const place = isPlace(here.chat);
      // Of a group only what is said to us is ours to remove.
      if (ctx.message && (!place || (here.permitted && here.command)))
        noted.sure.unshift(ctx.message.message_id);
      if (here.isTooLateFor(here.chat))
        await removeLater(here.desk, here.chat, noted.sure, here.desk.clock.now());
      else if (here.chat.kind !== 'channel' && !here.forgotten) await noteHere(here, noted);
      // Events of a channel are told to its owner in private.
      const others = new Set(here.said.map(({ chat }) => chat).filter((id) => id > 0 && id !== here.chat.id));
      for (const id of others) await noteSaid(here.desk, { id, kind: 'person' }, saidIn(id, here.said));
      const firstId = ctx.channelPost?.message_id ?? (place ? ctx.message?.message_id : undefined);
      if (firstId !== undefined && here.permitted && here.subscribed)
        await noteFirstId(here.desk, here.chat, firstId);
    }
  };
}

/** Ids of what stands in a chat, and of what may. */
interface Said {
  readonly sure: number[];
  readonly perhaps: readonly number[];
}

async function noteHere({ desk, chat, subscriber }: Here, { sure, perhaps }: Said): Promise<void> {
  const { strangers } = desk.memory;
  if (!isNoted(subscriber)) return noteStranger(desk, chat, [...sure, ...perhaps]);
  await noteSaid(desk, chat, { sure: [...strangers.take(chat), ...sure], perhaps });
}

async function noteSaid(desk: Desk, chat: Chat, { sure, perhaps }: Said): Promise<void> {
  await noteMessages(desk, chat, sure);
  await noteMessages(desk, chat, perhaps, 'perhaps');
}

/** Ids of what was said in one chat. */
function saidIn(chatId: number, said: Here['said']): Said {
  const there = said.filter(({ chat }) => chat === chatId);
  const ids = (perhaps: boolean) =>
    there.filter((one) => (one.perhaps ?? false) === perhaps).map(({ message }) => message);
  return { sure: ids(false), perhaps: ids(true) };
}
