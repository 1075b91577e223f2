import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import {
  changeSettings,
  findChat,
  pauseChat,
  resumeChat,
  subscribe,
  unsubscribe,
} from '#src/desk/chats/subscribe.ts';
import { takeUpdates } from '#src/bot/updates.ts';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { readAll } from '#src/desk/chats/hear.ts';
import { close } from '#src/desk/delivery/release.ts';
import { erasePass } from '#testing/erase.ts';
import { newRound } from '#src/desk/delivery/queue-state.ts';
import { recentNames } from '#src/desk/chats/known-messages.ts';
import { probe } from '#src/desk/delivery/probe.ts';
import { type Prepared, prepare } from '#src/desk/delivery/prepare.ts';
import { recordShown } from '#src/desk/delivery/visit.ts';
import { openWindow, type Window } from '#src/desk/delivery/log-window.ts';
import { type SealedClaim, claim, inFlight } from '#src/store/cursors.ts';
import { messageIds } from '#src/store/deliveries.ts';
import { holdLease } from '#src/store/lease.ts';
import type { Store } from '#src/store/redis.ts';
import { moveInQueue } from '#src/store/subscribers.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Settings } from '#src/news/settings.ts';
import type { Story } from '#src/news/story.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { MINUTE } from '#src/time.ts';
import {
  channel,
  pass,
  person,
  publish,
  revise,
  startCorrecting,
  startDelivery,
  subscribeAll,
  until,
} from '#testing/delivery.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { snapshot } from '#testing/rolled-back.ts';

let stage: Stage;
let reader: Chat;

beforeEach(async () => {
  stage = await openStage();
  const [id = 0] = stage.telegram.people(1);
  reader = person(id);
  await subscribe(stage.desk, reader, 'en');
  readAsAsked(stage.desk);
});

/** The way to Telegram of a process that has just begun. */
function anotherTelegram(): Desk['telegram'] {
  const { telegram, clock } = stage;
  const { token, url: apiRoot } = telegram;
  return createTelegram({ token, apiRoot, clock, pace: createPace(clock, 0), onWait: () => undefined });
}

/** Whoever asks whether all updates are read is told so once they are, as by a bot that runs. */
function readAsAsked(desk: Desk): void {
  const { hearing } = desk.memory;
  hearing.nudge = () => {
    const waiting = [...hearing.waiting];
    void takeUpdates(stage.bot, desk, stage.telegram.pendingUpdates() as never).then(() => {
      for (const tell of waiting) tell();
    });
  };
}

afterEach(() => stage.close());

it('whoever has asked in vain for two minutes whether all is read waits no longer, and is remembered no longer', async () => {
  const { desk, clock } = stage;
  const { hearing } = desk.memory;
  hearing.nudge = () => undefined;
  const answers = Array.from({ length: 50 }, () => readAll(desk));
  await clock.advance(2 * MINUTE);
  expect(new Set(await Promise.all(answers))).toEqual(new Set([false]));
  expect(hearing.waiting.size).toBe(0);
});

const standing = (chat: Chat) =>
  stage.telegram
    .deliveries()
    .filter(({ chatId, message }) => chatId === chat.id && message.deletedAt === undefined)
    .map(({ message }) => String(message.wire.text ?? '').split('\n')[0]);

/** A desk whose Redis carries the first `script` out, and whose connection breaks before it says so. */
function deskThatMisses(script: string): Desk {
  const { desk } = stage;
  let missed = false;
  const { store } = desk;
  const run =
    (how: 'run' | 'runRaw'): Store['run'] =>
    async (name, keys, args) => {
      const reply = await store[how](name, keys, args);
      if (name !== script || missed || (Array.isArray(reply) && reply.length === 0)) return reply;
      missed = true;
      throw new Error('Connection is closed.');
    };
  return { ...desk, store: { ...store, run: run('run'), runRaw: run('runRaw') } };
}

/** Takes the one chat that waits, as the dispatcher does, and gives the lease back. */
async function take(
  edition: Edition = 'en',
): Promise<{ claimed: SealedClaim; round: ReturnType<typeof newRound> }> {
  const { claims, window } = await takeAll(1, edition);
  const [claimed] = claims;
  if (!claimed) throw new Error('nobody waits');
  return { claimed, round: newRound(window) };
}

async function takeAll(
  count = 1000,
  edition: Edition = 'en',
): Promise<{ claims: SealedClaim[]; window: Window }> {
  const { desk, clock } = stage;
  const window = openWindow(desk);
  const head = await window.refresh(edition);
  const lease = await holdLease(desk.store, 'owner', clock, new AbortController().signal);
  const { highest } = desk.telegram.sequence;
  const claims = await claim(desk, {
    edition,
    from: 'waiting',
    head,
    count,
    holder: lease?.holder ?? '',
    highest,
    now: clock.now(),
  });
  await lease?.release();
  return { claims, window };
}

