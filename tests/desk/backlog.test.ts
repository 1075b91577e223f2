import { afterEach, beforeEach, expect, it } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { anchorIds, highestId } from '#src/store/deliveries.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import { pass, person, until } from '#testing/delivery.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

it('a story whose sending broke off is found behind what somebody wrote before it and is read only now', async () => {
  const { desk, telegram, clock } = stage;
  const reader = telegram.person();
  const other = telegram.person();
  for (const one of [reader, other]) one.start();
  await stage.settle();
  await subscribe(desk, person(reader.id), 'en');
  await stage.deliver();
  // Their numbers lie between the last one that the bot knows and that of the story.
  other.send('/help');
  other.send('/help');
  telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: reader.id, times: 1 });
  await publish(stage, 'en', { headline: 'A harbour opens' });
  const shown = () => reader.messages().filter(({ text }) => text.includes('A harbour opens')).length;
  await until(clock, () => shown() > 0);
  for (const update of telegram.pendingUpdates()) {
    const { message } = update as { message?: { message_id: number } };
    if (message) desk.telegram.sequence.observe(other.id, message.message_id);
  }
  await pass(clock, 30_000);
  expect(shown()).toBe(1);
});

it('what a member wrote says nothing of the ids of a place while its first story is on its way', async () => {
  const { store } = stage.desk;
  const { flight } = store.keys;
  await store.redis.hset(flight, '7', 'en:1');
  await anchorIds(store, 7, 12);
  expect(await highestId(store, 7)).toBe(0);
  await store.redis.hdel(flight, '7');
  await anchorIds(store, 7, 13);
  await anchorIds(store, 7, 15);
  expect(await highestId(store, 7)).toBe(13);
});
