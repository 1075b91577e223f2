import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings, findChat, subscribe, unsubscribe } from '#src/desk/chats/subscribe.ts';
import { heldFate, readTrace } from '#src/desk/trace.ts';
import { appendUrgent } from '#src/store/logs.ts';
import { announce, newAnnouncement } from '#src/desk/operator/operate.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import { newRound } from '#src/desk/delivery/queue-state.ts';
import { prepare } from '#src/desk/delivery/prepare.ts';
import { openWindow } from '#src/desk/delivery/log-window.ts';
import { claim } from '#src/store/cursors.ts';
import { endVisit } from '#src/store/visit-ends.ts';
import { botKeys } from '#src/store/keys.ts';
import { holdLease } from '#src/store/lease.ts';
import { DAY, HOUR } from '#src/time.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { pass, person, publish, subscribeAll, until, channel } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

const texts = (id: number) =>
  stage.telegram
    .deliveries()
    .filter(({ chatId }) => chatId === id)
    .map(({ message }) => String(message.wire.text ?? ''));
const arrived = (count: number) => until(stage.clock, () => stage.telegram.deliveries().length >= count);

describe('a story on its way', () => {
  it('reaches every chat of its edition once, and nobody else', async () => {
    const { desk, telegram, clock } = stage;
    const [be = 0, ru = 0] = telegram.people(2);
    await subscribe(desk, person(be), 'be');
    await subscribe(desk, person(ru), 'ru');
    await stage.deliver();
    await publish(desk, 'be', { headline: 'Навіна' });
    await publish(desk, 'ru', { headline: 'Новость' });
    await arrived(2);
    await pass(clock, 5000);
    expect(texts(be).map((text) => text.split('\n')[0])).toEqual(['Навіна']);
    expect(texts(ru).map((text) => text.split('\n')[0])).toEqual(['Новость']);
  });

  it('is sent also after the bot’s own Redis had the lease run out, because it took nothing, and has it again', async () => {
    const desk = { ...stage.desk, store: { ...stage.desk.store, isOwn: true } };
    const { clock, telegram } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    const [stop, lost] = [new AbortController(), new AbortController()];
    const lease = { holder: '1.ab', fence: 1, isAfterTrouble: false, signal: lost.signal };
    const over = deliver(desk, { ...lease, release: async () => undefined }, stop.signal).then(() => true);
    await publish(desk, 'en', { headline: 'Late' });
    await pass(clock, 15_000);
    expect(texts(id)).toEqual([]);
    await desk.store.redis.set(desk.store.keys.lease('owner'), lease.holder);
    await arrived(1);
    stop.abort();
    await until(clock, () => Promise.race([over, Promise.resolve(false)]));
  });

  it('is not sent to who subscribed after it', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await publish(desk, 'en');
    await subscribe(desk, person(id), 'en');
    await stage.deliver();
    await pass(clock, 5000);
    expect(texts(id)).toEqual([]);
  });

  it('comes with what else is pending as one bulletin, newest first', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    for (const headline of ['First', 'Second', 'Third']) {
      await publish(desk, 'en', { headline });
      await clock.advance(1000);
    }
    await stage.deliver();
    await arrived(1);
    await pass(clock, 5000);
    expect(texts(id)).toHaveLength(1);
    const [text = ''] = texts(id);
    expect(text.indexOf('Third')).toBeLessThan(text.indexOf('Second'));
    expect(text.indexOf('Second')).toBeLessThan(text.indexOf('First'));
  });

  it('that is made urgent has its mark in the bulletin of the next reader already', async () => {
    const { desk, telegram, clock } = stage;
    const [first = 0, next = 0] = telegram.people(2);
    await subscribeAll(desk, [first, next], 'en');
    await publish(desk, 'en', { headline: 'A library opens' });
    const story = await publish(desk, 'en', { headline: 'Flood' });
    telegram.faults.add({ kind: 'too-many', method: 'sendMessage', chatId: next, times: 1, retryAfter: 8 });
    await stage.deliver();
    await until(clock, () => texts(first).length > 0);
    await appendUrgent(desk, story.id, clock.now());
    await until(clock, () => texts(next).length > 0);
    expect(texts(next)[0]).toContain('⚡');
  });

  it('of the last day comes to who leaves a rare edition, though it is days that nothing was told there', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    const stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'Friday' });
    await until(clock, () => texts(id).length > 0);
    await stop();
    await clock.advance(DAY);
    await publish(desk, 'ru', { headline: 'Суббота' });
    await clock.advance(1.5 * DAY);
    await publish(desk, 'ru', { headline: 'Понедельник' });
    await publish(desk, 'en', { headline: 'Monday' });
    await changeSettings(desk, person(id), { edition: 'ru' }, 'ru');
    await stage.deliver();
    await until(clock, () => texts(id).length > 1);
    await pass(clock, 3000);
    expect(texts(id).slice(1).join()).toContain('Понедельник');
    expect(texts(id).slice(1).join()).not.toContain('Суббота');
  });

  it('never comes within a second of another message to the same chat', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    await stage.deliver();
    for (let count = 0; count < 8; count += 1) {
      await publish(desk, 'en', { headline: `Story ${count}` });
      await pass(clock, 300);
    }
    await pass(clock, 5000);
    const times = telegram.deliveries().map(({ at }) => at);
    for (const [index, at] of times.entries()) {
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
    }
    for (let count = 0; count < 8; count += 1) expect(texts(id).join('\n')).toContain(`Story ${count}`);
  });

  it('stays a separate post in a channel while few wait, oldest first', async () => {
    const { desk, telegram, clock } = stage;
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    await subscribe(desk, channel(place.id), 'be');
    for (const headline of ['First', 'Second', 'Third']) await publish(desk, 'be', { headline });
    await stage.deliver();
    await arrived(3);
    await pass(clock, 8000);
    expect(texts(place.id).map((text) => text.split('\n')[0])).toEqual(['First', 'Second', 'Third']);
  });

  it('waits for the end of quiet hours, unless it is urgent: then it comes at once, silently, and once', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'be');
    await changeSettings(desk, person(id), { quiet: { from: '14:00', to: '15:00' } }, 'be');
    await stage.deliver();
    await publish(desk, 'be', { headline: 'Held' });
    await pass(clock, 5000);
    expect(texts(id)).toEqual([]);
    await publish(desk, 'be', { headline: 'Flood', urgent: true });
    await arrived(1);
    expect(telegram.deliveries()[0]?.message.silent).toBe(true);
    await pass(clock, 50 * 60_000, 15_000);
    expect(texts(id)).toHaveLength(1);
    await arrived(2);
    await pass(clock, 10_000);
    expect(texts(id).map((text) => text.includes('Flood'))).toEqual([true, false]);
    expect(texts(id)[1]).toContain('Held');
  });
});

