/** How close delivery comes to what Telegram allows, and how it learns that. */
import { publish } from '#testing/delivery.ts';
import { round, row } from '../table.ts';
import { type Counters, fill, openWorld, people, startFarTelegram, waitFor } from './world.ts';

export async function run(): Promise<void> {
  await broadcast();
  await lowerLimit();
}

/** 2,000 chats at 30 a second: the last delivery against N/30. */
async function broadcast(): Promise<void> {
  const chats = 2000;
  const telegram = await startFarTelegram('--limit', '30', '--latency', '80-120', '--people', String(chats));
  const world = await openWorld({ ...telegram, rate: 25 });
  await fill(world.desk, people(chats), 'en');
  const end = await world.begin();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const began = Date.now();
  await publish(world.desk, 'en');
  await waitFor(async () => (await telegram.ask<Counters>('counters')).accepted >= chats);
  const took = (Date.now() - began) / 1000;
  const { tooMany, maxInFlight } = await telegram.ask<Counters>('counters');
  row('2,000 chats at 30/s: time to the last, × N/30', round(took / (chats / 30), 3), 'at most 1.05');
  row('  answers 429', String(tooMany), 'at most 3');
  row('  most in flight', String(maxInFlight));
  await end();
  await world.close();
  await telegram.close();
}

/** The true limit is 20 a second, then 30. */
async function lowerLimit(): Promise<void> {
  const chats = 5200;
  const telegram = await startFarTelegram('--limit', '20', '--latency', '80-120', '--people', String(chats));
  const world = await openWorld({ ...telegram, rate: 25 });
  await fill(world.desk, people(chats), 'en');
  const end = await world.begin();
  await publish(world.desk, 'en');
  const read = () => telegram.ask<Counters>('counters');
  const during = async (seconds: number) => {
    const before = (await read()).accepted;
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return ((await read()).accepted - before) / ((performance.now() - began) / 1000);
  };
  await during(20);
  const low = await during(50);
  const refusedLow = (await read()).tooMany;
  await telegram.tell('limits', { global: 30 });
  await during(45);
  const high = await during(40);
  row('true limit 20/s: settles at, of what is allowed', `${round((low / 20) * 100, 1)} %`, 'at least 95 %');
  row('  answers 429 in 70 s', String(refusedLow), 'no storm');
  row('lifted to 30/s: settles at, of what is allowed', `${round((high / 30) * 100, 1)} %`, 'at least 95 %');
  row('  answers 429 in all', String((await read()).tooMany), 'no storm');
  await end();
  await world.close();
  await telegram.close();
}
