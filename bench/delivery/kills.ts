/** kill -9 at random instants of broadcasts: nothing lost, nothing twice beyond what was in flight. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { publish } from '#testing/delivery.ts';
import { row } from '../table.ts';
import { fill, openWorld, people, waitFor } from './world.ts';

const KILLS = Number(process.env['KILLS'] ?? 200);
/** Worlds side by side: most of the time is waiting for a lease to run out. */
const WORLDS = 8;
const PEOPLE = 300;
const CHANNELS = 20;
/** Rights of the bot in a channel: those that Telegram's app switches on together; every other channel gives one alone. */
const USUAL = ['can_post_messages', 'can_edit_messages', 'can_delete_messages'];

/** Between two posts of editors in one channel or another, at every hour of the bench. */
const EDITORS_MS = 100;

interface Toll {
  lost: number;
  privateRepeats: number;
  channelRepeats: number;
  touched: number;
  most: number;
  kills: number;
  takenBack: number;
}

export async function run(): Promise<void> {
  const each = Math.ceil(KILLS / WORLDS);
  const tolls = await Promise.all(Array.from({ length: WORLDS }, (_, index) => oneWorld(index, each)));
  const sum = (of: (toll: Toll) => number) => tolls.reduce((total, toll) => total + of(toll), 0);
  row('kills -9, 300 people, 20 channels, editors at work', String(sum(({ kills }) => kills)));
  row('  lost', String(sum(({ lost }) => lost)), '0');
  row('  repeats in private chats', String(sum(({ privateRepeats }) => privateRepeats)), 'in flight at most');
  row('  most repeats of one kill', String(Math.max(...tolls.map(({ most }) => most))), 'in flight at most');
  row('  repeats in channels', String(sum(({ channelRepeats }) => channelRepeats)), '0');
  row('  repeats taken back at once', String(sum(({ takenBack }) => takenBack)));
  row('  posts of editors that were touched', String(sum(({ touched }) => touched)), '0');
}

async function oneWorld(index: number, kills: number): Promise<Toll> {
  const telegram = await startTelegram({ latency: [20, 120], seed: index + 1 });
  const world = await openWorld({ ...telegram, rate: 30 });
  telegram.people(PEOPLE);
  const channels = Array.from({ length: CHANNELS }, () => telegram.channel());
  for (const [number, channel] of channels.entries())
    channel.addBot(number % 2 === 0 ? USUAL : ['can_post_messages']);
  const chats = [...channels.map(({ id }) => ({ id, kind: 'channel' as const })), ...people(PEOPLE)];
  await fill(world.desk, chats, 'en');
  for (const channel of channels) channel.post(channel.owner, 'The first post of the editors');
  const toll: Toll = {
    lost: 0,
    privateRepeats: 0,
    channelRepeats: 0,
    touched: 0,
    most: 0,
    kills: 0,
    takenBack: 0,
  };
  let courier = await startCourier(world.redis.url, telegram.url, telegram.token);
  await waitFor(async () => (await world.desk.store.redis.exists(leaseKey(telegram.token))) === 1);
  const { heard } = world.desk.store.keys;
  await waitFor(async () => (await world.desk.store.redis.zcard(heard)) === CHANNELS);
  let words = 0;
  const editors = setInterval(() => {
    const channel = channels[Math.floor(Math.random() * channels.length)];
    channel?.post(channel.owner, `A word of the editors ${words++}`);
  }, EDITORS_MS);
  for (let round = 0; toll.kills < kills; round += 1) {
    const headline = `Broadcast number ${index}-${round} of this bench`;
    const since = telegram.deliveries().length;
    await publish(world.desk, 'en', { headline });
    // Several kills in one broadcast: each at an instant of its own.
    while (toll.kills < kills) {
      await sleep(300 + Math.random() * 4000);
      if (telegram.deliveries().length - since >= chats.length) break;
      const repeats = telegram.repeats().length;
      courier.kill('SIGKILL');
      toll.kills += 1;
      await once(courier, 'exit');
      courier = await startCourier(world.redis.url, telegram.url, telegram.token);
      await sleep(6500);
      toll.most = Math.max(toll.most, telegram.repeats().length - repeats);
    }
    await waitFor(() => telegram.deliveries().length - since >= chats.length, 60_000).catch(() => undefined);
    await sleep(1500);
    const shown = new Map<number, number>();
    for (const { chatId, message } of telegram.deliveries(since)) {
      // A first post in a channel is looked for below its repeat, which is then taken back: nobody is left with two.
      if (message.deletedAt !== undefined) toll.takenBack += 1;
      else if (String(message.wire.text).startsWith(headline))
        shown.set(chatId, (shown.get(chatId) ?? 0) + 1);
    }
    for (const { id, kind } of chats) {
      const count = shown.get(id) ?? 0;
      if (count === 0) toll.lost += 1;
      else if (kind === 'channel') toll.channelRepeats += count - 1;
      else toll.privateRepeats += count - 1;
    }
  }
  toll.touched = channels.flatMap((channel) =>
    channel.history().filter(({ fromBot, versions }) => !fromBot && versions.length > 1),
  ).length;
  clearInterval(editors);
  courier.kill('SIGKILL');
  await world.close();
  await telegram.close();
  return toll;
}

const leaseKey = (token: string) => `pozirk:{${token.split(':')[0]}}:lease:owner`;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function startCourier(redisUrl: string, url: string, token: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['bench/delivery/courier.ts', redisUrl, url, token, '30'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
