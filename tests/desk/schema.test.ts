import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasePass } from '#testing/erase.ts';
import { drawCode } from '#src/desk/chats/forget-code.ts';
import { announce, newAnnouncement, markUrgent } from '#src/desk/operator/operate.ts';
import { beginWithKey } from '#src/desk/operator/rotate.ts';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import { noteUpdates } from '#src/store/inbox.ts';
import { slim } from '#src/bot/slim.ts';
import { botKeys, RECORD_BLOCK, RECORD_BYTES } from '#src/store/keys.ts';
import { readRecords } from '#src/store/records.ts';
import { SEAL_OVERHEAD } from '#src/store/gcm.ts';
import { openRecord } from '#src/store/subscribers.ts';
import { ask, last, subscriber } from '../bot/talk.ts';
import { pass, publish, revise, startCorrecting, startDelivery, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

const page = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8');
const [, records = '', chats = '', nobody = ''] = page.split(/^## /m);

/** First columns of a table: what is on the list. */
const listed = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, first = '']) => first);
const KEYS = [...listed(chats), ...listed(nobody)];

const SLOT = /^\d+$/;
const NUMBER = /^\d+$/;
const STORY = /^[a-z0-9]{10}$|^(?:be|ru|en)\d+$/;
const HASH = /^[\w-]{11}$/;
const UUID = /^[0-9a-f-]{36}$/;
const sealedOf = (...sizes: number[]) => ({
  test: (value: string) => sizes.includes(Buffer.from(value, 'latin1').length - SEAL_OVERHEAD),
});

interface Shape {
  /** Of a hash: names of fields; of the others: members. */
  readonly name: { test(value: string): boolean };
  /** Of a hash: values; of a sorted set: scores. */
  readonly value?: { test(value: string): boolean };
}

const MOMENT = /^\d{13}$/;
const LONG_AGO = /^\d{5}$/;

