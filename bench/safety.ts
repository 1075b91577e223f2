/**
 * A day of the bot with many readers, as a process of its own at the loudest log level, with errors of every kind and
 * kills; then whatever a thief could take is searched for every reader. `READERS` (default 100,000) says how many;
 * `PLANT=1` hides one id on purpose, which must be found.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { pieceOf } from '../src/sandbox/newsroom-sample.ts';
import { SAMPLES } from '../src/sandbox/newsroom-samples.ts';
import type { Person } from '../src/sandbox/telegram.ts';
import { findEmbedded } from '../src/store/embedded.ts';
import { openTown } from '../tests/support/process.ts';
import { waitFor } from './delivery/world.ts';
import { searchFor, type Search } from './safety/search.ts';
import { round, row } from './table.ts';

const READERS = Number(process.env['READERS'] ?? 100_000);
/** Marks in what readers are called and write; nothing else has them. */
const MARKS = ['qnamemark', 'qusermark', 'qwordmark', 'ъеньмарка'];
const EDITIONS = ['be', 'ru', 'en'];
/** Updates that wait for the bot at once while readers come. */
const CROWD = 4000;

interface Running {
  readonly pid: number;
  kill(signal: NodeJS.Signals): Promise<void>;
  address(): string;
}

export async function run(): Promise<void> {
  const town = await openTown();
  const logFile = join(town.folder, 'log');
  const temp = join(town.folder, 'tmp');
  mkdirSync(temp);
  const began = performance.now();
  const start = () => startBot(town.env, town.folder, logFile);
  let bot = await start();
  const readers = makeReaders(town.telegram);
  const settled = () => waitFor(() => town.telegram.idle());

  for (let from = 0; from < readers.length; from += CROWD) {
    for (const [index, person] of readers.slice(from, from + CROWD).entries()) begin(person, from + index);
    await settled();
  }
  row(
    'readers who came through real updates',
    String(READERS),
    `${round((performance.now() - began) / 1000, 0)} s`,
  );
  await chatter(readers, settled);
  await broadcasts(town, settled);

  town.telegram.faults.clear();
  for (const kind of [
    'reset-before',
    'reset-after',
    'server-error',
    'bad-gateway',
    'malformed',
    'too-many',
    'refuse',
  ] as const)
    town.telegram.faults.add({
      kind,
      probability: 0.02,
      times: 200,
      retryAfter: 1,
      description: 'Bad Request: chat not found',
    });
  publish(town, 3);
  await chatter(readers.slice(0, 300), settled);
  for (const outage of ['500', 'challenge', 'reset', 'off'] as const) {
    town.newsroom.outage(outage);
    await new Promise((resolve) => setTimeout(resolve, 3500));
  }
  await bot.kill('SIGKILL');
  bot = await start();
  await chatter(readers.slice(300, 600), settled);
  const store = new Redis(
    ((await findEmbedded(join(town.env.DATA_DIR, 'redis'))) ?? '').replace(/^unix:/, ''),
  );
  await breakRedis(town.env.DATA_DIR);
  await chatter(readers.slice(600, 900), settled);
  town.telegram.faults.clear();
  await new Promise((resolve) => setTimeout(resolve, 3000));

  const search = searchFor(
    readers.map(({ id }) => id),
    MARKS,
  );
  if (process.env['PLANT'])
    await store.set('pozirk:{news}:planted', Buffer.from(String(readers[0]?.id)).toString('base64'));
  // What is packed cannot be searched.
  await store.config('SET', 'rdbcompression', 'no');
  await store.bgsave().catch(() => undefined);
  await waitFor(async () => (await store.info('persistence')).includes('rdb_bgsave_in_progress:0'));
  await store.bgrewriteaof();
  const pids = [bot.pid, redisPid(town.env.DATA_DIR)];
  const findings = [...(await searchRedis(store, search)), ...(await searchProcesses(bot, pids, search))];
  store.disconnect();
  await bot.kill('SIGTERM');
  const files = filesIn(town.folder);
  for (const path of files) findings.push(...searchFile(path, search).map((form) => `${path}: ${form}`));
  const stray = readdirSync('.').filter((name) => /^(core|report\.)|\.heapsnapshot$/.test(name));
  row(
    'bytes of files searched',
    `${round(files.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6, 0)} MB`,
  );
  row('bytes of log searched', `${round(statSync(logFile).size / 1e6, 1)} MB`);
  row(
    'traces of readers',
    String(findings.length),
    process.env['PLANT'] ? 'at least 1: one was planted' : '0',
  );
  row('core dumps, reports, heap snapshots', String(stray.length), '0');
  for (const finding of findings.slice(0, 20)) console.log(`  ${finding}`);
  await town.close();
  if (findings.length > 0 !== Boolean(process.env['PLANT'])) process.exitCode = 1;
}

