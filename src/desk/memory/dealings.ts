/**
 * Work for people besides the news that is under way: an update that is handled, a letter that is sent. Once a chat is to be
 * forgotten, what began before says nothing more in it, and what it still writes down is waited for.
 */
import type { Chat } from '../../news/subscriber.ts';
import { dropLettersTo } from '../../store/letters.ts';
import type { Shelf } from '../../store/shelf.ts';
import { type Clock, MINUTE } from '../../time.ts';
import type { Dealing, Memory } from './memory.ts';
import { chatKey } from './strangers.ts';

/** A `/forget` waits no longer for what is under way, ms: nothing takes so long unless it hangs. */
const PATIENCE_MS = MINUTE;

type DealingDesk = Shelf & { readonly clock: Clock; readonly memory: Memory };

/** Works on something. `ids`: Telegram's numbers of chats and accounts of which it may write something down. */
export async function deal<T>(
  { memory: { dealings } }: Pick<DealingDesk, 'memory'>,
  ids: readonly (number | undefined)[],
  work: (dealing: Dealing) => Promise<T>,
): Promise<T> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const dealing = { ids, forgotten: new Set<string>(), over };
  dealings.add(dealing);
  try {
    return await work(dealing);
  } finally {
    dealings.delete(dealing);
    end();
  }
}

/** Ends what is under way for a chat that is to be forgotten; resolves when none of it can write anything down any more. */
export async function breakOff(desk: DealingDesk, chat: Chat): Promise<void> {
  const { clock, memory } = desk;
  for (const { forgotten } of memory.dealings) forgotten.add(chatKey(chat));
  for (const [id, letter] of memory.unwritten) if (letter.chat.id === chat.id) memory.unwritten.delete(id);
  await dropLettersTo(desk, chat.id);
  // Afterwards: a letter that begins now finds that it is dropped.
  const theirs = [...memory.dealings].filter(({ ids }) => ids.includes(chat.id));
  const over = new AbortController();
  await Promise.race([
    Promise.all(theirs.map((dealing) => dealing.over)),
    clock.sleep(PATIENCE_MS, over.signal),
  ]);
  over.abort();
}
