/**
 * Which messages stand in chats of who is not subscribed. Those of a subscribed chat are noted in its record; of a stranger
 * nothing is stored, so theirs are only remembered here, in memory, bounded in number: for `/forget`, and to go by default.
 */
import { type Chat, isPlace } from '../../news/subscriber.ts';
import { LIMITS } from '../../limits.ts';
import { HOUR } from '../../time.ts';

export interface Standing {
  readonly chat: Chat;
  readonly messages: readonly number[];
  /** When the first of them came, and the last, ms. */
  readonly since: number;
  readonly last: number;
}

/** The name under which a chat is kept in memory. */
export const chatKey = (chat: Pick<Chat, 'id' | 'thread'>): string => `${chat.id}/${chat.thread ?? ''}`;

/** After half of the time, once nobody is at it; at the end of it in any case. */
const isOld = ({ chat, since, last }: Standing, now: number, keepMs: number): boolean =>
  !isPlace(chat) &&
  (now - since >= 0.9 * keepMs || (now - since >= keepMs / 2 && now - last >= Math.min(HOUR, keepMs / 4)));

/** Message ids of such chats, the newest of the most recent chats. */
export function createStrangersMessages() {
  const chats = new Map<string, Standing>();
  /** All of a chat's. */
  const of = (chat: Pick<Chat, 'id' | 'thread'>) => chats.get(chatKey(chat))?.messages ?? [];
  /** All of a chat's, and forgets them. */
  const take = (chat: Pick<Chat, 'id' | 'thread'>): number[] => {
    const messages = [...of(chat)];
    chats.delete(chatKey(chat));
    return messages;
  };
  return {
    /** Messages that came at `now`, ms. Answers the limit for which others had to be let go. */
    add(chat: Chat, messages: readonly number[], now: number) {
      if (messages.length === 0) return undefined;
      const since = chats.get(chatKey(chat))?.since ?? now;
      // An update that waited in line comes twice.
      const all = [...new Set([...take(chat), ...messages])];
      chats.set(chatKey(chat), { chat, messages: all.slice(-LIMITS.strangerMessages), since, last: now });
      const oldest = chats.keys().next();
      if (chats.size <= LIMITS.strangers || oldest.done)
        return all.length > LIMITS.strangerMessages ? 'strangerMessages' : undefined;
      chats.delete(oldest.value);
      return 'strangers';
    },
    of,
    /** All of a group's, in whichever topic. */
    inGroup: (id: number) =>
      [...chats.values()].flatMap(({ chat, messages }) => (chat.id === id ? messages : [])),
    take,
    /** Some people's chats in which messages have stood long enough, so that none stands for `keepMs`; forgets them. */
    takeOld(now: number, keepMs: number, limit: number): readonly Standing[] {
      const old = [
        ...chats
          .values()
          .filter((standing) => isOld(standing, now, keepMs))
          .take(limit),
      ];
      for (const { chat } of old) take(chat);
      return old;
    },
  };
}
