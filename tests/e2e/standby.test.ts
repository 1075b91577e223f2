import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { freePort, SERVER } from '#testing/redis.ts';

let town: Awaited<ReturnType<typeof openTown>>;
let redis: ChildProcess;
let port: number;
let env: Record<string, string>;
let bots: BotProcess[] = [];

const startRedis = () => spawn(SERVER, ['--port', String(port), '--save', ''], { stdio: 'ignore' });

beforeEach(async () => {
  town = await openTown();
  port = await freePort();
  redis = startRedis();
  env = {
    ...town.env,
    REDIS_URL: `redis://127.0.0.1:${port}`,
    DATA_KEY: Buffer.alloc(32, 5).toString('base64'),
  };
});

afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
  bots = [];
  redis.kill('SIGKILL');
  await town.close();
});

const start = () => {
  const bot = startBot(env);
  bots.push(bot);
  return bot;
};
const serves = (bot: BotProcess) => bot.output().includes('serves the readers now');

describe('two processes of one bot', () => {
  for (const [signal, seconds] of [
    ['SIGKILL', 5],
    ['SIGTERM', 1],
    // Whoever closes the window of an ssh session.
    ['SIGHUP', 1],
  ] as const) {
    it(`take over within ${seconds} s after ${signal}; the standby is ready and still`, async () => {
      const first = start();
      await first.ready();
      const second = start();
      await second.ready();
      expect(serves(second)).toBe(false);
      // The signal that tools send which rotate logs ends nobody.
      second.child.kill('SIGUSR2');
      await first.end(signal);
      const ended = performance.now();
      await eventually(() => serves(second));
      expect((performance.now() - ended) / 1000).toBeLessThan(seconds);
    });
  }
});

describe('Redis that cannot be reached', () => {
  it('makes the bot not ready, not dead, and it goes on by itself', async () => {
    const bot = start();
    await bot.ready();
    redis.kill('SIGKILL');
    await eventually(async () => (await bot.status('/readyz')) === 503);
    expect(await bot.status('/healthz')).toBe(200);
    redis = startRedis();
    await bot.ready();
  });
});