/** Sends what was prepared as a process that ends before it could write that down. */
async function sendAndDie(prepared: Prepared): Promise<void> {
  if (prepared.do !== 'send') throw new Error('it may be sent');
  const dying = pacedTelegram(0);
  await dying.send(prepared.subscriber.chat, prepared.composed.message);
  await dying.close();
}

const pacedTelegram = (rate: number) =>
  createTelegram({
    token: stage.telegram.token,
    apiRoot: stage.telegram.url,
    clock: stage.clock,
    pace: createPace(stage.clock, rate),
  });

describe('where the connection to Redis breaks before its answer', () => {
  it('a message that was written down stays in the chat', async () => {
    await publish(stage.desk, 'en', { headline: 'One' });
    await stage.deliver(deskThatMisses('end-visit'));
    await until(stage.clock, () => standing(reader).length > 0);
    await pass(stage.clock, 30_000);
    expect(standing(reader)).toEqual(['One']);
  });

  it('a chat that was taken gets its story within seconds, and the next one', async () => {
    await publish(stage.desk, 'en', { headline: 'One' });
    await stage.deliver(deskThatMisses('claim'));
    await until(stage.clock, () => standing(reader).length > 0, 20_000);
    await publish(stage.desk, 'en', { headline: 'Two' });
    await pass(stage.clock, 20_000);
    expect(standing(reader)).toEqual(['One', 'Two']);
    expect(await inFlight(stage.desk.store)).toEqual([]);
  });
});

describe('who takes over from a process that still writes down what arrived', () => {
  /** A process that read the highest message number before the last one wrote its own down. */
  const successor = (): Desk => {
    const { desk, telegram, clock } = stage;
    const { token, url: apiRoot } = telegram;
    return {
      ...desk,
      telegram: createTelegram({ token, apiRoot, clock, pace: createPace(clock, 0) }),
      memory: createMemory(),
    };
  };

  it('writes nothing over that news, nor over an answer, where the next message gets lost', async () => {
    const { desk, telegram, clock } = stage;
    await publish(desk, 'en', { headline: 'One' });
    const stop = await startDelivery(desk);
    await until(clock, () => standing(reader).length > 0);
    telegram.person({ id: reader.id }).send('/help');
    await stage.settle();
    await stop();
    const before = standing(reader);
    expect(before).toHaveLength(2);
    telegram.faults.add({ kind: 'reset-before', method: 'sendMessage', times: 1 });
    await publish(desk, 'en', { headline: 'Two' });
    await stage.deliver(successor());
    await until(clock, () => standing(reader).includes('Two'));
    expect(standing(reader)).toEqual([...before, 'Two']);
  });
});

describe('a chat in which answers and news get lost at the same time', () => {
  it('has its story once', async () => {
    const { desk, telegram, clock } = stage;
    const fault = { method: 'sendMessage', chatId: reader.id, times: 1 } as const;
    telegram.faults.add({ kind: 'forbidden', ...fault });
    telegram.person({ id: reader.id }).send('/help');
    await stage.settle();
    telegram.faults.add({ kind: 'reset-after', ...fault });
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await until(clock, () => standing(reader).length > 0);
    await pass(clock, MINUTE);
    expect(standing(reader)).toEqual(['One']);
  });
});

describe('a repeat in a channel', () => {
  let place: Chat;

  /** A channel to which Telegram posts the first message without saying so. */
  beforeEach(async () => {
    const posts = stage.telegram.channel();
    posts.addBot(['can_post_messages']);
    place = channel(posts.id);
    await subscribe(stage.desk, place, 'en');
    stage.telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: posts.id, times: 1 });
  });

  it('is looked into once, although Redis is away afterwards', async () => {
    const { desk, telegram, clock } = stage;
    vi.spyOn(desk.store.redis, 'srem').mockRejectedValueOnce(new Error('Connection is closed.'));
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await pass(clock, MINUTE);
    expect(standing(place)).toEqual(['One']);
    expect(telegram.deliveries().filter(({ chatId }) => chatId === place.id)).toHaveLength(2);
  });

  it('is taken back, and so is another one', async () => {
    const { desk, telegram, clock } = stage;
    telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: place.id, times: 1 });
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await pass(clock, MINUTE);
    expect(telegram.deliveries().filter(({ chatId }) => chatId === place.id)).toHaveLength(3);
    expect(standing(place)).toEqual(['One']);
  });

  it('is taken back later where Telegram cannot be reached now', async () => {
    const { desk, telegram, clock } = stage;
    telegram.faults.add({ kind: 'reset-before', method: 'deleteMessages', times: 1 });
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await pass(clock, MINUTE);
    await erasePass(desk);
    expect(standing(place)).toEqual(['One']);
  });
});

