/** Takes down which messages stand in a chat: in its record, or, of whom nothing is stored, in memory (`desk/memory/strangers.ts`). */
import type { MiddlewareFn } from 'grammy';
import { noteFirstId } from '../desk/chats/erase.ts';
import { removeLater } from '../desk/chats/remove.ts';
import { isNoted, noteMessages, noteStranger } from '../desk/letters/notes.ts';
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
      const [seen, perhaps] = saidIn(here.chat.id, here.said);
      const place = isPlace(here.chat);
      // Of a group only what is said to us is ours to remove.
      if (ctx.message && (!place || (here.permitted && here.command))) seen.unshift(ctx.message.message_id);
      if (here.isTooLateFor(here.chat)) await removeLater(here.desk, here.chat, seen, here.desk.clock.now());
      else if (here.chat.kind !== 'channel' && !here.forgotten) await noteHere(here, seen, perhaps);
      // Events of a channel are told to its owner in private.
      const others = new Set(here.said.map(({ chat }) => chat).filter((id) => id > 0 && id !== here.chat.id));
      for (const id of others) {
        const [ids, unheard] = saidIn(id, here.said);
        await noteMessages(here.desk, { id, kind: 'person' }, { ids });
        await noteMessages(here.desk, { id, kind: 'person' }, { ids: unheard, perhaps: true });
      }
      const firstId = ctx.channelPost?.message_id ?? (place ? ctx.message?.message_id : undefined);
      if (firstId !== undefined && here.permitted && here.subscribed)
        await noteFirstId(here.desk, here.chat, firstId);
    }
  };
}

async function noteHere(
  { desk, chat, subscriber }: Counter['here'],
  seen: readonly number[],
  perhaps: readonly number[],
): Promise<void> {
  const { strangers } = desk.memory;
  if (!isNoted(subscriber)) return noteStranger(desk, chat, [...seen, ...perhaps]);
  await noteMessages(desk, chat, { ids: [...strangers.take(chat), ...seen] });
  await noteMessages(desk, chat, { ids: perhaps, perhaps: true });
}

/** Ids of what was said in one chat: of what stands there, and of what may. */
function saidIn(chatId: number, said: Counter['here']['said']): [sure: number[], perhaps: number[]] {
  const there = said.filter(({ chat }) => chat === chatId);
  const ids = (perhaps: boolean) =>
    there.filter((one) => (one.perhaps ?? false) === perhaps).map(({ message }) => message);
  return [ids(false), ids(true)];
}
