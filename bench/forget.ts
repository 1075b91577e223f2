/**
 * `/forget` as its reader sees it, with the bot as a process of its own: a chat of 500 messages is emptied within ten
 * seconds; then the process is killed (kill -9) at random instants of it while a broadcast is running, and whatever the
 * instant, the chat ends up empty and forgotten and nothing is sent to it afterwards.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pieceOf } from '#sandbox/newsroom/sample.ts';
import { SAMPLES } from '#sandbox/newsroom/samples.ts';
import type { ChatClient, Person, Telegram } from '#sandbox/telegram/telegram.ts';
import { botKeys, RECORD_BLOCK } from '#src/store/keys.ts';
import { readRecord, readRecords } from '#src/store/records.ts';
import { createSeal } from '#src/store/seal.ts';
import { openRecord } from '#src/store/subscribers.ts';
import { openTown } from '#testing/process.ts';
import { waitFor } from './delivery/world.ts';
import { type Home, makeHome, redisOf, type Running, startBot } from './safety/bot.ts';
import { filesIn, searchFile } from './safety/places.ts';
import { searchFor } from './safety/search.ts';
import { percentile, round, row } from './table.ts';

const KILLS = Number(process.env['KILLS'] ?? 50);
/** Side by side: most of the time is waiting for the lease of the dead process. */
const TOWNS = 2;
/** Every fifth chat to be forgotten is a group. */
const GROUP_EVERY = 5;
/** Others, whom the broadcasts keep the bot busy with. */
const READERS = 300;
const MESSAGES = 500;
/** Answers of the bot in a chat that is forgotten under a kill; the reader has written as much. */
const EACH = 40;
/** Long ids, which chance does not find in a file. */
const FIRST_ID = 9_123_456_789;
const FAREWELL = /^(I deleted everything|Выдалена ўсё|Удалено всё)/;

/** A town with a bot in it. */
interface Town extends Awaited<ReturnType<typeof openTown>> {
  readonly home: Home;
  /** Ids of the others. */
  readonly readers: number[];
  people: number;
  story: number;
  bot: Running;
}

/** A chat that is to be forgotten. */
interface Victim {
  readonly id: number;
  forget(): void;
  /** Messages of the bot's, and in a private chat of the reader's, that stand there now. */
  left(): readonly string[];
}

/** Traces that kills left in one town. */
interface Toll {
  readonly span: number;
  /** Chats that are not empty. */
  readonly full: number;
  readonly afterwards: number;
  readonly records: number;
  readonly removals: number;
  readonly marks: number;
  readonly ids: number;
}

export async function run(): Promise<void> {
  await inTown(fiveHundred);
  const each = Math.ceil(KILLS / TOWNS);
  const tolls = await Promise.all(
    Array.from({ length: TOWNS }, () => inTown((town) => killAmid(town, each))),
  );
  const sum = (name: keyof Toll) => String(tolls.reduce((total, toll) => total + toll[name], 0));
  row('a /forget amid a broadcast takes', `${round(Math.max(...tolls.map(({ span }) => span)), 0)} ms`);
  row('kills -9 at random instants of a /forget', String(each * TOWNS));
  row('  chats that are not empty', sum('full'), '0');
  row('  messages after the last word', sum('afterwards'), '0');
  row('  records of those chats in Redis', sum('records'), '0');
  row('  removals that are not done', sum('removals'), '0');
  row('  their hashes and records in the files of Redis', sum('marks'), '0');
  row('  their ids in those files and in the log at level trace', sum('ids'), '0');
}

async function inTown<T>(deed: (town: Town) => Promise<T>): Promise<T> {
  const place = await openTown({ limits: true, latency: [20, 120] });
  const home = makeHome(place.folder, { ...place.env, SOURCE_BE: 'off', SOURCE_RU: 'off' });
  const town = { ...place, home, readers: [], people: 0, story: 0, bot: await startBot(home) };
  try {
    await seat(town);
    return await deed(town);
  } finally {
    await town.bot.end('SIGKILL');
    await town.close();
  }
}

