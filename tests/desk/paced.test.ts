import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { pass, person, publish, subscribeAll, until } from '#testing/delivery.ts';
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
  const door = await closedDoor(new URL(telegram.url));
  const desk = openDesk({ clock, redisUrl, log: silentLogger, telegram: { ...telegram, url: door.url } });
  const people = telegram.people(20);
  await subscribeAll(desk, people, 'en');
  await publish(desk, 'en', { headline: 'News' });
  const end = await stage.deliver(desk);
  await pass(clock, 60_000);
  await door.open();
  await until(clock, () => telegram.deliveries().length === 20, 60_000);
  await end();
  await Promise.all([desk.telegram.close(), desk.store.close(), door.close()]);
});

/** An address at which nothing listens until it is opened; then what stands at `behind`. */
async function closedDoor(behind: URL) {
  const server = createServer((socket) => {
    const onward = connect(Number(behind.port), behind.hostname);
    for (const one of [socket, onward]) one.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  const listen = async (port: number) => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const close = () => new Promise((resolve) => server.close(resolve));
  await close();
  return { url: `http://127.0.0.1:${port}`, open: () => listen(port), close };
}
