import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(PROJECT, name), 'utf8');

let town: Awaited<ReturnType<typeof openTown>>;
let redis: TestRedis;
let bots: BotProcess[] = [];

beforeEach(async () => {
  [town, redis] = await Promise.all([openTown(), startRedis()]);
  mkdirSync(town.env.DATA_DIR);
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
  bots = [];
  await Promise.all([town.close(), redis.stop()]);
});

/** The image's own command line, with this project for /app and a folder of the test for /data. */
function start(...args: readonly string[]): BotProcess {
  const line = /^ENTRYPOINT (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]';
  const [, ...program] = (JSON.parse(line) as string[]).map((part) =>
    part.replace(/=\/app$/, `=${PROJECT}`).replace(/=\/data$/, `=${town.env.DATA_DIR}`),
  );
  const key = Buffer.alloc(32, 5).toString('base64');
  const bot = startBot({ ...town.env, REDIS_URL: redis.url, DATA_KEY: key }, args, program);
  bots.push(bot);
  return bot;
}

/** Exit code of the image's own question whether it is healthy. */
function health(port: string): number | null {
  const line = /^HEALTHCHECK .*\\\n {2}CMD (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]';
  const [shell = '', ...args] = JSON.parse(line) as string[];
  return spawnSync(shell, args, { env: { ...process.env, HTTP_PORT: port }, timeout: 5000 }).status;
}

describe('the image’s command line, under Node’s permission model', () => {
  it('serves a reader, and ends at SIGTERM with 0', async () => {
    const bot = start('serve');
    await bot.ready();
    const reader = town.telegram.person({ language: 'en' });
    reader.send('/subscribe en');
    await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
    const headline = 'A story from within the image';
    town.newsroom.publish({ en: { headline, lead: `${headline}.`, body: 'More.', rubric: 'Society' } });
    await eventually(() => reader.messages().some(({ text }) => text.startsWith(headline)));
    expect(bot.output()).not.toMatch(/ERR_ACCESS_DENIED|permission/i);
    expect(await bot.end()).toBe(0);
  });

  it('brings a new key in beside the running bot', async () => {
    const bot = start('serve');
    await bot.ready();
    const command = start('rotate-key');
    expect([await command.ended, command.output()]).toEqual([
      0,
      expect.stringContaining('Everything is sealed'),
    ]);
    expect(existsSync(join(town.env.DATA_DIR, 'key.new'))).toBe(true);
  });

  it('makes a backup beside the running bot, and brings it back into an empty Redis', async () => {
    const ended = async (...args: readonly string[]) => {
      const command = start(...args);
      return [await command.ended, command.output()];
    };
    const bot = start('serve');
    await bot.ready();
    const reader = town.telegram.person({ language: 'en' });
    reader.send('/subscribe en');
    await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
    const copy = join(town.env.DATA_DIR, 'copy');
    expect(await ended('backup', copy)).toEqual([0, expect.stringContaining('opened for a trial')]);
    await bot.end();
    const admin = new Redis(redis.url.replace(/^unix:/, ''));
    await admin.flushall();
    admin.disconnect();
    expect(await ended('restore', copy)).toEqual([0, expect.stringContaining('1 chats are back')]);
  });

  it('is healthy while the bot is ready, and not once it has gone', async () => {
    const bot = start('serve');
    await bot.ready();
    const port = new URL(bot.url() ?? '').port;
    expect(health(port)).toBe(0);
    await bot.end('SIGKILL');
    expect(health(port)).not.toBe(0);
  });

  it('has an ordinary user, a read-only root, no rights, no dumps', () => {
    expect(read('Dockerfile')).toMatch(/^USER node$/m);
    const [, bot = '', store = ''] = read('compose.yaml').split(/^ {2}(?:bot|redis):$/m);
    for (const service of [bot, store]) {
      expect(service).toMatch(/^ {4}user: (node|redis)$/m);
      expect(service).toMatch(/^ {4}read_only: true$/m);
      expect(service).toMatch(/^ {4}cap_drop:\n {6}- ALL$/m);
      expect(service).toContain('no-new-privileges:true');
      expect(service).toMatch(/^ {6}core: 0$/m);
      expect(service).toMatch(/^ {4}mem_limit: \d+m$/m);
      expect(service).toMatch(/^ {4}logging: \*logging$/m);
      expect(service).not.toMatch(/PASSWORD: |DATA_KEY: |BOT_TOKEN: /);
    }
    expect(bot).not.toMatch(/^ {6}- "?(?!127\.0\.0\.1:)\d*:?\d+:\d+/m);
  });
});
