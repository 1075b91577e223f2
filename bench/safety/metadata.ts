/**
 * Traces that Redis keeps beside what it was told: in which order members stand, and when a key was last used. Whoever has a dump
 * and some accounts of their own would place everybody else between them.
 */
import type { Redis } from 'ioredis';
import { SLOT_BLOCK } from '#src/store/keys.ts';

/** When the reader of a slot came, as a number that rises. */
export type Arrivals = ReadonlyMap<number, number>;

/** How well something follows a true order: 0.5 is chance, 1 and 0 tell all. */
export interface Order {
  /** The thing that was looked at: a key without its numbers. */
  readonly what: string;
  /** Neighbours, of which `share` stand in the true order. */
  readonly pairs: number;
  readonly share: number;
}

/** By how much chance moves a share: 5 % either way, and more where there are few pairs. */
export const chanceOf = ({ pairs }: Pick<Order, 'pairs'>): number => Math.max(0.05, 2 / Math.sqrt(pairs));

/** Whether an order tells more than chance would. */
export const tellsOrder = (order: Order): boolean =>
  order.pairs > 0 && Math.abs(order.share - 0.5) > chanceOf(order);

/** Lists of slots as Redis keeps them (a dump has the same order): members of each key, and names of keys. */
export async function slotLists(redis: Redis, arrivals: Arrivals): Promise<Map<string, number[][]>> {
  const lists = new Map<string, number[][]>();
  const names = new Map<string, number[]>();
  for await (const page of redis.scanStream({ count: 1000 }) as AsyncIterable<string[]>) {
    for (const key of page) {
      const family = key.replace(/^pozirk:\{[^}]*\}:/, '').replaceAll(/:[\d.]+/g, ':#');
      const inName = Number(/:(\d+)$/.exec(key)?.[1] ?? Number.NaN);
      if (arrivals.has(inName)) names.set(family, [...(names.get(family) ?? []), inName]);
      for (const list of await membersOf(redis, key)) {
        const slots = [...new Set(list.map(Number))].filter((slot) => arrivals.has(slot));
        // By chance a number or two may look like a slot, such as a day that many have in common.
        if (slots.length > 1 && slots.length > list.length / 2)
          lists.set(family, [...(lists.get(family) ?? []), slots]);
      }
    }
  }
  for (const [family, slots] of names) lists.set(`names of ${family}`, [slots]);
  return lists;
}

/** Names and values of a key's members, in their order; a string of places is in the order of slots. */
async function membersOf(redis: Redis, key: string): Promise<string[][]> {
  const pairs = (flat: readonly string[]) => [0, 1].map((odd) => flat.filter((_, at) => at % 2 === odd));
  switch (await redis.type(key)) {
    case 'hash':
      return pairs((await redis.call('HGETALL', key)) as string[]);
    case 'zset':
      return pairs(await redis.zrange(key, '0', '-1', 'WITHSCORES'));
    case 'set':
      return [await redis.smembers(key)];
    case 'list':
      return [await redis.lrange(key, 0, -1)];
    default: {
      const block = Number(/:chat:(\d+)$/.exec(key)?.[1] ?? Number.NaN);
      return Number.isNaN(block) ? [] : [Array.from({ length: 128 }, (_, at) => String(block * 128 + at))];
    }
  }
}

/** That a higher block of slots came later is known and said; within one nothing may be told. */
const byBlock = (slots: readonly number[]): number[][] => [
  ...Map.groupBy(slots, (slot) => Math.floor(slot / SLOT_BLOCK)).values(),
];

/** For each kind of list how many neighbours stand in the order in which they came. */
export function ordersIn(lists: ReadonlyMap<string, number[][]>, arrivals: Arrivals): Order[] {
  return [...lists].map(([what, all]) => {
    const pairs = all.flatMap(byBlock).flatMap((slots) => {
      const when = slots.map((slot) => arrivals.get(slot) ?? 0);
      return when.slice(1).map((at, index) => at > (when[index] ?? 0));
    });
    return { what, pairs: pairs.length, share: pairs.filter(Boolean).length / Math.max(1, pairs.length) };
  });
}

/** Guesses about others by the thief's own accounts: how many were right, and how many chance makes right. */
export interface Brackets {
  readonly guesses: number;
  readonly right: number;
  readonly chance: number;
}

/** Whoever stands between two accounts of the thief in a list is guessed to have come between them. */
export function bracketsIn(
  lists: ReadonlyMap<string, number[][]>,
  arrivals: Arrivals,
  own: ReadonlySet<number>,
): Brackets {
  const spans = spansOf(arrivals);
  let [guesses, right, chance] = [0, 0, 0];
  for (const slots of [...lists.values()].flat().flatMap(byBlock)) {
    const span = spans.get(Math.floor((slots[0] ?? 0) / SLOT_BLOCK)) ?? 1;
    const marks = [...slots.keys()].filter((index) => own.has(slots[index] ?? -1));
    for (const [from, to] of marks.slice(1).map((end, index) => [marks[index] ?? 0, end] as const)) {
      const ends = [from, to].map((index) => arrivals.get(slots[index] ?? -1) ?? 0);
      const [low, high] = [Math.min(...ends), Math.max(...ends)];
      for (const slot of slots.slice(from + 1, to)) {
        const at = arrivals.get(slot) ?? 0;
        guesses += 1;
        right += at > low && at < high ? 1 : 0;
        chance += Math.min(1, (high - low) / span);
      }
    }
  }
  return { guesses, right, chance };
}

/** Between the first and the last arrival in each block of slots. */
function spansOf(arrivals: Arrivals): Map<number, number> {
  const blocks = Map.groupBy(arrivals, ([slot]) => Math.floor(slot / SLOT_BLOCK));
  return new Map(
    [...blocks].map(([block, all]) => {
      const when = all.map(([, at]) => at);
      return [block, Math.max(1, Math.max(...when) - Math.min(...when))];
    }),
  );
}

export const tellsBrackets = ({ guesses, right, chance }: Brackets): boolean =>
  guesses > 0 && (right - chance) / guesses > Math.max(0.05, 2 / Math.sqrt(guesses));

/** Whether keys, given in the order in which they were used by their readers, are idle in that order; equals count half. */
export async function idleOrder(redis: Redis, keys: readonly string[]): Promise<Order> {
  const idle = await Promise.all(keys.map(async (key) => Number(await redis.object('IDLETIME', key))));
  const pairs = idle.flatMap((earlier, index) =>
    idle.slice(index + 1).map((later) => (earlier > later ? 1 : earlier === later ? 0.5 : 0)),
  );
  const sum = pairs.reduce<number>((all, one) => all + one, 0);
  return { what: 'idle time', pairs: pairs.length, share: sum / Math.max(1, pairs.length) };
}