/** Allowed content of each key on the list: nothing that could be a chat's number, a word or a time of a reader. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'find:<bucket>': { name: HASH, value: SLOT },
  'chat:<block>': { name: { test: (value) => value.length === RECORD_BLOCK * RECORD_BYTES } },
  'large:<slot>': { name: sealedOf(484, 4068) },
  'waiting:<edition>': { name: SLOT, value: /^\d+(\.\d+)?$/ },
  'held:<edition>:<side>': { name: SLOT, value: MOMENT },
  'cursor:<edition>': { name: SLOT, value: NUMBER },
  flight: { name: SLOT, value: /^(be|ru|en)(:\d+){4}:\d+\.[0-9a-f]{12}(:\d+){2}!?$/ },
  ahead: { name: SLOT },
  doubted: { name: SLOT },
  'places:<edition>': { name: SLOT },
  owners: { name: SLOT, value: sealedOf(64) },
  'card:<hash>': { name: sealedOf(512) },
  owed: { name: /^\d+:[a-z0-9]{10}$/ },
  'shown:<story>:<block>': { name: { test: (value) => value.length === 4096 } },
  'posted:<story>': { name: SLOT, value: /^~\d+( [a-z0-9]{10})*$/ },
  highest: { name: /^(\d+|private)$/, value: NUMBER },
  heard: { name: SLOT, value: NUMBER },
  'others:<slot>': { name: NUMBER },
  'retracted:<slot>': { name: /^[\w-]{22}$/ },
  read: { name: MOMENT },
  'said:<slot>': { name: sealedOf(144, 1440, 12_000) },
  erase: { name: /^[\w-]{22}$/, value: MOMENT },
  ages: { name: /^\d{8}$/, value: NUMBER },
  cleared: { name: /^\d{8}$/ },
  leaving: { name: SLOT, value: LONG_AGO },
  removals: { name: UUID, value: sealedOf(2048) },
  'removals:due': { name: UUID, value: MOMENT },
  inbox: { name: /^\d+$/, value: sealedOf(1024, 24_576) },
  letters: { name: UUID, value: sealedOf(2048, 24_576) },
  handover: { name: sealedOf(512, 4096, 32_768, 262_144, 786_432, 2_097_152) },
  'letters:due': { name: UUID, value: MOMENT },
  'alarms:<scope>': { name: /^[a-z]+$/, value: /^\{"words":"[^"]*","toldAt":\d{13}\}$/ },
  slots: { name: /^blocks$/, value: NUMBER },
  'free:<edition>': { name: SLOT },
  'sweep:<edition>': { name: /^(side|seq)$/, value: NUMBER },
  amending: { name: STORY, value: /^(be|ru|en):\d+(?::\d+:\d+)?$/ },
  'walked:<edition>': { name: STORY, value: /^[\d.]+:\d+$/ },
  'trace:<story>': {
    name: /^(sent|found|repeated|filtered|held(?::(?:quiet|digest):\d+)?|edited|refused:[a-z_]+)$/,
    value: NUMBER,
  },
  'picture:<hash>': { name: /^[\w-]+$/ },
  introduced: { name: /^[\w :/-]+$/, value: /^[\w-]+$/ },
  schema: { name: /^\d{1,3}$/ },
  veil: { name: sealedOf(32) },
  proof: { name: /^[\w-]{43}( [\w-]{43})?$/ },
  resealed: { name: NUMBER },
  backups: { name: /^[\w-]+$/, value: /^\d{13}\D*$/ },
  restoring: { name: /^1$/ },
  unwritten: { name: NUMBER },
  rewritten: { name: MOMENT },
  flood: { name: NUMBER },
  clock: { name: MOMENT },
  pulse: { name: /^1$/ },
  paused: { name: MOMENT },
  'lease:<name>': { name: NUMBER },
  'fence:<name>': { name: NUMBER },
};

/** Keys that must go by themselves, with the longest time in seconds. */
const LIVES: Readonly<Record<string, number>> = {
  'card:<hash>': 2 * 86_400,
  'shown:<story>:<block>': 50 * 3600,
  'posted:<story>': 30 * 86_400,
  'said:<slot>': 3 * 86_400,
  'retracted:<slot>': 50 * 3600,
  'trace:<story>': 7 * 86_400,
  'picture:<hash>': 40 * 86_400,
  'lease:<name>': 3,
  pulse: 60,
};

const asPattern = (key: string) => new RegExp(`^${key.replaceAll(/<[^>]+>/g, '[\\w.-]+')}$`);
const rowOf = (key: string) => KEYS.find((row) => asPattern(row).test(key));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ adminIds: [77], keepHours: 47 });
  await fill();
}, 60_000);
afterAll(() => stage.close());