describe('why a story was not delivered', () => {
  it('is told by counts: not asked for, held by the hour, sent', async () => {
    const { desk, telegram, clock } = stage;
    const [all = 0, sport = 0, quiet = 0] = telegram.people(3);
    await subscribeAll(desk, [all, sport, quiet], 'en');
    await changeSettings(desk, person(sport), { follow: ['sport'] }, 'en');
    await changeSettings(desk, person(quiet), { quiet: { from: '14:00', to: '15:00' } }, 'en');
    const budget = await publish(desk, 'en', { headline: 'The budget is adopted' });
    const match = await publish(desk, 'en', { headline: 'A day of sport' });
    await stage.deliver();
    await arrived(2);
    await pass(clock, 3000);
    await desk.trace.flush();
    const held = { [heldFate({ by: 'quiet', until: Date.parse('2026-08-22T15:00:00+03:00') })]: 1 };
    expect(await readTrace(desk.store, budget.id)).toEqual({ sent: 1, filtered: 1, ...held });
    expect(await readTrace(desk.store, match.id)).toEqual({ sent: 2, ...held });
    const later = await publish(desk, 'en', { headline: 'It rains at night' });
    await arrived(3);
    await publish(desk, 'en', { headline: 'The river is over its banks', urgent: true });
    await arrived(6);
    await desk.trace.flush();
    expect(await readTrace(desk.store, later.id)).toEqual({ sent: 1, filtered: 1, held: 1 });
    expect(await readTrace(desk.store, match.id)).toEqual({ sent: 2, ...held });
  });
});

