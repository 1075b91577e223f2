import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  channel,
  pass,
  person,
  publish,
  revise,
  startCorrecting,
  subscribeAll,
  until,
} from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { deliverUntilLost, newsChannel, snapshot, times } from '#testing/rolled-back.ts';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { changeSettings, findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { MINUTE } from '#src/time.ts';
import type { Desk } from '#src/desk/desk.ts';
import { announce, newAnnouncement, takeBack } from '#src/desk/operator/operate.ts';
import { openWindow } from '#src/desk/delivery/log-window.ts';
import { shownLately } from '#src/desk/memory/shown.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import type { Story } from '#src/news/story.ts';
import { logHead } from '#src/store/logs.ts';
import { messageInPlace } from '#src/store/deliveries.ts';

let stage: Stage;
afterEach(() => stage.close());

/** A story that a reader and a channel were shown, which Redis does not know any more. */
async function shownAndForgotten() {
  stage = await openStage();
  const { desk, clock, telegram } = stage;
  const reader = telegram.person();
  reader.start();
  const place = await newsChannel(stage);
  await subscribeAll(desk, [reader.id], 'en');
  const story = await publish(desk, 'en', { headline: 'A library opens' });
  const rollBack = await snapshot(stage);
  const stop = await stage.deliver();
  await until(clock, () => times(place, 'A library') + times(reader, 'A library') === 2);
  await stop();
  await rollBack();
  return { reader, place, story };
}

/** The second story that a place was shown, after as many messages of the first: Redis does not know any more that it was. */
async function secondLost(place: Parameters<typeof times>[0], firsts: number): Promise<Story> {
  const { desk, clock } = stage;
  const stop = await stage.deliver();
  await until(clock, () => times(place, 'A town hall') === firsts);
  await stop();
  const rollBack = await snapshot(stage);
  const next = await stage.deliver();
  const story = await publish(desk, 'en', { headline: 'A library opens' });
  await until(clock, () => times(place, 'A library') === 1);
  await next();
  await rollBack();
  return story;
}

describe('a Redis that has lost its last moments', () => {
  it('repeats nothing: what was shown is written down again, and the next story comes', async () => {
    const { reader, place, story } = await shownAndForgotten();
    const { desk, clock } = stage;
    const again = await stage.deliver();
    await pass(clock, 10_000);
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () => times(place, 'A bridge') === 1);
    await pass(clock, 10_000);
    await again();
    for (const chat of [place, reader])
      expect([times(chat, 'A library'), times(chat, 'A bridge')]).toEqual([1, 1]);
    const known = await findChat(desk, channel(place.id));
    expect(await messageInPlace(desk, known?.slot ?? 0, story.id)).toBe(
      place.messages().find(({ text }) => text.includes('A library'))?.id,
    );
  });

  it('keeps nobody from a correction that came before it was known again who has the story', async () => {
    const { reader, place, story } = await shownAndForgotten();
    const { desk, clock } = stage;
    await revise(desk, story, { headline: 'A reading room opens' });
    const stopCorrecting = startCorrecting(desk);
    await pass(clock, 10_000);
    await stage.deliver();
    await until(clock, () => times(place, 'A reading room') + times(reader, 'A reading room') === 2, MINUTE);
    await stopCorrecting();
    for (const chat of [place, reader]) expect(times(chat, 'A library')).toBe(0);
  });

  it.each([
    ['the newsroom takes it back', (desk: Desk, story: Story) => takeBack(desk, story.id), 'withdrawn'],
    [
      'it is corrected otherwise',
      (desk: Desk, story: Story) => revise(desk, story, { headline: 'A reading room opens' }),
      'A reading room opens',
    ],
  ])(
    'keeps no corrected story as it was where %s under the number that was lost',
    async (_how, change, words) => {
      stage = await openStage();
      const { desk, clock } = stage;
      const place = await newsChannel(stage);
      const stopCorrecting = startCorrecting(desk);
      const story = await publish(desk, 'en', { headline: 'A libary opens' });
      const rollBack = await snapshot(stage);
      await revise(desk, story, { headline: 'A library opens' });
      await pass(clock, 5000);
      const stop = await stage.deliver();
      await until(clock, () => times(place, 'A library opens') === 1);
      await stop();
      await rollBack();
      await change(desk, story);
      await pass(clock, 10_000);
      await stage.deliver();
      await until(clock, () => times(place, words) === 1);
      await stopCorrecting();
    },
  );

  it('has no message say that it was updated which has shown the corrected words from the beginning', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const place = await newsChannel(stage);
    const stopCorrecting = startCorrecting(desk);
    const story = await publish(desk, 'en', { headline: 'A libary opens' });
    await revise(desk, story, { headline: 'A library opens' });
    await pass(clock, 5000);
    const rollBack = await snapshot(stage);
    const stop = await stage.deliver();
    await until(clock, () => times(place, 'A library') === 1);
    await stop();
    await rollBack();
    await stage.deliver();
    await pass(clock, MINUTE);
    await stopCorrecting();
    expect(telegram.counters().edits).toBe(0);
  });

  it('keeps nothing in the chat of who forgets before it is known again what stands there', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const reader = telegram.person();
    reader.start();
    await subscribeAll(desk, [reader.id], 'en');
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const stop = await stage.deliver();
    await until(clock, () => times(reader, 'A library') === 1);
    await stop();
    await rollBack();
    const forgetting = forgetChat(desk, person(reader.id), []);
    await pass(clock, 10_000);
    await forgetting;
    expect(times(reader, 'A library')).toBe(0);
  });

  it('repeats no story of a bulletin, although the source brings them back one by one', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const reader = telegram.person();
    reader.start();
    await stage.settle();
    await subscribeAll(desk, [reader.id], 'en');
    const rollBack = await snapshot(stage);
    const stories = [];
    for (const words of ['A library', 'A bridge', 'A school'])
      stories.push(await publish(desk, 'en', { headline: `${words} opens` }));
    const stop = await stage.deliver();
    await until(clock, () => times(reader, 'A school') === 1);
    await stop();
    await rollBack();
    await stage.deliver();
    for (const story of stories) {
      await publish(desk, 'en', story);
      await pass(clock, 5000);
    }
    await publish(desk, 'en', { headline: 'A town hall opens' });
    await until(clock, () => times(reader, 'A town hall') === 1);
    for (const { headline } of stories) expect(times(reader, headline)).toBe(1);
  });

  it('is asked at once about a chat that has to wait, and late as well', async () => {
    stage = await openStage();
    const { desk, clock } = stage;
    const place = await newsChannel(stage);
    const story = await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    const stop = await stage.deliver();
    // It may take a message in a quarter of an hour.
    desk.telegram.pace.slow(place.id, 15 * MINUTE);
    await until(clock, () => times(place, 'A library') === 1);
    await stop();
    await pass(clock, 10 * MINUTE);
    await rollBack();
    await stage.deliver();
    const { slot = -1 } = (await findChat(desk, channel(place.id))) ?? {};
    await until(clock, async () => (await messageInPlace(desk, slot, story.id)) !== undefined, 5000);
    await pass(clock, 20 * MINUTE);
    expect(times(place, 'A library')).toBe(1);
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

  it('hides no announcement behind one that it lost either', async () => {
    stage = await openStage();
    const { desk, clock } = stage;
    const place = await newsChannel(stage);
    const rollBack = await snapshot(stage);
    const stop = await stage.deliver();
    await announce(desk, { en: 'The first word' }, newAnnouncement(desk));
    await until(clock, () => times(place, 'The first word') === 1);
    await stop();
    await rollBack();
    await announce(desk, { en: 'The second word' }, newAnnouncement(desk));
    await stage.deliver();
    await until(clock, () => times(place, 'The second word') === 1, MINUTE);
  });

  it('hides none either that comes while Telegram has everybody wait', async () => {
    stage = await openStage({ rate: 30 });
    const { desk, clock } = stage;
    const { redis, keys } = desk.store;
    const place = await newsChannel(stage);
    const { lose } = await deliverUntilLost(stage);
    await publish(desk, 'en', { headline: 'A town hall opens' });
    await until(clock, () => times(place, 'A town hall') === 1);
    await pass(clock, 4000);
    const rollBack = await snapshot(stage);
    desk.telegram.pace.waitFor(20_000);
    await publish(desk, 'en', { headline: 'A library opens' });
    await pass(clock, 2000);
    const holder = await redis.get(keys.lease('owner'));
    await rollBack();
    await redis.set(keys.lease('owner'), holder ?? '');
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () => times(place, 'A bridge') === 1, MINUTE);
    lose();
  });

  it('is read anew without a moment in which nothing is pending', async () => {
    stage = await openStage();
    const { desk } = stage;
    const window = openWindow(desk);
    await publish(desk, 'en', { headline: 'A library opens' });
    const rollBack = await snapshot(stage);
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await window.refresh('en');
    await rollBack();
    let isRead = false;
    const reading = window.refresh('en').then(() => (isRead = true));
    for (let head = 1; !isRead; head += 1) {
      const [first] = await window.pending('en', 0, head);
      expect(first).toMatchObject({ story: { headline: 'A library opens' } });
    }
    await reading;
  });

  it('has nothing written over that stands in a channel, in search of the next story', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const place = await newsChannel(stage);
    await publish(desk, 'en', { headline: 'A town hall opens' });
    const story = await secondLost(place, 1);
    telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: place.id, times: 1 });
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await stage.deliver();
    await until(clock, () => times(place, 'A bridge') === 1);
    await pass(clock, MINUTE);
    await publish(desk, 'en', story);
    await pass(clock, MINUTE);
    expect(['A library', 'A bridge'].map((words) => times(place, words))).toEqual([1, 1]);
  });

  it('has nothing written over that stands in another topic of a forum', async () => {
    stage = await openStage();
    const { desk, clock, telegram } = stage;
    const forum = telegram.supergroup({ forum: true });
    forum.addBot(undefined);
    await stage.settle();
    for (const edition of ['en', 'ru'] as const) {
      const thread = forum.createTopic(edition, forum.owner);
      await subscribe(desk, { id: forum.id, kind: 'topic', thread }, edition);
      await publish(desk, edition, { headline: 'A town hall opens' });
    }
    const story = await secondLost(forum, 2);
    telegram.faults.add({ kind: 'reset-before', method: 'sendMessage', chatId: forum.id, times: 1 });
    await publish(desk, 'ru', { headline: 'A bridge opens' });
    await stage.deliver();
    await until(clock, () => times(forum, 'A bridge') === 1);
    await publish(desk, 'en', story);
    await pass(clock, MINUTE);
    expect(['A library', 'A bridge'].map((words) => times(forum, words))).toEqual([1, 1]);
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
    await until(clock, () => times(first, 'A library') === 1);
    const slot = (await findChat(desk, person(first.id)))?.slot ?? 0;
    await forgetChat(desk, person(first.id), []);
    expect(shownLately(desk.memory.shown, slot, clock.ticks())).toEqual([]);
    await stop();
  });
});

