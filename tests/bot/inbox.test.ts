import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBot } from '#src/bot/bot.ts';
import { ALLOWED_UPDATES, handleUpdate, keepLines } from '#src/bot/inbox.ts';
import { resumeUpdates, runUpdates, takeUpdates } from '#src/bot/updates.ts';
import { slim } from '#src/bot/slim.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import type { Desk } from '#src/desk/desk.ts';
import { noteUpdates } from '#src/store/inbox.ts';
import { createSeal } from '#src/store/seal.ts';
import { LIMITS } from '#src/limits.ts';
import { openSpareInbox } from '#src/spare-inbox.ts';
import { MINUTE } from '#src/time.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { pass, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { erasePass } from '#testing/erase.ts';
import { ask, record, said } from './talk.ts';

type Update = Parameters<typeof handleUpdate>[2];

const OPERATOR = 4_242;
let stage: Stage;
let person: Person;
beforeEach(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  person = stage.telegram.person({ language: 'en' });
});
afterEach(() => stage.close());

/** Everything that the person did since the start, as Telegram brings it. */
const pending = () => stage.telegram.pendingUpdates() as unknown as readonly Update[];

/** The desk of a process that begins now, on the same Redis. */
const another = (): Desk => ({ ...stage.desk, memory: createMemory() });

/** Reads all updates while the answer to the first one hangs, as a process does that is killed then. */
async function readAndDie(): Promise<void> {
  const remove = stage.telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: person.id });
  const taken = takeUpdates(stage.bot, stage.desk, pending());
  await pass(stage.clock, LIMITS.reading + 1000, 100);
  await taken;
  remove();
}

const noted = () => stage.desk.store.redis.hlen(stage.desk.store.keys.inbox);

describe('updates that were read and not handled', () => {
  it('are handled by the next process after a kill, in their order, and then gone', async () => {
    person.send('/language ru');
    person.send('hello');
    await readAndDie();
    expect(await noted()).toBe(2);
    const next = another();
    const resumed = resumeUpdates(stage.bot, next);
    await until(stage.clock, async () => (await noted()) === 0);
    await resumed;
    expect(said(person).at(-1)?.text).toBe('Поиск по новостям или команды: /help');
  });

  it('wait while Telegram does not say who the bot is, and are handled then', async () => {
    const { desk, telegram, clock } = stage;
    await ask(stage, person, '/subscribe en');
    const mend = telegram.faults.add({ kind: 'bad-gateway', method: 'getMe' });
    const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
    person.send('/language ru');
    const over = Promise.all(pending().map((update) => handleUpdate(bot, desk, update)));
    await pass(clock, MINUTE, 100);
    mend();
    await pass(clock, MINUTE, 100);
    await over;
    expect((await record(stage, person))?.settings.edition).toBe('ru');
  });

  it('are written down meanwhile, and handled by the next process that knows', async () => {
    const { desk, telegram, clock } = stage;
    await ask(stage, person, '/subscribe en');
    const mend = telegram.faults.add({ kind: 'bad-gateway', method: 'getMe' });
    person.send('/language ru');
    const stranger = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
    const taken = takeUpdates(stranger, another(), pending());
    await pass(clock, LIMITS.reading + 1000, 100);
    expect(await taken).toBe(true);
    expect(await noted()).toBe(1);
    await resumeUpdates(stage.bot, another());
    await until(clock, async () => (await noted()) === 0);
    expect((await record(stage, person))?.settings.edition).toBe('ru');
    mend();
  });

  it('that no key opens any more are dropped and counted, and the others handled', async () => {
    const { desk } = stage;
    person.send('/help');
    await readAndDie();
    const { inbox } = desk.store.keys;
    const foreign = createSeal(Buffer.alloc(32, 9), desk.store.botId);
    await desk.store.redis.hset(inbox, '1', foreign.seal(0xfffffffd, Buffer.alloc(2048, ' ')));
    await resumeUpdates(stage.bot, another());
    await until(stage.clock, async () => (await desk.store.redis.hlen(inbox)) === 0);
    const counted = (await desk.status.updates.get()).values.find(({ labels }) => labels.kind === 'unopened');
    expect(counted?.value).toBe(1);
    await until(stage.clock, () => said(person).length > 0);
  });
});

