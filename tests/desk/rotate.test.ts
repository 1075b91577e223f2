import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import { forgetChat, removeForgotten } from '#src/desk/chats/erase.ts';
import { cardsFor, handleFor, keepCardFor, placeBehind } from '#src/desk/chats/owners.ts';
import { beginWithKey, type NextKey, rotate, rotateOnce, watchKey } from '#src/desk/operator/rotate.ts';
import { changeSettings, findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { botKeys } from '#src/store/keys.ts';
import { notedUpdates, noteUpdates } from '#src/store/inbox.ts';
import { checkKey, neededProofs } from '#src/store/proof.ts';
import { addSaid, listSaid } from '#src/store/said.ts';
import { createSeal, type Seal } from '#src/store/seal.ts';
import { person, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

const OLD = Buffer.alloc(32, 7);
const NEW = Buffer.alloc(32, 8);

let stage: Stage;
let botId: string;
beforeAll(async () => {
  stage = await openStage();
  botId = stage.desk.store.botId;
});
afterEach(() => stage.desk.store.redis.flushall());
afterAll(() => stage.close());

/** The desk of a process that holds these keys. */
const deskWith = (seal: Seal): Desk => ({ ...stage.desk, seal });
const before = (): Desk => deskWith(createSeal(OLD, botId));
const both = (): Desk => deskWith(createSeal(NEW, botId, OLD));
const after = (): Desk => deskWith(createSeal(NEW, botId));

const nothing: NextKey = { read: () => undefined, keep: () => true };
const never = new AbortController().signal;
const READERS = Array.from({ length: 400 }, (_, index) => 1000 + index);

async function readersUnderOldKey(): Promise<void> {
  const desk = before();
  await checkKey(desk.store, desk.seal);
  await Promise.all(READERS.map((id) => subscribe(desk, person(id), 'be')));
}

async function known(desk: Desk): Promise<number> {
  const found = await Promise.all(READERS.map((id) => findChat(desk, person(id)).catch(() => undefined)));
  return found.filter((one) => one?.state === 'active').length;
}

/** Rotates to the end; the clock moves for its pauses. */
async function rotated(desk: Desk, signal: AbortSignal = never): Promise<boolean> {
  let done: boolean | undefined;
  await beginWithKey(desk);
  void rotateOnce(desk, nothing, signal).then((all) => {
    done = all;
  });
  await until(stage.clock, () => done !== undefined);
  return done ?? false;
}

describe('a new key', () => {
  it('opens everything afterwards, and the old one nothing', async () => {
    await readersUnderOldKey();
    expect(await rotated(both())).toBe(true);
    expect(await known(after())).toBe(READERS.length);
    expect(await known(before())).toBe(0);
    const { store, seal } = after();
    expect(await checkKey(store, seal)).toBe('steady');
    await expect(beginWithKey(before())).rejects.toThrow('not the key');
  });

  it('leaves neither a keyed hash nor a record of the old key', async () => {
    await readersUnderOldKey();
    await rotated(both());
    const { redis } = stage.desk.store;
    const keys = await redis.keys('*:find:*');
    const sizes = await Promise.all(keys.map((key) => redis.zcard(key)));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(READERS.length);
    const old = createSeal(OLD, botId);
    for (const id of READERS) {
      const [{ bucket, field }] = old.refs({ id });
      expect(await redis.zscore(botKeys(botId).find(bucket), field)).toBeNull();
    }
  });

  it('stopped half-way leaves every reader known under both, and goes on where it stood', async () => {
    await readersUnderOldKey();
    for (const stopAfter of [1, 2, 3, 4]) {
      const stop = new AbortController();
      const desk = both();
      let steps = 0;
      const store = {
        ...desk.store,
        run: (...step: Parameters<typeof desk.store.run>) => {
          if (step[0] === 'reseal-chats' && (steps += 1) >= stopAfter) stop.abort();
          return desk.store.run(...step);
        },
      };
      await rotated({ ...desk, store }, stop.signal);
      expect(await known(both())).toBe(READERS.length);
    }
    await rotated(both());
    expect(await known(after())).toBe(READERS.length);
  });

  it('meets readers who come, change and go while it is brought in', async () => {
    await readersUnderOldKey();
    const desk = both();
    const rotating = rotated(desk);
    await changeSettings(desk, person(1001), { style: 'full' }, 'be');
    await subscribe(desk, person(5), 'en');
    await forgetChat(desk, person(1002), []);
    await rotating;
    expect((await findChat(after(), person(1001)))?.settings.style).toBe('full');
    expect((await findChat(after(), person(5)))?.settings.edition).toBe('en');
    expect(await findChat(after(), person(1002))).toBeUndefined();
    expect(await known(after())).toBe(READERS.length - 1);
  });

  it('leaves the updates that were read and not handled', async () => {
    await readersUnderOldKey();
    const updates = Array.from({ length: 1000 }, (_, id) => ({ update_id: id + 1 }));
    await noteUpdates(before(), updates);
    const whole = vi.spyOn(stage.desk.store.redis, 'hgetallBuffer');
    await rotated(both());
    expect(whole.mock.calls.flat()).not.toContain(stage.desk.store.keys.inbox);
    const left = await Array.fromAsync(notedUpdates(after()));
    expect(left.flatMap((page) => page.updates)).toEqual(updates);
    expect(await Array.fromAsync(notedUpdates(before()))).toContainEqual({ updates: [], lost: 100 });
  });

  it('leaves every message number readable, and those noted meanwhile', async () => {
    await readersUnderOldKey();
    const now = stage.clock.now();
    await addSaid(before(), 1024, [7], now);
    const rotating = rotated(both());
    await addSaid(both(), 1025, [8], now);
    await rotating;
    expect(await listSaid(after(), 1024)).toEqual([7]);
    expect(await listSaid(after(), 1025)).toEqual([8]);
    await expect(listSaid(before(), 1024)).rejects.toThrow('does not open');
  });

  it('leaves the cards that wait for a person, for the time that they had left', async () => {
    await readersUnderOldKey();
    const places = [-1001, -1002].map((id) => ({ id, kind: 'channel' as const }));
    for (const place of places) await keepCardFor(before(), 7, place);
    const { redis } = stage.desk.store;
    const [waiting = ''] = await redis.keys('*:card:*');
    await redis.expire(waiting, 1000);
    await rotated(both());
    const [moved = ''] = await redis.keys('*:card:*');
    expect(moved).not.toBe(waiting);
    expect(await redis.ttl(moved)).toBeGreaterThan(0);
    expect(await redis.ttl(moved)).toBeLessThanOrEqual(1000);
    expect(await cardsFor(before(), 7).catch(() => [])).toEqual([]);
    expect(await cardsFor(after(), 7)).toEqual(places);
    expect(await redis.keys('*:card:*')).toEqual([]);
  });

  it('outlives a power cut: the old one stays until Redis has written everything to its disk', async () => {
    await readersUnderOldKey();
    const desk = both();
    await beginWithKey(desk);
    const { resealed, unwritten } = botKeys(botId);
    let [single, kept] = [0, 0];
    const next: NextKey = { read: () => undefined, keep: () => (kept = stage.clock.now()) > 0 };
    const began = stage.clock.now();
    const rotating = rotateOnce(desk, next, never);
    await until(stage.clock, async () => (await neededProofs(desk.store)).length === 1);
    single = stage.clock.now();
    expect(await desk.store.redis.mget(resealed, unwritten)).toEqual([null, '1']);
    await until(stage.clock, () => kept > 0);
    expect(await rotating).toBe(true);
    expect(single - began).toBeGreaterThanOrEqual(3000);
    expect(kept - single).toBeGreaterThanOrEqual(2900);
  });

  it('has buttons of before open while both keys do, and nobody’s place afterwards', async () => {
    await readersUnderOldKey();
    const place = { id: -1001, kind: 'channel' as const };
    const handle = handleFor(before(), 7, place);
    await beginWithKey(both());
    expect(placeBehind(both(), 7, handle)).toEqual(place);
    expect(placeBehind(after(), 7, handle)).toBeUndefined();
  });

  it('is taken up by a running bot, which first opens with it and only later seals', async () => {
    await readersUnderOldKey();
    const desk = before();
    const stop = new AbortController();
    const file: { key: Buffer | undefined } = { key: undefined };
    let kept = 0;
    const next: NextKey = { read: () => file.key && Buffer.from(file.key), keep: () => (kept += 1) > 0 };
    const watching = watchKey(desk, next, stop.signal);
    await until(stage.clock, () => true);
    file.key = NEW;
    await until(stage.clock, () => desk.seal.proofs.next !== undefined);
    expect(desk.seal.proofs.now).toBe(createSeal(OLD, botId).proofs.now);
    expect(await rotateOnce(desk, next, stop.signal)).toBe(true);
    expect(kept).toBe(0);
    const rotating = rotate(desk, next, stop.signal);
    await until(stage.clock, () => kept > 0);
    stop.abort();
    await Promise.all([watching, rotating]);
    expect(kept).toBe(1);
    expect(await known(after())).toBe(READERS.length);
  });
});

describe('while two keys are needed', () => {
  it('one of them alone stops the start and changes nothing', async () => {
    await readersUnderOldKey();
    await beginWithKey(both());
    const { redis } = stage.desk.store;
    const dump = async () => {
      const keys = (await redis.keys('*')).sort();
      return Promise.all(keys.map(async (key) => [key, (await redis.dumpBuffer(key))?.toString('hex')]));
    };
    const untouched = await dump();
    for (const desk of [before(), after(), deskWith(createSeal(Buffer.alloc(32, 9), botId))]) {
      await expect(beginWithKey(desk)).rejects.toThrow(/nothing was changed/);
    }
    expect(await dump()).toEqual(untouched);
  });

  it('messages still to be removed are found under either', async () => {
    await readersUnderOldKey();
    const telegram = {
      ...stage.desk.telegram,
      remove: async () => ({ kind: 'unknown', detail: '' }) as const,
    };
    let isGivenUp = false;
    void forgetChat({ ...before(), telegram }, person(1001), [41, 42]).then(() => (isGivenUp = true));
    await until(stage.clock, () => isGivenUp);
    await rotated(both());
    const asked: number[][] = [];
    const remembering = {
      ...stage.desk.telegram,
      remove: async (_: unknown, ids: readonly number[]) => {
        asked.push([...ids]);
        return { kind: 'done', result: true } as const;
      },
    };
    const next = { ...after(), telegram: remembering };
    await until(stage.clock, async () => {
      await removeForgotten(next);
      return asked.length > 0;
    });
    expect(asked).toContainEqual([41, 42]);
  });
});
