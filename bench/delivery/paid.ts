/** How close an urgent story that is paid for comes to the 1,000 messages a second that Telegram sells. */
import { publish } from '#testing/delivery.ts';
import { round, row } from '../table.ts';
import { type Counters, fill, openWorld, people, startFarTelegram, waitFor } from './world.ts';

const CHATS = Number(process.env['CHATS'] ?? 20_000);
const STARS = 5000;
const FLOOR = 1000;

export async function run(): Promise<void> {
  const telegram = await startFarTelegram('--limit', '30', '--latency', '100', '--people', String(CHATS));
  await telegram.tell('stars', { stars: STARS });
  const world = await openWorld({ ...telegram, rate: 30, paidFloor: FLOOR });
  await fill(world.desk, people(CHATS), 'en');
  const end = await world.begin();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const began = performance.now();
  await publish(world.desk, 'en', { urgent: true });
  await waitFor(async () => (await telegram.ask<Counters>('counters')).accepted >= CHATS);
  const took = (performance.now() - began) / 1000;
  const { tooMany } = await telegram.ask<Counters>('counters');
  row(`${CHATS} chats, paid: time to the last, × N/1000`, round(took / (CHATS / 1000), 3), 'at most 1.1');
  row('  answers 429', String(tooMany), 'at most 3');
  row('  paid twice or sent twice', String((await telegram.ask<unknown[]>('repeats')).length), '0');
  const { pace } = world.desk.telegram;
  await waitFor(() => pace.paid.left === 0, 10_000);
  row('  pace afterwards, messages a second', round(pace.rate, 0), '30');
  await end();
  await world.close();
  await telegram.close();
}
