import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface TestRedis {
  readonly url: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** A real Redis of the test's own on a socket in a new folder. */
export async function startRedis(...flags: string[]): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'pozirk-redis-'));
  const socket = join(folder, 'redis.sock');
  const server = spawn(
    'redis-server',
    ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--appendonly', 'no', ...flags],
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