/** Whether nothing but the last word stands in a chat. */
const isOver = (texts: readonly string[]): boolean =>
  texts.length > 0 && texts.every((text) => FAREWELL.test(text));

const settled = (telegram: Telegram) => waitFor(() => telegram.idle(), 600_000);

async function seat({ telegram, readers }: Town): Promise<void> {
  for (let index = 0; index < READERS; index += 1) {
    const person = telegram.person({ language: 'en' });
    person.send('/subscribe en');
    readers.push(person.id);
  }
  await settled(telegram);
}

function tell(town: Town): void {
  const sample = SAMPLES[town.story % SAMPLES.length];
  if (!sample) throw new Error('no stories');
  const { en } = pieceOf(sample);
  if (!en) throw new Error('no English in the sample');
  town.newsroom.publish({ en: { ...en, headline: `${en.headline} (${town.story})` } });
  town.story += 1;
}

/** A reader with as many messages of their own as of the bot's: for each press of a button there is an answer. */
async function chatter(town: Town, each: number): Promise<Person> {
  const { telegram } = town;
  const person = telegram.person({ id: FIRST_ID + 7919 * town.people++, language: 'en' });
  person.send('/subscribe en');
  await settled(telegram);
  person.send('/help');
  await settled(telegram);
  const menu = person.messages().findLast(({ buttons }) => buttons.flat().length > 0);
  if (!menu) throw new Error('no menu');
  for (let count = 0; count < each; count += 1) {
    person.send(`word ${count}`);
    void person.press(menu.id, 'Latest news');
  }
  await settled(telegram);
  return person;
}

async function fiveHundred(town: Town): Promise<void> {
  const { telegram } = town;
  // More answers than a chat may get in so short a time.
  telegram.setLimits({});
  const person = await chatter(town, MESSAGES / 2);
  telegram.setLimits(true);
  const before = person.messages().length;
  tell(town);
  await waitFor(() => person.messages().length > before, 60_000);
  row('messages in a chat before /forget', String(person.messages().length), `at least ${MESSAGES}`);
  const began = performance.now();
  person.send('/forget');
  const texts = () => person.messages().map(({ text }) => text);
  await waitFor(() => isOver(texts()), 60_000);
  row(
    '  empty but for the answer after',
    `${round((performance.now() - began) / 1000, 1)} s`,
    'at most 10 s',
  );
  await waitFor(() => person.messages().length === 0, 60_000);
  row('  the answer is gone after', `${round((performance.now() - began) / 1000, 1)} s`, 'about 30 s');
}

async function killAmid(town: Town, count: number): Promise<Toll> {
  const { telegram } = town;
  telegram.setLimits({});
  const victims = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      index % GROUP_EVERY === 0 ? groupOf(telegram) : personOf(town),
    ),
  );
  const spare = await Promise.all([1, 2, 3].map(() => personOf(town)));
  telegram.setLimits(true);
  const marks = await marksOf(town, victims);
  const span = await spanOf(town, spare);

  const since = telegram.deliveries().length;
  for (const victim of victims) {
    await broadcast(town);
    victim.forget();
    await sleep(Math.random() * span * 1.5);
    await town.bot.end('SIGKILL');
    town.bot = await startBot(town.home);
    await settled(telegram);
  }
  await waitFor(() => victims.every((victim) => victim.left().length === 0), 90_000).catch(() => undefined);
  const full = victims.filter((victim) => victim.left().length > 0);
  for (const victim of full) console.log(`    ${victim.left().slice(0, 3).join(' | ')}`);

  await broadcast(town);
  await settled(telegram);
  await sleep(20_000);
  return {
    span,
    full: full.length,
    afterwards: afterwards(telegram, since, victims),
    ...(await traces(town, victims, marks)),
  };
}

/** Publishes a story and waits until it goes out, so that something may be on its way to any chat. */
async function broadcast(town: Town): Promise<void> {
  const sent = town.telegram.deliveries().length;
  tell(town);
  await waitFor(() => town.telegram.deliveries().length > sent + 10, 60_000);
}

async function personOf(town: Town): Promise<Victim> {
  const person = await chatter(town, EACH);
  return {
    id: person.id,
    forget: () => void person.send('/forget'),
    left: () => person.messages().map(({ text }) => text),
  };
}