/** One in a hundred has the id of an old account: four bytes, which chance finds all too easily where many are looked for. */
function makeReaders(telegram: Awaited<ReturnType<typeof openTown>>['telegram']): Person[] {
  return Array.from({ length: READERS }, (_, index) =>
    telegram.person({
      id: index % 100 === 0 ? 1_612_345_678 + index * 7919 : 9_123_456_789 + index * 7919,
      language: EDITIONS[index % 3] ?? 'en',
      firstName: `Qnamemark${index}`,
      username: `qusermark_${index}`,
    }),
  );
}

function begin(person: Person, index: number): void {
  person.send(index % 7 === 0 ? `/start ${EDITIONS[index % 3]}` : `/subscribe ${EDITIONS[index % 3]}`);
}

/** What people do and write in a day, with words that must be nowhere afterwards. */
async function chatter(readers: readonly Person[], settled: () => Promise<void>): Promise<void> {
  const deeds: readonly ((person: Person) => unknown)[] = [
    (person) => person.send('/search qwordmark city'),
    (person) => person.send('/follow Qwordmark river'),
    (person) => person.send('/follow Ъеньмарка'),
    (person) => person.send('Ъеньмарка і яшчэ нешта'),
    pressSomething,
    (person) => person.send('My qwordmark telephone and everything else'),
    (person) => person.send('/latest 3 qwordmark'),
    (person) => person.send('/timezone Qwordmark'),
    (person) => person.send('/digest qwordmark'),
    (person) => person.send('/keep 6h'),
    (person) => person.send('/quiet 01:00-02:00'),
    (person) => person.send('/privacy'),
    (person) => person.send('/unknown_qwordmark command'),
    (person) => void person.inline('qwordmark inline'),
    (person) => person.shareLocation(53.9, 27.56),
    (person) => person.send('/forget'),
    (person) => person.block(),
  ];
  // Every reader at most once and seldom: who writes more is told to slow down.
  const step = Math.max(1, Math.floor(readers.length / 3000));
  for (let index = 0; index < readers.length; index += step) {
    const person = readers[index];
    try {
      if (person) deeds[Math.floor(index / step) % deeds.length]?.(person);
    } catch {
      // Who has blocked the bot cannot write to it.
    }
  }
  await settled();
}

/** The first button of the latest message; an answer is not waited for. */
function pressSomething(person: Person): void {
  const message = person.messages().at(-1);
  const shown = message?.buttons.flat().find((button) => button.callback_data !== undefined);
  if (message && shown) void person.press(message.id, shown.text);
}

function publish({ newsroom }: Awaited<ReturnType<typeof openTown>>, first: number, count = 2): number[] {
  return SAMPLES.slice(first, first + count).flatMap((sample) =>
    Object.values(newsroom.publish(pieceOf(sample))),
  );
}

async function broadcasts(
  town: Awaited<ReturnType<typeof openTown>>,
  settled: () => Promise<void>,
): Promise<void> {
  const since = town.telegram.deliveries().length;
  const ids = publish(town, 0);
  await waitFor(() => town.telegram.deliveries().length > since + READERS * 0.5, 240_000);
  await settled();
  for (const id of ids.slice(0, 3))
    town.newsroom.correct(id, { headline: 'A corrected headline of the day' });
  await new Promise((resolve) => setTimeout(resolve, 5000));
  row('messages that readers got', String(town.telegram.deliveries().length - since));
}

