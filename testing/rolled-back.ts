/** A Redis that loses its last moments, and what chats show then. */
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import type { Desk } from '#src/desk/desk.ts';
import { copyKeys, pasteCommands } from '#src/store/copy.ts';
import { holdLease, type Lease } from '#src/store/lease.ts';
import type { RedisCommand } from '#src/store/resp.ts';
import type { ChatClient } from '#sandbox/telegram/telegram.ts';
import { channel } from './delivery.ts';
import type { Stage } from './desk.ts';

/** Redis as it is now, or the keys of `pattern`; the result brings it back to that, and nobody holds the lease. */
export async function snapshot(
  { desk: { store } }: { readonly desk: Pick<Desk, 'store'> },
  pattern = '*',
): Promise<() => Promise<void>> {
  const commands: RedisCommand[] = [];
  for await (const some of copyKeys(store, pattern, undefined)) commands.push(...some);
  return async () => {
    const keys = await store.redis.keys(pattern);
    if (keys.length > 0) await store.redis.del(...keys);
    await pasteCommands(store, commands);
    if (pattern === '*') await store.redis.del(store.keys.lease('owner'));
  };
}

/** A channel that gets the news in English. */
export async function newsChannel(stage: Stage): Promise<ChatClient> {
  const place = stage.telegram.channel();
  place.addBot(['can_post_messages']);
  await stage.settle();
  await subscribe(stage.desk, channel(place.id), 'en');
  return place;
}

/** How many messages of the chat show `words`. */
export const times = (chat: Pick<ChatClient, 'messages'>, words: string): number =>
  chat.messages().filter(({ text }) => text.includes(words)).length;

/** A delivery whose lease a test takes away; what it knows of the lease may be set. */
export async function deliverUntilLost({ desk, clock }: Stage, known: Partial<Lease> = {}) {
  const loss = new AbortController();
  const lease = await holdLease(desk.store, 'owner', clock, new AbortController().signal);
  if (!lease) throw new Error('no lease');
  const delivery = { isOver: false, lose: () => loss.abort() };
  void deliver(desk, { ...lease, signal: loss.signal, ...known }, new AbortController().signal).then(() => {
    delivery.isOver = true;
  });
  return delivery;
}
