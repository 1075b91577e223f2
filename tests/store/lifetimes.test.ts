import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#testing/log.ts';
import { addSaid } from '#src/store/said.ts';
import { botKeys } from '#src/store/keys.ts';
import { addWaitingCard } from '#src/store/owners.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { needRewrite, rewriteLog, newRewriting } from '#src/store/rewrite.ts';
import { createSeal } from '#src/store/seal.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#src/time.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

let server: TestRedis;
let store: Store;
beforeAll(async () => {
  server = await startRedis('--appendonly', 'yes');
  store = openStore({ url: server.url, botId: '7', log: silentLogger });
});
beforeEach(() => store.redis.flushall());
afterAll(async () => {
  await store.close();
  await server.stop();
});

describe('what is stored for a while', () => {
  it('does not let a lifetime tell when somebody set a place up', async () => {
    const shelf = { store, seal: createSeal(Buffer.alloc(32, 7), '7') };
    const ends: number[] = [];
    for (const now of [Date.UTC(2026, 10, 3, 0, 10), Date.UTC(2026, 10, 3, 23, 50)]) {
      await addWaitingCard(shelf, 9_123_456_789, { id: -1_001_234_567_890, kind: 'channel' }, now);
      const [card = ''] = await store.redis.keys('*:card:*');
      ends.push(Math.round((now + (await store.redis.pttl(card))) / MINUTE));
    }
    expect(ends).toEqual([Date.UTC(2026, 10, 5) / MINUTE, Date.UTC(2026, 10, 5) / MINUTE]);
  });

  it('does not let a lifetime tell when a reader last wrote', async () => {
    const { said } = botKeys('7');
    const ends: number[] = [];
    for (const now of [Date.UTC(2026, 10, 3, 0, 10), Date.UTC(2026, 10, 3, 23, 50)]) {
      await addSaid({ store, seal: createSeal(Buffer.alloc(32, 7), '7') }, 1024, [now % 1_000_000], now);
      ends.push(Math.round((now + (await store.redis.pttl(said(1024)))) / MINUTE));
    }
    expect(ends).toEqual([Date.UTC(2026, 10, 6) / MINUTE, Date.UTC(2026, 10, 6) / MINUTE]);
  });

  it('loses the order in which it was written once a day, although nobody was forgotten', async () => {
    const { unwritten } = botKeys('7');
    const began = Date.UTC(2026, 10, 3, 12);
    const isWanted = async (now: number) => {
      // Each time as another process: the bot may be started anew every night.
      await rewriteLog({ store, memory: { rewriting: newRewriting() } }, now);
      return (await store.redis.exists(unwritten)) === 1;
    };
    expect(await isWanted(began)).toBe(false);
    expect(await isWanted(began + 23 * HOUR)).toBe(false);
    expect(await isWanted(began + DAY)).toBe(true);
    await rewriteLog({ store, memory: { rewriting: newRewriting() } }, began + DAY + 2 * SECOND);
    expect(await store.redis.info('persistence')).toMatch(
      /aof_rewrite_(in_progress|scheduled):1|aof_rewrites:1/,
    );
  });

  it('is rewritten at most a few times an hour, however often one stranger subscribes and forgets', async () => {
    const rewriter = { store, memory: { rewriting: newRewriting() } };
    const began = Date.UTC(2026, 10, 5, 12);
    const rewrites = async () =>
      Number(/aof_rewrites:(\d+)/.exec(await store.redis.info('persistence'))?.[1] ?? 0);
    const before = await rewrites();
    for (let at = began; at < began + HOUR; at += 30 * SECOND) {
      await needRewrite(store);
      await rewriteLog(rewriter, at);
      while (/aof_rewrite_(in_progress|scheduled):1/.test(await store.redis.info('persistence')));
    }
    expect((await rewrites()) - before).toBeGreaterThan(3);
    expect((await rewrites()) - before).toBeLessThanOrEqual(8);
  });
});
