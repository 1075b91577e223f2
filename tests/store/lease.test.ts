import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdLease } from '#src/store/lease.ts';
import { botKeys } from '#src/store/keys.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { MINUTE, realClock, SECOND } from '#src/time.ts';
import { silentLogger } from '#testing/log.ts';
import { startRedis } from '#testing/redis.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A Redis that gives the lease and then takes nothing. */
const refusing = (isOwn: boolean) => {
  const run = async (_name: string, _keys: readonly string[], [verb]: readonly unknown[]) => {
    if (verb !== 'take') throw new Error('MISCONF Errors writing to the AOF file: No space left on device');
    return '1.ab';
  };
  return { isOwn, keys: botKeys('1'), run } as unknown as Store;
};

it.each([true, false])(
  'a process whose Redis takes nothing for minutes goes on serving only where nobody else can reach that: %s',
  async (isOwn) => {
    const lease = await holdLease(refusing(isOwn), 'owner', realClock, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(lease?.signal.aborted).toBe(!isOwn);
    await lease?.release();
  },
);

it('who has a Redis of its own goes on serving where that took nothing until the lease had run out', {
  timeout: 15_000,
}, async () => {
  // The client of Redis has timers of its own.
  vi.useFakeTimers({ toFake: ['setInterval', 'performance'] });
  const server = await startRedis();
  const store = openStore({ url: server.url, botId: '1', log: silentLogger, isOwn: true });
  const key = store.keys.lease('owner');
  const lease = await holdLease(store, 'owner', realClock, new AbortController().signal);
  const renew = async () => {
    await vi.advanceTimersByTimeAsync(SECOND);
    await store.redis.ping();
  };
  await store.redis.del(key);
  await store.redis.config('SET', 'min-replicas-to-write', '1');
  for (let count = 0; count < 10; count += 1) await renew();
  expect([lease?.signal.aborted, await store.redis.exists(key)]).toEqual([false, 0]);
  await store.redis.config('SET', 'min-replicas-to-write', '0');
  for (let count = 0; count < 2; count += 1) await renew();
  expect([lease?.signal.aborted, await store.redis.get(key)]).toEqual([false, lease?.holder]);
  await store.redis.set(key, 'another');
  for (let count = 0; count < 2; count += 1) await renew();
  expect(lease?.signal.aborted).toBe(true);
  await store.close();
  await server.stop();
});