describe('a lost answer in a channel that Telegram says it does not find', () => {
  it('is asked after again, and the story stands once', async () => {
    const { desk, telegram, clock } = stage;
    const posts = telegram.channel();
    posts.addBot(['can_post_messages']);
    const place = channel(posts.id);
    await subscribe(desk, place, 'en');
    await publish(desk, 'en', { headline: 'Before' });
    await stage.deliver();
    await until(clock, () => standing(place).length === 1);
    telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: posts.id, times: 1 });
    const mend = telegram.faults.add({
      kind: 'refuse',
      method: 'editMessageText',
      chatId: posts.id,
      description: 'Bad Request: chat not found',
    });
    await publish(desk, 'en', { headline: 'After' });
    await until(clock, () => standing(place).length === 2);
    await pass(clock, MINUTE);
    mend();
    await pass(clock, MINUTE);
    expect(standing(place)).toEqual(['Before', 'After']);
    expect(await inFlight(desk.store)).toEqual([]);
  });
});

describe('a post that Telegram makes seconds after the connection broke', () => {
  const places = ['a channel', 'a supergroup', 'a group'];
  const slow = places.map((what) => `${what} where the search for it takes long`);
  it.each([...places, ...slow, 'a channel without a post before'])('stands once in %s', async (what) => {
    const { desk, telegram, clock } = stage;
    const isChannel = what.startsWith('a channel');
    const chat = isChannel
      ? telegram.channel()
      : what.startsWith('a group')
        ? telegram.group()
        : telegram.supergroup();
    chat.addBot(isChannel ? ['can_post_messages'] : undefined);
    await stage.settle();
    const place: Chat = { id: chat.id, kind: isChannel ? 'channel' : 'group' };
    await subscribe(desk, place, 'en');
    await stage.deliver();
    const before = what.includes('before') ? [] : ['Before'];
    for (const headline of before) await publish(desk, 'en', { headline });
    await until(clock, () => standing(place).length === before.length);
    await pass(clock, 5000);
    telegram.faults.add({ kind: 'late', method: 'sendMessage', chatId: chat.id, times: 1 });
    await publish(desk, 'en', { headline: 'After' });
    if (what.endsWith('long')) {
      await until(clock, () => telegram.counters().calls['editmessagetext'] !== undefined);
      telegram.setLatency(4000);
    }
    await pass(clock, MINUTE);
    expect(standing(place)).toEqual([...before, 'After']);
    expect(await inFlight(desk.store)).toEqual([]);
  });
});

describe('in a group where others write much', () => {
  it('a story stands once, and nothing of ours is written over, although its answer was lost', async () => {
    const { desk, telegram, clock } = stage;
    const group = telegram.supergroup();
    group.addBot(undefined);
    const place: Chat = { id: group.id, kind: 'group' };
    await subscribe(desk, place, 'en');
    await publish(desk, 'en', { headline: 'Before' });
    await stage.deliver();
    await until(clock, () => standing(place).length === 1);
    for (let n = 0; n < 60; n += 1) group.say(group.owner, `What a member says, ${n}`);
    telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: group.id, times: 1 });
    await publish(desk, 'en', { headline: 'After' });
    await until(clock, () => standing(place).includes('After'));
    await pass(clock, 3 * MINUTE);
    expect(standing(place)).toEqual(['Before', 'After']);
    expect(await inFlight(desk.store)).toEqual([]);
  });
});

describe('a message that is as long as Telegram takes', () => {
  it.each([4094, 4095, 4096])('is found in a topic, and stays as it was: %i letters', async (length) => {
    const { desk, telegram, clock } = stage;
    const forum = telegram.supergroup({ forum: true });
    forum.addBot(undefined);
    await stage.settle();
    const thread = forum.createTopic('News', forum.owner);
    const topic: Chat = { id: forum.id, kind: 'topic', thread };
    const message = { text: `<b>One</b> &amp; ${'x'.repeat(length - 6)}` };
    const sent = await desk.telegram.send(topic, message);
    if (sent.kind !== 'done') throw new Error('it was sent');
    const { message_id: messageId } = sent.result;
    const before = standing(topic);
    const search = { message, sentAt: clock.now(), isStopped: () => false };
    expect(await probe(desk, topic, search, [messageId], 3)).toEqual({ found: 'there', messageId });
    expect(standing(topic)).toEqual(before);
  });
});

describe('a story that was withdrawn and is back', () => {
  it('reaches who was visited in between, and nobody twice', async () => {
    const { desk, clock } = stage;
    const [id = 0] = stage.telegram.people(1);
    const sleeper = person(id);
    await subscribe(desk, sleeper, 'en');
    const quiet = { from: '14:00', to: '15:00' };
    await changeSettings(desk, sleeper, { quiet }, 'en');
    await stage.deliver();
    const story = await publish(desk, 'en', { headline: 'One' });
    await until(clock, () => standing(reader).length === 1);
    const withdrawn = await revise(desk, story, { withdrawn: true });
    await pass(clock, 3000);
    await changeSettings(desk, sleeper, { quiet: undefined }, 'en');
    await pass(clock, 10_000);
    expect(standing(sleeper)).toEqual([]);
    await revise(desk, withdrawn, { withdrawn: false }, true);
    await until(clock, () => standing(sleeper).length > 0);
    await pass(clock, 10_000);
    expect([standing(reader), standing(sleeper)]).toEqual([['One'], ['One']]);
  });
});