/** A day of readers and places, by what Telegram tells the bot and what the bot sends. */
async function fill(): Promise<void> {
  const { desk, clock, telegram } = stage;
  await beginWithKey(desk);
  const readers = await Promise.all(
    (['be', 'ru', 'en'] as const).map((edition) => subscriber(stage, edition)),
  );
  const [first, second, third] = readers;
  if (!first || !second || !third) throw new Error('three readers');
  for (const command of [
    '/style full',
    '/follow Мінск, бібліятэка',
    '/quiet 14:00-15:00',
    '/timezone Варшава',
    '/keep 6h',
    '/search library',
    'words that nobody asked for',
    '/latest 3',
    '/privacy',
  ])
    await ask(stage, first, command);
  await drawCode(desk, { id: first.id, kind: 'person' });
  for (const command of ['/digest 20:00', '/settings', '/following']) await ask(stage, second, command);
  const everything = {
    script: 'lacinka',
    pictures: false,
    sound: 'day',
    urgent: 'hold',
    followMode: 'also',
    rubrics: ['society'],
    protect: true,
    neutral: true,
    buttons: false,
    signature: { text: 'Read us', link: 'https://t.me/example' },
    hashtags: true,
    pin: true,
  } as const;
  await changeSettings(desk, { id: third.id, kind: 'person' }, everything, 'en');
  const owner = telegram.person({ language: 'en' });
  const group = telegram.supergroup({ owner });
  group.addBot(undefined, owner);
  await stage.settle();
  group.say(owner, '/subscribe en');
  await stage.settle();

  const stop = await startDelivery(desk);
  const corrected = await publish(desk, 'en');
  const urgent = await publish(desk, 'be', { urgent: true });
  await publish(desk, 'ru');
  const before = telegram.deliveries().length;
  await until(clock, () => telegram.deliveries().length >= before + 2);
  await pass(clock, 5000);
  await markUrgent(desk, urgent);
  await announce(desk, { en: 'A word from the newsroom' }, newAnnouncement(desk));
  await revise(desk, corrected, { headline: 'A library closes in the old town' });
  const stopCorrecting = startCorrecting(desk);
  await pass(clock, 10_000);
  const stopped = stopCorrecting();
  await desk.trace.flush();
  const left = await subscriber(stage, 'ru');
  await ask(stage, left, '/unsubscribe');
  const gone = await subscriber(stage, 'be');
  await ask(stage, gone, '/forget');
  await erasePass(desk);
  await pass(clock, 2000);
  await stop();
  await stopped;
}

/** The names and the values of everything in a key, whatever its type. */
async function contents(key: string): Promise<{ names: string[]; values: string[] }> {
  const { redis } = stage.desk.store;
  const text = (bytes: Buffer | string | null) => Buffer.from(bytes ?? '').toString('latin1');
  const pairs = (flat: (Buffer | string)[]) => ({
    names: flat.filter((_, index) => index % 2 === 0).map(text),
    values: flat.filter((_, index) => index % 2 === 1).map(text),
  });
  switch (await redis.type(key)) {
    case 'hash': {
      const hash = await redis.hgetallBuffer(key);
      return { names: Object.keys(hash), values: Object.values(hash).map(text) };
    }
    case 'zset':
      return pairs(await redis.zrangeBuffer(key, '0', '-1', 'WITHSCORES'));
    case 'set':
      return { names: (await redis.smembersBuffer(key)).map(text), values: [] };
    case 'list':
      return { names: (await redis.lrangeBuffer(key, 0, -1)).map(text), values: [] };
    default:
      return { names: [text(await redis.getBuffer(key))], values: [] };
  }
}

async function strangers(): Promise<string[]> {
  const { redis, botId } = stage.desk.store;
  const prefix = `pozirk:{${botId}}:`;
  const found: string[] = [];
  for (const key of await redis.keys('*')) {
    if (key.startsWith('pozirk:{news}:')) continue;
    const row = key.startsWith(prefix) ? rowOf(key.slice(prefix.length)) : undefined;
    const shape = row === undefined ? undefined : SHAPES[row];
    if (!row || !shape) {
      found.push(key);
      continue;
    }
    const { names, values } = await contents(key);
    if (!names.every((name) => shape.name.test(name))) found.push(`${row}: ${JSON.stringify(names)}`);
    if (!values.every((value) => shape.value?.test(value))) found.push(`${row}: ${JSON.stringify(values)}`);
    const most = LIVES[row];
    const left = await redis.ttl(key);
    if (most !== undefined && (left < 0 || left > most)) found.push(`${row} lives ${left} s`);
  }
  return found;
}

