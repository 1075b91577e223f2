import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '#src/store/redis.ts';
import { silentLogger } from '#testing/log.ts';
import { eventually, openTown, startBot } from '#testing/process.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

let town: Awaited<ReturnType<typeof openTown>>;
let redis: TestRedis;
let store: Store;
beforeAll(async () => {
  [town, redis] = await Promise.all([openTown(), startRedis()]);
  store = openStore({ url: redis.url, botId: town.telegram.token.split(':')[0] ?? '', log: silentLogger });
});
afterAll(async () => {
  await store.close();
  await Promise.all([town.close(), redis.stop()]);
});

it('a process ends with 78 when a newer release has taken the data over, and does not start on them', async () => {
  const env = { ...town.env, REDIS_URL: redis.url, DATA_KEY: Buffer.alloc(32, 1).toString('base64') };
  const { schema } = store.keys;
  const running = startBot(env);
  await running.ready();
  await eventually(async () => (await store.redis.get(schema)) !== null);
  await store.redis.set(schema, '99');
  expect(await running.ended).toBe(78);
  const late = startBot(env);
  expect(await late.ended).toBe(78);
  expect(late.output()).toContain('a newer release');
});
