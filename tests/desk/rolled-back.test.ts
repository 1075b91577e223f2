import { afterEach, describe, expect, it } from 'vitest';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { botKeys, newsKeys } from '#src/store/keys.ts';
import { holdLease } from '#src/store/lease.ts';
import { copyKeys, pasteCommands } from '#src/store/copy.ts';
import { channel, pass, person, publish, subscribeAll, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { openWindow } from '#src/desk/delivery/log-window.ts';
import { messageInPlace } from '#src/store/deliveries.ts';
import { posts } from '../bot/editor.ts';
import type { Command } from '#src/store/resp.ts';

let stage: Stage;
afterEach(() => stage.close());

/** Redis as it is now; the result brings it back to that. */
async function snapshot({ desk }: Stage): Promise<() => Promise<void>> {
  const commands: Command[] = [];
  for await (const some of copyKeys(desk.store, '*', 'in', Date.now)) commands.push(...some);
  return async () => {
    await desk.store.redis.flushall();
    await pasteCommands(desk.store, commands);
    await desk.store.redis.del(botKeys(desk.store.botId).lease('owner'));
  };
}

const times = (texts: readonly string[], words: string) =>
  texts.filter((text) => text.includes(words)).length;

describe('a Redis that has lost its last moments', () => {
  it('repeats nothing: what was shown is written down again, and the next story comes', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const reader = telegram.person();
    reader.start();
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    await stage.settle();
    await subscribeAll(desk, [reader.id], 'en');
    await subscribe(desk, channel(place.id), 'en');
    const story = await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const stop = await stage.deliver();
    await until(clock, () => times(posts(place), 'A library') === 1);
    await until(
      clock,
      () =>
        times(
          reader.messages().map(({ text }) => text),
          'A library',
        ) === 1,
    );
    await stop();
    await rollBack();
    const again = await stage.deliver();
    await pass(clock, 10_000);
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () => times(posts(place), 'A bridge') === 1);
    await pass(clock, 10_000);
    await again();
    const read = reader.messages().map(({ text }) => text);
    for (const texts of [posts(place), read]) {
      expect(times(texts, 'A library')).toBe(1);
      expect(times(texts, 'A bridge')).toBe(1);
    }
    const known = await findChat(desk, channel(place.id));
    expect(await messageInPlace(desk, known?.slot ?? 0, story.id)).toBe(
      place.messages().find(({ text }) => text.includes('A library'))?.id,
    );
  });

  it('repeats nothing where another process delivers from then on: the last one leaves it what it has shown', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    await stage.settle();
    await subscribe(desk, channel(place.id), 'en');
    const rollBack = await snapshot(stage);
    const lost = new AbortController();
    const lease = await holdLease(desk.store, 'owner', clock, lost.signal);
    if (!lease) throw new Error('no lease');
    let isOver = false;
    const delivering = deliver(desk, { ...lease, signal: lost.signal }, new AbortController().signal);
    void delivering.then(() => (isOver = true));
    for (const words of ['A library', 'A bridge']) {
      await publish(desk, 'en', { headline: `${words} opens` });
      await until(clock, () => times(posts(place), words) === 1);
    }
    lost.abort();
    await until(clock, () => isOver);
    const left = await desk.store.redis.getBuffer(botKeys(desk.store.botId).lately);
    const stories = await Promise.all(
      (await desk.store.redis.keys('pozirk:{news}:*')).map(
        async (key) => [key, await desk.store.redis.dumpBuffer(key)] as const,
      ),
    );
    await rollBack();
    for (const [key, value] of stories) if (value) await desk.store.redis.restore(key, 0, value, 'REPLACE');
    expect(await desk.store.redis.xlen(newsKeys.log('en'))).toBe(2);
    if (left) await desk.store.redis.set(botKeys(desk.store.botId).lately, left);
    const again = await stage.deliver({ ...desk, memory: createMemory() });
    await pass(clock, 20_000);
    await again();
    for (const words of ['A library', 'A bridge']) expect(times(posts(place), words)).toBe(1);
  });

  it('hides no story behind the number of one that it lost', async () => {
    stage = await openStage();
    const { desk } = stage;
    const window = openWindow(desk);
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    await publish(desk, 'en', { headline: 'A bridge opens' });
    const head = await window.refresh('en');
    await rollBack();
    const story = await publish(desk, 'en', { headline: 'A school opens' });
    expect(await window.refresh('en')).toBe(head);
    const pending = await window.pending('en', head - 1, head);
    expect(pending).toMatchObject([{ kind: 'story', story: { id: story.id } }]);
  });

  it('does not keep the next chat of a forgotten one’s slot from what it is to be shown', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const [first, second] = [telegram.person(), telegram.person()];
    for (const one of [first, second]) one.start();
    await stage.settle();
    await subscribeAll(desk, [first.id], 'en');
    const stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'A library opens' });
    await until(
      clock,
      () =>
        times(
          first.messages().map(({ text }) => text),
          'A library',
        ) === 1,
    );
    const slot = (await findChat(desk, person(first.id)))?.slot ?? 0;
    await forgetChat(desk, person(first.id), []);
    expect(desk.memory.shown.get(slot)).toBeUndefined();
    await stop();
  });
});
