/** How long people wait for an answer while a broadcast runs at full rate. */
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { publish } from '#testing/delivery.ts';
import { percentile, round, row } from '../table.ts';
import { fill, openWorld, people, waitFor } from './world.ts';

const CHATS = 1500;
const ASKED = 120;
const LATENCY = 100;

export async function run(): Promise<void> {
  const telegram = await startTelegram({ latency: LATENCY, limits: true });
  const world = await openWorld({ ...telegram, rate: 30 });
  telegram.people(CHATS);
  await fill(world.desk, people(CHATS), 'en');
  for (let story = 0; story < 8; story += 1) await publish(world.desk, 'en', { headline: `Story ${story}` });
  const end = await world.begin();
  await waitFor(() => telegram.deliveries().length > 100);
  const waits: number[] = [];
  for (let count = 0; count < ASKED; count += 1) {
    const reader = telegram.person({ language: 'en' });
    reader.send('/latest 5');
    const asked = performance.now();
    await waitFor(() => reader.messages().some(({ fromBot }) => fromBot), 10_000);
    waits.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
  }
  const [last] = telegram.deliveries().slice(-1);
  row(
    '/latest during a broadcast: p95 over the latency',
    `${round(percentile(waits, 0.95) - LATENCY, 0)} ms`,
    'at most 300 ms',
  );
  row('  median over the latency', `${round(percentile(waits, 0.5) - LATENCY, 0)} ms`);
  row(
    '  the broadcast was still running',
    last && telegram.deliveries().length < CHATS + ASKED ? 'yes' : 'no',
    'yes',
  );
  await end();
  await world.close();
  await telegram.close();
}
