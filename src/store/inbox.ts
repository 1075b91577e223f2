/** Updates that were read and not handled yet: written down, sealed, so that Telegram can be told to bring the next ones. */
import { botKeys } from './keys.ts';
import type { Shelf } from './subscribers.ts';

/** Updates belong to no slot; nothing else that is sealed has this number. */
const INBOX_SLOT = 0xfffffffd;
/** So that a dump tells no more than whether an update is short; the longest message fits the second. */
const SIZES = [2048, 24_576];

export async function noteUpdates(
  { store, seal }: Shelf,
  updates: readonly { readonly update_id: number }[],
): Promise<void> {
  if (updates.length === 0) return;
  const fields = updates.flatMap((update) => {
    const json = Buffer.from(JSON.stringify(update));
    const plain = Buffer.alloc(SIZES.find((size) => size >= json.length) ?? json.length, ' ');
    json.copy(plain);
    return [String(update.update_id), seal.seal(INBOX_SLOT, plain)];
  });
  await store.redis.hset(botKeys(store.botId).inbox, ...fields);
}

/** Updates noted and not dropped, in Telegram's order. */
export async function notedUpdates<T extends { readonly update_id: number }>({
  store,
  seal,
}: Shelf): Promise<T[]> {
  const all = await store.redis.hgetallBuffer(botKeys(store.botId).inbox);
  return Object.values(all)
    .map((sealed) => JSON.parse(seal.open(INBOX_SLOT, sealed).toString()) as T)
    .toSorted((one, other) => one.update_id - other.update_id);
}

export async function dropUpdate({ store }: Pick<Shelf, 'store'>, id: number): Promise<void> {
  await store.redis.hdel(botKeys(store.botId).inbox, String(id));
}