describe('what waits', () => {
  const bytes = (update: object) => Buffer.byteLength(JSON.stringify(update));
  const linked = Array.from({ length: 100 }, (_, at) => ({
    type: 'text_link',
    offset: at,
    length: 1,
    url: `https://a.by/${'x'.repeat(100)}`,
  }));
  const told = { text: 'Навіна. '.repeat(500), entities: linked };

  it.each([
    ['a text', told],
    ['a picture', { caption: told.text, caption_entities: linked }],
    ['an article', { rich_message: { blocks: Array(100).fill({ type: 'paragraph', text: told.text }) } }],
  ])('takes a kilobyte for a press under %s', async (_, content) => {
    const shown = await ask(stage, person, '/help');
    void person.press(shown.id, 'Settings').catch(() => undefined);
    const press = pending().at(-1)?.callback_query;
    const update = { update_id: 1, callback_query: { ...press, message: { ...press?.message, ...content } } };
    expect(bytes(slim(stage.desk, update as unknown as Update))).toBeLessThan(1024);
    await stage.settle();
  });

  it('is without the message that it answers and without most of its marks', async () => {
    const { desk, telegram } = stage;
    telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: person.id, times: 1 });
    person.send('/help');
    person.send('/search x');
    const [first, second] = pending() as [Update, Update];
    const message = {
      ...second.message,
      ...told,
      text: '/search x',
      reply_to_message: { ...first.message, ...told },
    };
    const taken = takeUpdates(stage.bot, desk, [first, { ...second, message } as unknown as Update]);
    const [own = []] = desk.memory.turns.values();
    expect(own.map(({ update }) => bytes(update) < 4096)).toEqual([true]);
    let isTaken: boolean | undefined;
    void taken.then((result) => (isTaken = result));
    await until(stage.clock, () => isTaken === true);
  });
});

describe('a start that finds written down what others asked for', () => {
  it('carries it out once, also where Redis takes nothing', async () => {
    const { desk, clock } = stage;
    person.send('/help');
    await noteUpdates(desk, pending());
    await desk.store.redis.config('SET', 'maxmemory', '1mb');
    await resumeUpdates(stage.bot, another());
    await until(clock, async () => (await noted()) === 0);
    await desk.store.redis.config('SET', 'maxmemory', '0');
    await resumeUpdates(stage.bot, another());
    await pass(clock, MINUTE, 100);
    expect(said(person)).toHaveLength(1);
  });

  it('drops what it has carried out as soon as Redis takes that', async () => {
    const { desk, clock } = stage;
    person.send('/help');
    await noteUpdates(desk, pending());
    await desk.store.redis.config('SET', 'min-replicas-to-write', '1');
    await resumeUpdates(stage.bot, another());
    await until(clock, () => said(person).length === 1);
    await pass(clock, MINUTE);
    expect(await noted()).toBe(1);
    await desk.store.redis.config('SET', 'min-replicas-to-write', '0');
    await until(clock, async () => (await noted()) === 0);
    expect(said(person)).toHaveLength(1);
  });

  it('does not find what Redis has taken without saying so and is handled', async () => {
    const { redis } = stage.desk.store;
    const note = redis.hset.bind(redis) as (...fields: unknown[]) => Promise<number>;
    vi.spyOn(redis, 'hset').mockImplementationOnce((async (...fields: unknown[]) => {
      await note(...fields);
      throw new Error('Command timed out');
    }) as never);
    person.send('/help');
    await readAndDie();
    expect(await noted()).toBe(1);
    await until(stage.clock, async () => (await noted()) === 0);
  });

  it('opens a hundred at a time, in their order, and waits where the line has no room for more', async () => {
    const { clock, telegram } = stage;
    const mend = telegram.faults.add({ kind: 'bad-gateway', method: 'getMe' });
    const readers = Array.from({ length: 150 }, () => telegram.person({ language: 'en' }));
    for (const reader of readers) reader.send('/help');
    const all = pending();
    await noteUpdates(stage.desk, all.toReversed());
    const desk = another();
    const { line } = desk.memory.gates.stranger;
    const [update] = all as [Update, ...Update[]];
    const task = { update, also: [], waits: () => undefined, end: () => undefined };
    for (let chat = 0; chat < LIMITS.line; chat += 1) line.add(`of before ${chat}`, task);
    const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
    const resumed = resumeUpdates(bot, desk);
    await pass(clock, MINUTE, 100);
    const begun = () => [...desk.memory.turns.keys()];
    expect(begun()).toEqual(readers.slice(0, 100).map(({ id }) => `${id}`));
    while (line.size > 0) line.takeFirst();
    await until(clock, () => begun().length === readers.length);
    await resumed;
    mend();
    await until(clock, async () => (await noted()) === 0);
    for (const reader of readers) expect(said(reader)).toHaveLength(1);
  });

  it('leaves the rest to whoever serves next where it does not any more', async () => {
    const { clock, telegram } = stage;
    const mend = telegram.faults.add({ kind: 'bad-gateway', method: 'getMe' });
    for (let count = 0; count < 150; count += 1) telegram.person({ language: 'en' }).send('/help');
    await noteUpdates(stage.desk, pending());
    const desk = another();
    const end = new AbortController();
    keepLines(desk, end.signal);
    const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
    const read = stage.desk.store.redis.hmgetBuffer.bind(stage.desk.store.redis);
    vi.spyOn(desk.store.redis, 'hmgetBuffer').mockImplementation((...fields) => {
      if (desk.memory.turns.size > 0) end.abort();
      return read(...(fields as unknown as Parameters<typeof read>));
    });
    await resumeUpdates(bot, desk);
    expect(desk.memory.turns.size).toBe(100);
    mend();
    await until(clock, async () => (await noted()) === 50);
  });
});

