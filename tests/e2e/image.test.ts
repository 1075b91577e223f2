import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, openTown } from '../support/process.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(PROJECT, name), 'utf8');

let town: Awaited<ReturnType<typeof openTown>>;
let redis: TestRedis;
interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly said: () => string;
}

const running: Running[] = [];

beforeEach(async () => {
  [town, redis] = await Promise.all([openTown(), startRedis()]);
  mkdirSync(town.env.DATA_DIR);
});
afterEach(async () => {
  for (const { child } of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await Promise.all([town.close(), redis.stop()]);
});

/** The image's own command line, with this project for /app and a folder of the test for /data. */
function start(...args: readonly string[]): Running {
  const line = /^ENTRYPOINT (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]';
  const [, ...command] = (JSON.parse(line) as string[]).map((part) =>
    part.replace(/=\/app$/, `=${PROJECT}`).replace(/=\/data$/, `=${town.env.DATA_DIR}`),
  );
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: PROJECT,
    env: {
      PATH: process.env['PATH'] ?? '',
      HTTP_PORT: '0',
      ...town.env,
      REDIS_URL: redis.url,
      DATA_KEY: Buffer.alloc(32, 5).toString('base64'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  child.stderr.on('data', (part) => (said += part));
  const one = { child, said: () => said };
  running.push(one);
  return one;
}

async function ready(one: Running): Promise<void> {
  await eventually(async () => {
    if (one.child.exitCode !== null) throw new Error(one.said());
    const port = /"port":(\d+)/.exec(one.said())?.[1];
    const answer = port && (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined));
    return answer !== undefined && answer !== '' && answer.status === 200;
  });
}

describe('the image’s command line, under Node’s permission model', () => {
  it('serves a reader, and ends at SIGTERM with 0', async () => {
    const bot = start('serve');
    await ready(bot);
    const reader = town.telegram.person({ language: 'en' });
    reader.send('/subscribe en');
    await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
    const headline = 'A story from within the image';
    town.newsroom.publish({ en: { headline, lead: `${headline}.`, body: 'More.', rubric: 'Society' } });
    await eventually(() => reader.messages().some(({ text }) => text.startsWith(headline)));
    expect(bot.said()).not.toMatch(/ERR_ACCESS_DENIED|permission/i);
    bot.child.kill('SIGTERM');
    await once(bot.child, 'exit');
    expect(bot.child.exitCode).toBe(0);
  });

  it('brings a new key in beside the running bot', async () => {
    const bot = start('serve');
    await ready(bot);
    const command = start('rotate-key');
    await eventually(() => command.child.exitCode !== null, 40_000);
    expect([command.child.exitCode, command.said()]).toEqual([
      0,
      expect.stringContaining('Everything is sealed'),
    ]);
    expect(existsSync(join(town.env.DATA_DIR, 'key.new'))).toBe(true);
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
    }
    expect(bot).not.toMatch(/^ {6}- "?(?!127\.0\.0\.1:)\d*:?\d+:\d+/m);
  });
});
