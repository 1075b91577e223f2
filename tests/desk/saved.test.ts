import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropRecord } from '#src/desk/chats/drop.ts';
import { changeSettings, findChat, subscribe, unsubscribe } from '#src/desk/chats/subscribe.ts';
import { person } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const reader = person(777_001);
const newcomer = person(777_002);

describe('a change of a chat that Redis is sent again, as its answer was lost', () => {
  /** The first of the next changes is stored twice, and only the second answer is heard. */
  function loseAnswer() {
    const { store } = stage.desk;
    const run = store.run.bind(store);
    const hook = vi.spyOn(store, 'run').mockImplementation(async (name, ...rest) => {
      if (name !== 'save-chat') return run(name, ...rest);
      hook.mockRestore();
      await run(name, ...rest);
      return run(name, ...rest);
    });
  }

  it('is told to who subscribes and to who ends the news as if it had been heard at once', async () => {
    const { desk } = stage;
    loseAnswer();
    expect(await subscribe(desk, reader, 'en')).toMatchObject({
      fresh: true,
      subscriber: { state: 'active' },
    });
    expect((await subscribe(desk, reader, 'en')).fresh).toBe(false);
    loseAnswer();
    expect(await unsubscribe(desk, reader)).toMatchObject({ state: 'idle' });
    expect(await unsubscribe(desk, reader)).toBeUndefined();
  });
});

describe('a change of a chat that is forgotten right before it is stored', () => {
  it('is not written over the newcomer who has its slot by then', async () => {
    const { desk } = stage;
    const { redis, keys } = desk.store;
    const { subscriber } = await subscribe(desk, reader, 'en');
    const read = redis.getrangeBuffer.bind(redis);
    const hook = vi.spyOn(redis, 'getrangeBuffer').mockImplementation(async (...place) => {
      hook.mockRestore();
      await dropRecord(desk, subscriber);
      const nobody = await read(...place);
      await redis.del(keys.freeSlots('en'));
      await redis.sadd(keys.freeSlots('en'), subscriber.slot);
      expect((await subscribe(desk, newcomer, 'en')).subscriber.slot).toBe(subscriber.slot);
      return nobody;
    });
    await changeSettings(desk, reader, { style: 'full' }, 'en');
    expect(await findChat(desk, newcomer)).toMatchObject({ state: 'active' });
    expect(await findChat(desk, reader)).toBeUndefined();
  });
});