describe('while a visit is under way', () => {
  it('a chat that goes on after a pause is not set aside', async () => {
    const { desk, clock } = stage;
    await publish(desk, 'en', { headline: 'One' });
    // Paused while an earlier visit was under way, so it still waits.
    const { claimed: earlier } = await take();
    await pauseChat(desk, reader);
    const { cursor } = earlier;
    await close(desk, earlier, {
      do: 'settle',
      end: { cursor, notBefore: 0, ahead: false, ownSequence: false },
    });
    const { claimed, round } = await take();
    const prepared = await prepare(desk, round, claimed);
    if (prepared.do === 'send') throw new Error('it is paused');
    await resumeChat(desk, reader);
    await close(desk, claimed, prepared);
    await stage.deliver();
    await pass(clock, 10_000);
    expect(standing(reader)).toEqual(['One']);
  });

  it('quiet hours that are switched off hold nothing', async () => {
    const { desk, clock } = stage;
    await changeSettings(desk, reader, { quiet: { from: '14:00', to: '18:00' } }, 'en');
    await publish(desk, 'en', { headline: 'One' });
    const { claimed, round } = await take();
    const prepared = await prepare(desk, round, claimed);
    if (prepared.do === 'send') throw new Error('it is quiet');
    await changeSettings(desk, reader, { quiet: undefined }, 'en');
    await close(desk, claimed, prepared);
    await stage.deliver();
    await pass(clock, 10_000);
    expect(standing(reader)).toEqual(['One']);
  });

  it('the end of the process loses nothing where quiet hours begin meanwhile, and repeats nothing', async () => {
    const { desk, clock } = stage;
    await changeSettings(desk, reader, { quiet: { from: '14:06', to: '14:20' } }, 'en');
    await publish(desk, 'en', { headline: 'One' });
    const { claimed, round } = await take();
    const prepared = await prepare(desk, round, claimed);
    await sendAndDie(prepared);
    await clock.advance(MINUTE);
    await stage.deliver();
    await pass(clock, 20 * MINUTE);
    expect(standing(reader)).toEqual(['One']);
  });
});

describe.each(['person', 'channel'] as const)(
  'a message of a process that died, in the chat of a %s',
  (kind) => {
    let chat: Chat;
    let story: Story;

    /** One story was shown; the next one arrived, and nobody knows. */
    beforeEach(async () => {
      const { desk, telegram, clock } = stage;
      const posts = telegram.channel();
      posts.addBot(['can_post_messages']);
      chat = kind === 'person' ? reader : channel(posts.id);
      if (kind === 'channel') await unsubscribe(desk, reader);
      await subscribe(desk, chat, 'en');
      const stop = await startDelivery(desk);
      await publish(desk, 'en', { headline: 'Zero' });
      await until(clock, () => standing(chat).length === 1);
      await stop();
      await pass(clock, 5000);
      story = await publish(desk, 'en', { headline: 'One' });
      const { claimed, round } = await take();
      await sendAndDie(await prepare(desk, round, claimed));
    });

    const last = () =>
      String(stage.telegram.deliveries().findLast(({ chatId }) => chatId === chat.id)?.message.wire.text);

    it('is struck through where the story is withdrawn before it is found', async () => {
      await revise(stage.desk, story, { withdrawn: true });
      await stage.deliver();
      await pass(stage.clock, MINUTE);
      expect(last()).toMatch(/One[^]*withdrawn/i);
      expect(standing(chat)).toHaveLength(2);
    });

    it('is known where other topics are chosen before it is found: a withdrawal reaches it', async () => {
      await changeSettings(stage.desk, chat, { follow: ['zebra'], followMode: 'only' }, 'en');
      await stage.deliver();
      const stop = startCorrecting(stage.desk);
      await pass(stage.clock, MINUTE);
      await revise(stage.desk, story, { withdrawn: true });
      await pass(stage.clock, MINUTE);
      await stop();
      expect(last()).toMatch(/One[^]*withdrawn/i);
      expect(standing(chat)).toHaveLength(2);
    });

    it.each<Partial<Settings>>([{ digest: ['14:20'] }, { quiet: { from: '14:00', to: '14:20' } }])(
      'is not told a second time where its news has to wait from then on: %j',
      async (settings) => {
        await changeSettings(stage.desk, chat, settings, 'en');
        await stage.deliver();
        await pass(stage.clock, 30 * MINUTE);
        expect(standing(chat)).toEqual(['Zero', 'One']);
      },
    );
  },
);

