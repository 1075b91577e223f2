/**
 * `/keep 1h` in 2,000 chats with 20 stories each, at Telegram's pace and in time that runs `FACTOR` times faster; then an
 * outage of ten hours, after which what Telegram will soonest not let go must go first. And what sealing costs a message.
 */
import type { Desk } from '../src/desk/desk.ts';
import { erase } from '../src/desk/erase.ts';
import { changeSettings } from '../src/desk/subscribe.ts';
import { startTelegram } from '../src/sandbox/telegram.ts';
import { addErasure, eraseMoment } from '../src/store/deliveries.ts';
import { decodeRecord, encodeRecord } from '../src/store/record.ts';
import { loadChat } from '../src/store/subscribers.ts';
import { DEFAULT_SETTINGS } from '../src/news/subscriber.ts';
import { type Clock, fastClock, HOUR, MINUTE } from '../src/time.ts';
import { publish } from '../tests/support/delivery.ts';
import { fill, openWorld, people, waitFor } from './delivery/world.ts';
import { percentile, round, row } from './table.ts';

const CHATS = Number(process.env['CHATS'] ?? 2000);
const STORIES = 20;
const FACTOR = Number(process.env['FACTOR'] ?? 30);

export async function run(): Promise<void> {
  const fast = fastClock(Date.now(), FACTOR);
  let jumped = 0;
  const clock: Clock = { now: () => fast.now() + jumped, sleep: (ms, signal) => fast.sleep(ms, signal) };
  const telegram = await startTelegram({ clock });
  telegram.people(CHATS, { firstId: 1_000_001 });
  const world = await openWorld({ url: telegram.url, token: telegram.token, clock, rate: 30 });
  const { desk } = world;
  await fill(desk, people(CHATS), 'en');
  for (const chat of people(CHATS)) await changeSettings(desk, chat, { keep: 1 }, 'en');
  const ages = watchRemovals(desk, telegram);

  const end = await world.begin();
  const stop = new AbortController();
  const erasing = erase(desk, stop.signal);
  for (let story = 1; story <= STORIES; story += 1) {
    await publish(desk, 'en');
    await waitFor(() => telegram.deliveries().length >= CHATS * story, 900_000);
  }
  await waitFor(() => ages.length >= CHATS * STORIES, 900_000);
  row('messages that disappeared', String(ages.length), String(CHATS * STORIES));
  row('age at that, middle', `${round(percentile(ages, 0.5) / MINUTE, 1)} min`);
  row('age at that, oldest', `${round(percentile(ages, 1) / MINUTE, 1)} min`, 'at most 62 min');
  stop.abort();
  await Promise.all([erasing, end()]);

  await outage(desk, (ms) => (jumped += ms));
  sealing(desk);
  await world.close();
  await telegram.close();
}

/** How old each message was when it was removed, ms. */
function watchRemovals(desk: Desk, telegram: Awaited<ReturnType<typeof startTelegram>>): number[] {
  const ages: number[] = [];
  const sentAt = new Map<string, number>();
  let read = 0;
  const real = { ...desk.telegram };
  Object.assign(desk.telegram, {
    remove: async (...args: Parameters<Desk['telegram']['remove']>) => {
      const outcome = await real.remove(...args);
      const all = telegram.deliveries(read);
      read += all.length;
      for (const { chatId, message, at } of all) sentAt.set(`${chatId}:${message.wire.message_id}`, at);
      const now = desk.clock.now();
      if (outcome.kind === 'done')
        for (const id of args[1]) ages.push(now - (sentAt.get(`${args[0].id}:${id}`) ?? now));
      return outcome;
    },
  });
  return ages;
}

/** Messages of all ages are due at once, far more than can be removed at once. */
async function outage(desk: Desk, jump: (ms: number) => void): Promise<void> {
  const known = await loadChat(desk, { id: 1_000_001 });
  const now = desk.clock.now();
  const hoursAgo = Array.from({ length: 600 }, (_, index) => (index * 37) % 47);
  for (const [index, hours] of hoursAgo.entries())
    await addErasure(
      desk.store,
      (known?.slot ?? 0) + (index % Math.min(500, CHATS)),
      900_000 + hours,
      eraseMoment(now - hours * HOUR, Math.min(47, hours + 1)),
    );
  jump(10 * HOUR);
  const order: number[] = [];
  const watched: Desk = {
    ...desk,
    telegram: {
      ...desk.telegram,
      async remove(_, ids) {
        order.push(...ids.map((id) => id - 900_000));
        return { kind: 'done', result: true };
      },
    },
  };
  const stop = new AbortController();
  const erasing = erase(watched, stop.signal);
  await waitFor(() => order.length >= hoursAgo.filter((hours) => hours < 37).length);
  stop.abort();
  await erasing;
  const firstHalf = order.slice(0, order.length / 2);
  const secondHalf = order.slice(order.length / 2);
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  row(
    'after ten hours: age of the first half to go',
    `${round(mean(firstHalf) + 10, 1)} h`,
    'the older ones',
  );
  row('age of the second half', `${round(mean(secondHalf) + 10, 1)} h`);
  row('of those past Telegram’s 48 hours, tried', String(order.filter((hours) => hours >= 38).length), '0');
}

/** Opening a record is what a message to a chat costs more because of the encryption. */
function sealing({ seal }: Desk): void {
  const record = {
    chat: { id: 5, kind: 'person' },
    state: 'active',
    day: 0,
    settings: { ...DEFAULT_SETTINGS, edition: 'be' },
  } as const;
  const plain = encodeRecord(record);
  const sealed = seal.seal(1, plain);
  const time = (work: () => unknown) => {
    const rounds = 100_000;
    const began = performance.now();
    for (let index = 0; index < rounds; index += 1) work();
    return ((performance.now() - began) / rounds) * 1000;
  };
  time(() => seal.open(1, sealed));
  const cost = time(() => decodeRecord(seal.open(1, sealed))) - time(() => decodeRecord(plain));
  row('opening a sealed record', `${round(cost, 1)} µs`, 'a visit opens one');
  row('  share of a message at 2,500 a second', `${round((cost / 400) * 100, 1)} %`, 'at most 10 %');
  row(
    'finding a chat by keyed hash',
    `${round(
      time(() => seal.refs({ id: 5 })),
      1,
    )} µs`,
    'an update does it once',
  );
}
