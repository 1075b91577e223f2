/** Lists of what is to be done, each at its moment: sealed, gone once it is done. */
import { openJson, type SealedAs, sealJson } from './sealed.ts';
import type { Shelf } from './shelf.ts';

/** @param sizes to which the sealed values are filled up, bytes: see `sealJson`. */
export function dueList<T extends { readonly id: string }>(
  list: 'letters' | 'removals',
  as: SealedAs,
  sizes: readonly number[],
) {
  const keysOf = ({ store: { keys } }: Shelf) =>
    ({ values: keys[list], moments: keys[`${list}Due`] }) as const;

  const open = ({ seal }: Shelf, id: string, sealed: Buffer | null | undefined): T[] => {
    const value = openJson<object>(seal, as, sealed);
    return value ? [{ ...value, id } as T] : [];
  };

  async function drop(shelf: Shelf, id: string): Promise<void> {
    const { values, moments } = keysOf(shelf);
    // No transaction: a Redis that is full takes none. An id without a value is dropped where it is due.
    await shelf.store.redis.hdel(values, id);
    await shelf.store.redis.zrem(moments, id);
  }

  async function note(shelf: Shelf, id: string, due: number, ...value: readonly Buffer[]): Promise<void> {
    const { values, moments } = keysOf(shelf);
    await shelf.store.run('note-due', [moments, values], [id, Math.ceil(due), ...value]);
  }

  return {
    drop,
    /** May be repeated: Redis may have taken it without an answer. @param due not before this moment, ms. */
    add: (shelf: Shelf, { id, ...value }: T, due: number): Promise<void> =>
      note(shelf, id, due, sealJson(shelf.seal, as, value, sizes)),
    /** Up to `limit` to be done now, the longest due first. What is none of ours is dropped: it must not hold up the others. */
    async due(shelf: Shelf, now: number, limit: number): Promise<T[]> {
      const { redis } = shelf.store;
      const { values, moments } = keysOf(shelf);
      const ids = await redis.zrangebyscore(moments, '-inf', now, 'LIMIT', 0, limit);
      const sealed = await Promise.all(ids.map((id) => redis.hgetBuffer(values, id)));
      const opened = ids.map((id, index) => open(shelf, id, sealed[index]));
      for (const [index, id] of ids.entries()) if (opened[index]?.length === 0) await drop(shelf, id);
      return opened.flat();
    },
    async all(shelf: Shelf): Promise<T[]> {
      const sealed = await shelf.store.redis.hgetallBuffer(keysOf(shelf).values);
      return Object.entries(sealed).flatMap(([id, value]) => open(shelf, id, value));
    },
    /** Has it wait until `due`, ms; nothing where it was done or dropped meanwhile. */
    putOff: (shelf: Shelf, id: string, due: number): Promise<void> => note(shelf, id, due),
    isLeft: async (shelf: Shelf, id: string): Promise<boolean> =>
      (await shelf.store.redis.hexists(keysOf(shelf).values, id)) === 1,
  };
}
