import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '#src/log.ts';
import { silentLogger } from '#testing/log.ts';
import { SERVER } from '#testing/redis.ts';
import { type Embedded, findEmbedded, startEmbedded } from '#src/store/embedded/embedded.ts';
import { ping } from '#src/store/embedded/ping.ts';

let folder: string;
const running: Embedded[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-embedded-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of running.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(where = folder, log = silentLogger): Promise<Embedded> {
  const server = await startEmbedded({ folder: where, log });
  running.push(server);
  return server;
}

async function stop(server: Embedded): Promise<void> {
  running.splice(running.indexOf(server), 1);
  await server.stop();
}

async function ask<T>(server: Embedded, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.url.replace('unix:', ''), { retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

it.each([
  ['MISCONF Errors writing to the AOF file: No space left on device', 'ready'],
  ['LOADING Redis is loading the dataset in memory', 'loading'],
])('a server that answers %s is %s for the commands beside the bot', async (said, state) => {
  const path = join(folder, 'full.sock');
  const server = createServer((socket) => socket.on('data', () => socket.write(`-${said}\r\n`))).listen(path);
  await once(server, 'listening');
  expect(await ping(path)).toBe(state);
  await new Promise((resolve) => server.close(resolve));
});

/** Another process of ours that holds the store of `folder`, as `npm start` would. */
async function startElsewhere(): Promise<ChildProcess> {
  const code = `
    import { startEmbedded } from '${new URL('../../src/store/embedded/embedded.ts', import.meta.url).href}';
    import { silentLogger } from '${new URL('../../testing/log.ts', import.meta.url).href}';
    const stop = new AbortController();
    await startEmbedded({ folder: ${JSON.stringify(folder)}, log: silentLogger, signal: stop.signal });
    process.on('SIGTERM', () => (stop.abort(), process.exit(1)));
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

const serverPid = (): number => Number(readFileSync(join(folder, 'redis.pid'), 'utf8'));

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended but was not yet collected by its parent is not alive.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Answers when the server that succeeds it does. */
async function killServer(): Promise<void> {
  const pid = serverPid();
  process.kill(pid, 'SIGKILL');
  await until(async () => (await findEmbedded(folder)) !== undefined && serverPid() !== pid);
}

const incremental = (): string => join(folder, 'appendonlydir', 'appendonly.aof.1.incr.aof');

describe('the embedded store', () => {
  it('removes the copy of everything that a power cut in the middle of a rewrite has left', async () => {
    const left = join(folder, 'temp-rewriteaof-bg-4711.aof');
    appendFileSync(left, 'a chat that will be forgotten');
    await start();
    expect(existsSync(left)).toBe(false);
  });

  it('keeps its data over a stop, in a folder that is nobody else’s', async () => {
    const inner = join(folder, 'redis');
    const first = await start(inner);
    await ask(first, (redis) => redis.set('story', 'told'));
    expect(statSync(inner).mode & 0o777).toBe(0o700);
    await stop(first);
    expect(await findEmbedded(inner)).toBeUndefined();
    expect(await ask(await start(inner), (redis) => redis.get('story'))).toBe('told');
  });

  it('listens on no port, writes no crash report and keeps no slow commands', async () => {
    const config = await ask(await start(), async (redis) => ({
      port: (await redis.config('GET', 'port')) as string[],
      crash: (await redis.config('GET', 'crash-log-enabled')) as string[],
      slow: (await redis.config('GET', 'slowlog-log-slower-than')) as string[],
      appendOnly: (await redis.config('GET', 'appendonly')) as string[],
    }));
    expect(config).toEqual({
      port: ['port', '0'],
      crash: ['crash-log-enabled', 'no'],
      slow: ['slowlog-log-slower-than', '-1'],
      appendOnly: ['appendonly', 'yes'],
    });
  });

  it('says that one is already running, here and in another process', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: 'store.already_running' });
    expect(await findEmbedded(folder)).toBe(first.url);
    await stop(first);
    await startElsewhere();
    await expect(start()).rejects.toThrow('a bot is already running on');
  });

  it('ends with a process that is killed, and the next one starts at once', async () => {
    const owner = await startElsewhere();
    const pid = serverPid();
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = await start();
    expect(await ask(next, (redis) => redis.ping())).toBe('PONG');
    expect(lives(pid)).toBe(false);
  });

  it('ends with a process that could not stop in time because it hangs', async () => {
    const owner = await startElsewhere();
    const pid = serverPid();
    process.kill(pid, 'SIGSTOP');
    owner.kill('SIGTERM');
    await once(owner, 'exit');
    await until(() => !lives(pid));
  });

  it('ends a server that was left behind', async () => {
    const left = spawn(SERVER, ['--port', '0', '--unixsocket', 'old.sock', '--pidfile', 'redis.pid'], {
      cwd: folder,
      stdio: 'ignore',
    });
    children.push(left);
    await until(() => existsSync(join(folder, 'redis.pid')) && serverPid() === left.pid);
    await start();
    await until(() => left.exitCode !== null || left.signalCode !== null);
    expect(await findEmbedded(folder)).toBeDefined();
  });

  it('does not touch a process that only has the number of the old server', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(stranger);
    appendFileSync(join(folder, 'redis.pid'), `${stranger.pid}\n`);
    await start();
    expect(lives(stranger.pid ?? 0)).toBe(true);
  });

  it('comes back when its server is killed', async () => {
    const server = await start();
    await ask(server, (redis) => redis.set('story', 'told'));
    await killServer();
    expect(await ask(server, (redis) => redis.get('story'))).toBe('told');
    const second = serverPid();
    await stop(server);
    // Gone, and taken note of by the system, which may be a moment later.
    await until(() => Promise.resolve(!lives(second)));
  });

  it('removes the copy that a server which dies in the middle of a rewrite has left, before it comes back', async () => {
    await start();
    const left = join(folder, 'temp-rewriteaof-1.aof');
    appendFileSync(left, 'a chat that will be forgotten');
    await killServer();
    expect(existsSync(left)).toBe(false);
  });

  it('reads what is left of a file that was cut short', async () => {
    const first = await start();
    await ask(first, (redis) => redis.mset('one', 'x', 'two', 'y'));
    await stop(first);
    truncateSync(incremental(), statSync(incremental()).size - 5);
    expect(await ask(await start(), (redis) => redis.ping())).toBe('PONG');
  });

  it('cuts off a damaged end, says how much, and keeps what was before it', async () => {
    const first = await start();
    await ask(first, (redis) => redis.set('one', 'x'));
    await stop(first);
    appendFileSync(incremental(), 'nonsense\r\n');
    let said = '';
    const log = createLogger('info', { write: (line) => void (said += line) });
    const next = await start(folder, log);
    expect(await ask(next, (redis) => redis.get('one'))).toBe('x');
    expect(said).toContain('"bytes":10');
  });

  it('says why it cannot start on a folder that is damaged beyond that', async () => {
    const first = await start();
    await stop(first);
    truncateSync(join(folder, 'appendonlydir', 'appendonly.aof.manifest'), 0);
    await expect(start()).rejects.toMatchObject({ code: 'store.no_server' });
    // The folder is free again for whoever mends it.
    await expect(start()).rejects.toMatchObject({ code: 'store.no_server' });
  });

  describe('with programs of its own', () => {
    let bin: string;
    const there = (name: string) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
    const program = (name: string, ...lines: readonly string[]) =>
      writeFileSync(join(bin, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
    const pass = (name: string, to = name) => program(name, `exec ${there(to)} "$@"`);
    const before = () => `${bin}:${process.env['PATH'] ?? ''}`;
    const CHECK = SERVER.replace('server', 'check-aof');

    /** Says what stands in `one` after its file has got a damaged end. */
    const repaired = async (path: string, prepare?: () => void) => {
      vi.stubEnv('PATH', path);
      const first = await start();
      await ask(first, (redis) => redis.set('one', 'x'));
      await stop(first);
      appendFileSync(incremental(), 'nonsense\r\n');
      prepare?.();
      return ask(await start(), (redis) => redis.get('one'));
    };

    beforeEach(() => {
      bin = mkdtempSync(join(tmpdir(), 'pozirk-bin-'));
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      rmSync(bin, { recursive: true });
    });

    it('is Valkey where that is what the system has, and is repaired by its program', async () => {
      pass('valkey-server', SERVER);
      pass('valkey-check-aof', CHECK);
      pass('setpriv');
      expect(await repaired(bin)).toBe('x');
    });

    it('tells the program that looks at a damaged file nothing: one that is done sooner would break the pipe', async () => {
      program(CHECK, `[ "$1" = --fix ] || ! read -r answer || exit 3`, `exec ${there(CHECK)} "$@"`);
      expect(await repaired(before())).toBe('x');
    });

    it('ends a server too that is just being started again', async () => {
      const slowly = '[ ! -e slow ] || { echo $$ >launched; sleep 5; }';
      program(SERVER, slowly, `exec ${there(SERVER)} "$@"`);
      vi.stubEnv('PATH', before());
      const server = await start();
      writeFileSync(join(folder, 'slow'), '');
      process.kill(serverPid(), 'SIGKILL');
      const launched = () => readFileSync(join(folder, 'launched'), 'utf8').trim();
      await until(async () => existsSync(join(folder, 'launched')) && launched() !== '');
      await stop(server);
      expect(lives(Number(launched()))).toBe(false);
    });

    it('knows why a server ended although its last words come after its end', async () => {
      const server = there(SERVER);
      program(
        SERVER,
        `[ -e late ] || exec ${server} "$@"`,
        `rm late; ${server} "$@" >said; (sleep 0.2; cat said) &`,
      );
      expect(await repaired(before(), () => writeFileSync(join(folder, 'late'), ''))).toBe('x');
    });
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const server = await start(join(folder, 'a'.repeat(90), 'b'.repeat(90)));
    expect(await ask(server, (redis) => redis.ping())).toBe('PONG');
  });
});