describe('a chat that cannot be reached', () => {
  it('is forgotten at once where a person blocked the bot, and delays nobody', async () => {
    const { desk, telegram } = stage;
    const blocker = telegram.person();
    blocker.start();
    const [other = 0] = telegram.people(1);
    await subscribeAll(desk, [blocker.id, other], 'en');
    blocker.block();
    await stage.settle();
    await stage.deliver();
    await publish(desk, 'en');
    await arrived(1);
    expect(texts(other)).toHaveLength(1);
    await until(stage.clock, async () => (await findChat(desk, person(blocker.id))) === undefined);
  });

  it('keeps its settings where a channel removed the bot', async () => {
    const { desk, telegram } = stage;
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    await subscribe(desk, channel(place.id), 'en');
    place.removeBot();
    await stage.settle();
    await stage.deliver();
    await publish(desk, 'en');
    await until(stage.clock, async () => (await findChat(desk, channel(place.id)))?.state === 'left');
  });

  it('does not get again an announcement that an earlier version has shown it, which knew it by its number', async () => {
    const { desk, telegram, clock } = stage;
    const [reader = 0] = telegram.people(1);
    await subscribe(desk, person(reader), 'en');
    await announce(desk, { en: 'We move house' }, newAnnouncement(desk));
    const lease = await holdLease(desk.store, 'owner', clock, new AbortController().signal);
    const [claimed] = await claim(desk, {
      edition: 'en',
      from: 'waiting',
      head: 1,
      count: 1,
      holder: lease?.holder ?? '',
      highest: 0,
      now: clock.now(),
    });
    if (!claimed) throw new Error('nobody was taken');
    const sent = { messageId: 7, shows: ['en1'], eraseAt: 0, isPlace: false };
    await endVisit(desk, claimed, { cursor: 0, notBefore: 0, ahead: true, sent, ownSequence: false });
    await lease?.release();
    await stage.deliver();
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await arrived(1);
    await pass(clock, 5000);
    expect(texts(reader)).toEqual([expect.stringContaining('A bridge opens')]);
  });

  it('is found under its new id when a group becomes a supergroup, and gets the story there', async () => {
    const { desk, telegram } = stage;
    const group = telegram.group();
    group.addBot(undefined);
    await subscribe(desk, { id: group.id, kind: 'group' }, 'en');
    const supergroup = group.migrate();
    await stage.deliver();
    await publish(desk, 'en');
    await arrived(1);
    expect(texts(supergroup.id)).toHaveLength(1);
    expect((await findChat(desk, { id: supergroup.id, kind: 'group' }))?.state).toBe('active');
    expect(await findChat(desk, { id: group.id, kind: 'group' })).toBeUndefined();
  });

  it('does not get again, as a supergroup, what went ahead of its turn while it was a group', async () => {
    const { desk, telegram, clock } = stage;
    const group = telegram.group();
    group.addBot(undefined);
    const chat = { id: group.id, kind: 'group' } as const;
    await subscribe(desk, chat, 'en');
    await changeSettings(desk, chat, { quiet: { from: '14:00', to: '14:20' }, urgent: 'silent' }, 'en');
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Calm' });
    await pass(clock, 5000);
    await publish(desk, 'en', { headline: 'Flash', urgent: true });
    await arrived(1);
    const supergroup = group.migrate();
    await stage.settle();
    await until(clock, () => texts(supergroup.id).length > 0, HOUR);
    const [held = ''] = texts(supergroup.id);
    expect(held).toContain('Calm');
    expect(held).not.toContain('Flash');
  });

  it('does not get again what went ahead of its turn in a channel days ago, when numbers of people are gone', async () => {
    const { desk, telegram, clock } = stage;
    const posts = telegram.channel();
    posts.addBot(['can_post_messages']);
    const chat = { id: posts.id, kind: 'channel' } as const;
    await subscribe(desk, chat, 'en');
    await changeSettings(desk, chat, { quiet: { from: '14:00', to: '14:20' }, urgent: 'silent' }, 'en');
    const stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'Calm' });
    await pass(clock, 5000);
    const { id } = await publish(desk, 'en', { headline: 'Flash', urgent: true });
    await arrived(1);
    await pass(clock, 5000);
    await stop();
    const { redis, botId, keys } = desk.store;
    await redis.del(keys.handover);
    expect(await redis.del(await redis.keys(botKeys(botId).shown(id, 0).replace(/\d+$/, '*')))).toBe(1);
    await stage.deliver({ ...desk, memory: createMemory() });
    await until(clock, () => texts(posts.id).length > 1, HOUR);
    await pass(clock, 10_000);
    expect(texts(posts.id).map((text) => /Calm|Flash/.exec(text)?.[0])).toEqual(['Flash', 'Calm']);
  });

  it('waits exactly as long as Telegram says, then gets the story', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    telegram.faults.add({ kind: 'too-many', method: 'sendMessage', retryAfter: 20, times: 1 });
    await stage.deliver();
    await publish(desk, 'en');
    await until(clock, () => telegram.counters().tooMany === 1);
    const told = clock.now();
    await arrived(1);
    const waited = (telegram.deliveries()[0]?.at ?? 0) - told;
    expect(waited).toBeGreaterThanOrEqual(19_900);
    expect(waited).toBeLessThan(21_500);
  });

  it('gets a simpler form where Telegram refuses the content', async () => {
    const { desk, telegram } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    telegram.faults.add({ kind: 'refuse', method: 'sendMessage', times: 2 });
    await stage.deliver();
    await publish(desk, 'en', { picture: { url: 'https://news.example/picture.jpg' } });
    await arrived(1);
    expect(texts(id)[0]).toContain('A new library');
  });
});

