import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { claim, cursorOf, inFlight, type SealedClaim } from '#src/store/cursors.ts';
import { endVisit, type VisitEnd } from '#src/store/visit-ends.ts';
import { messageIds } from '#src/store/deliveries.ts';
import { botKeys } from '#src/store/keys.ts';
import { holdLease, type Lease } from '#src/store/lease.ts';
import { logHead } from '#src/store/logs.ts';
import { heardIn, unhear } from '#src/store/others.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { person, publish, until } from '#testing/delivery.ts';
import { veilOf } from '#src/store/veil-key.ts';
import { openStage, type Stage } from '#testing/desk.ts';

const stop = new AbortController();
let stage: Stage;
let lease: Lease;

beforeEach(async () => {
  stage = await openStage();
  const { desk, clock, telegram } = stage;
  for (const id of telegram.people(5)) await subscribe(desk, person(id), 'en');
  const held = await holdLease(desk.store, 'owner', clock, stop.signal);
  if (!held) throw new Error('no lease');
  lease = held;
  await publish(desk, 'en', { headline: 'One' });
});

afterEach(async () => {
  await lease.release();
  await stage.close();
});

async function take(): Promise<SealedClaim[]> {
  const { desk, clock } = stage;
  const head = await logHead(desk.store, 'en');
  const { holder } = lease;
  const now = clock.now();
  return claim(desk, { edition: 'en', from: 'waiting', head, count: 10, holder, highest: 0, now });
}

const whole = (claimed: SealedClaim): VisitEnd => ({
  cursor: claimed.head,
  notBefore: 0,
  ahead: false,
  ownSequence: false,
});

describe('a holder of the lease', () => {
  it('is none any more where Redis has lost its number, although that is given out again', async () => {
    const { desk, clock } = stage;
    const { store } = desk;
    const keys = store.keys;
    await store.redis.set(keys.fence('owner'), String(lease.fence - 1));
    await store.redis.del(keys.lease('owner'));
    const next = await holdLease(store, 'owner', clock, stop.signal);
    expect(next?.fence).toBe(lease.fence);
    await expect(take()).rejects.toMatchObject({ code: 'store.not_owner' });
    await next?.release();
  });

  it('knows whether Redis failed while it waited: the one before may live', async () => {
    const { clock } = stage;
    const { store } = stage.desk;
    expect(lease.isAfterTrouble).toBe(false);
    await lease.release();
    const run = vi.spyOn(store, 'run').mockRejectedValueOnce(new Error('Connection is closed.'));
    const next = holdLease(store, 'owner', clock, stop.signal);
    await until(clock, () => run.mock.calls.length === 2);
    expect((await next)?.isAfterTrouble).toBe(true);
    await (await next)?.release();
  });
});

describe('a visit to a channel', () => {
  const ended = async (before: () => Promise<void>) => {
    const { desk } = stage;
    const [claimed] = await take();
    if (!claimed) throw new Error('nobody was taken');
    await before();
    const sent = { messageId: 7, shows: ['a'], eraseAt: 0, isPlace: true };
    expect(await endVisit(desk, claimed, { ...whole(claimed), ownSequence: true, sent })).toBe(true);
    return (await heardIn(desk.store, claimed.slot))?.from;
  };

  it('lets the posts of others be known from its message on', async () => {
    expect(await ended(() => Promise.resolve())).toBe(7);
  });

  it('does not where posts may have been missed since it began: the bot was removed and came back', async () => {
    const { store } = stage.desk;
    const missed = async () => {
      for (const { slot } of await inFlight(store)) await unhear(store, slot);
    };
    expect(await ended(missed)).toBeUndefined();
  });
});

