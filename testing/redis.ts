import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { installedFamily } from '#src/store/embedded/program.ts';

export interface TestRedis {
  readonly url: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Where the system has it, the kernel ends the server when the test's process dies, however that dies. */
const KILL_WITH_PARENT = ['setpriv', '--pdeathsig', 'KILL'];
export const DYING_WITH_US =
  spawnSync(KILL_WITH_PARENT[0] ?? '', [...KILL_WITH_PARENT.slice(1), 'true']).status === 0
    ? KILL_WITH_PARENT
    : [];

const FAMILY = installedFamily();
/** The programs of the Redis that this machine has. */
export const SERVER = `${FAMILY}-server`;
export const CLIENT = `${FAMILY}-cli`;

/** A real Redis of the test's own on a socket in a new folder. */
export async function startRedis(...flags: string[]): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'pozirk-redis-'));
  const socket = join(folder, 'redis.sock');
  const [command = '', ...before]: readonly string[] = [...DYING_WITH_US, SERVER];
  const server = spawn(
    command,
    [
      ...before,
      '--port',
      '0',
      '--unixsocket',
      socket,
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
      ...flags,
    ],
    { stdio: 'ignore' },
  );
  const redis = new Redis(socket, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis.ping();
  redis.disconnect();
  return {
    url: `unix:${socket}`,
    folder,
    async stop() {
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ports below those that the system gives of its own accord, so that nobody gets one between our choice and its use. */
const FIRST_PORT = 10_000;
const PORTS = 10_000;
/** A node of a Cluster listens on a second port, so much higher. */
const BUS = 10_000;
/** Tests in processes that run side by side begin far from each other. */
let tried = process.pid * 37;

/** A TCP port of this machine that nobody has, for a Redis that is to be reached over a network; its bus port is free too. */
export async function freePort(): Promise<number> {
  for (;;) {
    tried += 1;
    const port = FIRST_PORT + (tried % PORTS);
    if ((await canListen(port)) && (await canListen(port + BUS))) return port;
  }
}

async function canListen(port: number): Promise<boolean> {
  const probe = createServer();
  const isFree = once(probe.listen(port, '127.0.0.1'), 'listening').then(
    () => true,
    () => false,
  );
  if (await isFree) await new Promise((resolve) => probe.close(resolve));
  return isFree;
}
