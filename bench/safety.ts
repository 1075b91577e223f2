/**
 * A day of the bot with many readers, as a process of its own at the loudest log level, with errors of every kind, kills
 * and crashes; then whatever a thief could take is searched for every reader. `READERS` (default 100,000) says how many;
 * `PLANT=1` hides one id on purpose, `PLANT=order` the order in which readers came, `PLANT=idle` when some wrote: with each
 * it fails, and its table says that the planted was found. `SHOW=1` lists what the log told of.
 */
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pieceOf } from '#sandbox/newsroom/sample.ts';
import { SAMPLES } from '#sandbox/newsroom/samples.ts';
import { FAULT_KINDS, type Person } from '#sandbox/telegram/telegram.ts';
import { openTown } from '#testing/process.ts';
import { waitFor } from './delivery/world.ts';
import {
  crash,
  harmRedis,
  type Home,
  killRedis,
  makeHome,
  redisOf,
  type Running,
  startBot,
} from './safety/bot.ts';
import type { Crash } from './safety/crash.ts';
import { filesIn, searchFile, searchProcesses, searchRedis } from './safety/places.ts';
import { act, begin, MARKS, places, readerAt } from './safety/readers.ts';
import { type Search, searchFor } from './safety/search.ts';
import { metadata } from './safety/thief.ts';
import { round, row } from './table.ts';

const READERS = Number(process.env['READERS'] ?? 100_000);
/** Everything that can be planted; absent: nothing. */
const PLANTS = ['1', 'order', 'idle'];
const PLANT = process.env['PLANT'];
/** Readers who come in one moment: of more at once the bot lets some come again. */
const CROWD = 200;
/** Readers who act in every part of the day, and others who act in each. */
const FEW = 200;
const SOME = 2000;
const OWNERS = 12;

const REFUSALS = [
  'Bad Request: chat not found',
  'Bad Request: can\'t parse entities: Unsupported start tag "qwordmark" at byte offset 0',
  'Forbidden: bot was blocked by the user',
  'Bad Request: message to delete not found',
];
const OUTAGES = ['500', '503', '429', 'reset', 'cut', 'html', 'nothing', 'challenge', 'hang'] as const;
const CRASHES: readonly Crash[] = ['warning', 'thrown', 'many', 'rejected', 'not an error'];

type Town = Awaited<ReturnType<typeof openTown>>;

export async function run(): Promise<void> {
  if (PLANT !== undefined && !PLANTS.includes(PLANT))
    throw new Error(`PLANT: there are ${PLANTS.join(', ')}`);
  const began = Date.now();
  const town = await openTown();
  const operator = town.telegram.person({ id: 812_345_678, language: 'en' });
  const env = { ...town.env, POLL_SCHEDULE: '*/3 * * * * *', SEND_RATE: '0', ADMIN_IDS: String(operator.id) };
  const home = makeHome(town.folder, env);
  let bot = await startBot(home);
  const readers = Array.from({ length: READERS }, (_, index) => readerAt(town.telegram, index));
  const settled = () => waitFor(() => town.telegram.idle());

  for (let from = 0; from < readers.length; from += CROWD) {
    for (const [index, person] of readers.slice(from, from + CROWD).entries()) begin(person, from + index);
    await settled();
  }
  row('readers who came through real updates', `${READERS} in ${since(began)}`);
  const chats = await places(town.telegram, readers.slice(0, OWNERS), settled);
  act(readers, FEW, SOME, 0);
  await settled();
  await broadcasts(town, readers);
  for (const text of [
    '/stats',
    '/health',
    '/announce A word to all',
    '/pause',
    '/resume',
    '/why x',
    '/forget x',
  ])
    operator.send(text);
  await settled();

  const newcomers: Person[] = [];
  bot = await badDay(town, home, bot, readers, newcomers);
  row('the day ended after', since(began));

  const told = await metadata(home, readers);
  const ids = [...readers, ...newcomers].map(({ id }) => id);
  const search = searchFor([...ids, ...chats], MARKS);
  const { findings, bytes, keys } = await steal(town, home, bot, search, began, String(readers[0]?.id));
  row('keys searched', String(keys), 'at least 100');
  row('bytes of files searched', `${round(bytes / 1e6, 0)} MB`);
  const said = saidIn(home.log);
  row('bytes of log among them', `${round(statSync(home.log).size / 1e6, 1)} MB`);
  row('different sentences, different errors in it', `${said.sentences}, ${said.errors}`);
  row('traces of readers', String(findings.length), '0');
  row('orders, guesses and times of use that tell more than chance', String(told), '0');
  if (PLANT !== undefined) {
    const isFound = PLANT === '1' ? findings.length > 0 : told > 0;
    row(
      `planted on purpose (PLANT=${PLANT}), which a line above tells`,
      isFound ? 'found' : 'hidden',
      'found',
    );
  }
  const stray = ['.', town.folder]
    .flatMap((folder) => readdirSync(folder, { recursive: folder !== '.' }).map(String))
    .filter((name) => /(^|\/)(core(\.\d+)?|report\.[^/]*\.json|[^/]*\.heapsnapshot)$/.test(name));
  row('core dumps, reports, heap snapshots', String(stray.length), '0');
  row('all of it took', since(began));
  for (const finding of findings.slice(0, 20)) console.log(`  ${finding}`);
  await town.close();
}

