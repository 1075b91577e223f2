/** Redis is killed and restarted during a broadcast, and goes on with what its append-only file has. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { publish } from '#testing/delivery.ts';
import { SERVER } from '#testing/redis.ts';
import { row } from '../table.ts';
import { fill, openWorld, people, waitFor } from './world.ts';

const KILLS = 20;
const CHATS = 1500;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pozirk-bench-'));
  const socket = join(folder, 'redis.sock');
  let server = await startServer(folder, socket);
  const telegram = await startTelegram({ latency: [20, 60] });
  telegram.people(CHATS);
  const world = await openWorld({
    ...telegram,
    rate: 30,
    redis: { url: `unix:${socket}`, folder, stop: async () => undefined },
  });
  await fill(world.desk, people(CHATS), 'en');
  const end = await world.begin();
  await publish(world.desk, 'en');
  let inFlight = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 1500));
    inFlight += telegram.counters().inFlight;
    server.kill('SIGKILL');
    await once(server, 'exit');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 700));
    server = await startServer(folder, socket);
  }
  const reached = () => new Set(telegram.deliveries().map(({ chatId }) => chatId)).size;
  await waitFor(() => reached() >= CHATS, 180_000).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  row(`Redis killed ${KILLS} times during a broadcast: lost`, String(CHATS - reached()), '0');
  row('  repeats', String(telegram.deliveries().length - reached()), `at most ${Math.max(inFlight, KILLS)}`);
  await end();
  await world.close();
  await telegram.close();
  server.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}

async function startServer(folder: string, socket: string): Promise<ChildProcess> {
  const flags = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', ''];
  const server = spawn(SERVER, [...flags, '--appendonly', 'yes', '--appendfsync', 'everysec'], {
    stdio: 'ignore',
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return server;
}
