/** A desk that delivers, for benchmarks: real Redis, a local Telegram, no source. */
import { noJournal } from '#src/journal.ts';
import { noSpareInbox } from '#src/spare-inbox.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createBot } from '#src/bot/bot.ts';
import { tellOwners } from '#src/bot/places/tell-owners.ts';
import { runUpdates } from '#src/bot/updates.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import type { Desk } from '#src/desk/desk.ts';
import { correct } from '#src/desk/delivery/correct.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { createTrace } from '#src/desk/trace.ts';
import { silentLogger } from '#testing/log.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { loadWords } from '#src/render/locale.ts';
import { createStatus } from '#src/status.ts';
import { botKeys, RECORD_BLOCK, RECORD_BYTES, SLOT_BLOCK } from '#src/store/keys.ts';
import { holdLease } from '#src/store/lease.ts';
import { logHead } from '#src/store/logs.ts';
import { openStore } from '#src/store/redis.ts';
import { encodeRecord } from '#src/store/record.ts';
import { createSeal } from '#src/store/seal.ts';
import { addChat, saveChat } from '#src/store/subscribers.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { type Clock, realClock, watched } from '#src/time.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

/** The key of every benchmark's store. */
export const KEY = Buffer.alloc(32, 7);

export interface WorldOptions {
  /** Root and token of the local Telegram. */
  readonly url: string;
  readonly token: string;
  readonly clock?: Clock;
  /** SEND_RATE. */
  readonly rate: number;
  readonly redis?: TestRedis;
  /** `Policy.keepHours`; default: everything stays. */
  readonly keepHours?: number;
  /** `Policy.paidFloor`; default: nothing is paid for. */
  readonly paidFloor?: number;
}

type Loop = (desk: Desk, signal: AbortSignal) => Promise<void>;

export interface World {
  readonly desk: Desk;
  readonly redis: TestRedis;
  /** Delivers and reads updates, and does what else is named, until the result is called. */
  begin(...also: readonly Loop[]): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const clock = options.clock ?? realClock;
  const redis = options.redis ?? (await startRedis());
  const [botId = ''] = options.token.split(':');
  const store = openStore({ url: redis.url, botId, log: silentLogger });
  const telegram = createTelegram({
    token: options.token,
    apiRoot: options.url,
    clock,
    pace: createPace(clock, options.rate),
  });
  const desk: Desk = {
    clock: watched(clock),
    log: silentLogger,
    status: createStatus(),
    store,
    seal: createSeal(Buffer.from(KEY), botId),
    telegram,
    locales: loadWords(),
    trace: createTrace(store),
    memory: createMemory(),
    journal: noJournal,
    spare: noSpareInbox,
    policy: {
      staleMs: 86_400_000,
      paid: 'mark',
      urgentMarks: [],
      recheckSeconds: [],
      adminIds: [],
      keepHours: options.keepHours ?? 0,
      ...(options.paidFloor === undefined ? {} : { paidFloor: options.paidFloor }),
    },
    admit: () => undefined,
    onAlarm: () => undefined,
    onTrouble: (place, why) => tellOwners(desk, place, why),
  };
  return {
    desk,
    redis,
    async begin(...also) {
      const stop = new AbortController();
      const lease = await holdLease(store, 'owner', clock, stop.signal);
      if (!lease) throw new Error('no lease');
      lease.signal.addEventListener('abort', () => {
        if (!stop.signal.aborted) console.error('   the lease was lost: this machine is too busy to measure');
      });
      const bot = createBot(desk, { token: options.token, apiRoot: options.url });
      const work = [
        deliver(desk, lease, stop.signal),
        correct(desk, stop.signal),
        runUpdates(bot, desk, stop.signal),
        ...also.map((loop) => loop(desk, stop.signal)),
      ];
      return async () => {
        stop.abort();
        await Promise.all(work);
        await lease.release();
      };
    },
    async close() {
      await telegram.close();
      await store.close();
      if (!options.redis) await redis.stop();
    },
  };
}

/** Subscribes chats as `/subscribe` would, many at once. */
export async function fill(desk: Desk, chats: Iterable<Chat>, edition: Edition): Promise<void> {
  const cursor = await logHead(desk.store, edition);
  const settings = { ...DEFAULT_SETTINGS, edition };
  const add = async (chat: Chat) => {
    const known = await addChat(desk, { chat, settings, state: 'active', day: 0 }, desk.clock.now());
    await saveChat(desk, known, { to: 'start', cursor }, desk.clock.now());
  };
  let batch: Promise<void>[] = [];
  for (const chat of chats) {
    batch.push(add(chat));
    if (batch.length === 2000) {
      await Promise.all(batch);
      batch = [];
    }
  }
  await Promise.all(batch);
}

/** Writes what `fill` would write for `count` people, without asking: a million in less than a minute. */
export async function fillFast(desk: Desk, count: number, edition: Edition): Promise<void> {
  const { redis, botId } = desk.store;
  const keys = botKeys(botId);
  const settings = { ...DEFAULT_SETTINGS, edition };
  const cursor = await logHead(desk.store, edition);
  let slot = SLOT_BLOCK;
  for (let done = 0; done < count; done += BATCH) {
    const step = redis.pipeline();
    for (const chat of people(Math.min(BATCH, count - done), FIRST_PERSON + done)) {
      const [ref] = desk.seal.refs(chat);
      const record = desk.seal.seal(slot, encodeRecord({ chat, settings, state: 'active', day: 0 }));
      step.zadd(keys.find(ref.bucket), slot, ref.field);
      if (slot % RECORD_BLOCK === 0) step.setrange(keys.chat(slot), RECORD_BLOCK * RECORD_BYTES - 1, '\0');
      step.setrange(keys.chat(slot), (slot % RECORD_BLOCK) * RECORD_BYTES, record as unknown as string);
      step.zadd(keys.waiting(edition), cursor + slot / 2 ** 32, String(slot));
      slot += 1;
    }
    await step.exec();
  }
  await redis.hset(keys.slots, 'blocks', Math.ceil(slot / SLOT_BLOCK));
}

const BATCH = 5000;

/** The local Telegram numbers its people from here. */
const FIRST_PERSON = 1_000_001;

export function* people(count: number, first = FIRST_PERSON): Generator<Chat> {
  for (let index = 0; index < count; index += 1) yield { id: first + index, kind: 'person' };
}

/** The local Telegram as a process of its own, so that it does not share our core. */
export interface FarTelegram {
  readonly url: string;
  readonly token: string;
  ask<T>(path: string): Promise<T>;
  tell(path: string, body: object): Promise<void>;
  close(): Promise<void>;
}

export async function startFarTelegram(...flags: string[]): Promise<FarTelegram> {
  const child = spawn(process.execPath, ['sandbox/telegram/server.ts', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  const headers = { authorization: `Bearer ${token}` };
  return {
    url,
    token,
    ask: async <T>(path: string) =>
      (await fetch(`${url}/_sandbox/${path}`, { headers })).json() as Promise<T>,
    async tell(path, body) {
      await fetch(`${url}/_sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    },
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

export interface Counters {
  readonly accepted: number;
  readonly tooMany: number;
  readonly maxInFlight: number;
  readonly perSecond: Readonly<Record<string, number>>;
}

export async function waitFor(holds: () => boolean | Promise<boolean>, withinMs = 600_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to that in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
