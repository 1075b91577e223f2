/** Letters: messages that must arrive although Telegram may be away for hours. Sealed, gone once they are delivered. */
import { randomUUID } from 'node:crypto';
import type { Message } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { botKeys } from './keys.ts';
import type { Shelf } from './subscribers.ts';

export interface Letter {
  readonly id: string;
  readonly chat: Chat;
  readonly message: Message;
  /** Not tried any more after this moment, ms. */
  readonly until: number;
}

/** Letters belong to no slot; no slot, list of owners or waiting card has this number. */
const LETTER_SLOT = 0xfffffffe;
/** One of two sizes, so that a dump tells no more than whether a letter is long; the longest message fits the second. */
const SIZES = [2048, 24_576];

/** @param due not tried by the loop before this moment, ms. */
export async function addLetter(
  { store, seal }: Shelf,
  letter: Omit<Letter, 'id'>,
  due: number,
): Promise<Letter> {
  const keys = botKeys(store.botId);
  const id = randomUUID();
  const json = Buffer.from(JSON.stringify(letter));
  const plain = Buffer.alloc(SIZES.find((size) => size >= json.length) ?? json.length, ' ');
  json.copy(plain);
  await store.redis
    .multi()
    .hset(keys.letters, id, seal.seal(LETTER_SLOT, plain))
    .zadd(keys.lettersDue, Math.ceil(due), id)
    .exec();
  return { ...letter, id };
}

/** Up to `limit` letters to be tried now, the longest due first. What is none of ours is dropped: it must not hold up the others. */
export async function dueLetters(shelf: Shelf, now: number, limit: number): Promise<Letter[]> {
  const { store } = shelf;
  const keys = botKeys(store.botId);
  const ids = await store.redis.zrangebyscore(keys.lettersDue, '-inf', now, 'LIMIT', 0, limit);
  const sealed = await Promise.all(ids.map((id) => store.redis.hgetBuffer(keys.letters, id)));
  const unreadable: string[] = [];
  const letters = ids.flatMap((id, index) => {
    const bytes = sealed[index];
    const letter = bytes && open(shelf, id, bytes);
    if (!letter) unreadable.push(id);
    return letter ? [letter] : [];
  });
  for (const id of unreadable) await dropLetter(shelf, id);
  return letters;
}

/** Undefined: no key opens it, or it is no letter. */
function open({ seal }: Shelf, id: string, sealed: Buffer): Letter | undefined {
  try {
    return { ...(JSON.parse(seal.open(LETTER_SLOT, sealed).toString()) as Letter), id };
  } catch {
    return undefined;
  }
}

/** Nothing where the letter was delivered or dropped meanwhile. */
export const putOffLetter = ({ store }: Pick<Shelf, 'store'>, id: string, due: number): Promise<unknown> =>
  store.redis.zadd(botKeys(store.botId).lettersDue, 'XX', Math.ceil(due), id);

export async function dropLetter({ store }: Pick<Shelf, 'store'>, id: string): Promise<void> {
  const keys = botKeys(store.botId);
  await store.redis.multi().hdel(keys.letters, id).zrem(keys.lettersDue, id).exec();
}

/** Drops what still waits for a chat that wants to be forgotten. */
export async function dropLettersTo(shelf: Shelf, chatId: number): Promise<void> {
  const { store } = shelf;
  const all = await store.redis.hgetallBuffer(botKeys(store.botId).letters);
  for (const [id, sealed] of Object.entries(all)) {
    if (open(shelf, id, sealed)?.chat.id === chatId) await dropLetter(shelf, id);
  }
}

/** Re-seals what still waits; answers how much of it was not yet under the present key. */
export async function resealLetters({ store, seal }: Shelf): Promise<number> {
  const { letters } = botKeys(store.botId);
  let changed = 0;
  for (const [id, sealed] of Object.entries(await store.redis.hgetallBuffer(letters))) {
    if (!seal.isPrevious(LETTER_SLOT, sealed)) continue;
    const renewed = seal.seal(LETTER_SLOT, seal.open(LETTER_SLOT, sealed));
    await store.run('swap-field', [letters], [id, sealed, renewed]);
    changed += 1;
  }
  return changed;
}