const since = (began: number): string => `${round((Date.now() - began) / 1000, 0)} s`;

/** Everything that can go wrong, each while readers write. Answers the process that is running at the end. */
async function badDay(
  town: Town,
  home: Home,
  first: Running,
  readers: readonly Person[],
  newcomers: Person[],
): Promise<Running> {
  const { telegram, newsroom } = town;
  const settled = () => waitFor(() => telegram.idle());
  let round = 1;
  let part = 0;
  const busy = async () => {
    part = (part + 300) % Math.max(1, readers.length);
    act([...readers.slice(0, FEW), ...readers.slice(part, part + 300)], FEW, 300, round++);
    // Somebody who comes only now.
    const late = readerAt(telegram, READERS + round);
    begin(late, READERS + round);
    newcomers.push(late);
    await Promise.race([settled(), new Promise((resolve) => setTimeout(resolve, 4000))]);
  };
  for (const kind of FAULT_KINDS) {
    const times = kind.startsWith('hang') ? 5 : 200;
    for (const description of kind === 'refuse' ? REFUSALS : [''])
      telegram.faults.add({
        kind,
        probability: 0.02,
        times,
        retryAfter: 1,
        ...(description && { description }),
      });
  }
  publish(town, 3);
  await busy();
  for (const outage of OUTAGES) {
    newsroom.outage(outage);
    await busy();
  }
  newsroom.outage('off');
  await first.end('SIGKILL');
  let bot = await startBot(home);
  await busy();
  await killRedis(home);
  await busy();
  await harmRedis(home, busy);
  telegram.faults.clear();
  for (const [index, kind] of CRASHES.entries()) {
    const victim = readers[index * 7];
    act(readers.slice(0, FEW), FEW, 0, round++);
    await crash(home, bot, {
      crash: kind,
      id: victim?.id ?? 0,
      name: 'Qnamemark Жўзнаймя',
      word: 'qwordmark жўзнаслова',
    });
    if (kind !== 'warning') bot = await startBot(home);
  }
  await bot.end('SIGTERM');
  // A start that fails: another key, another mistake.
  for (const change of [{ DATA_KEY: Buffer.alloc(32, 3).toString('base64') }, { SEND_RATE: 'fast' }])
    await (await startBot(home, change)).end('SIGKILL');
  bot = await startBot(home);
  await busy();
  await settled();
  return bot;
}

function publish({ newsroom }: Town, first: number, count = 2): number[] {
  return SAMPLES.slice(first, first + count).flatMap((sample) =>
    Object.values(newsroom.publish(pieceOf(sample))),
  );
}

