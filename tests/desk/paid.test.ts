import { afterEach, describe, expect, it } from 'vitest';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import { SECOND } from '#src/time.ts';
import { pass, person, publish, subscribeAll, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

const OPERATOR = 500;
let stage: Stage;

afterEach(() => stage.close());

/** Readers of the English edition on a Telegram that takes 30 messages a second, and a bot with so many Stars. */
async function newsroom(count: number, stars: number, floor: number | undefined): Promise<number[]> {
  stage = await openStage({
    rate: 30,
    adminIds: [OPERATOR],
    ...(floor === undefined ? {} : { paidFloor: floor }),
  });
  const { telegram, desk } = stage;
  telegram.setStars(stars);
  telegram.people(1, { firstId: OPERATOR });
  const readers = telegram.people(count);
  await subscribeAll(desk, readers, 'en');
  telegram.setLimits(true);
  await stage.deliver();
  await pass(stage.clock, 1.5 * SECOND);
  return readers;
}

const arrivals = (): number => stage.telegram.deliveries().filter(({ chatId }) => chatId !== OPERATOR).length;

/** Seconds from now until `count` messages are with readers. */
async function secondsUntil(count: number): Promise<number> {
  const began = stage.clock.ticks();
  await until(stage.clock, () => arrivals() >= count);
  return (stage.clock.ticks() - began) / SECOND;
}

/** Words that operators were told: so many words, and no more once all is quiet. */
async function told(count: number): Promise<string[]> {
  const words = (): string[] =>
    stage.telegram
      .deliveries()
      .filter(({ chatId }) => chatId === OPERATOR)
      .map(({ message }) => String(message.wire.text));
  await until(stage.clock, () => words().length >= count);
  await pass(stage.clock, 5 * SECOND);
  expect(words()).toHaveLength(count);
  return words();
}

const balance = async (): Promise<number> => {
  const { telegram } = stage;
  const answer = await telegram.handle(telegram.token, 'getMyStarBalance');
  const { amount, nanostar_amount = 0 } = (answer as { result: Record<string, number> }).result as {
    amount: number;
    nanostar_amount?: number;
  };
  return amount + nanostar_amount / 1e9;
};

describe('an urgent story that is paid for', () => {
  it('is with everybody sooner than for free, once each, an answer beside it, and operators know the sum before and after', async () => {
    await newsroom(120, 1000, 100);
    const [reader = 0] = stage.telegram.people(1);
    await publish(stage.desk, 'en', { urgent: true });
    await until(stage.clock, () => arrivals() > 50);
    stage.telegram.person({ id: reader }).send('/help');
    await stage.settle();
    await secondsUntil(121);
    const words = await told(2);
    expect(words[0]).toBe(
      'An urgent story goes to 120 chats at up to 1000 a second and costs at most 13 of 1000 Stars.',
    );
    const spent = 1000 - (await balance());
    expect(spent).toBeGreaterThan(8);
    expect(words[1]).toContain(`cost ${Math.ceil(spent)} Stars; ${Math.ceil(1000 - spent)} are left`);
    expect(stage.telegram.counters()).toMatchObject({ accepted: 123 });
    expect(stage.telegram.repeats()).toEqual([]);
    expect(stage.desk.telegram.pace.rate).toBe(30);
  });

  it('leaves everything else to the free pace: other stories, and chats that did not want this one', async () => {
    const readers = await newsroom(80, 1000, 0);
    const onlyCulture = { rubrics: ['culture'], urgentPasses: 'mine' as const };
    for (const id of readers.slice(0, 20)) await changeSettings(stage.desk, person(id), onlyCulture, 'en');
    await publish(stage.desk, 'en', { headline: 'An evening of songs', rubrics: ['Culture'] });
    await publish(stage.desk, 'en', { headline: 'The bridge is closed', urgent: true });
    await secondsUntil(80);
    const urgent = stage.telegram
      .deliveries()
      .filter(({ message }) => /bridge/.test(message.wire.text ?? ''));
    expect(urgent).toHaveLength(60);
    const left = await balance();
    expect(1000 - left).toBeLessThanOrEqual(6);
    await publish(stage.desk, 'en', { headline: 'A new library opens' });
    expect(await secondsUntil(140)).toBeGreaterThan(1);
    expect(await balance()).toBe(left);
  });

  it('is paid for once: who has it and waits for something else is not kept waiting by it', async () => {
    const readers = await newsroom(35, 1000, 100);
    const { desk, clock, telegram } = stage;
    for (const id of readers) await changeSettings(desk, person(id), { digest: ['14:06'] }, 'en');
    await publish(desk, 'en', { headline: 'An ordinary one' });
    await publish(desk, 'en', { urgent: true });
    await told(2);
    expect(arrivals()).toBe(35);
    await pass(clock, 40 * SECOND, 2 * SECOND);
    await until(clock, () => arrivals() === 70);
    expect(telegram.deliveries().filter(({ chatId }) => chatId === OPERATOR)).toHaveLength(2);
  });

  it('stops at the floor, and the rest comes at the free pace', async () => {
    await newsroom(120, 103, 100);
    await publish(stage.desk, 'en', { urgent: true });
    expect(await secondsUntil(120)).toBeGreaterThan(1.5);
    expect(await balance()).toBeGreaterThanOrEqual(100);
    const words = await told(2);
    expect(words[0]).toContain('costs at most 3 of 103 Stars; PAID_FLOOR keeps 100 of 103 Stars');
    expect(words[1]).toContain('PAID_FLOOR keeps 100 Stars.');
  });

  it('is an ordinary one below the floor', async () => {
    await newsroom(60, 90, 100);
    await publish(stage.desk, 'en', { urgent: true });
    expect(await secondsUntil(60)).toBeGreaterThan(1);
    expect(await told(1)).toEqual([
      'An urgent story goes to 60 chats at the free pace: PAID_FLOOR keeps 100 of 90 Stars.',
    ]);
    expect(await balance()).toBe(90);
  });

  it('is an ordinary one where nothing is to be paid for', async () => {
    await newsroom(60, 1000, undefined);
    await publish(stage.desk, 'en', { urgent: true });
    expect(await secondsUntil(60)).toBeGreaterThan(1);
    expect(await told(0)).toEqual([]);
    expect(await balance()).toBe(1000);
  });

  it('reaches everybody where paying was never switched on at BotFather, and operators are told', async () => {
    await newsroom(300, 0, 0);
    stage.telegram.setStars(1000, { on: false });
    await publish(stage.desk, 'en', { urgent: true });
    await secondsUntil(300);
    expect((await told(2)).at(-1)).toContain('Telegram takes no more paid messages: are they switched on');
    expect(stage.telegram.repeats()).toEqual([]);
    expect(stage.desk.telegram.pace.paid.left).toBe(0);
  });

  it('goes on for free where the Stars are gone sooner than the bot knows', async () => {
    await newsroom(150, 1000, 0);
    await publish(stage.desk, 'en', { urgent: true });
    await until(stage.clock, () => arrivals() > 60);
    stage.telegram.setStars(1);
    await secondsUntil(150);
    expect(stage.telegram.repeats()).toEqual([]);
    expect((await told(2)).at(-1)).toContain('are there Stars enough?');
  });
});