describe('a message of unknown outcome', () => {
  for (const kind of [
    'reset-after',
    'gateway-timeout',
    'malformed',
    'reset-before',
    'bad-gateway',
    'forbidden',
  ] as const) {
    it(`is in every chat once after a trouble of the kind ${kind}`, async () => {
      const { desk, telegram, clock } = stage;
      const people = telegram.people(6);
      const place = telegram.channel();
      place.addBot(['can_post_messages']);
      await subscribeAll(desk, people, 'en');
      await subscribe(desk, channel(place.id), 'en');
      await stage.deliver();
      await publish(desk, 'en', { headline: 'Before' });
      await arrived(7);
      await pass(clock, 5000);
      telegram.faults.add({ kind, method: 'sendMessage', probability: 0.5, times: 5 });
      const after = await publish(desk, 'en', { headline: 'After' });
      await arrived(14);
      await pass(clock, 60_000);
      for (const id of [...people, place.id]) {
        expect(texts(id).map((text) => text.split('\n')[0])).toEqual(['Before', 'After']);
      }
      await desk.trace.flush();
      // `/why` tells that Telegram was asked, and what it said.
      const { found = 0 } = await readTrace(desk.store, after.id);
      if (kind.startsWith('reset')) expect(found > 0).toBe(kind === 'reset-after');
    });
  }

  it('is looked for after a kill: what arrived is not repeated, what did not is sent', async () => {
    const { desk, telegram, clock } = stage;
    const people = telegram.people(4);
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    const editor = place.owner;
    await subscribeAll(desk, people, 'en');
    await subscribe(desk, channel(place.id), 'en');
    const stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'Before' });
    await arrived(5);
    await pass(clock, 5000);
    await stop();

    // The dying process: it took all five, sent to two people and the channel, and settled nothing.
    await publish(desk, 'en', { headline: 'After' });
    const lease = await holdLease(desk.store, 'owner', clock, new AbortController().signal);
    const taken = await claim(desk, {
      edition: 'en',
      from: 'waiting',
      head: 2,
      count: 10,
      holder: lease?.holder ?? '',
      highest: desk.telegram.sequence.highest,
      now: clock.now(),
    });
    expect(taken).toHaveLength(5);
    const window = openWindow(desk);
    await window.refresh('en');
    const dying = createTelegram({
      token: telegram.token,
      apiRoot: telegram.url,
      clock,
      pace: createPace(clock, 0),
    });
    const reached: number[] = [];
    for (const claimed of taken) {
      const visit = await prepare(desk, newRound(window), claimed);
      if (visit.do !== 'send') continue;
      const isChannel = visit.subscriber.chat.kind === 'channel';
      if (!isChannel && reached.length === 2) continue;
      if (!isChannel) reached.push(visit.subscriber.chat.id);
      if (isChannel) place.post(editor, 'A word from the editors');
      await dying.send(visit.subscriber.chat, visit.composed.message);
    }
    await dying.close();
    await lease?.release();
    const post = place.messages().find(({ text }) => text === 'A word from the editors');
    await clock.advance(5000);

    await stage.deliver();
    await arrived(10);
    await pass(clock, 60_000);
    for (const id of [...people, place.id]) {
      expect(texts(id).map((text) => text.split('\n')[0])).toEqual(['Before', 'After']);
    }
    expect(place.messages().find(({ id }) => id === post?.id)?.text).toBe('A word from the editors');
    expect(await desk.store.redis.hlen(desk.store.keys.flight)).toBe(0);
  });
});

describe('who unsubscribed', () => {
  it('gets nothing more, and starts at the newest story when they come back', async () => {
    const { desk, telegram, clock } = stage;
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    await unsubscribe(desk, person(id));
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Missed' });
    await pass(clock, 3000);
    await subscribe(desk, person(id), 'en');
    await publish(desk, 'en', { headline: 'Seen' });
    await arrived(1);
    await pass(clock, 3000);
    expect(texts(id).map((text) => text.split('\n')[0])).toEqual(['Seen']);
  });
});