describe('a reader who forgets while Redis is full', () => {
  it('is forgotten at once, messages and record, and told so; readers who come after are answered', async () => {
    const { bot, desk, clock } = stage;
    await ask(stage, person, '/subscribe en');
    await desk.store.redis.config('SET', 'maxmemory', '1mb');
    person.send('/forget');
    const stop = new AbortController();
    const reading = runUpdates(bot, desk, stop.signal);
    await until(clock, () => said(person).some(({ text }) => text.startsWith('I deleted everything')));
    expect(await record(stage, person)).toBeUndefined();
    expect(person.messages()).toHaveLength(1);
    await until(clock, () => pending().length === 0);
    const other = stage.telegram.person({ language: 'en' });
    other.send('/help');
    await until(clock, () => said(other).length > 0);
    stop.abort();
    let isOver = false;
    void reading.finally(() => (isOver = true));
    await until(clock, () => isOver);
  });
});

describe('a reader who forgets while Redis takes nothing', () => {
  const redis = (replicas: string) => stage.desk.store.redis.config('SET', 'min-replicas-to-write', replicas);

  it.each(['reset-after', 'late'] as const)(
    'and whose word of that came twice (%s) keeps neither of the two',
    async (kind) => {
      const { bot, desk, clock, telegram } = stage;
      await ask(stage, person, '/subscribe en');
      await redis('1');
      telegram.faults.add({ kind, method: 'sendMessage', chatId: person.id, times: 1 });
      person.send('/forget');
      const stop = new AbortController();
      const reading = runUpdates(bot, desk, stop.signal);
      const words = () => said(person).filter(({ text }) => text.includes('takes no changes'));
      await until(clock, () => words().length === 2);
      await redis('0');
      await until(clock, async () => (await record(stage, person)) === undefined && pending().length === 0);
      await pass(clock, MINUTE);
      await erasePass(desk);
      expect(person.messages()).toEqual([]);
      stop.abort();
      let isOver = false;
      void reading.finally(() => (isOver = true));
      await until(clock, () => isOver);
    },
  );

  it('is forgotten as soon as it does, without a second word, also by the next process', async () => {
    const { bot, desk, clock } = stage;
    person.send('/subscribe en');
    await stage.settle();
    await redis('1');
    person.send('/forget');
    const stop = new AbortController();
    const first = runUpdates(bot, desk, stop.signal);
    await pass(clock, 20_000);
    expect(await record(stage, person)).toBeDefined();
    // The chat is empty already; that is said once, and goes as the answer to a `/forget` does.
    expect(person.messages().map(({ text }) => text)).toEqual([expect.stringContaining('takes no changes')]);
    await pass(clock, 20_000);
    expect(person.messages()).toEqual([]);
    // Telegram keeps what nobody could write down.
    expect(pending().map(({ message }) => message?.text)).toEqual(['/forget']);
    stop.abort();
    let isOver = false;
    void first.finally(() => (isOver = true));
    await until(clock, () => isOver);
    expect(pending()).toHaveLength(1);
    await redis('0');
    const end = new AbortController();
    const second = runUpdates(bot, another(), end.signal);
    await until(clock, async () => (await record(stage, person)) === undefined);
    await until(clock, () => said(person).length > 0 && pending().length === 0);
    // Here the first process is not quite dead, and may say its last word as well.
    const [word] = person.messages();
    expect(word?.text).not.toMatch(/not working/);
    for (const { text } of person.messages()) expect(text).toBe(word?.text);
    end.abort();
    isOver = false;
    void second.finally(() => (isOver = true));
    await until(clock, () => isOver);
  });

  it('keeps nobody who comes after from being read and answered, and is forgotten by the next process too', async () => {
    const { clock, telegram } = stage;
    const path = join(stage.redisFolder, 'inbox-1');
    const begin = async () => {
      const stop = new AbortController();
      const spare = openSpareInbox(path);
      const desk = { ...another(), spare };
      const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
      const reading = runUpdates(bot, desk, stop.signal);
      return async () => {
        stop.abort();
        let isOver = false;
        void reading.finally(() => (isOver = true));
        await until(clock, () => isOver);
        spare.close();
      };
    };
    await ask(stage, person, '/subscribe en');
    await redis('1');
    for (const words of [`/forget ${'me '.repeat(1000)}`, '/subscribe ru']) person.send(words);
    const end = await begin();
    await until(clock, () => pending().length === 0);
    for (let count = 0; count < 150; count += 1) telegram.person({ language: 'en' }).send(`/search ${count}`);
    const late = telegram.person({ language: 'en' });
    late.send('/help');
    await until(clock, () => said(late).length > 0);
    await until(clock, () => pending().length === 0);
    await end();
    const last = await begin();
    await redis('0');
    // In the order in which the reader asked.
    await until(clock, async () => (await record(stage, person))?.settings.edition === 'ru');
    await last();
    expect(openSpareInbox(path).left().size).toBe(0);
  });

  it('keeps nobody from being read where a message is too long for the room beside it', async () => {
    const { clock, telegram } = stage;
    const spare = openSpareInbox(join(stage.redisFolder, 'inbox-1'));
    const desk = { ...another(), spare };
    await redis('1');
    person.send('/forget');
    person.send('hello');
    const [forget, long] = pending() as [Update, Update];
    const options = Array.from({ length: 12 }, () => ({ text: 'ж'.repeat(100), voter_count: 0 }));
    const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
    const message = { ...long.message, poll: { options } } as unknown as NonNullable<Update['message']>;
    const taken = takeUpdates(bot, desk, [forget, { ...long, message }]);
    await pass(clock, LIMITS.reading + 1000, 100);
    expect(await taken).toBe(true);
    expect(spare.left().size).toBe(1);
    await redis('0');
    await until(clock, () => spare.left().size === 0);
    spare.close();
  });

  it('costs Telegram a few calls where it refuses to empty the chat, and is told once it does', async () => {
    const { bot, desk, clock, telegram } = stage;
    await ask(stage, person, '/subscribe en');
    const shown = await ask(stage, person, '/privacy');
    await stage.press(person, shown.id, 'Forget me');
    await redis('1');
    const call = vi.spyOn(desk.telegram, 'call');
    const remove = vi.spyOn(desk.telegram, 'remove');
    const description = 'Forbidden: bot was blocked by the user';
    const method = 'deleteMessages';
    const mend = telegram.faults.add({ kind: 'refuse', method, code: 403, description, chatId: person.id });
    void person.press(shown.id, 'Forget me');
    const over = handleUpdate(bot, desk, pending()[0] as Update);
    await pass(clock, 10 * MINUTE);
    expect(remove.mock.calls.length).toBeGreaterThan(2);
    expect(remove.mock.calls.length).toBeLessThan(10);
    expect(call.mock.calls.filter(([name]) => name === 'answerCallbackQuery')).toHaveLength(1);
    mend();
    await until(clock, () => said(person).some(({ text }) => text.includes('takes no changes')));
    await redis('0');
    await until(clock, async () => (await record(stage, person)) === undefined);
    await over;
  });
});

