import { afterEach, beforeEach, expect, it } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { pass, person, publish, subscribeAll, until } from '#testing/delivery.ts';
import { openGate } from '#testing/gate.ts';
import { silentLogger } from '#testing/log.ts';
import { openDesk, openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ rate: 5 });
});
afterEach(() => stage.close());

it('readers of a small edition do not wait until a big one has its story', async () => {
  const { desk, telegram, clock } = stage;
  const many = telegram.people(60);
  const few = telegram.people(3);
  await subscribeAll(desk, many, 'be');
  await subscribeAll(desk, few.slice(0, 2), 'ru');
  await subscribe(desk, person(few[2] ?? 0), 'en');
  await publish(desk, 'be', { headline: 'Навіна' });
  await clock.advance(1000);
  await publish(desk, 'ru', { headline: 'Новость' });
  await publish(desk, 'en', { headline: 'News' });
  await stage.deliver();
  const told = () => telegram.deliveries().map(({ chatId }) => chatId);
  await until(clock, () => few.every((id) => told().includes(id)));
  expect(told().length).toBeLessThan(15);
  await until(clock, () => told().length === 63);
});

it('an urgent story goes ahead of everything else, whatever its edition', async () => {
  const { desk, telegram, clock } = stage;
  const [many, few] = [telegram.people(30), telegram.people(10)];
  await subscribeAll(desk, many, 'be');
  await subscribeAll(desk, few, 'en');
  await publish(desk, 'be', { headline: 'Навіна' });
  await publish(desk, 'en', { headline: 'Flood', urgent: true });
  await stage.deliver();
  const told = () => telegram.deliveries().map(({ chatId }) => chatId);
  await until(clock, () => told().length === 40);
  expect(new Set(told().slice(0, 10))).toEqual(new Set(few));
});

it('a Telegram that nobody could connect to is written to again as soon as it is back', async () => {
  const { telegram, clock, redisUrl } = stage;
  const gate = await openGate(telegram.url);
  await gate.shut();
  const desk = openDesk({ clock, redisUrl, log: silentLogger, telegram: { ...telegram, url: gate.url } });
  const people = telegram.people(20);
  await subscribeAll(desk, people, 'en');
  await publish(desk, 'en', { headline: 'News' });
  const end = await stage.deliver(desk);
  await pass(clock, 60_000);
  await gate.open();
  await until(clock, () => telegram.deliveries().length === 20, 60_000);
  await end();
  await Promise.all([desk.telegram.close(), desk.store.close(), gate.shut()]);
});
