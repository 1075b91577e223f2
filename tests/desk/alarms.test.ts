import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tellTroubles } from '#src/app/tell-troubles.ts';
import { reportAlarms } from '#src/desk/letters/alarms.ts';
import { deliverLetters, deliverUnwritten, sendLetter } from '#src/desk/letters/letters.ts';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { silentLogger } from '#testing/log.ts';
import { DAY, MINUTE } from '#src/time.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { pass, until } from '#testing/delivery.ts';
import { openDesk, openStage, type Stage } from '#testing/desk.ts';

const OPERATOR = 4242;
let stage: Stage;
let operator: Person;

beforeEach(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  operator = stage.telegram.person({ id: OPERATOR });
  operator.start();
  await stage.settle();
});
afterEach(() => stage.close());

const told = () => operator.messages().at(-1)?.text;
const times = (text: string) => operator.messages().filter((message) => message.text === text).length;
const waiting = () => stage.desk.store.redis.hlen(stage.desk.store.keys.letters);
const FAILS = { kind: 'failing', words: 'be: the source cannot be read: 500' } as const;
const TOLD = `Беларуская\n${FAILS.words}`;

/** Delivers letters for `ms` of moved time, as the process that serves the readers does. */
async function deliverFor(ms: number, desk = stage.desk): Promise<void> {
  const stop = new AbortController();
  const work = deliverLetters(desk, stop.signal);
  await pass(stage.clock, ms);
  stop.abort();
  await work;
}