describe('the list of what is stored', () => {
  it('names every key that can be made', () => {
    const made = Object.entries(botKeys('7'))
      .filter(([name]) => name !== 'prefix')
      .map(([, maker]) =>
        typeof maker === 'function' ? String((maker as (...a: string[]) => string)('1', '1')) : maker,
      );
    const names = made.map((key) => key.slice('pozirk:{7}:'.length));
    expect(names.filter((name) => rowOf(name) === undefined)).toEqual([]);
    expect(KEYS.toSorted()).toEqual(Object.keys(SHAPES).toSorted());
  });

  it('holds for all that a day of readers leaves in Redis', async () => {
    const { redis } = stage.desk.store;
    const seen = new Set((await redis.keys('*')).map((key) => rowOf(key.replace(/^pozirk:\{\d+\}:/, ''))));
    for (const row of [
      'chat:<block>',
      'said:<slot>',
      'erase',
      'shown:<story>:<block>',
      'held:<edition>:<side>',
    ])
      expect(seen).toContain(row);
    expect(await strangers()).toEqual([]);
  });

  it('holds for a press under a story opened as an article, however long that is', async () => {
    const { desk, telegram } = stage;
    const reader = await subscriber(stage, 'ru');
    await changeSettings(desk, { id: reader.id, kind: 'person' }, { articles: true }, 'ru');
    const stop = await startDelivery(desk);
    const text = 'Слова идут одно за другим, и каждое что-то значит. '.repeat(4);
    const body = Array.from({ length: 100 }, () => ({ kind: 'paragraph', text }) as const);
    await publish(desk, 'ru', { headline: 'Большой разбор', body });
    await pass(stage.clock, 30_000);
    await stage.press(reader, last(reader).id, 'Читать здесь');
    await stop();
    void reader.press(last(reader).id, 'English').catch(() => undefined);
    const [press] = telegram.pendingUpdates();
    if (!press) throw new Error('nothing was pressed');
    expect(Buffer.byteLength(JSON.stringify(press))).toBeGreaterThan(24_576);
    const kept = slim(desk, press as unknown as Parameters<typeof slim>[1]);
    await noteUpdates(desk, [kept]);
    expect(await strangers()).toEqual([]);
    await stage.settle();
  });

  it.each([
    ['a key that is not on it', (key: string) => stage.desk.store.redis.set(`${key}seen:1`, '1')],
    [
      'a chat’s number as a field',
      (key: string) => stage.desk.store.redis.zadd(`${key}find:9`, 1, '123456789'),
    ],
    ['a word among message numbers', (key: string) => stage.desk.store.redis.set(`${key}said:1`, '/search')],
    [
      'a time of a reader',
      (key: string) => stage.desk.store.redis.zadd(`${key}leaving`, 1_787_396_700_000, '1'),
    ],
    [
      'something that stays for ever',
      (key: string) => stage.desk.store.redis.set(`${key}shown:abcdefghij:1`, Buffer.alloc(4096)),
    ],
  ])('does not bear %s', async (_, plant) => {
    const { redis, botId } = stage.desk.store;
    const keys = await redis.keys('*');
    const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
    expect(await strangers()).toEqual([]);
    await plant(`pozirk:{${botId}}:`);
    const found = await strangers();
    await redis.flushall();
    await Promise.all(
      keys.map((key, index) => redis.restore(key, Math.max(lives[index] ?? 0, 0), dumps[index] ?? '')),
    );
    expect(found).not.toEqual([]);
  });

  it('names every field of a record', async () => {
    const { redis } = stage.desk.store;
    const fields = new Set<string>();
    for (const key of await redis.keys('*:chat:*')) {
      const block = Number(key.split(':').at(-1));
      for (const [slot, sealed] of await readRecords(stage.desk.store, block * RECORD_BLOCK)) {
        const subscriber = openRecord(stage.desk.seal, slot, sealed);
        for (const [name, value] of Object.entries({ ...subscriber, slot: undefined })) {
          if (name === 'slot') continue;
          if (typeof value === 'object')
            for (const inner of Object.keys(value)) fields.add(`${name}.${inner}`);
          else fields.add(name);
        }
      }
    }
    expect([...fields].filter((field) => !listed(records).includes(field))).toEqual([]);
    expect(fields.size).toBeGreaterThan(15);
    expect(fields).toContain('code');
  });
});
