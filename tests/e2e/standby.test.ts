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

describe('two processes whose updates are brought', () => {
  it('leave them to the one that serves the readers: a proxy asks it next', async () => {
    const secret = 'a-secret-of-twenty-and-more-letters';
    Object.assign(env, {
      MODE: 'webhook',
      WEBHOOK_URL: 'http://127.0.0.1:9/telegram',
      WEBHOOK_SECRET: secret,
    });
    const [first, second] = [start(), start()];
    await Promise.all([first.ready(), second.ready()]);
    const bring = async (bot: BotProcess) => {
      const response = await fetch(`${bot.url()}/telegram`, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': secret },
        body: JSON.stringify({ update_id: 7 }),
      });
      return response.status;
    };
    await eventually(() => serves(first) || serves(second));
    const [serving, standing] = serves(first) ? [first, second] : [second, first];
    await eventually(async () => (await bring(serving)) === 200);
    expect(await bring(standing)).toBe(503);
    await serving.end();
    await eventually(async () => (await bring(standing)) === 200);
  });
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