describe('an alarm', () => {
  it('is told when it begins and when it is over, in words', async () => {
    await reportAlarms(stage.desk, 'source', [FAILS], 'be');
    expect(told()).toBe(TOLD);
    await reportAlarms(stage.desk, 'source', [], 'be');
    expect(told()).toBe('Беларуская\nbe: the source can be read again');
  });

  it('that lasts is told once a day, whatever process looks', async () => {
    await reportAlarms(stage.desk, 'source', [FAILS], 'be');
    await stage.clock.advance(DAY - MINUTE);
    await reportAlarms({ ...stage.desk }, 'source', [FAILS], 'be');
    expect(times(TOLD)).toBe(1);
    await stage.clock.advance(MINUTE);
    await reportAlarms(stage.desk, 'source', [FAILS], 'be');
    expect(times(TOLD)).toBe(2);
  });

  it('of a source that fails in another way than before does not call it well', async () => {
    await reportAlarms(stage.desk, 'source', [{ kind: 'unreadable', words: 'be: nothing' }], 'be');
    await reportAlarms(stage.desk, 'source', [FAILS], 'be');
    expect(told()).toBe(TOLD);
  });

  it('that nobody has looked at since a restart is neither over nor told again', async () => {
    await reportAlarms(stage.desk, 'bot', [{ kind: 'disk', words: 'only 1 MB is free' }]);
    const before = operator.messages().length;
    await reportAlarms(stage.desk, 'bot', [], undefined, () => false);
    await reportAlarms(stage.desk, 'bot', [{ kind: 'lag', words: 'late' }], undefined, () => false);
    expect(
      operator
        .messages()
        .slice(before)
        .map(({ text }) => text),
    ).toEqual(['late']);
    await reportAlarms(stage.desk, 'bot', [{ kind: 'lag', words: 'late' }]);
    expect(told()).toBe('the disk has room again');
  });

  it('of one edition says nothing of another', async () => {
    await reportAlarms(stage.desk, 'source', [FAILS], 'be');
    const before = operator.messages().length;
    await reportAlarms(stage.desk, 'source', [], 'ru');
    expect(operator.messages()).toHaveLength(before);
  });

  it.each(['too-many', 'reset-before', 'bad-gateway'] as const)(
    'that meets one %s arrives all the same, once',
    async (kind) => {
      stage.telegram.faults.add({ method: 'sendMessage', chatId: OPERATOR, kind, times: 1 });
      await reportAlarms(stage.desk, 'source', [FAILS], 'be');
      expect(times(TOLD)).toBe(0);
      await deliverFor(10_000);
      expect(times(TOLD)).toBe(1);
      expect(await waiting()).toBe(0);
    },
  );

  it('arrives although the bot is restarted between the refusal and the next try', async () => {
    stage.telegram.faults.add({ method: 'sendMessage', chatId: OPERATOR, kind: 'too-many', times: 1 });
    await reportAlarms(stage.desk, 'source', [FAILS], 'be');
    const { clock, telegram, redisUrl } = stage;
    const heir = openDesk({ clock, telegram, redisUrl, log: silentLogger, adminIds: [OPERATOR] });
    await reportAlarms(heir, 'source', [FAILS], 'be');
    await deliverFor(10_000, heir);
    expect(times(TOLD)).toBe(1);
    await heir.telegram.close();
    await heir.store.close();
  });

  it('arrives although Redis is away', async () => {
    stage.desk.store.redis.disconnect();
    await sendLetter(stage.desk, { id: OPERATOR, kind: 'person' }, { text: 'Redis is away' });
    await deliverUnwritten(stage.desk);
    expect(told()).toBe('Redis is away');
    await deliverUnwritten(stage.desk);
    expect(times('Redis is away')).toBe(1);
  });

  it.each([
    ['', true],
    [', also where Telegram is away meanwhile', false],
  ])('arrives once where Redis takes it without an answer%s', async (_, isThere) => {
    const { desk, clock, telegram } = stage;
    const { redis } = desk.store;
    const begin = redis.multi.bind(redis);
    let failures = 3;
    vi.spyOn(redis, 'multi').mockImplementation(() => {
      const steps = begin();
      const exec = steps.exec.bind(steps);
      steps.exec = async () => {
        const result = await exec();
        failures -= 1;
        if (failures >= 0) throw new Error('Command timed out');
        return result;
      };
      return steps;
    });
    if (!isThere) telegram.faults.add({ kind: 'bad-gateway', method: 'sendMessage', chatId: OPERATOR });
    await sendLetter(desk, { id: OPERATOR, kind: 'person' }, { text: 'Redis hangs' });
    for (let second = 1; second <= 3; second += 1) {
      await deliverUnwritten(desk);
      expect(await waiting()).toBeLessThanOrEqual(1);
      await clock.advance(1000);
    }
    telegram.faults.clear();
    await deliverFor(2 * MINUTE);
    expect(times('Redis hangs')).toBe(1);
    expect([await waiting(), desk.memory.unwritten.size]).toEqual([0, 0]);
  });

  it('arrives although Redis and Telegram are away for long, before the word that ends it', async () => {
    const { desk, clock, telegram } = stage;
    const before = operator.messages().length;
    const stop = new AbortController();
    const { conditions } = desk.status;
    telegram.faults.add({ kind: 'bad-gateway', method: 'sendMessage', chatId: OPERATOR });
    desk.store.redis.disconnect();
    conditions.fails('redis', 'Redis does not answer');
    const work = [tellTroubles(desk, { isOurs: true, serves: true }, stop.signal)];
    await pass(clock, 15 * MINUTE);
    await desk.store.redis.connect();
    conditions.holds('redis');
    work.push(deliverLetters(desk, stop.signal));
    await pass(clock, MINUTE);
    telegram.faults.clear();
    const heard = () => operator.messages().slice(before);
    await until(clock, () => heard().length > 1, MINUTE);
    await pass(clock, MINUTE);
    stop.abort();
    await Promise.all(work);
    expect(heard().map(({ text }) => text.replace(/\n\(.+ UTC\)$/, ' (late)'))).toEqual([
      'Redis does not answer (late)',
      expect.stringMatching(/^Redis answers again/),
    ]);
  });

  it('that met a refusal comes before the word that ends it', async () => {
    const { desk, telegram } = stage;
    const before = operator.messages().length;
    telegram.faults.add({ method: 'sendMessage', chatId: OPERATOR, kind: 'too-many', times: 1 });
    await reportAlarms(desk, 'source', [FAILS], 'be');
    await stage.clock.advance(1000);
    await reportAlarms(desk, 'source', [], 'be');
    await deliverFor(20_000);
    expect(
      operator
        .messages()
        .slice(before)
        .map(({ text }) => text),
    ).toEqual([TOLD, 'Беларуская\nbe: the source can be read again']);
  });
});

describe('a letter', () => {
  it('waits for nobody who wants to be forgotten', async () => {
    const chat = { id: OPERATOR, kind: 'person' } as const;
    stage.telegram.faults.add({ method: 'sendMessage', chatId: OPERATOR, kind: 'too-many', times: 1 });
    await sendLetter(stage.desk, chat, { text: 'a word to an owner' });
    expect(await waiting()).toBe(1);
    await forgetChat(stage.desk, chat, []);
    expect(await waiting()).toBe(0);
  });

  it('to somebody who has blocked the bot is given up after an hour', async () => {
    operator.block();
    await sendLetter(stage.desk, { id: OPERATOR, kind: 'person' }, { text: 'a word' });
    await deliverFor(50 * MINUTE);
    expect(await waiting()).toBe(1);
    await deliverFor(20 * MINUTE);
    expect(await waiting()).toBe(0);
  });
});