describe('a Redis that has lost the end of the log alone, on its node of a Cluster', () => {
  beforeEach(async () => {
    stage = await openStage();
  });

  /** A channel that was shown two stories, of which the log knows only the first any more. */
  async function shownAndLost(made: Partial<Story> = {}) {
    const { desk, clock } = stage;
    const place = await newsChannel(stage);
    const stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'A town hall opens' });
    await until(clock, () => times(place, 'A town hall') === 1);
    const rollBack = await snapshot(stage, 'pozirk:{news}:*');
    const story = await publish(desk, 'en', { headline: 'A library opens', ...made });
    await until(clock, () => times(place, 'A library') === 1);
    await pass(clock, 4000);
    return { ...stage, place, stop, story, rollBack };
  }

  it('gives no number twice: the next story comes, and what was lost is not shown again', async () => {
    const { desk, clock, place, story, rollBack } = await shownAndLost();
    await rollBack();
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () => times(place, 'A bridge') === 1);
    await publish(desk, 'en', story);
    await publish(desk, 'en', { headline: 'A school opens' });
    await until(clock, () => times(place, 'A school') === 1);
    for (const words of ['A library', 'A bridge']) expect(times(place, words)).toBe(1);
  });

  it('nor where another process delivers from then on, which brings the log up to what its chats know', async () => {
    const { desk, clock, place, stop, story, rollBack } = await shownAndLost();
    await stop();
    await desk.store.redis.del(desk.store.keys.handover);
    await rollBack();
    await stage.deliver({ ...desk, memory: createMemory() });
    await until(clock, async () => (await logHead(desk.store, 'en')) === 2);
    await publish(desk, 'en', story);
    await publish(desk, 'en', { headline: 'A school opens' });
    await until(clock, () => times(place, 'A school') === 1);
    expect(times(place, 'A library')).toBe(1);
  });

  it('nor by the claim of a visit that broke off', async () => {
    const { desk, clock, place, stop, rollBack } = await shownAndLost();
    await stop();
    await rollBack();
    const { slot = -1 } = (await findChat(desk, channel(place.id))) ?? {};
    const keys = desk.store.keys;
    await desk.store.redis.zrem(keys.waiting('en'), String(slot));
    await desk.store.redis.hset(keys.flight, String(slot), `en:1:7:0:0:1.dead:${clock.now()}:1`);
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await stage.deliver();
    await until(clock, () => times(place, 'A bridge') === 1);
    expect(await logHead(desk.store, 'en')).toBe(8);
  });

  it('keeps no urgent story from who is held', async () => {
    const { desk, clock, telegram } = stage;
    const sleeper = telegram.person();
    sleeper.start();
    await stage.settle();
    await subscribe(desk, person(sleeper.id), 'en');
    const quiet = { from: '14:00', to: '18:00' };
    await changeSettings(desk, person(sleeper.id), { quiet, urgent: 'silent' }, 'en');
    const { rollBack } = await shownAndLost({ urgent: true });
    await rollBack();
    await publish(desk, 'en', { headline: 'A bridge falls', urgent: true });
    await until(clock, () => times(sleeper, 'A bridge') === 1, MINUTE);
    expect(['A town hall', 'A library'].map((words) => times(sleeper, words))).toEqual([0, 1]);
  });

  it('edits a correction in again that was lost after it had been with everybody', async () => {
    const { desk, clock, place, story, stop } = await shownAndLost();
    await stop();
    const rollBack = await snapshot(stage, 'pozirk:{news}:*');
    const stopCorrecting = startCorrecting(desk);
    await revise(desk, story, { headline: 'A library closes' });
    await until(clock, () => times(place, 'A library closes') === 1);
    await pass(clock, 5000);
    await rollBack();
    await revise(desk, story, { headline: 'A library is closed' });
    await until(clock, () => times(place, 'A library is closed') === 1);
    await stopCorrecting();
  });
});
