import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasePass } from '#testing/erase.ts';
import { DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';
import { RECORD_BYTES } from '#src/store/keys.ts';
import { encodeRecord } from '#src/store/record.ts';
import { listSaid } from '#src/store/said.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { ask } from '../bot/talk.ts';
import { pass, publish, revise, startCorrecting, startDelivery, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

/** Choices of readers, in every number of words and hours, and in places. */
const CHOICES: readonly (readonly string[])[] = [
  [],
  ['/follow library'],
  ['/follow library, river, Мінск, Гродна, court, economy, the old town'],
  ['/keep 6h', 'some words'],
  ['/keep 47h', '/style full'],
  ['/digest 20:00'],
  ['/digest 08:00 12:00 20:00', '/follow library'],
  ['/quiet 13:00-15:00'],
  ['/timezone Варшава', '/digest 20:00'],
  ['/unsubscribe'],
  ['/forget'],
];
const PLACES: readonly (readonly string[])[] = [[], ['/follow library'], ['/digest 20:00']];

/** Two towns of other people: other ids, names and languages of Telegram; the same choices in the same order. */
const TOWNS = [
  { first: 12_345_678, step: 7919, name: 'Ann' },
  { first: 4_123_456_789_012_345, step: -9_876_543_211, name: 'Somebody with a much longer name' },
];

let stages: Stage[];
let seen: Sight[];
beforeAll(async () => {
  stages = [];
  seen = [];
  for (const town of TOWNS) {
    const stage = await openStage();
    stages.push(stage);
    await live(stage, town);
    seen.push(await sight(stage));
  }
}, 60_000);
afterAll(() => Promise.all(stages.map((stage) => stage.close())));

async function live(stage: Stage, { first, step, name }: (typeof TOWNS)[number]): Promise<void> {
  const { desk, telegram, clock } = stage;
  const people: Person[] = [];
  for (const [index, choices] of CHOICES.entries()) {
    const person = telegram.person({
      id: first + index * step,
      language: 'en',
      firstName: `${name} ${index}`,
    });
    people.push(person);
    for (const text of ['/subscribe en', ...choices]) await ask(stage, person, text);
  }
  for (const [index, choices] of PLACES.entries()) {
    const owner = people[index];
    if (!owner) continue;
    const group = telegram.supergroup({ owner, title: `${name} and others` });
    group.addBot(undefined, owner);
    await stage.settle();
    for (const text of ['/subscribe en', ...choices]) {
      group.say(owner, text);
      await stage.settle();
    }
  }
  const stop = await startDelivery(desk);
  const before = telegram.deliveries().length;
  const story = await publish(desk, 'en');
  await until(clock, () => telegram.deliveries().length >= before + 6);
  await pass(clock, 5000);
  await revise(desk, story, { headline: 'A library closes in the old town' });
  const stopCorrecting = startCorrecting(desk);
  await pass(clock, 10_000);
  const corrected = stopCorrecting();
  await erasePass(desk);
  await stop();
  await corrected;
}

/** By key without its numbers: what can be told of it without the key but random bytes and random slots, in order. */
type Sight = Readonly<Record<string, readonly string[]>>;

/** Keys about leases say when a process began, those of the news are the newsroom's. */
const OURS = /:(lease|fence|trace|walked):|^pozirk:\{news\}:/;
const SEALED = /:(chat|owners|removals|letters|card)\b/;

async function sight({ desk }: Stage): Promise<Sight> {
  const { redis } = desk.store;
  const told = new Map<string, string[]>();
  for (const key of await redis.keys('*')) {
    if (OURS.test(key)) continue;
    const name = key.replace(/^pozirk:\{\d+\}:/, '').replaceAll(/(?<=:)(\d+|[a-z0-9]{10})(?=:|$)/g, '#');
    const hours = Math.ceil((await redis.pttl(key)) / 3_600_000);
    const parts = await partsOf(key);
    const list = told.get(name) ?? [];
    told.set(name, list);
    // A chat's bucket and block are chance: what counts is how many there are in all.
    list.push(...(/^(find|chat|large):/.test(name) ? [] : [`lives ${hours} hours`]), ...parts);
  }
  return Object.fromEntries(
    [...told.entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, list]) => [name, list.toSorted((a, b) => (a < b ? -1 : 1))]),
  );

  async function partsOf(key: string): Promise<string[]> {
    const encoding = /:(find|chat):/.test(key) ? '' : `${String(await redis.object('ENCODING', key))} `;
    switch (await redis.type(key)) {
      case 'hash':
        // The size of a hidden number is chance.
        if (key.includes(':posted:')) return Object.keys(await redis.hgetall(key)).map(() => encoding);
        return Object.entries(await redis.hgetallBuffer(key)).map(
          ([field, value]) => `${encoding}${field.length > 8 ? '' : '#'} ${plain(key, value)}`,
        );
      case 'zset': {
        const flat = await redis.zrange(key, '0', '-1', 'WITHSCORES');
        // In the queue the slot, which is chance, stands in the fraction.
        // Below the minute of what has to go the hours are hidden, which is chance too.
        const unit = key.endsWith(':erase') ? 60_000 : 1;
        const score = (index: number) => Math.floor(Number(flat[index + 1]) / unit);
        if (key.includes(':find:')) return Array.from({ length: flat.length / 2 }, () => '#');
        return flat.flatMap((member, index) =>
          index % 2 === 0 ? [`${encoding}${slotless(key, member)} ${score(index)}`] : [],
        );
      }
      case 'set':
        // Which slots are free is chance, and that there are as many.
        return [`${encoding}${await redis.scard(key)}`];
      default: {
        const value = (await redis.getBuffer(key)) ?? Buffer.alloc(0);
        if (key.includes(':chat:')) return placesIn(value);
        return [`${value.length}`];
      }
    }
  }
}

