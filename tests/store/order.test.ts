import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Edition } from '#src/news/edition.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { useAllKeys } from '#src/store/idle.ts';
import { botKeys, RECORD_BLOCK, SLOT_BLOCK } from '#src/store/keys.ts';
import { takeOlderForm } from '#src/store/older-form.ts';
import { encodeRecord } from '#src/store/record.ts';
import { readRecord, readRecords } from '#src/store/records.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { addChat, dropChat, loadChat, loadSlots, saveChat } from '#src/store/subscribers.ts';
import { silentLogger } from '#testing/log.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const EDITION: Edition = 'be';
const settings = { ...DEFAULT_SETTINGS, edition: EDITION };
const keys = botKeys('7');
const seal = createSeal(Buffer.alloc(32, 7), '7');
const WORDS = Array.from({ length: 12 }, (_, index) => `a word to follow ${index}`);

let server: TestRedis;
let store: Store;
beforeAll(async () => {
  server = await startRedis();
  store = openStore({ url: server.url, botId: '7', log: silentLogger });
});
beforeEach(() => store.redis.flushall());
afterAll(async () => {
  await store.close();
  await server.stop();
});

const shelf = () => ({ store, seal });
const recordOf = (id: number, follow: readonly string[] = []) => ({
  chat: { id, kind: 'person' as const },
  settings: { ...settings, follow },
  state: 'active' as const,
  day: 0,
});
const subscribe = (id: number, follow?: readonly string[]) => addChat(shelf(), recordOf(id, follow), 0);

/** All that a key gives away in the order in which Redis keeps it; slots of readers of a block, whatever it is. */
async function slotsAsKept(key: string): Promise<number[]> {
  if ((await store.redis.type(key)) === 'zset') return (await store.redis.zrange(key, '0', '-1')).map(Number);
  const first = Number(key.slice(key.lastIndexOf(':') + 1)) * RECORD_BLOCK;
  return [...(await readRecords(store, first)).keys()];
}

/** Of how many pairs of neighbours in a key the one that came earlier stands first. */
async function inOrderOfArrival(key: string, arrived: readonly number[]): Promise<number> {
  const when = (await slotsAsKept(key)).map((slot) => arrived.indexOf(slot)).filter((at) => at >= 0);
  const pairs = when.slice(1).map((at, index) => at > (when[index] ?? 0));
  return pairs.filter(Boolean).length / pairs.length;
}

describe('what Redis keeps beside what it was told', () => {
  it('does not tell in which order readers came', async () => {
    const slots: number[] = [];
    for (let id = 1; id <= 900; id += 1) slots.push((await subscribe(id)).slot);
    const blocks = await store.redis.keys(keys.chat(0).replace(/0$/, '*'));
    const shares = await Promise.all(blocks.map((key) => inOrderOfArrival(key, slots)));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.44);
    expect(mean).toBeLessThan(0.56);
  });

  it('does not tell in which order readers began their quiet hours, nor places came', async () => {
    const slots: number[] = [];
    for (let id = 1; id <= 100; id += 1) {
      const known = await subscribe(id);
      slots.push(known.slot);
      await saveChat(shelf(), known, { to: 'start', cursor: 5 }, 0);
      await saveChat(shelf(), known, { to: 'hold', until: 1_787_396_700_000 }, 0);
    }
    expect(await slotsAsKept(keys.cursor(EDITION))).toHaveLength(100);
    expect(await inOrderOfArrival(keys.cursor(EDITION), slots)).toBeLessThan(0.7);
  });

  it('is no hash of fields about chats that would keep their order, but where a value is too large for that', async () => {
    const known = await subscribe(1);
    await saveChat(shelf(), known, { to: 'hold', until: 5 }, 0);
    for (const key of await store.redis.keys('*')) {
      const encoding = await store.redis.object('ENCODING', key);
      const isOrdered = encoding === 'listpack' && ['hash', 'set'].includes(await store.redis.type(key));
      expect({ key, isOrdered: isOrdered && key !== keys.slots }).toEqual({ key, isOrdered: false });
    }
  });

  it('tells nobody when each of them wrote last', async () => {
    for (let id = 1; id <= 5; id += 1) await subscribe(id);
    // Redis has a clock of its own, in seconds.
    await store.redis.blpop('pozirk:nothing', 1.2);
    await loadChat(shelf(), { id: 3 });
    const names = await store.redis.keys('*');
    const differing = async () => {
      await useAllKeys(store);
      return new Set(await Promise.all(names.map((key) => store.redis.object('IDLETIME', key)))).size;
    };
    // Its clock may tick in between: not three times.
    expect(Math.min(await differing(), await differing(), await differing())).toBe(1);
  });
});

describe('a record at the place of its slot', () => {
  it('may grow beyond it and become small again', async () => {
    const known = await subscribe(1);
    const neighbour = await subscribe(2);
    for (const follow of [WORDS, [], WORDS]) {
      await saveChat(shelf(), { ...known, settings: { ...settings, follow } }, { to: 'stay' }, 0);
      expect((await loadChat(shelf(), { id: 1 }))?.settings.follow).toEqual(follow);
      expect(await store.redis.exists(keys.large(known.slot))).toBe(follow.length > 0 ? 1 : 0);
    }
    await dropChat(shelf(), known, []);
    expect(await store.redis.exists(keys.large(known.slot))).toBe(0);
    expect(await readRecord(store, known.slot)).toBeUndefined();
    expect(await loadSlots(shelf(), [known.slot, neighbour.slot])).toMatchObject([
      undefined,
      { chat: { id: 2 } },
    ]);
  });

  it('is nobody’s where the large one is lost', async () => {
    const known = await subscribe(1, WORDS);
    await store.redis.del(keys.large(known.slot));
    expect(await readRecord(store, known.slot)).toBeUndefined();
    expect(await loadChat(shelf(), { id: 1 })).toBeUndefined();
  });
});

describe('what the first release wrote', () => {
  it('is read: its hashes become places and sorted sets, once', async () => {
    const first = SLOT_BLOCK;
    for (const [index, follow] of [[], WORDS, []].entries()) {
      const slot = first + index * 70;
      const record = recordOf(index + 1, follow);
      const [{ bucket, field }] = seal.refs(record.chat);
      await store.redis.hset(keys.find(bucket), field, slot);
      await store.redis.hset(
        keys.chat(slot),
        String(slot % RECORD_BLOCK),
        seal.seal(slot, encodeRecord(record)),
      );
      await store.redis.hset(keys.cursor(EDITION), String(slot), 12);
    }
    await store.redis.hset(keys.highest, 'private', 123_456_789);
    const { signal } = new AbortController();
    for (let time = 0; time < 2; time += 1) await takeOlderForm(shelf(), signal);
    const known = await Promise.all([1, 2, 3].map((id) => loadChat(shelf(), { id })));
    expect(known.map((one) => one?.settings.follow)).toEqual([[], WORDS, []]);
    expect(await store.redis.zscore(keys.cursor(EDITION), String(first + 70))).toBe('12');
    expect(await store.redis.zscore(keys.highest, 'private')).toBe('123456789');
  });
});
