/**
 * A new key for `READERS` (default 1,000,000) readers while the news goes on: how long it takes, what it costs the
 * delivery, and that it goes on after being cut short. With `KILLS` (such as 20) instead: whole processes, killed at
 * random instants.
 */
import { randomBytes } from 'node:crypto';
import { beginWithKey, type NextKey, rotateOnce } from '#src/desk/operator/rotate.ts';
import type { Desk } from '#src/desk/desk.ts';
import { createSeal } from '#src/store/seal.ts';
import { checkKey } from '#src/store/proof.ts';
import { publish } from '#testing/delivery.ts';
import { startRedis } from '#testing/redis.ts';
import {
  type Counters,
  type FarTelegram,
  fillFast,
  KEY,
  openWorld,
  startFarTelegram,
} from './delivery/world.ts';
import { killsWhileRotating } from './rotate-kills.ts';
import { round, row } from './table.ts';

const READERS = Number(process.env['READERS'] ?? 1_000_000);
const next: NextKey = { read: () => undefined, keep: () => true };

export async function run(): Promise<void> {
  const kills = Number(process.env['KILLS'] ?? 0);
  if (kills > 0) return killsWhileRotating(kills);
  const telegram = await startFarTelegram('--people', String(READERS));
  const redis = await startRedis('--appendonly', 'yes');
  const world = await openWorld({ ...telegram, rate: 30, redis });
  const { store } = world.desk;
  await checkKey(store, world.desk.seal);
  await fillFast(world.desk, READERS, 'en');
  row('readers sealed', String(READERS));

  const seal = createSeal(randomBytes(32), store.botId, Buffer.from(KEY));
  // The desk that delivers seals under the new key as well, as in a running bot.
  const desk: Desk = Object.assign(world.desk, { seal });
  await beginWithKey(desk);
  const end = await world.begin();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await publish(desk, 'en');
  const calm = await rateOver(5000, telegram);

  const began = performance.now();
  const cut = new AbortController();
  setTimeout(() => cut.abort(), READERS > 200_000 ? 20_000 : 500);
  const first = await rotateOnce(desk, next, cut.signal);
  const cutAfter = performance.now() - began;
  const sent = await accepted(telegram);
  const since = performance.now();
  const done = await rotateOnce(desk, next, new AbortController().signal);
  const busy = ((await accepted(telegram)) - sent) / ((performance.now() - since) / 1000);
  const seconds = (performance.now() - began) / 1000;
  row(
    'cut short after',
    `${round(cutAfter / 1000, 1)} s`,
    first ? 'was over already' : 'gone on with afterwards',
  );
  row('everything under the new key after', `${round(seconds, 0)} s`, 'at most 600 s');
  row('state of the key', done ? await checkKey(store, seal) : 'under way', 'steady');
  row('messages a second before', round(calm, 1));
  row('messages a second meanwhile', round(busy, 1), 'as before');
  await end();
  await world.close();
  await redis.stop();
  await telegram.close();
}

const accepted = async (telegram: FarTelegram): Promise<number> =>
  (await telegram.ask<Counters>('counters')).accepted;

async function rateOver(ms: number, telegram: FarTelegram): Promise<number> {
  const before = await accepted(telegram);
  await new Promise((resolve) => setTimeout(resolve, ms));
  return (((await accepted(telegram)) - before) / ms) * 1000;
}