describe('a message of which nobody knows whether it arrived', () => {
  const standingAfter = async (ms: number) => {
    await pass(stage.clock, ms);
    await erasePass(stage.desk);
    return standing(reader);
  };

  /** Writes to the bot, which reads that as a running one does. */
  const write = async (...texts: string[]) => {
    const { bot, desk, telegram } = stage;
    for (const text of texts) {
      telegram.person({ id: reader.id }).send(text);
      await takeUpdates(bot, desk, telegram.pendingUpdates() as never);
    }
    await stage.settle();
  };
  /** First lines of all that stands in the reader's chat, whoever wrote it. */
  const inChat = () =>
    stage.telegram
      .person({ id: reader.id })
      .messages()
      .map(({ text }) => String(text).split('\n')[0] ?? '');
  /** A story whose first try meets `kind`. */
  const newsMeets = async (kind: 'reset-before' | 'late') => {
    const { desk, telegram, clock } = stage;
    await write('/help');
    await pass(clock, 5000);
    telegram.faults.add({ kind, method: 'sendMessage', chatId: reader.id, times: 1 });
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
  };
  /** The first did not arrive, as nobody could tell. */
  const newsSentAgain = async () => {
    await newsMeets('reset-before');
    await until(stage.clock, () => inChat().includes('One'));
  };
  /** The first is not there yet, and is sent again. */
  const newsPostedLate = async () => {
    await newsMeets('late');
    await until(stage.clock, () => stage.telegram.counters().calls['sendmessage'] === 2);
  };
  const erased = async (desk = stage.desk) => {
    readAsAsked(desk);
    await pass(stage.clock, MINUTE / 2);
    // Below a later id all copies have theirs.
    stage.telegram.person().send('/help');
    await stage.settle();
    await pass(stage.clock, MINUTE / 2);
    while (await erasePass(desk));
    return inChat();
  };

  it('that Telegram posts seconds after the connection broke goes, and the news stands once', async () => {
    const { desk, telegram, clock } = stage;
    await write('/help');
    const before = inChat();
    await pass(clock, 5000);
    telegram.faults.add({ kind: 'late', method: 'sendMessage', chatId: reader.id, times: 1 });
    await publish(desk, 'en', { headline: 'One' });
    const two = await publish(desk, 'en', { headline: 'Two' });
    await stage.deliver();
    await until(clock, () => telegram.counters().calls['sendmessage'] === 2);
    await revise(desk, two, { withdrawn: true });
    await pass(clock, 5000);
    expect(inChat()).toEqual([...before, 'One', '2 new stories']);
    expect(await erased()).toEqual([...before, 'One']);
  });

  it('goes too where hundreds of messages of another process came in between', async () => {
    const { telegram, clock } = stage;
    await newsPostedLate();
    const [other = 0] = telegram.people(1);
    for (let count = 0; count < 300; count += 1)
      await telegram.handle(telegram.token, 'sendMessage', { chat_id: other, text: 'Of another process' });
    await until(clock, () => standing(reader).filter((text) => text === 'One').length === 2);
    await erased();
    expect(standing(reader).filter((text) => text === 'One')).toHaveLength(1);
  });

  it('waits for a later message: any id above it may be that of the news that leaves right now', async () => {
    const { desk, telegram, clock } = stage;
    await newsPostedLate();
    await pass(clock, MINUTE);
    readAsAsked(desk);
    while (await erasePass(desk));
    expect(telegram.counters().calls['deletemessages'] ?? 0).toBe(0);
    await erased();
    expect(standing(reader).filter((text) => text === 'One')).toHaveLength(1);
  });

  it('and that does not arrive takes no answer with it, not even one of which nobody knows that either', async () => {
    const { telegram } = stage;
    await newsSentAgain();
    telegram.faults.add({ kind: 'malformed', method: 'sendMessage', chatId: reader.id, times: 1 });
    await write('/help', '/settings');
    const before = inChat();
    expect(before).toHaveLength(7);
    expect(await erased()).toEqual(before);
  });

  it('takes nothing with it that its reader has written and the bot has not read', async () => {
    const { telegram, clock } = stage;
    await newsSentAgain();
    await pass(clock, 20_000);
    telegram.person({ id: reader.id }).send('/settings');
    const chat = await erased();
    expect(chat).toContain('One');
    expect(chat).toContain('/settings');
  });

  it('takes nothing of what was said in a chat of which nothing is stored with it where another process begins', async () => {
    const { desk, clock } = stage;
    await newsSentAgain();
    await pass(clock, 2000);
    await write('/unsubscribe');
    const before = inChat();
    const next = { ...desk, memory: createMemory(), telegram: anotherTelegram() };
    next.telegram.sequence.observe(0, desk.telegram.sequence.highest);
    expect(await erased(next)).toEqual(before);
    await next.telegram.close();
  });

  it('goes from the chat of who forgets before it is looked for, also where another process begins', async () => {
    const { desk, telegram, clock } = stage;
    await write('/help');
    await pass(clock, 5000);
    telegram.faults.add({ kind: 'late', method: 'sendMessage', chatId: reader.id, times: 1 });
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await until(clock, () => standing(reader).filter((text) => text === 'One').length === 2);
    await write('/forget');
    const next = { ...desk, memory: createMemory(), telegram: anotherTelegram() };
    next.telegram.sequence.observe(0, desk.telegram.sequence.highest);
    expect(await erased(next)).toEqual([]);
    await next.telegram.close();
  });

  it.each([
    ['unsubscribes', '/unsubscribe'],
    ['changes the language', '/subscribe be'],
  ])('goes from the chat of who %s, and nothing that was written there since', async (_, command) => {
    const { desk } = stage;
    await write('/help');
    await pass(stage.clock, 5000);
    await publish(desk, 'en', { headline: 'One' });
    const { claimed, round } = await take();
    await sendAndDie(await prepare(desk, round, claimed));
    const before = inChat();
    expect(before).toContain('One');
    await write(command, '/latest');
    const since = inChat().slice(before.length);
    expect(since.length).toBeGreaterThan(3);
    // Another process carries it out.
    expect(await erased({ ...desk, memory: createMemory() })).toEqual([...before.slice(0, -1), ...since]);
  });

  it('goes from the chat of who presses another language, which brings no message to count by', async () => {
    const { desk, clock } = stage;
    await write('/help');
    await pass(clock, 5000);
    await publish(desk, 'be', { headline: 'Раней' });
    await publish(desk, 'en', { headline: 'One' });
    const { claimed, round } = await take();
    await sendAndDie(await prepare(desk, round, claimed));
    const before = inChat();
    await changeSettings(desk, reader, { edition: 'be' }, 'be');
    await publish(desk, 'be', { headline: 'Адно' });
    await stage.deliver();
    await until(clock, () => inChat().length > before.length);
    const [last = ''] = inChat().slice(-1);
    expect(before.at(-1)).toBe('One');
    expect(await erased({ ...desk, memory: createMemory() })).toEqual([...before.slice(0, -1), last]);
  });

  it('goes from a group that unsubscribes, and no answer there since', async () => {
    const { desk, telegram, clock } = stage;
    const group = telegram.supergroup();
    group.addBot(['can_delete_messages'], group.owner);
    await stage.settle();
    const say = async (text: string) => {
      group.say(group.owner, text);
      await stage.settle();
    };
    const ours = () =>
      group
        .history()
        .filter(({ deletedAt, fromBot }) => deletedAt === undefined && fromBot)
        .map(({ text }) => String(text).split('\n')[0]);
    await say('/subscribe en');
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Zero' });
    await until(clock, () => ours().includes('Zero'));
    await pass(clock, 5000);
    telegram.faults.add({ kind: 'late', method: 'sendMessage', chatId: group.id, times: 1 });
    await publish(desk, 'en', { headline: 'One' });
    await pass(clock, 1500);
    await say('/unsubscribe');
    await pass(clock, 20_000);
    await say('/latest');
    const before = ours();
    await erased();
    expect(ours()).toEqual(before.filter((text) => text !== 'One'));
  });

  it.each(['changes the language', 'was forgotten and came back'])(
    'takes no later news with it from the chat of who %s, however late that is',
    async (how) => {
      const { desk, clock } = stage;
      const edition = how === 'changes the language' ? 'be' : 'en';
      await write('/help');
      await pass(clock, 5000);
      await publish(desk, 'en', { headline: 'One' });
      await take();
      if (edition === 'be') await changeSettings(desk, reader, { edition }, edition);
      else {
        const forgetting = forgetChat(desk, reader, []);
        await pass(clock, 6000);
        await forgetting;
        await subscribe(desk, reader, edition);
      }
      await publish(desk, edition, { headline: 'Two' });
      await clock.advance(31_000);
      // The removal is due while the answer is on its way.
      const { claimed, round } = await take(edition);
      const prepared = await prepare(desk, round, claimed);
      if (prepared.do !== 'send') throw new Error('it may be sent');
      const sent = await desk.telegram.send(reader, prepared.composed.message);
      if (sent.kind !== 'done') throw new Error('it was sent');
      await erasePass(desk);
      await recordShown(desk, claimed, prepared, sent.result.message_id, 'sent');
      expect(await erased({ ...desk, memory: createMemory() })).toContain('Two');
    },
  );

  it.each(['unsubscribes', 'changes the language'])(
    'goes where it is found after its reader %s',
    async (how) => {
      const { desk } = stage;
      await publish(desk, 'en', { headline: 'One' });
      await publish(desk, 'be', { headline: 'Адно' });
      const { claimed, round } = await take();
      const prepared = await prepare(desk, round, claimed);
      if (prepared.do !== 'send') throw new Error('it may be sent');
      const sent = await desk.telegram.send(prepared.subscriber.chat, prepared.composed.message);
      if (sent.kind !== 'done') throw new Error('it was sent');
      if (how === 'changes the language') await changeSettings(desk, reader, { edition: 'be' }, 'be');
      else await unsubscribe(desk, reader);
      await recordShown(desk, claimed, prepared, sent.result.message_id, 'found');
      expect(standing(reader)).toEqual([]);
      await stage.deliver();
      expect(await standingAfter(MINUTE)).toEqual(how === 'changes the language' ? ['Адно'] : []);
    },
  );

  it.each(['the next process has found it, too', 'its reader has unsubscribed and come back'])(
    'stays where it is found after %s, and goes with /forget',
    async (what) => {
      const { desk } = stage;
      await publish(desk, 'en', { headline: 'One' });
      const { claimed, round } = await take();
      const prepared = await prepare(desk, round, claimed);
      if (prepared.do !== 'send') throw new Error('it may be sent');
      const sent = await desk.telegram.send(prepared.subscriber.chat, prepared.composed.message);
      if (sent.kind !== 'done') throw new Error('it was sent');
      const next = { ...desk, memory: createMemory() };
      if (what.startsWith('the next')) {
        await recordShown(next, claimed, prepared, sent.result.message_id, 'found');
      } else {
        await unsubscribe(next, reader);
        await subscribe(next, reader, 'en');
      }
      await recordShown(desk, claimed, prepared, sent.result.message_id, 'found');
      expect(standing(reader)).toEqual(['One']);
      await forgetChat(next, reader, []);
      expect(standing(reader)).toEqual([]);
    },
  );
});

