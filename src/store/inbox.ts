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

/**
 * Updates noted and not dropped, in Telegram's order, and how many no key opens any more: those are dropped, a start must not
 * fail over what somebody typed.
 */
export async function notedUpdates<T extends { readonly update_id: number }>(
  shelf: Shelf,
): Promise<{ readonly updates: readonly T[]; readonly lost: number }> {
  const all = await shelf.store.redis.hgetallBuffer(botKeys(shelf.store.botId).inbox);
  const updates: T[] = [];
  for (const [id, sealed] of Object.entries(all)) {
    const update = opened<T>(shelf, Number(id), sealed);
    if (update) updates.push(update);
    else await dropUpdate(shelf, Number(id));
  }
  const lost = Object.keys(all).length - updates.length;
  return { updates: updates.toSorted((one, other) => one.update_id - other.update_id), lost };
}

/** Re-seals what is noted; answers how much of it was not yet under the present key. */
export async function resealUpdates({ store, seal }: Shelf): Promise<number> {
  const { inbox } = botKeys(store.botId);
  let changed = 0;
  for (const [id, sealed] of Object.entries(await store.redis.hgetallBuffer(inbox))) {
    if (!seal.isPrevious(INBOX_SLOT, sealed)) continue;
    const renewed = seal.seal(INBOX_SLOT, seal.open(INBOX_SLOT, sealed));
    await store.run('swap-field', [inbox], [id, sealed, renewed]);
    changed += 1;
  }
  return changed;
}

/** Undefined: no key opens it, or it is the update of another number. */
function opened<T extends { readonly update_id: number }>(
  { seal }: Shelf,
  id: number,
  sealed: Buffer,
): T | undefined {
  try {
    const update = JSON.parse(seal.open(INBOX_SLOT, sealed).toString()) as T;
    return update.update_id === id ? update : undefined;
  } catch {
    return undefined;
  }
}

export async function dropUpdate({ store }: Pick<Shelf, 'store'>, id: number): Promise<void> {
  await store.redis.hdel(botKeys(store.botId).inbox, String(id));
}
