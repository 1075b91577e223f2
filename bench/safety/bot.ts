/** The bot as a process of its own at its loudest, and how it is brought to harm. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { RECORD_BYTES } from '#src/store/keys.ts';
import { findEmbedded } from '#src/store/embedded/embedded.ts';
import { waitFor } from '../delivery/world.ts';
import { type Order, orderFile } from './crash.ts';

export interface Running {
  readonly pid: number;
  /** Root of its HTTP server. */
  address(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Environment that it is given. */
export interface Home {
  readonly env: Readonly<Record<string, string>> & { readonly DATA_DIR: string };
  readonly log: string;
  readonly temp: string;
}

export function makeHome(folder: string, env: Home['env']): Home {
  const temp = join(folder, 'tmp');
  mkdirSync(temp);
  return { env, log: join(folder, 'log'), temp };
}

/** A start amid troubles of Telegram, on a machine that others use too; how long it takes is no question here. */
const READY_MS = 180_000;

export async function startBot(
  { env, log, temp }: Home,
  change: Record<string, string> = {},
): Promise<Running> {
  const output = openSync(log, 'a');
  const from = statSync(log).size;
  const surroundings = {
    PATH: process.env['PATH'] ?? '',
    ...env,
    LOG_LEVEL: 'trace',
    HTTP_PORT: '0',
    TMPDIR: temp,
    ...change,
  };
  const flags = ['--disable-sigusr1', '--import', new URL('crash.ts', import.meta.url).href];
  const child = spawn(process.execPath, [...flags, 'src/main.ts'], {
    env: surroundings,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const address = () => {
    const said = readFileSync(log).subarray(from).toString('latin1');
    return `http://127.0.0.1:${/"port":(\d+)/.exec(said)?.[1] ?? 0}`;
  };
  await waitFor(
    async () => ended() || (await fetch(`${address()}/readyz`).catch(() => undefined))?.status === 200,
    READY_MS,
  );
  return {
    pid: child.pid ?? 0,
    address,
    async end(signal) {
      if (ended()) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

/** Has the bot go wrong with a reader in its hands; whether it survives that is its own affair. */
export async function crash(home: Home, bot: Running, order: Order): Promise<void> {
  writeFileSync(orderFile(home.temp), JSON.stringify(order));
  if (order.crash !== 'warning') return bot.end('SIGUSR2');
  process.kill(bot.pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, 500));
}

const redisFolder = ({ env }: Home): string => join(env.DATA_DIR, 'redis');

/** A connection to the bot's own Redis; close it with `disconnect`. */
export async function redisOf(home: Home): Promise<Redis> {
  let url: string | undefined;
  await waitFor(async () => (url = await findEmbedded(redisFolder(home))) !== undefined, 30_000);
  const redis = new Redis((url ?? '').replace(/^unix:/, ''));
  redis.on('error', () => undefined);
  return redis;
}

/** Its Redis dies under the bot. */
export async function killRedis(home: Home): Promise<void> {
  process.kill(Number(readFileSync(join(redisFolder(home), 'redis.pid'), 'utf8')), 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

/** Everything else that Redis may do to the bot, one after the other, each while `meanwhile` runs. */
export async function harmRedis(home: Home, meanwhile: () => Promise<void>): Promise<void> {
  const redis = await redisOf(home);
  const [slots = ''] = await redis.keys('*}:slots');
  const [records = ''] = await redis.keys('*}:chat:*');
  const aside = `${slots}:aside`;
  const harms: readonly (readonly [harm: () => Promise<unknown>, mend: () => Promise<unknown>])[] = [
    // Full; read only, as after a failover; a key of another type; a record that does not open.
    [() => redis.config('SET', 'maxmemory', '1'), () => redis.config('SET', 'maxmemory', '0')],
    [() => redis.replicaof('127.0.0.1', 1), () => redis.replicaof('NO', 'ONE')],
    [() => redis.multi().rename(slots, aside).set(slots, 'no hash').exec(), () => redis.rename(aside, slots)],
    [
      async () => {
        const all = (await redis.getBuffer(records)) ?? Buffer.alloc(0);
        await redis.copy(records, aside);
        const place = RECORD_BYTES;
        await redis.set(records, Buffer.concat([all.subarray(place), all.subarray(0, place)]));
      },
      () => redis.rename(aside, records),
    ],
  ];
  for (const [harm, mend] of harms) {
    await harm();
    await meanwhile();
    await mend();
  }
  redis.disconnect();
}