describe('a first post whose answer comes late, while the process that delivers now repeats it', () => {
  let place: Chat;
  /** The answer comes to the process that does not deliver any more. */
  let answered: () => Promise<void>;

  beforeEach(async () => {
    const { desk, telegram } = stage;
    const posts = telegram.channel();
    posts.addBot(['can_post_messages']);
    place = channel(posts.id);
    await unsubscribe(desk, reader);
    await subscribe(desk, place, 'en');
    await publish(desk, 'en', { headline: 'One' });
    const { claimed, round } = await take();
    const prepared = await prepare(desk, round, claimed);
    if (prepared.do !== 'send') throw new Error('it may be sent');
    const sent = await desk.telegram.send(place, prepared.composed.message);
    if (sent.kind !== 'done') throw new Error('it was sent');
    const earlier = { ...desk, memory: createMemory() };
    answered = () => recordShown(earlier, claimed, prepared, sent.result.message_id, 'sent');
  });

  it.each([
    'before it has looked for it',
    'when it has found it',
    'when it has found it, and is about to take its repeat back',
    'when it has written it down',
  ])('stands once where it comes %s', async (moment) => {
    const { desk, clock } = stage;
    const { telegram } = desk;
    let late: Promise<void> | undefined;
    const edit: typeof telegram.edit = async (...question) => {
      if (moment.startsWith('before')) await (late ??= answered());
      const outcome = await telegram.edit(...question);
      if (moment.endsWith('found it')) await (late ??= answered());
      return outcome;
    };
    const remove: typeof telegram.remove = async (...question) => {
      if (moment.endsWith('back') && !late) {
        late = Promise.resolve();
        await answered();
      }
      return telegram.remove(...question);
    };
    await stage.deliver({ ...desk, telegram: { ...telegram, edit, remove } });
    await until(clock, async () => late !== undefined || (await inFlight(desk.store)).length === 0, MINUTE);
    await pass(clock, MINUTE);
    if (!late) await answered();
    expect(standing(place)).toEqual(['One']);
    const [one] = stage.telegram
      .deliveries()
      .filter(({ chatId, message }) => chatId === place.id && message.deletedAt === undefined);
    const { slot = -1 } = (await findChat(desk, place)) ?? {};
    const [story = ''] = await recentNames(desk);
    expect(await messageIds(desk, slot, [story])).toEqual([one?.message.wire.message_id]);
    expect(await inFlight(desk.store)).toEqual([]);
    await forgetChat(desk, place, []);
    expect(await desk.store.redis.exists(desk.store.keys.retracted(slot))).toBe(0);
  });
});

