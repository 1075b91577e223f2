import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { findChat, moveChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { leaveShown } from '#src/desk/delivery/hand-over.ts';
import type { Desk } from '#src/desk/desk.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { shownLately } from '#src/desk/memory/shown.ts';
import type { ChatClient } from '#sandbox/telegram/telegram.ts';
import { SEALED_AS, sealJson } from '#src/store/sealed.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { MINUTE } from '#src/time.ts';
import { channel, pass, person, publish, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { deliverUntilLost, newsChannel, snapshot, times } from '#testing/rolled-back.ts';

let stage: Stage;
let place: ChatClient;

beforeEach(async () => {
  stage = await openStage();
  place = await newsChannel(stage);
});

afterEach(() => stage.close());

const successor = (): Desk => ({ ...stage.desk, memory: createMemory() });
const isLeft = async () => (await stage.desk.store.redis.exists(stage.desk.store.keys.handover)) === 1;

describe('what a process has shown and Redis has lost', () => {
  it('is shown by no other process again', async () => {
    const { desk, clock } = stage;
    const rollBack = await snapshot(stage);
    const stories = [];
    for (const number of [1, 2, 3, 4, 5, 6])
      stories.push(await publish(desk, 'en', { headline: `Number ${number} opens` }));
    const first = await deliverUntilLost(stage);
    await until(clock, () => times(place, 'Number 6') === 1);
    await pass(clock, 1000);
    await rollBack();
    first.lose();
    await until(clock, () => first.isOver);
    await stage.deliver(successor());
    for (const story of stories) {
      await publish(desk, 'en', story);
      await pass(clock, 7000);
    }
    for (const { headline } of stories) expect(times(place, headline)).toBe(1);
    expect(await isLeft()).toBe(false);
  });

  it('is told to the next one where Redis is the first to say that this one has lost the lease', async () => {
    const { desk, clock } = stage;
    const { redis, keys } = desk.store;
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const first = await deliverUntilLost(stage);
    await until(clock, () => times(place, 'A library') === 1);
    await rollBack();
    await redis.set(keys.lease('owner'), '99.other');
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () => first.isOver);
    await redis.del(keys.lease('owner'));
    await stage.deliver(successor());
    await until(clock, () => times(place, 'A bridge') === 1);
    expect(times(place, 'A library')).toBe(1);
  });

  it('is told at once, although a visit of this one hangs', async () => {
    const { desk, clock, telegram } = stage;
    const slow = await newsChannel(stage);
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const mend = telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: slow.id });
    const first = await deliverUntilLost(stage);
    await until(clock, () => times(place, 'A library') === 1);
    await rollBack();
    first.lose();
    await until(clock, isLeft, 1000);
    expect(first.isOver).toBe(false);
    mend();
    await stage.deliver(successor());
    await pass(clock, 5000);
    expect(times(place, 'A library')).toBe(1);
  });

  it('is waited for after a trouble of Redis, not for long, and not without one', async () => {
    const { desk, clock } = stage;
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const first = await deliverUntilLost(stage);
    await until(clock, () => times(place, 'A library') === 1);
    await rollBack();
    const { redis, keys } = desk.store;
    const second = await deliverUntilLost(
      { ...stage, desk: successor() },
      { fence: 3, isAfterTrouble: true },
    );
    await pass(clock, 2000, 100);
    first.lose();
    await until(clock, () => first.isOver);
    await pass(clock, 5000);
    expect(times(place, 'A library')).toBe(1);
    second.lose();
    await until(clock, () => second.isOver);
    for (const [isAfterTrouble, ms] of [
      [true, 3000],
      [false, 1000],
    ] as const) {
      // The channel's own pace.
      await pass(clock, 3000);
      await redis.del(keys.lease('owner'));
      await publish(desk, 'en', { headline: `A story of ${ms}` });
      const next = await deliverUntilLost(stage, { fence: 99, isAfterTrouble });
      await pass(clock, ms - 200, 100);
      expect(times(place, `A story of ${ms}`)).toBe(0);
      await until(clock, () => times(place, `A story of ${ms}`) === 1, 1500);
      next.lose();
      await until(clock, () => next.isOver);
    }
  });

  it('is written over by no search of the next one for a lost message', async () => {
    const { desk, clock, telegram } = stage;
    const reader = telegram.person();
    reader.start();
    await stage.settle();
    await subscribe(desk, person(reader.id), 'en');
    const rollBack = await snapshot(stage);
    const story = await publish(desk, 'en', { headline: 'A library opens' });
    const first = await deliverUntilLost(stage);
    await until(clock, () => times(reader, 'A library') === 1);
    await rollBack();
    first.lose();
    await until(clock, () => first.isOver);
    telegram.faults.add({ kind: 'reset-before', method: 'sendMessage', chatId: reader.id, times: 1 });
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await stage.deliver({
      ...successor(),
      telegram: createTelegram({
        token: telegram.token,
        apiRoot: telegram.url,
        clock,
        pace: createPace(clock, 0),
      }),
    });
    await until(clock, () => times(reader, 'A bridge') === 1);
    await publish(desk, 'en', story);
    await pass(clock, MINUTE);
    expect(['A library', 'A bridge'].map((words) => times(reader, words))).toEqual([1, 1]);
  });

  it('is known to the next one after a stop as well', async () => {
    const { desk, clock } = stage;
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const stop = await stage.deliver();
    await until(clock, () => times(place, 'A library') === 1);
    await stop();
    const left = await desk.store.redis.getBuffer(desk.store.keys.handover);
    await rollBack();
    await desk.store.redis.set(desk.store.keys.handover, left ?? '');
    await stage.deliver(successor());
    await pass(clock, 5000);
    expect(times(place, 'A library')).toBe(1);
  });

  it('stops nobody in the form of an earlier release, which finds nothing that it cannot read', async () => {
    const { desk, clock } = stage;
    const { redis, keys } = desk.store;
    const earlier = keys.handover.replace('handover', 'lately');
    const list = [
      { slot: 1, sent: { messageId: 1, shows: [], eraseAt: 0, isPlace: true }, ownSequence: true },
    ];
    const sealed = sealJson(desk.seal, SEALED_AS.handover, list, []);
    for (const key of [earlier, keys.handover]) await redis.set(key, sealed);
    const stop = await stage.deliver(successor());
    await publish(desk, 'en', { headline: 'A library opens' });
    await until(clock, () => times(place, 'A library') === 1);
    await redis.del(earlier);
    await stop();
    expect(await isLeft()).toBe(true);
    expect(await redis.exists(earlier)).toBe(0);
  });

  it.each([
    [
      'of a chat that uses /forget right after a restart',
      (desk: Desk) => forgetChat(desk, channel(place.id), []),
    ],
    ['of a group that becomes a supergroup then', (desk: Desk) => moveChat(desk, place.id, -100_777)],
  ])('%s does not come back', async (_, forget) => {
    const { desk, clock } = stage;
    const slot = (await findChat(desk, channel(place.id)))?.slot ?? 0;
    const stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'A library opens' });
    await until(clock, () => times(place, 'A library') === 1);
    await stop();
    const next = successor();
    const known = () => shownLately(next.memory.shown, slot, clock.ticks()).length;
    await stage.deliver(next);
    await until(clock, () => known() === 1);
    await forget(next);
    await pass(clock, 1000);
    expect(known()).toBe(0);
    // The last visits of the one before end only now.
    await leaveShown(desk, { fence: 1 }, 0);
    await pass(clock, 1000);
    expect(known()).toBe(0);
  });

  it('is opened once, however often it is looked for', async () => {
    const { desk, clock } = stage;
    await leaveShown(desk, { fence: 1 }, 0);
    const next = successor();
    const open = vi.spyOn(next.seal, 'open');
    await stage.deliver(next);
    await pass(clock, 10_000);
    expect(open.mock.calls.filter(([as]) => as === SEALED_AS.handover)).toHaveLength(1);
  });
});