/** Two stories to everybody; one of them is corrected, the other withdrawn. */
async function broadcasts(town: Town, readers: readonly Person[]): Promise<void> {
  const { telegram, newsroom } = town;
  const before = telegram.deliveries().length;
  const [corrected = 0, ...others] = publish(town, 0);
  // By the hour of the day many wait for their morning or their digest: whoever gets it now has it when nothing more comes.
  await waitFor(() => telegram.deliveries().length > before + readers.length / 20, 400_000);
  for (let last = 0; last !== telegram.deliveries().length; ) {
    last = telegram.deliveries().length;
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
  newsroom.correct(corrected, { headline: 'A corrected headline of the day' });
  for (const id of others.slice(-1)) newsroom.withdraw(id);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  row('messages that readers got', String(telegram.deliveries().length - before));
}

/** How many different things a log tells of. */
function saidIn(log: string): { sentences: number; errors: number } {
  const sentences = new Set<string>();
  const errors = new Set<string>();
  for (const text of readFileSync(log, 'utf8').split('\n')) {
    if (!text.startsWith('{')) continue;
    const line = JSON.parse(text) as { msg?: string; code?: string; err?: { type: string; message: string } };
    sentences.add(line.msg ?? '');
    if (line.err) errors.add(`${line.err.type} ${line.err.message.slice(0, 40)}`);
    else if (line.code) errors.add(line.code);
  }
  if (process.env['SHOW']) console.log([...sentences, ...errors].join('\n'));
  return { sentences: sentences.size, errors: errors.size };
}

interface Loot {
  readonly findings: readonly string[];
  readonly bytes: number;
  readonly keys: number;
}

/** Takes all that there is, from the running bot and from the disk, before a rewrite of the file and after it. */
async function steal(
  town: Town,
  home: Home,
  bot: Running,
  search: Search,
  began: number,
  planted: string,
): Promise<Loot> {
  const redis = await redisOf(home);
  if (PLANT === '1') await redis.set('pozirk:{news}:planted', Buffer.from(planted).toString('base64'));
  const folder = join(home.env.DATA_DIR, 'redis', 'appendonlydir');
  cpSync(folder, join(town.folder, 'stolen'), { recursive: true });
  const quiet = () => waitFor(async () => !/in_progress:1|scheduled:1/.test(await redis.info('persistence')));
  await redis.bgsave();
  await quiet();
  await redis.bgrewriteaof();
  await quiet();
  let keys = 0;
  const findings = [
    ...(await searchRedis(redis, search, () => (keys += 1))),
    ...searchProcesses(bot.pid, search),
    ...(await searchPages(bot, search)),
  ];
  redis.disconnect();
  await bot.end('SIGTERM');
  const files = new Set([...filesIn(town.folder), ...strayFiles(began)]);
  let bytes = 0;
  for (const path of files) {
    bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    findings.push(...searchFile(path, search));
  }
  return { findings, keys, bytes };
}

/** Files written elsewhere since: into our own folder, or straight into where programs drop things; folders there are others'. */
function strayFiles(began: number): string[] {
  const own = filesIn(
    process.cwd(),
    began,
    ['.git', 'node_modules'].map((name) => join(process.cwd(), name)),
  );
  const shared = [tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].flatMap((path) =>
    filesIn(path, began, 'no folders'),
  );
  return [...own, ...shared];
}

/** Answers of the bot over HTTP, also to unknown paths. */
async function searchPages(bot: Running, search: Search): Promise<string[]> {
  const pages = ['/metrics', '/readyz', '/healthz', '/nothing', '/telegram'].map(async (path) => {
    const answer = await fetch(bot.address() + path);
    const head = [...answer.headers].flat().join('\n');
    return Buffer.concat([Buffer.from(head), Buffer.from(await answer.arrayBuffer())]);
  });
  return (await Promise.all(pages)).flatMap((bytes) => search.in(bytes).map(({ form }) => `HTTP: ${form}`));
}