describe('a language there and back while a message is on its way', () => {
  it.each(['arrives', 'is found', 'does not'])('leaves it in the chat once, whether it %s', async (how) => {
    const { desk, clock } = stage;
    await publish(desk, 'be', { headline: 'Раней' });
    await clock.advance(1000);
    await publish(desk, 'en', { headline: 'Zero' });
    const stop = await startDelivery(desk);
    await until(clock, () => standing(reader).length === 1);
    await stop();
    await clock.advance(5000);
    await publish(desk, 'en', { headline: 'One' });
    const { claimed, round } = await take();
    const prepared = await prepare(desk, round, claimed);
    if (prepared.do !== 'send') throw new Error('it may be sent');
    const sent = how === 'does not' ? undefined : await desk.telegram.send(reader, prepared.composed.message);
    for (const edition of ['be', 'en'] as const) await changeSettings(desk, reader, { edition }, edition);
    const end = async (by: 'sent' | 'found') => {
      if (sent?.kind === 'done') await recordShown(desk, claimed, prepared, sent.result.message_id, by);
    };
    if (how === 'arrives') await end('sent');
    await stage.deliver();
    // The search for it ends when the next process has told the story already.
    if (how === 'is found') await end('found');
    await pass(clock, MINUTE);
    await erasePass(desk);
    expect(standing(reader)).toEqual(['Zero', 'One']);
  });
});