describe('a reader who blocks the bot while Redis takes nothing', () => {
  it('is forgotten as soon as it does', async () => {
    const { bot, desk, clock } = stage;
    person.send('/subscribe en');
    await stage.settle();
    await desk.store.redis.config('SET', 'min-replicas-to-write', '1');
    person.block();
    const over = handleUpdate(bot, desk, pending()[0] as Update);
    await pass(clock, 20_000);
    expect(await record(stage, person)).toBeDefined();
    await desk.store.redis.config('SET', 'min-replicas-to-write', '0');
    await until(clock, async () => (await record(stage, person)) === undefined);
    await over;
  });
});

describe('the queue of one chat', () => {
  it('keeps as much as a minute may bring, and every /forget', async () => {
    const { bot, desk, telegram } = stage;
    telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: person.id, times: 1 });
    person.send('/help');
    for (let count = 0; count < LIMITS.chatQueue + 5; count += 1) person.send(`/search ${count}`);
    person.send('/forget now');
    const overs = pending().map((update) => handleUpdate(bot, desk, update));
    const [own] = desk.memory.turns.values();
    expect(own).toHaveLength(LIMITS.chatQueue + 1);
    expect(own?.at(-1)?.update.message?.text).toBe('/forget now');
    expect(desk.telegram.pace.bites.lately()).toContainEqual({ limit: 'chatQueue', count: 5 });
    const all = Promise.all(overs).then(() => true);
    await until(stage.clock, () => Promise.race([all, Promise.resolve(false)]));
  });

  it('keeps of a person who forgets in ever other words, and by buttons, the last; what stands behind goes with it', async () => {
    const { bot, desk, telegram } = stage;
    const shown = [await ask(stage, person, '/privacy'), await ask(stage, person, '/privacy')];
    for (const { id } of shown) await stage.press(person, id, 'Forget me');
    telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: person.id, times: 1 });
    person.send('/help');
    for (let count = 0; count < 150; count += 1) person.send(`/forget ${count}`);
    for (const { id } of shown) void person.press(id, 'Forget me');
    for (let count = 0; count < 2; count += 1) {
      person.block();
      person.unblock();
    }
    const overs = pending().map((update) => handleUpdate(bot, desk, update));
    const [own = []] = desk.memory.turns.values();
    const kinds = own.map(({ update }) => ALLOWED_UPDATES.find((kind) => kind in update));
    expect(kinds).toEqual(['callback_query', 'my_chat_member', 'my_chat_member', 'my_chat_member']);
    expect(own[0]?.also).toHaveLength(150);
    const all = Promise.all(overs).then(() => true);
    await until(stage.clock, () => Promise.race([all, Promise.resolve(false)]));
    expect(person.messages().filter(({ text }) => text.startsWith('/forget'))).toEqual([]);
  });

  it('keeps also the button that forgets, with the /forget before it, and an operator’s codes apart', async () => {
    const { bot, desk, telegram } = stage;
    person = telegram.person({ id: OPERATOR, language: 'en' });
    const shown = await ask(stage, person, '/privacy');
    await stage.press(person, shown.id, 'Forget me');
    telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: person.id, times: 1 });
    person.send('/help');
    for (let count = 0; count < LIMITS.chatQueue; count += 1) person.send(`/search ${count}`);
    for (const words of ['/forget one', '/forget two', '/forget']) person.send(words);
    void person.press(shown.id, 'Forget me');
    const overs = pending().map((update) => handleUpdate(bot, desk, update));
    const [own = []] = desk.memory.turns.values();
    const last = own.slice(LIMITS.chatQueue).map(({ update }) => update.message?.text ?? 'a press');
    expect(last).toEqual(['/forget one', '/forget two', 'a press']);
    expect(own.at(-1)?.also).toHaveLength(1);
    const all = Promise.all(overs).then(() => true);
    await until(stage.clock, () => Promise.race([all, Promise.resolve(false)]));
    expect(person.messages().filter(({ text }) => text === '/forget')).toEqual([]);
  });

  it('carries out once what is asked again while it waits: a button, an inline query, a /forget', async () => {
    const { bot, desk, telegram } = stage;
    telegram.faults.add({ kind: 'hang', method: 'sendMessage', chatId: person.id, times: 1 });
    person.send('/help');
    for (let count = 0; count < 5; count += 1) person.send('/forget');
    const overs = pending().map((update) => handleUpdate(bot, desk, update));
    const [own] = desk.memory.turns.values();
    expect(own).toHaveLength(1);
    expect(own?.[0]?.also).toHaveLength(4);
    const all = Promise.all(overs).then(() => true);
    await until(stage.clock, () => Promise.race([all, Promise.resolve(false)]));
    const left = person.messages().filter(({ text }) => text === '/forget');
    expect(left).toEqual([]);
  });
});
