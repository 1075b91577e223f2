import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bringForward } from '#src/store/time-of-day.ts';
import { letters } from '#src/store/letters.ts';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { DAY, HOUR, MINUTE, SECOND, watched } from '#src/time.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { pass, person, publish, startDelivery, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { ask, said, subscriber } from '../bot/talk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ rate: 25 });
});
afterEach(() => stage.close());

const has = (reader: Person, headline: string) => said(reader).some(({ text }) => text.includes(headline));

/** Lets time pass until it is done. */
async function meanwhile<T>(work: Promise<T>): Promise<T> {
  let isOver = false;
  void work.finally(() => (isOver = true));
  await until(stage.clock, () => isOver);
  return work;
}

/** Time that passed until the condition held, however the time of day was set. */
async function took(holds: () => boolean): Promise<number> {
  const { clock } = stage;
  const began = clock.ticks();
  await until(clock, holds, 10 * MINUTE);
  return clock.ticks() - began;
}

describe('when the clock of the machine is set', () => {
  it.each([-20 * SECOND, 20 * SECOND, -HOUR, HOUR, -DAY, DAY])(
    'by %i ms, twice, news and answers arrive as if nothing had happened',
    async (step) => {
      const { desk, clock } = stage;
      const readers = await meanwhile(Promise.all([1, 2, 3].map(() => subscriber(stage, 'en'))));
      const [reader] = readers;
      if (!reader) throw new Error('a reader');
      await stage.deliver();
      for (const time of ['first', 'second']) {
        // The second of two waits for the distance between messages while the clock is set.
        await publish(desk, 'en', { headline: `Before the ${time} step` });
        await took(() => readers.every((one) => has(one, `Before the ${time} step`)));
        await publish(desk, 'en', { headline: `During the ${time} step` });
        await pass(clock, 500, 25);
        clock.set(step);
        const during = await took(() => readers.every((one) => has(one, `During the ${time} step`)));
        expect(during).toBeLessThan(2 * SECOND + SECOND);
        await pass(clock, 2 * SECOND);
        await publish(desk, 'en', { headline: `After the ${time} step` });
        expect(await took(() => readers.every((one) => has(one, `After the ${time} step`)))).toBeLessThan(
          2 * SECOND,
        );
        const before = said(reader).length;
        void ask(stage, reader, '/help');
        expect(await took(() => said(reader).length > before)).toBeLessThan(2 * SECOND);
      }
    },
  );

  it('a day ahead for less than a second, whom that second held is not held for the day', async () => {
    const { desk, clock } = stage;
    const group = stage.telegram.group();
    group.addBot(undefined);
    await subscribe(desk, { id: group.id, kind: 'group' }, 'en');
    await stage.deliver();
    const shown = (headline: string) => group.messages().some(({ text }) => text.includes(headline));
    for (const time of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) {
      await publish(desk, 'en', { headline: `The ${time}` });
      await took(() => shown(`The ${time}`));
      clock.set(DAY);
      // It has to wait for the pace of its group.
      await publish(desk, 'en', { headline: `After the ${time}`, publishedAt: clock.now() });
      await pass(clock, 300, 25);
      clock.set(-DAY);
      expect(await took(() => shown(`After the ${time}`))).toBeLessThan(10 * SECOND);
    }
  });

  it('nobody gets anything during their quiet hours', async () => {
    const { desk, clock } = stage;
    const reader = await meanwhile(subscriber(stage, 'en'));
    // It is 14:05 in Minsk.
    await meanwhile(ask(stage, reader, '/quiet 14:00-15:00'));
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Held until three' });
    await pass(clock, 5 * SECOND);
    clock.set(-2 * MINUTE);
    await pass(clock, 10 * SECOND);
    expect(has(reader, 'Held until three')).toBe(false);
    clock.set(58 * MINUTE);
    expect(await took(() => has(reader, 'Held until three'))).toBeLessThan(MINUTE);
  });

  it('the next tries of letters come as soon as they were meant to', async () => {
    const { desk, clock } = stage;
    const letter = { id: 'one', chat: person(5), message: { text: 'a word' }, until: clock.now() + DAY };
    await letters.add(desk, letter, clock.now() + 5 * SECOND);
    await bringForward(desk.store, HOUR);
    expect(await letters.due(desk, clock.now() - HOUR, 10)).toHaveLength(0);
    expect(await letters.due(desk, clock.now() - HOUR + 5 * SECOND, 10)).toHaveLength(1);
  });
});

it('a process whose clock is a minute ahead leaves nobody waiting for the next one', async () => {
  const { desk, clock } = stage;
  const reader = await meanwhile(subscriber(stage, 'en'));
  const ahead = { ...desk, clock: watched({ ...clock, now: () => clock.now() + MINUTE }) };
  const end = await startDelivery(ahead);
  await publish(ahead, 'en', { headline: 'By the one' });
  await took(() => has(reader, 'By the one'));
  await publish(ahead, 'en', { headline: 'By the other' });
  await pass(clock, 500, 25);
  await end();
  await stage.deliver();
  expect(await took(() => has(reader, 'By the other'))).toBeLessThan(4 * SECOND);
});