describe('an outage of which a proxy speaks', () => {
  it('is one: a message at a time tries, and each chat gets its story once when it is over', async () => {
    const { desk, telegram, clock } = stage;
    const people = telegram.people(15);
    const paced = { ...desk, telegram: pacedTelegram(30) };
    await subscribeAll(desk, people, 'en');
    await publish(desk, 'en', { headline: 'One' });
    const isBack = telegram.faults.add({ kind: 'bad-gateway' });
    await stage.deliver(paced);
    await pass(clock, 3000);
    expect(telegram.counters().calls['sendmessage']).toBeLessThan(10);
    isBack();
    await until(clock, () => people.every((id) => standing(person(id)).length > 0), MINUTE);
    await until(clock, async () => (await inFlight(desk.store)).length === 0);
    for (const id of people) expect(standing(person(id))).toEqual(['One']);
    await paced.telegram.close();
  });

  it('leaves hundreds to be looked for, and the news of all others goes on beside that', async () => {
    const { desk, telegram, clock } = stage;
    const people = telegram.people(200);
    await subscribeAll(desk, people, 'en');
    await publish(desk, 'en', { headline: 'One' });
    await takeAll();
    const paced = { ...desk, telegram: pacedTelegram(30) };
    telegram.faults.add({ kind: 'bad-gateway', method: 'editMessageText' });
    await stage.deliver(paced);
    await pass(clock, 3500, 500);
    const [id = 0] = telegram.people(1);
    await subscribe(desk, person(id), 'en');
    await publish(desk, 'en', { headline: 'Two' });
    await until(clock, () => standing(person(id)).length > 0, 2500);
    await paced.telegram.close();
  });
});

describe('a message that was found while Redis lost that it was on its way', () => {
  it('is known to stand in the chat, and comes no second time', async () => {
    const { desk, clock } = stage;
    await publish(desk, 'en', { headline: 'One' });
    const rollBack = await snapshot(stage);
    const { claimed, round } = await take();
    const prepared = await prepare(desk, round, claimed);
    if (prepared.do !== 'send') throw new Error('it may be sent');
    const sent = await desk.telegram.send(prepared.subscriber.chat, prepared.composed.message);
    if (sent.kind !== 'done') throw new Error('it was sent');
    await rollBack();
    await recordShown(desk, claimed, prepared, sent.result.message_id, 'found');
    await stage.deliver();
    await pass(clock, 10_000);
    expect(standing(reader)).toEqual(['One']);
  });
});

describe('a Telegram that leaves every second question without an answer', () => {
  it('is asked again until it is known of each chat whether the story arrived there', async () => {
    const { desk, telegram, clock } = stage;
    const people = telegram.people(3);
    await subscribeAll(desk, people, 'en');
    await publish(desk, 'en', { headline: 'One' });
    await takeAll();
    let asked = 0;
    const silent: typeof desk.telegram.edit = async (...question) => {
      asked += 1;
      if (asked % 2 === 0) return desk.telegram.edit(...question);
      await clock.sleep(12_000);
      return { kind: 'unknown', detail: 'TimeoutError' };
    };
    await stage.deliver({ ...desk, telegram: { ...desk.telegram, edit: silent } });
    await until(clock, () => people.every((id) => standing(person(id)).length > 0), 10 * MINUTE);
    await pass(clock, 10_000);
    for (const id of people) expect(standing(person(id))).toEqual(['One']);
  });
});

describe('a chat that stands in no queue although it reads the news', () => {
  it('gets them again from the next /subscribe on', async () => {
    const { desk, clock } = stage;
    const { slot = -1 } = (await findChat(desk, reader)) ?? {};
    await moveInQueue(desk.store, slot, 'en', { to: 'park' });
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await pass(clock, 3000);
    expect(standing(reader)).toEqual([]);
    await subscribe(desk, reader, 'en');
    await publish(desk, 'en', { headline: 'Two' });
    await pass(clock, 3000);
    expect(standing(reader)).toEqual(['Two']);
  });
});
