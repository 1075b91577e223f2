import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bracketsIn,
  idleOrder,
  ordersIn,
  slotLists,
  tellsBrackets,
  tellsOrder,
} from '../../bench/safety/metadata.ts';
import { useAllKeys } from '#src/store/idle.ts';
import { botKeys } from '#src/store/keys.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { addSaid } from '#src/store/said.ts';
import { createSeal } from '#src/store/seal.ts';
import { addChat, saveChat } from '#src/store/subscribers.ts';
import { silentLogger } from '#testing/log.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const READERS = 1500;
const seal = createSeal(Buffer.alloc(32, 7), '7');
const arrivals = new Map<number, number>();

let server: TestRedis;
let store: Store;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  store = openStore({ url: server.url, botId: '7', log: silentLogger });
  redis = new Redis(server.url.replace(/^unix:/, ''));
  const settings = { ...DEFAULT_SETTINGS, edition: 'be' as const };
  for (let id = 1; id <= READERS; id += 1) {
    const chat = { id, kind: 'person' as const };
    const known = await addChat({ store, seal }, { chat, settings, state: 'active', day: 0 }, 0);
    arrivals.set(known.slot, id);
    await saveChat({ store, seal }, known, { to: 'start', cursor: 5 }, 0);
    if (id % 3 === 0) await saveChat({ store, seal }, known, { to: 'hold', until: 1e12 }, 0);
    if (id % 5 === 0) await addSaid({ store, seal }, known.slot, [id], 0);
  }
}, 60_000);
afterAll(async () => {
  redis.disconnect();
  await store.close();
  await server.stop();
});

const own = () => new Set([...arrivals.keys()].filter((_, index) => index % 25 === 0));
const found = async () => {
  const lists = await slotLists(redis, arrivals);
  return {
    orders: ordersIn(lists, arrivals).filter(tellsOrder),
    brackets: tellsBrackets(bracketsIn(lists, arrivals, own())),
    lists,
  };
};

describe('the search for what Redis tells beside its content', () => {
  it('looks at every list of readers there is, and finds nothing', async () => {
    const { orders, brackets, lists } = await found();
    expect([...lists.keys()]).toEqual(
      expect.arrayContaining(['chat:#', 'cursor:be', 'held:be:#', 'names of said:#', 'waiting:be']),
    );
    expect(orders).toEqual([]);
    expect(brackets).toBe(false);
  });

  it.each([
    [
      'a small hash by slot',
      (key: string, slot: number) => redis.hset(`${key}${slot >> 7}`, String(slot), 'x'),
    ],
    [
      'a hash with slots as values',
      (key: string, slot: number) => redis.hset(`${key}${slot >> 7}`, `f${slot}`, slot),
    ],
    ['a list', (key: string, slot: number) => redis.rpush(key, slot)],
    ['moments', (key: string, slot: number) => redis.zadd(key, arrivals.get(slot) ?? 0, String(slot))],
  ])('finds the order of arrival where it is planted: %s', async (_, plant) => {
    for (const slot of arrivals.keys()) await plant('pozirk:{7}:planted:', slot);
    const { orders, brackets } = await found();
    expect(orders.map(({ what }) => what)).toEqual([expect.stringContaining('planted')]);
    expect(brackets).toBe(true);
    for (const key of await redis.keys('*planted*')) await redis.del(key);
  });

  it('takes a day that many have in common for no slot, though one has that number', async () => {
    const slots = [...arrivals.keys()];
    const day = slots.find((slot) => slot > 9) ?? 10;
    await redis.zadd('pozirk:{7}:days', ...slots.flatMap((slot) => [day, String(slot)]));
    expect((await found()).orders).toEqual([]);
    await redis.del('pozirk:{7}:days');
  });

  it('finds who wrote when in the times of use, and nothing once all keys were used', async () => {
    const keys = [1, 2, 3, 4, 5].map((id) => botKeys('7').find(seal.refs({ id })[0].bucket));
    for (const key of keys) {
      await redis.zcard(key);
      // Redis has a clock of its own, in seconds.
      await redis.blpop('pozirk:nothing', 1.2);
    }
    const share = async () => (await idleOrder(redis, keys)).share;
    // Its clock may tick while it is asked: not three times.
    expect([await share(), await share(), await share()]).toContain(1);
    const shareOfUsed = async () => {
      await useAllKeys(store);
      return share();
    };
    expect([await shareOfUsed(), await shareOfUsed(), await shareOfUsed()]).toContain(0.5);
  });
});
