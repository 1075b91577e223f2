/** The most that delivery can do without limits, against a bare HTTP client and against grammY awaiting each send. */
import { Bot } from 'grammy';
import { Agent } from 'undici';
import { viewFrom } from '#src/desk/chat-view.ts';
import type { Desk } from '#src/desk/desk.ts';
import type { Message } from '#src/news/message.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import type { Story } from '#src/news/story.ts';
import { renderStory } from '#src/render/message.ts';
import { sendParams } from '#src/telegram/wire.ts';
import { publish, storyOf } from '#testing/delivery.ts';
import { percentile, round, row } from '../table.ts';
import { type Counters, fill, openWorld, people, startFarTelegram, waitFor } from './world.ts';

const CHATS = 60_000;
const LANES = 64;
/** Runs of each that count, in turns: whatever else the machine does changes from one second to the next. */
const ROUNDS = 5;

/** One run through all chats. */
interface Run {
  /** Messages a second. */
  readonly rate: number;
  /** Time of a message that the processor worked for this process, µs: other work changes it least. */
  readonly work: number;
}

export async function run(): Promise<void> {
  const telegram = await startFarTelegram('--people', String(CHATS));
  const world = await openWorld({ ...telegram, rate: 0 });
  const { desk } = world;
  await fill(desk, people(CHATS), 'en');
  const before = await scriptCalls(desk.store.redis);
  const end = await world.begin();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const ours: Run[] = [];
  const bare: Run[] = [];
  let message: Message = { text: '' };
  for (let index = 0; index <= ROUNDS; index += 1) {
    const { accepted } = await telegram.ask<Counters>('counters');
    const story = storyOf(desk, 'en');
    const brought = async () => (await telegram.ask<Counters>('counters')).accepted - accepted;
    await publish(desk, 'en', story);
    // Up to a fifth of a second until a pass notices the story is no part of the rate.
    await waitFor(async () => (await brought()) > 0);
    const begun = await brought();
    ours.push(await measured(CHATS - begun, () => waitFor(async () => (await brought()) >= CHATS)));
    message = messageOf(desk, story);
    const body = sendParams(READER, message);
    bare.push(await measured(CHATS, () => bareClient(telegram.url, telegram.token, body)));
  }
  const calls = (await scriptCalls(desk.store.redis)) - before;
  await end();
  await telegram.tell('latency', { latency: 50 });
  const grammy = await grammyOneByOne(telegram.url, telegram.token, message.text);
  const [oursRate, bareRate] = [median(ours, 'rate'), median(bare, 'rate')];
  row('ours, messages a second', round(oursRate, 0));
  row('bare keep-alive client, same bodies', round(bareRate, 0));
  row('  ours / bare', `${round((oursRate / bareRate) * 100, 0)} %`, 'at least 50 %');
  row(
    '  processor time a message',
    `${round(median(ours, 'work'), 0)}; ${round(median(bare, 'work'), 0)} µs`,
  );
  row('grammY awaiting each send at 50 ms', round(grammy, 1));
  row('  ours / grammY', `${round(oursRate / grammy, 0)} ×`, 'at least 20 ×');
  row('atomic Redis steps a message, pipelined', round(calls / CHATS / ours.length, 2), 'at most 1');
  await world.close();
  await telegram.close();
}

/** `work` that brings out so many messages. */
async function measured(messages: number, work: () => Promise<void>): Promise<Run> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { rate: messages / ((performance.now() - began) / 1000), work: (user + system) / messages };
}

/** The first run of a process is slower than all later ones: it does not count, of neither. */
const median = (runs: readonly Run[], of: keyof Run): number =>
  percentile(
    runs.slice(1).map((one) => one[of]),
    0.5,
  );

const READER = { id: 0, kind: 'person' } as const;

/** The message in which a reader is sent `story`. */
function messageOf(desk: Desk, story: Story): Message {
  const settings = { ...DEFAULT_SETTINGS, edition: story.edition };
  const view = viewFrom(desk, { slot: 0, chat: READER, settings, state: 'active' });
  return renderStory(story, view, desk.locales);
}

/** Atomic steps so far: claims and settlements; a pipeline carries many of them in one round trip. */
async function scriptCalls(redis: { info(section: string): Promise<string> }): Promise<number> {
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
}

async function bareClient(url: string, token: string, params: object): Promise<void> {
  const agent = new Agent({ connections: LANES, pipelining: 1 });
  let next = 1_000_001;
  const last = next + CHATS;
  const lane = async () => {
    while (next < last) {
      const body = JSON.stringify({ ...params, chat_id: next++ });
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
  await agent.destroy();
}

async function grammyOneByOne(url: string, token: string, text: string): Promise<number> {
  const bot = new Bot(token, { client: { apiRoot: url } });
  const count = 100;
  const began = performance.now();
  for (let index = 0; index < count; index += 1) await bot.api.sendMessage(1_000_001 + index, text);
  return count / ((performance.now() - began) / 1000);
}
