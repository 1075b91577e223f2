import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLAIN_ENV } from '#testing/plain-env.ts';
import { startRedis } from '#testing/redis.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts');
const TOKEN = `123456:${'Ab-_9'.repeat(7)}`;

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-main-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  // A server whose owner was killed may still be writing its last lines.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

interface Run {
  readonly child: ChildProcess;
  /** Everything that it has printed so far, on either output. */
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
}

/** `node src/main.ts` in an empty folder, with nothing of this test's environment but the PATH. */
function run(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...PLAIN_ENV, HTTP_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  child.stdout?.on('data', (part: Buffer) => void (text += part.toString()));
  child.stderr?.on('data', (part: Buffer) => void (text += part.toString()));
  return { child, printed: () => text, ended: once(child, 'close').then(([code]) => code as number | null) };
}

async function addressOf(sandbox: Run): Promise<string> {
  for (;;) {
    const address = /Open the sandbox in a browser: (http:\S+)/.exec(sandbox.printed())?.[1];
    if (address) return address;
    if (sandbox.child.exitCode !== null) throw new Error(sandbox.printed());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function untilReady(address: string): Promise<void> {
  while ((await fetch(`${address}/readyz`)).status !== 200)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('npm start', () => {
  it('with mistakes says all of them and ends with 78, without a secret and without a trace in the folder', async () => {
    const { printed, ended } = run([], {
      BOT_TOKEN: `${TOKEN}?`,
      SEND_RATE: 'fast',
      REDIS_URL: 'redis://db.example:6379',
    });
    expect(await ended).toBe(78);
    const named = printed()
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(new Set(named)).toEqual(new Set(['BOT_TOKEN', 'DATA_KEY', 'REDIS_URL', 'SEND_RATE']));
    expect(printed()).not.toContain(TOKEN);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('with a broken .env names its line', async () => {
    writeFileSync(join(folder, '.env'), 'BOT_TOKEN\nSEND_RATE=5\n');
    const { printed, ended } = run();
    expect(await ended).toBe(78);
    expect(printed()).toBe('.env: line 1 is not a setting; right: lines of NAME=value\n');
  });

  it('with a broken .env and mistakes in what it sets says all of it at once', async () => {
    writeFileSync(join(folder, '.env'), 'BOT_TOKEN 123\nSEND_RATE=fast\nMODE="webhook\nSOURCE_MAX_MB=old\n');
    const { printed, ended } = run();
    expect(await ended).toBe(78);
    const lines = printed().trim().split('\n');
    expect(lines.map((line) => line.split(/;| is/)[0])).toEqual([
      '.env: line 1',
      '.env: line 3',
      'SOURCE_MAX_MB: "old"',
      'SEND_RATE: "fast"',
    ]);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('with an unknown command names the known ones', async () => {
    const { printed, ended } = run(['strat']);
    expect(await ended).toBe(64);
    expect(printed()).toContain('serve, sandbox, source');
  });

  it('tells its commands to who asks', async () => {
    const { printed, ended } = run(['--help']);
    expect(await ended).toBe(0);
    expect(printed()).toMatch(/^Release \d+\.\d+\.\d+\n/);
    for (const name of ['sandbox', 'source', 'rotate-key'])
      expect(printed()).toContain(`npm start -- ${name}`);
  });

  it('on a chosen port that is taken is one clear line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { printed, ended } = run([], { HTTP_PORT: String(port) });
    expect(await ended).toBe(1);
    expect(printed()).toContain(`HTTP_PORT ${port} on 127.0.0.1 is taken; set HTTP_PORT to a free one\n`);
    expect(printed()).not.toMatch(/^\s+at /m);
    other.close();
  });

  it('without a token shows the sandbox, and Ctrl-C stops all of it', async () => {
    const sandbox = run();
    const address = await addressOf(sandbox);
    await untilReady(address);
    const page = await fetch(address);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    expect(await (await fetch(`${address}/metrics`)).text()).toContain('pozirk_polls_total{');
    const key = join(folder, 'data', 'sandbox', 'key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(sandbox.printed()).not.toContain('DATA_KEY');
    expect(sandbox.printed()).not.toContain(readFileSync(key, 'utf8').trim());
    const server = Number(readFileSync(join(folder, 'data', 'sandbox', 'redis.pid'), 'utf8'));
    sandbox.child.kill('SIGINT');
    expect(await sandbox.ended).toBe(0);
    expect(existsSync(`/proc/${server}`)).toBe(false);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('keeps invented news out of the database in which a real bot’s news may be', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url.replace('unix:', ''));
    try {
      writeFileSync(join(folder, 'token'), TOKEN, { mode: 0o600 });
      writeFileSync(join(folder, 'redis'), redis.url, { mode: 0o600 });
      const sandbox = run(['sandbox'], {
        BOT_TOKEN_FILE: 'token',
        REDIS_URL_FILE: 'redis',
        DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
      });
      await untilReady(await addressOf(sandbox));
      expect(await client.dbsize()).toBe(0);
      expect(await client.info('keyspace')).toContain('db15:');
      sandbox.child.kill('SIGTERM');
      expect(await sandbox.ended).toBe(0);
      await client.select(15);
      await client.set('pozirk:{123456}:proof', 'of another bot');
      const refused = run(['sandbox', '--keep'], {
        REDIS_URL: redis.url,
        DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
      });
      expect(await refused.ended).toBe(78);
      expect(refused.printed()).toContain('nothing was changed');
    } finally {
      client.disconnect();
      await redis.stop();
    }
  });

  it('a second time on the same DATA_DIR says that one is running, and the first goes on', async () => {
    const first = run();
    const address = await addressOf(first);
    const second = run();
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain('a bot is already running on');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('after a kill starts again on the same data', async () => {
    const first = run();
    await untilReady(await addressOf(first));
    first.child.kill('SIGKILL');
    await first.ended;
    // A rotation that was cut short too: its key stays for both processes.
    const next = join(folder, 'data', 'sandbox', 'key.new');
    writeFileSync(next, Buffer.alloc(32, 1).toString('base64'), { mode: 0o600 });
    const second = run();
    await untilReady(await addressOf(second));
    expect(existsSync(next)).toBe(true);
  });

  it('gives the sandbox a new key without a token, but not where a bot’s key is meant', async () => {
    const rotated = async (env: Readonly<Record<string, string>> = {}) => {
      const { printed, ended } = run(['rotate-key'], env);
      return [await ended, printed()];
    };
    const line = [78, expect.stringMatching(/^BOT_TOKEN: missing, and only the sandbox would .*\n$/)];
    expect(await rotated({ DATA_KEY: Buffer.alloc(32, 1).toString('base64') })).toEqual(line);
    expect(await rotated()).toEqual([1, expect.stringContaining('this is the key of the sandbox')]);
    mkdirSync(join(folder, 'data', 'redis'));
    expect(await rotated()).toEqual(line);
  });

  it('with a key that does not open the data ends with 78 and changes nothing', async () => {
    const first = run();
    await untilReady(await addressOf(first));
    first.child.kill('SIGTERM');
    await first.ended;
    cpSync(join(folder, 'data', 'sandbox'), join(folder, 'before'), { recursive: true });
    const second = run(['sandbox', '--keep'], { DATA_KEY: Buffer.alloc(32, 1).toString('base64') });
    expect(await second.ended).toBe(78);
    expect(second.printed()).toContain('DATA_KEY');
    expect(second.printed()).not.toMatch(/^\s+at /m);
  });
});

describe('npm start -- source', () => {
  it('shows a saved feed and needs neither a token nor a store', async () => {
    const item = '<item><title>Bridge opens</title><link>https://example.org/1</link></item>';
    writeFileSync(
      join(folder, 'feed.xml'),
      `<rss version="2.0"><channel><title>Invented</title>${item}</channel></rss>`,
    );
    const { printed, ended } = run(['source', 'feed.xml']);
    expect(await ended).toBe(0);
    expect(printed()).toContain('Bridge opens');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('says what it cannot read, and ends with 1', async () => {
    const { printed, ended } = run(['source', 'nowhere.xml']);
    expect(await ended).toBe(1);
    expect(printed()).toContain('no such file');
  });
});
