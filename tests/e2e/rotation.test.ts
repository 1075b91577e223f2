import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#testing/log.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { botKeys } from '#src/store/keys.ts';
import { checkKey, neededProofs } from '#src/store/proof.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { createSeal, type Seal } from '#src/store/seal.ts';
import { addChat, loadChat } from '#src/store/subscribers.ts';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const OLD = Buffer.alloc(32, 5);
/** Enough to be re-sealed for half a second. */
const READERS = Array.from({ length: 4000 }, (_, index) => 30_001 + index);

let town: Awaited<ReturnType<typeof openTown>>;
let redis: TestRedis;
let store: Store;
let botId: string;
let env: Record<string, string>;
let processes: BotProcess[] = [];

beforeEach(async () => {
  [town, redis] = await Promise.all([openTown(), startRedis('--appendonly', 'yes')]);
  env = { ...town.env, REDIS_URL: redis.url, DATA_KEY: OLD.toString('base64') };
  botId = town.telegram.token.split(':')[0] ?? '';
  store = openStore({ url: redis.url, botId, log: silentLogger });
  const shelf = { store, seal: createSeal(Buffer.from(OLD), botId) };
  await checkKey(store, shelf.seal);
  const settings = { ...DEFAULT_SETTINGS, edition: 'be' as const };
  await Promise.all(
    READERS.map((id) =>
      addChat(shelf, { chat: { id, kind: 'person' }, settings, state: 'idle', day: 0 }, Date.now()),
    ),
  );
});

afterEach(async () => {
  await Promise.all(processes.map((one) => one.end('SIGKILL')));
  processes = [];
  await store.close();
  await Promise.all([town.close(), redis.stop()]);
});

function start(args: readonly string[] = []): BotProcess {
  const one = startBot(env, args);
  processes.push(one);
  return one;
}
const rotateKey = (): BotProcess => start(['rotate-key']);
const newKey = (): Buffer =>
  Buffer.from(readFileSync(join(env['DATA_DIR'] ?? '', 'key.new'), 'utf8'), 'base64');
const bothNeeded = async () => (await neededProofs(store)).length === 2;
const isOver = async () => {
  const needed = await neededProofs(store);
  return needed.length === 1 && needed[0] === createSeal(newKey(), botId).proofs.now;
};
const isUnderWay = async () => (await store.redis.exists(botKeys(botId).resealed)) === 1;

async function known(seal: Seal): Promise<number> {
  const shelf = { store, seal };
  const found = await Promise.all(READERS.map((id) => loadChat(shelf, { id }).catch(() => undefined)));
  return found.filter((one) => one !== undefined).length;
}

async function subscribed(): Promise<Person> {
  const reader = town.telegram.person({ language: 'en' });
  reader.send('/subscribe en');
  await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
  return reader;
}

const piece = (headline: string) => ({
  headline,
  lead: `${headline}: the first sentence of an invented story.`,
  body: 'A second paragraph.',
  rubric: 'Society',
});

const has = (reader: Person, headline: string) =>
  reader.messages().filter(({ fromBot, text }) => fromBot && text.startsWith(headline)).length;

describe('a new key while the bot runs', { timeout: 120_000 }, () => {
  it('survives a kill of the command and of the bot at each stage, and loses no reader', async () => {
    let bot = start();
    await bot.ready();
    const reader = await subscribed();

    // The command dies as soon as the key is written: the bot goes on alone.
    const command = rotateKey();
    await eventually(() => command.output().includes('A new key is in'));
    await command.end('SIGKILL');
    // The bot dies when it has re-sealed the first records.
    await eventually(isUnderWay);
    await bot.end('SIGKILL');
    expect(await bothNeeded()).toBe(true);
    expect(await known(createSeal(newKey(), botId, Buffer.from(OLD)))).toBe(READERS.length);

    // Both come back, and die together while they go on.
    bot = start();
    const second = rotateKey();
    await eventually(() => second.output().includes('Going on'));
    await bot.ready();
    await Promise.all([bot.end('SIGKILL'), second.end('SIGKILL')]);

    // The readers are served meanwhile.
    bot = start();
    await bot.ready();
    town.newsroom.publish({ en: piece('Story of the day') });
    await eventually(() => has(reader, 'Story of the day') === 1);
    await eventually(isOver);
    expect(await known(createSeal(newKey(), botId))).toBe(READERS.length);
    expect(await known(createSeal(Buffer.from(OLD), botId))).toBe(0);
    expect(await store.redis.exists(botKeys(botId).resealed)).toBe(0);

    // The old key alone starts nothing any more.
    await bot.end('SIGKILL');
    env = { ...env, DATA_DIR: join(town.folder, 'elsewhere') };
    const wrong = start();
    expect(await wrong.ended).toBe(78);
  });

  it('is made by the command alone where no bot runs, and a bot that starts meanwhile serves at once', async () => {
    const command = rotateKey();
    await eventually(isUnderWay);
    // The command does the work without being in charge.
    expect(await store.redis.exists(botKeys(botId).lease('owner'))).toBe(0);
    const bot = start();
    await eventually(() => bot.output().includes('serves the readers now'));
    expect([await command.ended, await isOver()]).toEqual([0, true]);
    expect(await known(createSeal(newKey(), botId))).toBe(READERS.length);
    // Of its way it tells in rising steps.
    const told = [...command.output().matchAll(/^(\d+) %$/gm)].map(([, share]) => Number(share));
    expect(told).toEqual(told.toSorted((one, other) => one - other));
  });
});
