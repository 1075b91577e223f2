/** The most that delivery can do without limits, against a bare HTTP client and against grammY awaiting each send. */
import { Bot } from 'grammy';
import { Agent } from 'undici';
import { publish } from '#testing/delivery.ts';
import { round, row } from '../table.ts';
import { type Counters, fill, openWorld, people, startFarTelegram, waitFor } from './world.ts';

const CHATS = 20_000;
const LANES = 64;

export async function run(): Promise<void> {
  const telegram = await startFarTelegram('--people', String(CHATS));
  const world = await openWorld({ ...telegram, rate: 0 });
  await fill(world.desk, people(CHATS), 'en');
  // Both meet a Telegram that has been at work for a while.
  await bareClient(telegram.url, telegram.token, 'x'.repeat(300));
  const before = await scriptCalls(world.desk.store.redis);
  const end = await world.begin();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const { accepted } = await telegram.ask<Counters>('counters');
  const began = performance.now();
  await publish(world.desk, 'en');
  await waitFor(async () => (await telegram.ask<Counters>('counters')).accepted >= accepted + CHATS);
  const ours = CHATS / ((performance.now() - began) / 1000);
  const calls = (await scriptCalls(world.desk.store.redis)) - before;
  await end();

  const [first] = await telegram.ask<{ text: string }[]>(`deliveries?since=${accepted}`);
  const text = first?.text ?? '';
  const bare = await bareClient(telegram.url, telegram.token, text);
  await telegram.tell('latency', { latency: 50 });
  const grammy = await grammyOneByOne(telegram.url, telegram.token, text);
  row('ours, messages a second', round(ours, 0));
  row('bare keep-alive client, same bodies', round(bare, 0));
  row('  ours / bare', `${round((ours / bare) * 100, 0)} %`, 'at least 50 %');
  row('grammY awaiting each send at 50 ms', round(grammy, 1));
  row('  ours / grammY', `${round(ours / grammy, 0)} ×`, 'at least 20 ×');
  row('atomic Redis steps a message, pipelined', round(calls / CHATS, 2), 'at most 1');
  await world.close();
  await telegram.close();
}

/** Atomic steps so far: claims and settlements; a pipeline carries many of them in one round trip. */
async function scriptCalls(redis: { info(section: string): Promise<string> }): Promise<number> {
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
}

async function bareClient(url: string, token: string, text: string): Promise<number> {
  const agent = new Agent({ connections: LANES, pipelining: 1 });
  let next = 1_000_001;
  const last = next + CHATS;
  const began = performance.now();
  const lane = async () => {
    while (next < last) {
      const body = JSON.stringify({
        chat_id: next++,
        text,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
      });
      const answer = await agent.request({
        origin: url,
        path: `/bot${token}/sendMessage`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await answer.body.text();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const took = (performance.now() - began) / 1000;
  await agent.destroy();
  return CHATS / took;
}

async function grammyOneByOne(url: string, token: string, text: string): Promise<number> {
  const bot = new Bot(token, { client: { apiRoot: url } });
  const count = 100;
  const began = performance.now();
  for (let index = 0; index < count; index += 1) await bot.api.sendMessage(1_000_001 + index, text);
  return count / ((performance.now() - began) / 1000);
}