/** The bytes at the places of a block, of those that somebody has. */
function placesIn(block: Buffer): string[] {
  const places = Array.from({ length: block.length / RECORD_BYTES }, (_, index) =>
    block.subarray(index * RECORD_BYTES, (index + 1) * RECORD_BYTES),
  );
  const taken = places.filter((place) => place.some((byte) => byte > 0));
  return taken.map((place) => (place.every((byte) => byte === 0xff) ? 'elsewhere' : 'here'));
}

const plain = (key: string, value: Buffer): string =>
  SEALED.test(key) ? `${value.length} bytes` : value.toString();

/** The number of a delivery depends on the order of slots, which is chance. */
const slotless = (key: string, member: string): string =>
  member.replace(/^[0-9a-f-]{36}$|^[\w-]{22}$|^\d+(?::\d+)?/, '#');

describe('two stores of different readers with the same settings', () => {
  it('have something of everything to compare', () => {
    expect(Object.keys(seen[0] ?? {})).toEqual(
      expect.arrayContaining([
        'chat:#',
        'find:#',
        'said:#',
        'shown:#:#',
        'erase',
        'held:en:#',
        'places:en',
        'removals',
      ]),
    );
  });

  it('differ in random bytes only, and not in any size, number, lifetime or order', () => {
    expect(seen[1]).toEqual(seen[0]);
  });

  it('tell no step in which a reader set a little more or less', () => {
    const size = (settings: Partial<Settings>) =>
      encodeRecord({
        chat: { id: 7_345_678_901, kind: 'person' },
        state: 'active',
        day: 0,
        settings: { ...DEFAULT_SETTINGS, edition: 'be', ...settings },
      }).length;
    const words = ['Мінск', 'Гродна', 'бібліятэка', 'суд', 'эканоміка', 'чыгунка', 'школа', 'выбары'];
    const usual = words.map((_, index) => size({ follow: words.slice(0, index + 1), digest: ['08:00'] }));
    expect(new Set(usual).size).toBe(1);
    const little = [
      size({}),
      ...(['headline', 'full'] as const).map((style) => size({ style })),
      ...Array.from({ length: 47 }, (_, index) => size({ keep: index + 1 })),
      size({ protect: true }),
      size({ pictures: false }),
    ];
    expect(new Set(little).size).toBe(1);
    const many = Array.from({ length: 20 }, (_, index) =>
      size({ follow: Array.from({ length: index + 1 }, () => 'ы'.repeat(60)) }),
    );
    expect(new Set([...little, ...usual, ...many]).size).toBe(3);
  });
});

describe('slots', () => {
  it('do not tell who came when', async () => {
    const [stage] = stages;
    if (!stage) throw new Error('a stage');
    const { redis, botId } = stage.desk.store;
    await redis.flushall();
    for (let index = 0; index < 30; index += 1)
      await ask(stage, stage.telegram.person({ language: 'be' }), '/subscribe be');
    const order: number[] = [];
    for (const key of await redis.keys(`pozirk:{${botId}}:said:*`)) {
      const slot = Number(key.split(':').at(-1));
      const [firstMessage] = await listSaid(stage.desk, slot);
      order.push(Number(firstMessage) * 10_000 + slot);
    }
    const bySlot = order.toSorted((a, b) => a - b).map((value) => value % 10_000);
    expect(bySlot).toHaveLength(30);
    expect(bySlot).not.toEqual(bySlot.toSorted((a, b) => a - b));
    expect(Math.max(...bySlot) - Math.min(...bySlot)).toBeGreaterThan(200);
  });
});