async function startBot(
  env: Readonly<Record<string, string>>,
  folder: string,
  logFile: string,
): Promise<Running> {
  const log = openSync(logFile, 'a');
  const from = statSync(logFile).size;
  const own = {
    ...env,
    POLL_SCHEDULE: '*/3 * * * * *',
    LOG_LEVEL: 'trace',
    HTTP_PORT: '0',
    SEND_RATE: '0',
    TMPDIR: join(folder, 'tmp'),
  };
  const child = spawn(process.execPath, ['--disable-sigusr1', 'src/main.ts'], {
    env: { PATH: process.env['PATH'] ?? '', ...own },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const address = () => {
    const said = readFileSync(logFile).subarray(from).toString('latin1');
    return `http://127.0.0.1:${/"port":(\d+)/.exec(said)?.[1] ?? 0}`;
  };
  await waitFor(
    async () => (await fetch(`${address()}/readyz`).catch(() => undefined))?.status === 200,
    60_000,
  );
  return {
    pid: child.pid ?? 0,
    address,
    async kill(signal) {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

const redisPid = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'redis', 'redis.pid'), 'utf8'));

/** Its Redis dies under the bot. */
async function breakRedis(dataDir: string): Promise<void> {
  process.kill(redisPid(dataDir), 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

/** Every key by its name, and by its value as a whole and in its parts. */
async function searchRedis(redis: Redis, search: Search): Promise<string[]> {
  const findings: string[] = [];
  let keys = 0;
  for await (const batch of redis.scanStream({ count: 1000 }) as AsyncIterable<string[]>) {
    keys += batch.length;
    await Promise.all(
      batch.map(async (key) => {
        const dump = (await redis.dumpBuffer(key)) ?? Buffer.alloc(0);
        // Its last ten bytes are a version and a checksum.
        const found = [Buffer.from(key), dump.subarray(0, -10)].flatMap((bytes) => search.in(bytes));
        findings.push(...found.map(({ form }) => `${key.slice(0, 30)}: ${form}`));
        if ((await partsOf(redis, key)).some((part) => search.is(part)))
          findings.push(`${key.slice(0, 30)}: a short binary id`);
      }),
    );
  }
  row('keys searched', String(keys));
  return findings;
}

async function partsOf(redis: Redis, key: string): Promise<Buffer[]> {
  switch (await redis.type(key)) {
    case 'hash': {
      const hash = await redis.hgetallBuffer(key);
      return Object.entries(hash).flatMap(([field, value]) => [Buffer.from(field, 'latin1'), value]);
    }
    case 'zset':
      return redis.zrangeBuffer(key, '0', '-1');
    case 'set':
      return redis.smembersBuffer(key);
    case 'list':
      return redis.lrangeBuffer(key, 0, -1);
    default:
      return [];
  }
}

/** What the machine shows of the bot and its Redis: their arguments and environment, and the bot's metrics. */
async function searchProcesses(bot: Running, pids: readonly number[], search: Search): Promise<string[]> {
  const shown = pids.flatMap((pid) =>
    ['cmdline', 'environ', 'comm', 'status'].map((name) => readFileSync(`/proc/${pid}/${name}`)),
  );
  const pages = ['/metrics', '/readyz', '/healthz', '/nothing'].map(async (path) =>
    Buffer.from(await (await fetch(bot.address() + path)).arrayBuffer()),
  );
  const all = [...shown, ...(await Promise.all(pages))];
  return all.flatMap((bytes) => search.in(bytes).map(({ form }) => `the process: ${form}`));
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }).map(String);
  return names
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}

const CHUNK = 16 * 1024 * 1024;
const OVERLAP = 128;

function searchFile(path: string, search: Search): string[] {
  const file = openSync(path, 'r');
  const size = statSync(path).size;
  const found: string[] = [];
  for (let at = 0; at < size; at += CHUNK - OVERLAP) {
    const chunk = Buffer.alloc(Math.min(CHUNK, size - at));
    readSync(file, chunk, 0, chunk.length, at);
    found.push(...search.in(chunk).map(({ form, at: where }) => `${form} at ${at + where}`));
  }
  closeSync(file);
  return found;
}
