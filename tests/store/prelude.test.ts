import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '#testing/log.ts';
import type { Edition } from '#src/news/edition.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { claim } from '#src/store/cursors.ts';
import { endVisit, newSteps } from '#src/store/visit-ends.ts';
import { messageIds } from '#src/store/deliveries.ts';
import { addErasure } from '#src/store/erasures.ts';
import { addSaid } from '#src/store/said.ts';
import { botKeys } from '#src/store/keys.ts';
import { holdLease } from '#src/store/lease.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { addChat, dropChat, loadChat, saveChat } from '#src/store/subscribers.ts';
import { realClock } from '#src/time.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

// A newsroom with a fourth edition, whose slots are packed in another way.
const PL = 'pl' as Edition;
vi.mock('#src/news/edition.ts', async (original) => ({
  ...(await original<typeof import('#src/news/edition.ts')>()),
  EDITIONS: ['be', 'ru', 'en', 'pl'],
}));
vi.mock('#src/store/blocks.ts', async (original) => ({
  ...(await original<typeof import('#src/store/blocks.ts')>()),
  RECORD_BLOCK: 32,
  SLOT_BLOCK: 64,
}));

let redis: TestRedis;
let store: Store;
const seal = createSeal(Buffer.alloc(32, 7), '7');
const memory = { steps: newSteps() };

beforeAll(async () => {
  redis = await startRedis();
  store = openStore({ url: redis.url, botId: '7', log: silentLogger });
});
afterAll(async () => {
  await store.close();
  await redis.stop();
});

/** Every place in Redis where the slot stands, but among those that are free. */
async function traces(slot: number): Promise<string[]> {
  const found: string[] = [];
  for (const key of await store.redis.keys('pozirk:{7}:*')) {
    if (key.includes(':free:') || key.includes(':lease:') || key.includes(':fence:')) continue;
    const members = await store.redis
      .zrange(key, '0', '-1')
      .catch(() => store.redis.smembers(key))
      .catch(() => store.redis.hkeys(key))
      .catch((): string[] => []);
    const own = members.some((member) => member === String(slot) || member.startsWith(`${slot}:`));
    if (own || key.endsWith(`said:${slot}`)) found.push(key);
  }
  return found;
}

async function subscriber(id: number) {
  const settings = { ...DEFAULT_SETTINGS, edition: PL };
  const known = await addChat(
    { store, seal },
    { chat: { id, kind: 'person' }, settings, state: 'active', day: 0 },
    0,
  );
  await saveChat({ store, seal }, known, { to: 'start', cursor: 0 }, 0);
  return known;
}

describe('what every script begins with', () => {
  it('knows an edition that is added: who forgets its reader finds nothing left', async () => {
    const known = await subscriber(11);
    await saveChat({ store, seal }, known, { to: 'hold', until: 5 }, 0);
    await addSaid({ store, seal }, known.slot, [3], Date.now());
    await addErasure({ store, seal }, known.slot, 3, Date.now());
    expect(await traces(known.slot)).toContain(botKeys('7').held(PL, 0));
    await dropChat({ store, seal }, known, []);
    expect(await traces(known.slot)).toEqual([]);
    expect(await loadChat({ store, seal }, known.chat)).toBeUndefined();
  });

  it('knows how slots are packed: no message id is lost or left behind where that changes', async () => {
    const lease = await holdLease(store, 'owner', realClock, new AbortController().signal);
    const wanted = { edition: PL, from: 'waiting', head: 1, count: 500, highest: 0, now: 1 } as const;
    const readers = await Promise.all(Array.from({ length: 150 }, (_, index) => subscriber(100 + index)));
    const taken = await claim({ store, seal, memory }, { ...wanted, holder: lease?.holder ?? '' });
    expect(taken).toHaveLength(150);
    await Promise.all(
      taken.map((claimed) =>
        endVisit({ store, seal, memory }, claimed, {
          cursor: 1,
          notBefore: 0,
          ahead: false,
          ownSequence: false,
          sent: { messageId: 10_000 + claimed.slot, shows: ['story'], eraseAt: 0, isPlace: false },
        }),
      ),
    );
    for (const { slot } of readers)
      expect(await messageIds({ store, seal }, slot, ['story'])).toEqual([10_000 + slot]);
    for (const known of readers)
      expect(await dropChat({ store, seal }, known, ['story'])).toEqual([10_000 + known.slot]);
    for (const { slot } of readers)
      expect(await messageIds({ store, seal }, slot, ['story'])).toEqual([undefined]);
    await lease?.release();
  });
});
