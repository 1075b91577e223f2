import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDoorbell } from '#src/app/doorbell.ts';
import { holdLease } from '#src/store/lease.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { SECOND, watched } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { until, waitForAnswersOf } from '#testing/delivery.ts';
import { silentLogger } from '#testing/log.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const clock = movedClock(0);
let server: TestRedis;
let store: Store;
beforeAll(async () => {
  server = await startRedis();
  store = openStore({ url: server.url, botId: '7', log: silentLogger });
  waitForAnswersOf(store.redis);
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

const open = () => createDoorbell({ clock: watched(clock), store });

it('who rings often makes the bot look once a second, and never in vain', async () => {
  const bell = open();
  expect(await bell.ring()).toBe('unread');
  const work = new AbortController();
  const looks: number[] = [];
  bell.answer('be', () => looks.push(clock.ticks()), work.signal);
  expect(await bell.ring('ru')).toBe('unread');
  for (let times = 0; times < 30; times += 1) {
    expect(await bell.ring()).toBe('taken');
    await clock.advance(SECOND / 10);
  }
  await clock.advance(5 * SECOND);
  expect(looks).toEqual([0, 1000, 2000, 3000]);
  work.abort();
  expect(await bell.ring()).toBe('unread');
});

it('a process that may not read an edition any more before it begins is not rung at', async () => {
  const bell = open();
  bell.answer('be', () => undefined, AbortSignal.abort());
  await clock.advance(SECOND);
  expect(await bell.ring('be')).toBe('unread');
});

it('a ring at any process reaches each edition in the one that reads it', async () => {
  const work = new AbortController();
  const looks: string[] = [];
  const [one, other, standby] = [open(), open(), open()];
  one.answer('be', () => looks.push('be'), work.signal);
  other.answer('ru', () => looks.push('ru'), work.signal);
  const lease = await holdLease(store, 'source:ru', clock, work.signal);
  const began = clock.ticks();
  expect(await one.ring()).toBe('taken');
  await until(clock, () => looks.length === 2, SECOND);
  expect(clock.ticks() - began).toBeLessThanOrEqual(SECOND / 2);
  expect(looks.toSorted()).toEqual(['be', 'ru']);
  expect(await standby.ring('ru')).toBe('taken');
  await until(clock, () => looks.length === 3, 2 * SECOND);
  await lease?.release();
  expect(await standby.ring('ru')).toBe('unread');
  work.abort();
});
