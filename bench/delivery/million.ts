/** A million chats: what a story costs, how soon it goes out, and what Redis and the process need. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { hiddenBlock } from '#src/store/deliveries.ts';
import { botKeys, SLOT_BLOCK } from '#src/store/keys.ts';
import { veilOf } from '#src/store/veil-key.ts';
import { publish } from '#testing/delivery.ts';
import { round, row } from '../table.ts';
import { type Counters, fillFast, openWorld, startFarTelegram, waitFor } from './world.ts';

const CHATS = Number(process.env['CHATS'] ?? 1_000_000);
const KEPT = 200_000;

export async function run(): Promise<void> {
  const telegram = await startFarTelegram('--people', String(CHATS));
  const world = await openWorld({ ...telegram, rate: 30 });
  const { redis, botId } = world.desk.store;
  const memory = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  const empty = await memory();
  const began = performance.now();
  await fillFast(world.desk, CHATS, 'en');
  row(
    `${CHATS.toLocaleString('en')} chats subscribed in`,
    `${round((performance.now() - began) / 1000, 0)} s`,
  );
  row('  bytes of Redis a subscriber', round(((await memory()) - empty) / CHATS, 1), 'at most 250');

  const courier = spawn(
    process.execPath,
    [...process.execArgv, 'bench/delivery/courier.ts', world.redis.url, telegram.url, telegram.token, '30'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(courier.stdout, 'data');
  await waitFor(async () => (await redis.exists(botKeys(botId).lease('owner'))) === 1);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const appends = async () =>
    Number(/cmdstat_xadd:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
  const before = await appends();
  const published = performance.now();
  await publish(world.desk, 'en');
  row('  appends for one story', String((await appends()) - before), '1');
  await waitFor(async () => (await telegram.ask<Counters>('counters')).accepted > 0);
  row('  first message out after', `${round((performance.now() - published) / 1000, 2)} s`, 'within 1 s');
  let most = 0;
  for (let second = 0; second < 25; second += 1) {
    most = Math.max(most, residentMemory(courier.pid));
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  row('  most memory of the process', `${round(most / 1e6, 0)} MB`, 'at most 200 MB');
  courier.kill('SIGKILL');

  const full = await memory();
  const veil = await veilOf(world.desk);
  const step = redis.pipeline();
  for (let slot = SLOT_BLOCK; slot < SLOT_BLOCK + KEPT; slot += SLOT_BLOCK) {
    const block = hiddenBlock(veil, 'benchstory', slot / SLOT_BLOCK);
    step.set(botKeys(botId).shown('benchstory', slot), block, 'EX', 100_000);
  }
  await step.exec();
  row('  bytes a kept delivery', round(((await memory()) - full) / KEPT, 2), 'at most 8');
  await world.close();
  await telegram.close();
}

function residentMemory(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1000;
}
