/** Letters: messages that must arrive although Telegram may be away for hours. Sealed, gone once they are delivered. */
import type { Message } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { openJson, SEALED_AS, sealJson } from './sealed.ts';
import type { Shelf } from './shelf.ts';

export interface Letter {
  /** A random UUID. */
  readonly id: string;
  readonly chat: Chat;
  readonly message: Message;
  /** Not tried any more after this moment, ms. */
  readonly until: number;
}

/** One of two sizes, so that a dump tells no more than whether a letter is long; the longest message fits the second. */
const SIZES = [2048, 24_576];

/** May be repeated: Redis may have taken the letter without an answer. @param due not tried by the loop before this moment, ms. */
export async function addLetter(
  { store, seal }: Shelf,
  { id, ...letter }: Letter,
  due: number,
): Promise<void> {
  await store.redis
    .multi()
    .hset(store.keys.letters, id, sealJson(seal, SEALED_AS.letter, letter, SIZES))
    .zadd(store.keys.lettersDue, Math.ceil(due), id)
    .exec();
}

/** Up to `limit` letters to be tried now, the longest due first. What is none of ours is dropped: it must not hold up the others. */
export async function dueLetters(shelf: Shelf, now: number, limit: number): Promise<Letter[]> {
  const { store } = shelf;
  const ids = await store.redis.zrangebyscore(store.keys.lettersDue, '-inf', now, 'LIMIT', 0, limit);
  const sealed = await Promise.all(ids.map((id) => store.redis.hgetBuffer(store.keys.letters, id)));
  const unreadable: string[] = [];
  const letters = ids.flatMap((id, index) => {
    const letter = open(shelf, sealed[index]);
    if (!letter) unreadable.push(id);
    return letter ? [{ ...letter, id }] : [];
  });
  for (const id of unreadable) await dropLetter(shelf, id);
  return letters;
}

const open = ({ seal }: Shelf, sealed: Buffer | null | undefined) =>
  openJson<Omit<Letter, 'id'>>(seal, SEALED_AS.letter, sealed);

/** Nothing where the letter was delivered or dropped meanwhile. */
export const putOffLetter = ({ store }: Pick<Shelf, 'store'>, id: string, due: number): Promise<unknown> =>
  store.redis.zadd(store.keys.lettersDue, 'XX', Math.ceil(due), id);

/** Whether a letter is still to be delivered. */
export const isLetterLeft = async ({ store }: Pick<Shelf, 'store'>, id: string): Promise<boolean> =>
  (await store.redis.hexists(store.keys.letters, id)) === 1;

export async function dropLetter({ store }: Pick<Shelf, 'store'>, id: string): Promise<void> {
  await store.redis.multi().hdel(store.keys.letters, id).zrem(store.keys.lettersDue, id).exec();
}

/** Drops what still waits for a chat that wants to be forgotten. */
export async function dropLettersTo(shelf: Shelf, chatId: number): Promise<void> {
  const { store } = shelf;
  const all = await store.redis.hgetallBuffer(store.keys.letters);
  for (const [id, sealed] of Object.entries(all)) {
    if (open(shelf, sealed)?.chat.id === chatId) await dropLetter(shelf, id);
  }
}