async function groupOf(telegram: Telegram): Promise<Victim> {
  const owner = telegram.person({ language: 'en' });
  const group: ChatClient = telegram.supergroup({ owner });
  group.addBot(undefined, owner);
  await settled(telegram);
  for (const text of ['/subscribe en', '/help', '/privacy']) {
    group.say(owner, text);
    await settled(telegram);
  }
  return {
    id: group.id,
    forget: () => void group.say(owner, '/forget'),
    left: () =>
      group
        .history()
        .filter(({ fromBot, deletedAt }) => fromBot && deletedAt === undefined)
        .map(({ text }) => text),
  };
}

/** How long a `/forget` takes here, ms: kills are to fall into it. */
async function spanOf(town: Town, spare: readonly Victim[]): Promise<number> {
  const spans: number[] = [];
  for (const victim of spare) {
    await broadcast(town);
    const began = performance.now();
    victim.forget();
    while (!isOver(victim.left())) await sleep(5);
    spans.push(performance.now() - began);
  }
  return percentile(spans, 0.5);
}

/** Messages that were sent to a chat after it had been told that it is forgotten, other than that. */
function afterwards(telegram: Telegram, since: number, victims: readonly Victim[]): number {
  const known = new Set(victims.map(({ id }) => id));
  const told = new Set<number>();
  let count = 0;
  for (const { chatId, message } of telegram.deliveries(since)) {
    if (!known.has(chatId)) continue;
    if (FAREWELL.test(String(message.wire.text))) told.add(chatId);
    else if (told.has(chatId)) count += 1;
  }
  return count;
}

const sealOf = ({ env, telegram }: Town) =>
  createSeal(
    Buffer.from(readFileSync(join(env.DATA_DIR, 'key'), 'utf8'), 'base64'),
    telegram.token.split(':')[0] ?? '',
  );

/** Store entries of each known chat: its keyed hash and its sealed record. */
async function marksOf(town: Town, victims: readonly Victim[]): Promise<Buffer[]> {
  const [redis, seal] = [await redisOf(town.home), sealOf(town)];
  const keys = botKeys(town.telegram.token.split(':')[0] ?? '');
  const store = { redis, keys };
  const marks: Buffer[] = [];
  for (const { id } of victims) {
    const [{ bucket, field }] = seal.refs({ id });
    const slot = Number(await redis.zscore(keys.find(bucket), field));
    const sealed = await readRecord(store, slot);
    if (!sealed) throw new Error('a chat that is not known');
    marks.push(Buffer.from(field), sealed);
  }
  redis.disconnect();
  return marks;
}

/** Looks for the chats in all that is left of them. */
async function traces(
  town: Town,
  victims: readonly Victim[],
  marks: readonly Buffer[],
): Promise<Pick<Toll, 'records' | 'removals' | 'marks' | 'ids'>> {
  const redis = await redisOf(town.home);
  const keys = botKeys(town.telegram.token.split(':')[0] ?? '');
  const store = { redis, keys };
  await waitFor(async () => (await redis.exists(keys.unwritten)) === 0, 180_000);
  const known = new Set(victims.map(({ id }) => id));
  const seal = sealOf(town);
  let records = 0;
  for (const key of await redis.keys(keys.chat(0).replace(/0$/, '*'))) {
    const first = Number(key.slice(key.lastIndexOf(':') + 1)) * RECORD_BLOCK;
    for (const [slot, sealed] of await readRecords(store, first))
      if (known.has(openRecord(seal, slot, sealed).chat.id)) records += 1;
  }
  const removals = await redis.hlen(keys.removals);
  redis.disconnect();
  const files = filesIn(join(town.env.DATA_DIR, 'redis'));
  const contents = files.map((path) => readFileSync(path));
  const search = searchFor([...known], []);
  return {
    records,
    removals,
    marks: marks.filter((mark) => contents.some((bytes) => bytes.includes(mark))).length,
    ids: [...files, town.home.log].flatMap((path) => searchFile(path, search)).length,
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