describe('visits that end together', () => {
  it('end each in its own way', async () => {
    const { desk, clock } = stage;
    const { store } = desk;
    const keys = store.keys;
    const taken = await take();
    const [done, part, later, stopped, lost] = taken;
    if (!done || !part || !later || !stopped || !lost) throw new Error('not everybody was taken');

    const ours = await Promise.all([
      endVisit(desk, done, {
        ...whole(done),
        sent: { messageId: 7, shows: ['a'], eraseAt: 0, isPlace: false },
      }),
      endVisit(desk, part, {
        ...whole(part),
        cursor: part.cursor,
        ahead: true,
        sent: { messageId: 8, shows: ['b', 'c'], eraseAt: clock.now() + MINUTE, isPlace: false },
      }),
      endVisit(desk, later, { ...whole(later), cursor: later.cursor, notBefore: clock.now() + MINUTE }),
      endVisit(desk, stopped, { ...whole(stopped), notBefore: Number.POSITIVE_INFINITY }),
      endVisit(desk, { ...lost, claimId: 'en:0:0:0:0:another:0:0' }, whole(lost)),
    ]);

    expect(ours).toEqual([true, true, true, true, false]);
    expect((await inFlight(store)).map(({ slot }) => slot)).toEqual([lost.slot]);
    expect(await messageIds(desk, done.slot, ['a', 'b'])).toEqual([7, undefined]);
    expect(await messageIds(desk, part.slot, ['a', 'b', 'c'])).toEqual([undefined, 8, 8]);
    const [pair = ''] = await store.redis.zrange(keys.erase, '0', '-1');
    expect((await veilOf(desk)).openPair(pair)).toEqual({ slot: part.slot, number: 8 });
    expect(await store.redis.zrange(keys.held('en', 0), '0', '-1')).toEqual([String(later.slot)]);
    expect(await cursorOf(store, done.slot, 'en')).toBe(done.head);
    expect(await cursorOf(store, part.slot, 'en')).toBe(part.cursor);
    expect(await cursorOf(store, stopped.slot, 'en')).toBe(stopped.head);
    expect(await store.redis.zscore(keys.highest, 'private')).toBe('8');
  });

  it('keep the number of a message for two days although the others of its block were shown the story long before', async () => {
    const { desk } = stage;
    const { redis, botId } = desk.store;
    const [first, late, latest] = await take();
    if (!first || !late || !latest) throw new Error('not everybody was taken');
    const show = (claimed: SealedClaim, messageId: number) =>
      endVisit(desk, claimed, {
        ...whole(claimed),
        sent: { messageId, shows: ['a'], eraseAt: 0, isPlace: false },
      });
    const key = botKeys(botId).shown('a', first.slot);
    // Asked in one question, as time passes between two.
    const asked = `local now = redis.call('TIME') return now[1] * 1000 + now[2] / 1000 + redis.call('PTTL', KEYS[1])`;
    const end = async () => Math.round(Number(await redis.eval(asked, 1, key)) / SECOND);

    await show(first, 7);
    const began = await end();
    expect(await redis.ttl(key)).toBeGreaterThanOrEqual(49 * 3600 - 1);
    await redis.expire(key, 100);
    await show(late, 8);
    expect(await redis.ttl(key)).toBeGreaterThanOrEqual(49 * 3600 - 1);
    // Neither says at which moment of its hour somebody was shown it.
    const ends = [began, await end()];
    expect(ends.map((at) => at % 3600)).toEqual([0, 0]);
    await show(latest, 9);
    expect((await end()) % 3600).toBe(0);
    expect(await messageIds(desk, first.slot, ['a'])).toEqual([7]);
    expect(await messageIds(desk, late.slot, ['a'])).toEqual([8]);
  });

  it('leave to the next look who has been sent something ahead, and only until it has been shown the rest', async () => {
    const { desk } = stage;
    const { store } = desk;
    const taken = await take();
    const isOdd = (index: number) => index % 2 === 1;
    await Promise.all(
      taken.map((claimed, index) =>
        endVisit(desk, claimed, {
          ...whole(claimed),
          cursor: claimed.cursor,
          ahead: index === 0 || isOdd(index),
        }),
      ),
    );

    const again = await take();
    const wasAhead = new Map(taken.map(({ slot }, index) => [slot, index === 0 || isOdd(index)]));
    expect(again).toHaveLength(5);
    for (const { slot, ahead } of again) expect(ahead).toBe(wasAhead.get(slot));

    await Promise.all(again.map((claimed) => endVisit(desk, claimed, whole(claimed))));
    expect(await store.redis.exists(store.keys.ahead)).toBe(0);
  });
});

describe('of chats that wait equally long', () => {
  it('readers of long standing are taken first, whatever number their slots have', async () => {
    const { desk, telegram } = stage;
    const { store } = desk;
    await Promise.all((await take()).map((claimed) => endVisit(desk, claimed, whole(claimed))));
    // Blocks whose slots have five figures, which stand among those of four where figures are compared as words.
    await store.redis.hset(store.keys.slots, 'blocks', 9);
    await store.redis.del(store.keys.freeSlots('en'));
    for (const id of telegram.people(5)) await subscribe(desk, person(id), 'en');
    await publish(desk, 'en', { headline: 'Two' });
    const slots = (await take()).map(({ slot }) => slot);
    expect(slots).toHaveLength(10);
    expect(slots).toEqual(slots.toSorted((a, b) => a - b));
    expect(slots.at(4)).toBeLessThan(2048);
    expect(slots.at(5)).toBeGreaterThan(10_000);
  });

  it('who waits longer is taken before them', async () => {
    const { desk } = stage;
    const taken = await take();
    const [last] = taken.toSorted((a, b) => b.slot - a.slot);
    await Promise.all(
      taken.map((claimed) =>
        endVisit(desk, claimed, claimed === last ? { ...whole(claimed), cursor: 0 } : whole(claimed)),
      ),
    );
    await publish(desk, 'en', { headline: 'Two' });
    expect((await take()).at(0)?.slot).toBe(last?.slot);
  });
});
