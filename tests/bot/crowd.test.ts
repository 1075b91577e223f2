import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askerFor, beginWork, searchFor } from '#src/desk/serve.ts';
import { createBot } from '#src/bot/bot.ts';
import { handleUpdate, keepLines } from '#src/bot/inbox.ts';
import { runUpdates, takeUpdates } from '#src/bot/updates.ts';
import { findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { newLine } from '#src/desk/memory/line.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { LIMITS } from '#src/limits.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { openSpareInbox } from '#src/spare-inbox.ts';
import { pass, publish, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { ask, last, record, said, subscriber } from './talk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

type Update = Parameters<typeof handleUpdate>[2];
const pending = () => stage.telegram.pendingUpdates() as unknown as Update[];
const stranger = (account: number) => askerFor(stage.desk, account, undefined);

describe('a crowd of strangers', () => {
  it('is worked on a few at a time, and given up where more wait than can be answered', async () => {
    const { desk, clock } = stage;
    const begun: (() => void)[] = [];
    let left = 0;
    const all = Array.from({ length: 200 }, async (_, account) => {
      const end = await beginWork(desk, stranger(account));
      if (end) begun.push(end);
      else left += 1;
    });
    await pass(clock, 10);
    expect([begun.length, left]).toEqual([LIMITS.atWork, 200 - LIMITS.atWork - LIMITS.atGate]);
    while (begun.length + left < 200) {
      begun.at(-1)?.();
      await pass(clock, 10);
    }
    await Promise.all(all);
    expect(desk.telegram.pace.bites.lately()).toEqual([{ limit: 'atWork', count: left }]);
  });

  it.each([
    { presses: 'a menu', before: 'commands', command: '/start', button: 'Русский', undone: 0 },
    { presses: 'to read a story', before: 'no command', command: '/latest 1', button: '1', undone: 1 },
  ])('has who presses $presses left undone before $before, and answered', async (pressing) => {
    const { desk, clock, telegram } = stage;
    await publish(desk, 'en', { headline: 'A bridge opens' });
    const presser = telegram.person({ language: 'en' });
    const message = await ask(stage, presser, pressing.command);
    // The cost of its command is forgotten.
    await clock.advance(60_000);
    const begun = Array.from({ length: LIMITS.atWork }, (_, account) => beginWork(desk, stranger(account)));
    const pressed = stage.press(presser, message.id, pressing.button);
    await until(clock, async () => desk.memory.gates.stranger.work.waiting.size > 0);
    const commands = Array.from({ length: LIMITS.atGate }, (_, account) =>
      beginWork(desk, stranger(100 + account)),
    );
    for (const end of [...begun, ...commands]) (await end)?.();
    const ends = await Promise.all(commands);
    expect(ends.filter((end) => end === undefined)).toHaveLength(pressing.undone);
    expect(await pressed).toBeDefined();
  });

  it('keeps no reader waiting, whatever its requests wait for', async () => {
    const reader = await subscriber(stage, 'en');
    const { clock, desk } = stage;
    await clock.advance(LIMITS.newcomer);
    const crowd = Array.from({ length: 100 }, (_, account) => beginWork(desk, stranger(account)));
    reader.send('/help');
    await stage.settle();
    expect(said(reader).at(-1)?.text).toContain('/latest');
    for (const waiting of crowd.slice(0, LIMITS.atWork)) (await waiting)?.();
  });

  it('searches one after the other, and leaves as much time as its searches take', async () => {
    const { desk, clock } = stage;
    const began: number[] = [];
    const from = clock.now();
    const search = async () => {
      began.push(clock.now() - from);
      await clock.sleep(100);
    };
    const both = [searchFor(desk, stranger(1), search), searchFor(desk, stranger(2), search)];
    await pass(clock, 500, 10);
    await Promise.all(both);
    expect(began[1]).toBeGreaterThanOrEqual(200);
    expect(began[1]).toBeLessThan(300);
    const crowd = Array.from({ length: LIMITS.atGate + 3 }, (_, account) =>
      searchFor(desk, stranger(account), async () => 'found'),
    );
    await pass(clock, 500, 10);
    expect((await Promise.all(crowd)).filter((found) => found === undefined)).toHaveLength(2);
    expect(desk.telegram.pace.bites.lately()).toEqual([{ limit: 'search', count: 2 }]);
  });

  it('that brings more than Telegram gives at once is read on without delay', async () => {
    const { clock, desk, bot, telegram } = stage;
    telegram.faults.add({ kind: 'hang', method: 'sendMessage' });
    for (let count = 0; count < 100; count += 1) telegram.person({ language: 'en' }).start();
    const began = clock.now();
    let isTaken = false;
    void takeUpdates(bot, desk, pending()).then(() => (isTaken = true));
    await until(clock, () => isTaken);
    expect(clock.now() - began).toBeLessThan(LIMITS.reading);
    telegram.faults.clear();
    await pass(clock, 30_000);
  });
});

describe('words of one person in a siege', () => {
  const bring = (person: Person, ...words: string[]) => {
    for (const each of words) {
      person.send(each);
      const update = pending().at(-1);
      if (update) void handleUpdate(stage.bot, stage.desk, update);
    }
  };
  /** Has everybody else at work until the answer is called. */
  const besiege = async (reads: boolean) => {
    const asker = { reads, ...(reads ? { standing: 0 } : {}) };
    const begun = Array.from({ length: LIMITS.atWork }, (_, account) =>
      beginWork(stage.desk, { ...asker, account }),
    );
    await pass(stage.clock, 10);
    return async () => {
      for (const end of begun) (await end)?.();
      await pass(stage.clock, 20_000, 100);
    };
  };

  it.each([
    { words: ['/subscribe ru', '/unsubscribe'], state: 'idle', isInLine: false },
    { words: ['/subscribe ru', '/unsubscribe'], state: 'idle', isInLine: true },
    { words: ['/subscribe ru', '/unsubscribe', '/subscribe ru'], state: 'active', isInLine: true },
  ])('are obeyed in their order: $words ($isInLine)', async ({ words, state, isInLine }) => {
    const { clock, desk } = stage;
    const reader = await subscriber(stage, 'en');
    const others: Person[] = [];
    while (others.length < LIMITS.atWork) others.push(await subscriber(stage, 'en'));
    await clock.advance(LIMITS.newcomer);
    const relieve = await besiege(true);
    // A call from the line waits for the gate before whatever comes to the line later.
    if (isInLine) for (const other of others) bring(other, '/help');
    bring(reader, ...words.slice(0, 1));
    await pass(clock, isInLine ? LIMITS.gate + 500 : 1000, 100);
    expect(desk.memory.gates.reader.line.size > 0).toBe(isInLine);
    bring(reader, ...words.slice(1));
    await pass(clock, isInLine ? 500 : LIMITS.gate, 100);
    await relieve();
    const stored = await record(stage, reader);
    expect([stored?.state, stored?.settings.edition]).toEqual([state, 'ru']);
  });

  it.each(['/forget', 'a block'])('are not obeyed after %s', async (wish) => {
    const { clock } = stage;
    const person = stage.telegram.person({ language: 'en' });
    const relieve = await besiege(false);
    bring(person, '/subscribe en');
    await pass(clock, 1000, 100);
    if (wish === '/forget') bring(person, wish);
    else {
      person.block();
      void handleUpdate(stage.bot, stage.desk, pending().at(-1) as Update);
    }
    await pass(clock, LIMITS.gate, 100);
    await relieve();
    expect(await record(stage, person)).toBeUndefined();
  });
});

describe('newcomers of whom more come at once than can be answered', () => {
  let crowd: Person[];
  let stop: AbortController;
  let reading: Promise<void>;
  beforeEach(async () => {
    await stage.close();
    stage = await openStage({ rate: 30 });
    stop = new AbortController();
  });
  const come = (count: number, words: string) => {
    crowd = Array.from({ length: count }, () => stage.telegram.person({ language: 'en' }));
    for (const person of crowd) person.send(words);
  };
  const read = (desk = stage.desk) => {
    const { token, url: apiRoot } = stage.telegram;
    keepLines(desk, stop.signal);
    reading = runUpdates(createBot(desk, { token, apiRoot }), desk, stop.signal);
  };
  const end = async () => {
    stop.abort();
    let isOver = false;
    void reading.finally(() => (isOver = true));
    await until(stage.clock, () => isOver);
  };
  const isEach = (times: number) => crowd.every((person) => said(person).length === times);

  it('are subscribed and answered, each once, the first first, and keep no reader waiting', async () => {
    const { clock, desk } = stage;
    const reader = await subscriber(stage, 'en');
    await clock.advance(LIMITS.newcomer);
    come(3000, '/subscribe en');
    read();
    await pass(clock, 3000);
    const before = said(reader).length;
    const asked = clock.now();
    reader.send('/help');
    await until(clock, () => said(reader).length > before);
    expect(clock.now() - asked).toBeLessThan(2000);
    await until(clock, () => isEach(1));
    for (const person of crowd) expect(said(person)[0]?.text).toContain('News will come in English');
    const order = crowd
      .map((person, came) => ({ came, id: said(person)[0]?.id ?? 0 }))
      .toSorted((one, other) => one.id - other.id);
    // Telegram gives hundreds at once, which are worked on together.
    expect(Math.max(...order.map(({ came }, served) => Math.abs(came - served)))).toBeLessThan(500);
    await until(clock, async () => (await desk.store.redis.hlen(desk.store.keys.inbox)) === 0);
    await end();
  }, 120_000);

  it('and press Start, then a button, or write twice, have what they asked for in its order', async () => {
    const { clock, telegram } = stage;
    come(400, '/start');
    for (const person of crowd.slice(-100))
      for (let time = 0; time < 3; time += 1) person.send('/subscribe en');
    const [subscribing, pressing] = [crowd.slice(-100), crowd.slice(0, 300)];
    read();
    await until(clock, () => pressing.every((person) => said(person).length === 1));
    for (const person of pressing) void person.press(said(person)[0]?.id ?? 0, 'English');
    await until(clock, () =>
      crowd.every((person) => last(person).text.includes('News will come in English')),
    );
    for (const person of subscribing) {
      const texts = said(person).map(({ text }) => text.slice(0, 30));
      expect(new Set(texts).size).toBe(texts.length);
    }
    expect(telegram.counters().calls['sendmessage']).toBeLessThan(650);
    await end();
  });

  it('are answered by the next process where one stops, and each once', async () => {
    const { clock, desk } = stage;
    come(400, '/subscribe en');
    read();
    await pass(clock, 5000);
    expect(isEach(1)).toBe(false);
    await end();
    stop = new AbortController();
    read({ ...desk, memory: createMemory() });
    await until(clock, () => isEach(1));
    await pass(clock, 5000);
    expect(isEach(1)).toBe(true);
    await end();
  });

  it('are answered by whoever has the lease again, each once, where Redis takes nothing while they wait', async () => {
    const { clock } = stage;
    const spare = openSpareInbox(join(stage.redisFolder, 'inbox-1'));
    const desk = { ...stage.desk, spare };
    const redis = (replicas: string) => desk.store.redis.config('SET', 'min-replicas-to-write', replicas);
    come(300, '/help');
    await redis('1');
    read(desk);
    await pass(clock, 3000, 100);
    expect(desk.memory.gates.stranger.line.size).toBeGreaterThan(0);
    await redis('0');
    await end();
    stop = new AbortController();
    read(desk);
    await until(clock, () => isEach(1) && spare.left().size === 0);
    await end();
    spare.close();
  });

  it('are told of the trouble, each, where Redis takes nothing', async () => {
    const { clock } = stage;
    const spare = openSpareInbox(join(stage.redisFolder, 'inbox-1'));
    const desk = { ...stage.desk, spare };
    await desk.store.redis.config('SET', 'min-replicas-to-write', '1');
    come(400, '/subscribe en');
    read(desk);
    await until(clock, () => crowd.every((person) => said(person).length > 0));
    await end();
    spare.close();
  });

  it('are forgotten at once if they wish it meanwhile, and their words taken away', async () => {
    const { clock } = stage;
    come(400, '/subscribe en');
    read();
    await pass(clock, 2000);
    const [person] = crowd.slice(-1) as [Person];
    expect(said(person)).toEqual([]);
    person.send('/forget');
    await until(clock, () => said(person).length === 1, 10_000);
    expect(said(person)[0]?.text).toContain('deleted');
    await until(clock, () => crowd.slice(0, -1).every((other) => said(other).length === 1));
    await pass(clock, 60_000);
    expect(await record(stage, person)).toBeUndefined();
    expect(person.messages().filter(({ text }) => text !== '')).toHaveLength(1);
    await end();
  });

  it('and come one by one, by a webhook, keep it busy no longer than it takes to write them down', async () => {
    const { bot, clock, desk } = stage;
    come(100, '/subscribe en');
    for (const update of pending()) void handleUpdate(bot, desk, update);
    await until(clock, () => desk.memory.gates.stranger.line.size > 0);
    come(1, '/subscribe en');
    const began = clock.now();
    let isTaken = false;
    void takeUpdates(bot, desk, pending().slice(-1)).then((taken) => (isTaken = taken));
    await until(clock, () => isTaken);
    expect(clock.now() - began).toBeLessThan(LIMITS.reading);
    await until(clock, () => isEach(1));
  });

  it('are given up beyond what memory has room for, which operators see', () => {
    const line = newLine();
    const task = (update_id: number) => ({
      update: { update_id },
      also: [],
      waits: () => undefined,
      end: () => undefined,
    });
    for (let id = 0; id < LIMITS.lineEach; id += 1) expect(line.add('one', task(id))).toBe(true);
    expect(line.add('one', task(9))).toBe(false);
    for (let id = LIMITS.lineEach; id < LIMITS.line; id += 1) line.add(`${id}`, task(id));
    expect(line.add('late', task(LIMITS.line))).toBe(false);
    expect(line.takeFirst()).toHaveLength(LIMITS.lineEach);
    expect(line.add('late', task(LIMITS.line))).toBe(true);
  });

  it('are given up the sooner the longer they are, and leave their room', () => {
    const line = newLine();
    const message = { text: 'ж'.repeat(4096) } as NonNullable<Update['message']>;
    const task = {
      update: { update_id: 1, message },
      also: [],
      waits: () => undefined,
      end: () => undefined,
    };
    let count = 0;
    while (line.add(`${count}`, task)) count += 1;
    expect(count).toBeLessThan(LIMITS.line / 4);
    expect(line.hasRoomFor(1)).toBe(false);
    while (line.size > 0) line.takeFirst();
    expect(line.hasRoomFor(100)).toBe(true);
    expect(line.add('late', task)).toBe(true);
  });
});

describe('a member of a group who is no administrator', () => {
  it('is asked after once in half a minute, however much they write', async () => {
    const { telegram, clock, desk } = stage;
    const group = telegram.supergroup();
    group.addBot(undefined);
    const member = telegram.person({ language: 'en' });
    await stage.settle();
    const asked = () => telegram.counters().calls['getchatmember'] ?? 0;
    const before = asked();
    for (let count = 0; count < 5; count += 1) group.say(member, '/help');
    await stage.settle();
    expect(asked() - before).toBe(1);
    expect(desk.telegram.pace.bites.lately()).toEqual([{ limit: 'member', count: 4 }]);
    group.promote(member, ['can_manage_chat']);
    await clock.advance(LIMITS.member);
    group.say(member, '/subscribe en');
    await stage.settle();
    expect(group.messages().some(({ fromBot }) => fromBot)).toBe(true);
    expect(desk.memory.gates.stranger.work.inside).toBe(0);
  });
});

describe('a stranger who asks for their channels again and again', () => {
  it('has each place without an owner asked about once in half a minute', async () => {
    const { telegram, desk } = stage;
    for (let count = 0; count < 20; count += 1) {
      const channel = telegram.channel();
      channel.addBot(['can_post_messages']);
      await subscribe(desk, { id: channel.id, kind: 'channel' }, 'en');
    }
    const person = telegram.person({ language: 'en' });
    await stage.settle();
    const asked = () => telegram.counters().calls['getchatmember'] ?? 0;
    const before = asked();
    for (let count = 0; count < 5; count += 1) person.send('/channels');
    await stage.settle();
    expect(asked() - before).toBe(20);
  });
});

describe('an editor who posts commands without end', () => {
  it('has as many removed as anybody may write in a minute, and what is to be forgotten is forgotten', async () => {
    const { telegram, desk } = stage;
    const channel = telegram.channel();
    channel.addBot(['can_post_messages']);
    await subscribe(desk, { id: channel.id, kind: 'channel' }, 'en');
    for (let count = 0; count < 2 * LIMITS.commands; count += 1)
      channel.post(channel.owner, `/help ${count}`);
    await stage.settle();
    expect(telegram.counters().calls['deletemessage']).toBe(LIMITS.commands);
    channel.post(channel.owner, '/forget');
    await stage.settle();
    expect(await findChat(desk, { id: channel.id, kind: 'channel' })).toBeUndefined();
  });
});

describe('standing', () => {
  it('is that of the block in which a reader has a slot; groups and strangers have none', async () => {
    const { desk, clock } = stage;
    const old = (await subscribe(desk, { id: 1, kind: 'person' }, 'en')).subscriber;
    await desk.store.redis.del(desk.store.keys.freeSlots('en'));
    const young = (await subscribe(desk, { id: 2, kind: 'person' }, 'en')).subscriber;
    const group = (await subscribe(desk, { id: -3, kind: 'group' }, 'en')).subscriber;
    await clock.advance(LIMITS.newcomer);
    expect(askerFor(desk, 1, old).standing).toBeLessThan(askerFor(desk, 2, young).standing ?? 0);
    expect([askerFor(desk, 3, group), askerFor(desk, 4, undefined)]).toEqual([
      { account: 3, reads: true },
      { account: 4, reads: false },
    ]);
  });

  it('is not had by an account that forgets and subscribes again, whoever had its slot before', async () => {
    const { desk, clock, telegram } = stage;
    const [reader, comer] = [await subscriber(stage, 'en'), telegram.person({ language: 'en' })];
    await clock.advance(LIMITS.newcomer);
    for (const words of ['/subscribe', '/forget', '/subscribe']) await ask(stage, comer, words);
    const of = async ({ id }: { id: number }) =>
      askerFor(desk, id, await findChat(desk, { id, kind: 'person' }));
    expect((await of(reader)).standing).toBeDefined();
    expect(await of(comer)).toEqual({ account: comer.id, reads: true });
    await clock.advance(LIMITS.newcomer);
    expect((await of(comer)).standing).toBeDefined();
  });
});
