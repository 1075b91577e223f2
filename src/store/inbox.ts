/** Updates that were read and not handled yet: written down, sealed, so that Telegram can be told to bring the next ones. */
import { openJson, SEALED_AS, sealJson } from './sealed.ts';
import type { Shelf } from './shelf.ts';

/** So that a dump tells no more than whether an update is short; the longest message fits the second. */
const SIZES = [1024, 24_576];

/** Letters of a text that are kept beside Redis: a command needs no more. */
const SPARE_LETTERS = 200;
/** Bytes beside Redis: a command with its names fits. */
const SPARE_SIZES = [1000, 2000];

/** An update sealed for the place beside Redis (`spare-inbox.ts`). */
export const sealSpare = ({ seal }: Pick<Shelf, 'seal'>, update: object): Buffer =>
  sealJson(seal, SEALED_AS.update, cut(update), SPARE_SIZES);

const cut = (update: object): unknown =>
  JSON.parse(
    JSON.stringify(update, (name, value: unknown) => {
      // Marks of a text that is cut are none.
      if (name === 'entities') return undefined;
      return typeof value === 'string' ? value.slice(0, SPARE_LETTERS) : value;
    }),
  );

/** Undefined: no key opens it. */
export const openSpare = <T>({ seal }: Pick<Shelf, 'seal'>, sealed: Buffer): T | undefined =>
  openJson<T>(seal, SEALED_AS.update, sealed);

export async function noteUpdates(
  { store, seal }: Shelf,
  updates: readonly { readonly update_id: number }[],
): Promise<void> {
  if (updates.length === 0) return;
  const fields = updates.flatMap((update) => [
    String(update.update_id),
    sealJson(seal, SEALED_AS.update, update, SIZES),
  ]);
  await store.redis.hset(store.keys.inbox, ...fields);
}

/** Updates that are opened at once: all of a crowd together would fill the memory. */
const AT_ONCE = 100;

/** Updates not dropped, in Telegram's order, in pages with how many no key opens: these are dropped, for a start must not fail over them. */
export async function* notedUpdates<T extends { readonly update_id: number }>(
  shelf: Shelf,
): AsyncGenerator<{ readonly updates: readonly T[]; readonly lost: number }> {
  const ids = (await notedIds(shelf)).toSorted((one, other) => Number(one) - Number(other));
  for (let at = 0; at < ids.length; at += AT_ONCE) yield openNoted<T>(shelf, ids.slice(at, at + AT_ONCE));
}

/** By a command that the bot's user of docs/operations.md may use: HKEYS is none. */
async function notedIds({ store: { redis, keys } }: Shelf): Promise<string[]> {
  const ids = new Set<string>();
  let cursor = '0';
  do {
    const [next, page] = await redis.hscan(keys.inbox, cursor, 'COUNT', AT_ONCE);
    cursor = next;
    for (let at = 0; at < page.length; at += 2) ids.add(page[at] ?? '');
  } while (cursor !== '0');
  return [...ids];
}

async function openNoted<T extends { readonly update_id: number }>(shelf: Shelf, ids: readonly string[]) {
  const { redis, keys } = shelf.store;
  const page = await redis.hmgetBuffer(keys.inbox, ...ids);
  const updates: T[] = [];
  let lost = 0;
  for (const [at, sealed] of page.entries()) {
    const update = openJson<T>(shelf.seal, SEALED_AS.update, sealed);
    // That of another number was put there by somebody else.
    if (update?.update_id === Number(ids[at])) updates.push(update);
    else if (sealed) {
      await redis.hdel(keys.inbox, ids[at] ?? '');
      lost += 1;
    }
  }
  return { updates, lost };
}

export async function dropUpdate({ store }: Pick<Shelf, 'store'>, id: number): Promise<void> {
  await store.redis.hdel(store.keys.inbox, String(id));
}
