/**
 * `/keep 1h` in 2,000 chats with 20 stories each, at Telegram's pace: first while nothing else is sent, then in the middle
 * of further broadcasts; then an outage of ten hours, after which what Telegram will soonest not let go must go first. And
 * what sealing costs a message. Last, what goes by default (`KEEP_DEFAULT=47h`) among `READERS` (default 2,000; 100,000 take
 * half an hour): three stories in two days, with it and without. The clock is a moved one, so that a busy machine makes
 * nothing late.
 */
import type { Desk } from '#src/desk/desk.ts';
import { erase } from '#src/desk/chats/erase.ts';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { addErasure, eraseMoment } from '#src/store/erasures.ts';
import { decodeRecord, encodeRecord } from '#src/store/record.ts';
import { loadChat } from '#src/store/subscribers.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { type MovedClock, movedClock } from '#testing/clock.ts';
import { publish } from '#testing/delivery.ts';
import { fill, fillFast, openWorld, people } from './delivery/world.ts';
import { percentile, round, row } from './table.ts';

const CHATS = Number(process.env['CHATS'] ?? 2000);
const READERS = Number(process.env['READERS'] ?? 2000);
const KEEP_DEFAULT_HOURS = 47;
const STORIES = 20;
/** Messages a second that Telegram lets a bot send. */
const RATE = 30;
/** Of the second time, when others are sent while they disappear. */
const STORIES_AMID = 5;
/** Of the moved clock; Telegram's pace has a turn every 33 ms. */
const STEP_MS = 40;
/** Measures it while hardly anything is due: few readers have few minutes of the day. */
const IDLE_STEP_MS = READERS < 10_000 ? 10 * SECOND : SECOND;

export async function run(): Promise<void> {
  const clock = movedClock(Date.now());
  const telegram = await startTelegram({ clock });
  telegram.people(CHATS, { firstId: 1_000_001 });
  const world = await openWorld({ url: telegram.url, token: telegram.token, clock, rate: RATE });
  const { desk } = world;
  await fill(desk, people(CHATS), 'en');
  for (const chat of people(CHATS)) await changeSettings(desk, chat, { keep: 1 }, 'en');
  const ages = watchRemovals(desk, telegram);

  const end = await world.begin();
  const stop = new AbortController();
  const erasing = erase(desk, stop.signal);
  let stories = 0;
  const tell = async (count: number) => {
    for (let told = 0; told < count; told += 1) {
      await publish(desk, 'en');
      stories += 1;
      await until(desk, clock, () => telegram.deliveries().length >= CHATS * stories);
    }
  };
  /** Between the last message and the hour of the first nothing happens: longer steps. */
  const untilDue = (since: number) =>
    until(desk, clock, () => clock.now() >= since + HOUR - 2 * MINUTE, SECOND);
  const report = (when: string) => {
    row(`messages that disappeared ${when}`, String(ages.length));
    row('  age at that, middle', `${round(percentile(ages, 0.5) / MINUTE, 1)} min`);
    row('  age at that, oldest', `${round(percentile(ages, 1) / MINUTE, 1)} min`, 'at most 62 min');
  };

  let began = clock.now();
  await tell(STORIES);
  row('messages a second', round((CHATS * STORIES) / ((clock.now() - began) / SECOND), 1), paceOf(CHATS));
  await untilDue(began);
  await until(desk, clock, () => ages.length >= CHATS * STORIES);
  report('while nothing was sent');

  began = clock.now();
  ages.length = 0;
  await tell(STORIES_AMID);
  await untilDue(began);
  const due = CHATS * STORIES_AMID;
  while (ages.length < due) await tell(1);
  ages.length = due;
  row('stories sent while those disappeared', String(stories - STORIES - STORIES_AMID));
  report('amid broadcasts');
  stop.abort();
  await ended(clock, Promise.all([erasing, end()]));

  await outage(desk, clock);
  sealing(desk);
  await world.close();
  await telegram.close();
  await withAndWithout();
}

/** With few chats the last ones of a story wait for nobody else's turn, and for their own second. */
const paceOf = (chats: number): string => (chats < 1000 ? '' : 'at least 28');

/** Erasing by default costs the news its own turns and no more, and nothing stands longer than Telegram lets a bot delete. */
async function withAndWithout(): Promise<void> {
  const without = await twoDays(0);
  const kept = await twoDays(KEEP_DEFAULT_HOURS);
  const seconds = (ms: number) => `${round(ms / SECOND, 1)} s`;
  row(`${READERS.toLocaleString('en')} readers: a story reached the last one within`, '');
  for (const [index, took] of kept.took.entries())
    row(`  story ${index + 1}`, seconds(took), `without: ${seconds(without.took[index] ?? 0)}`);
  const oldest = percentile(kept.ages, 1);
  row('  messages that went by default', String(kept.ages.length), `at least ${READERS}`);
  row('  age at that, oldest', `${round(oldest / HOUR, 1)} h`, 'at most 48 h');
  const slowest = kept.took.map((took, index) => took / (without.took[index] ?? took));
  // Removals have that share of the turns (docs/decisions/keep-by-default.md); 2 % beside it are what two runs differ by. With
  // few readers a story takes ten seconds, and that is six turns.
  const share = READERS / ((KEEP_DEFAULT_HOURS / 2) * HOUR) / (RATE / SECOND);
  const must = READERS < 1000 ? '' : `at most ${round(100 / (1 - share) + 2, 0)} %`;
  row('  the slowest story, against without', `${round(Math.max(...slowest) * 100, 1)} %`, must);
}

/** Hours at which a story comes out: the third one while the first is removed everywhere. */
const PUBLISHED_AT = [0.1, 24, 36];
/** By now the first is gone everywhere. */
const OVER_AT = 49;

/** Two days of one edition at Telegram's pace. `took`: until a story had reached all, ms; `ages`: at removal, ms. */
async function twoDays(keepHours: number): Promise<{ took: number[]; ages: number[] }> {
  const clock = movedClock(Date.now());
  const telegram = await startTelegram({ clock });
  telegram.people(READERS, { firstId: 1_000_001 });
  const world = await openWorld({ url: telegram.url, token: telegram.token, clock, rate: RATE, keepHours });
  const { desk } = world;
  await fillFast(desk, READERS, 'en');
  const ages = watchRemovals(desk, telegram);
  const end = await world.begin();
  const stop = new AbortController();
  const erasing = erase(desk, stop.signal);
  const began = clock.now();
  const took: number[] = [];
  for (const [index, hour] of PUBLISHED_AT.entries()) {
    await until(desk, clock, () => clock.now() >= began + hour * HOUR, IDLE_STEP_MS);
    const published = clock.now();
    await publish(desk, 'en');
    const last = READERS * (index + 1) - 1;
    await until(desk, clock, () => telegram.deliveries(last).length > 0);
    took.push(clock.now() - published);
  }
  await until(desk, clock, () => clock.now() >= began + OVER_AT * HOUR, IDLE_STEP_MS);
  stop.abort();
  await ended(clock, Promise.all([erasing, end()]));
  await world.close();
  await telegram.close();
  return { took, ages };
}

/** Moves the clock until it holds, with time for sockets in between. */
async function until(
  desk: Desk,
  clock: MovedClock,
  holds: () => boolean,
  stepMs: number = STEP_MS,
): Promise<void> {
  while (!holds()) {
    await clock.advance(stepMs);
    // An answer of Redis takes some turns of the event loop, in which the local Telegram has its answers too: enough for a
    // whole visit, since one that is not over by the next step has lost its turn, and so it is with no real clock.
    for (let round = 0; round < 8; round += 1) await desk.store.redis.ping();
  }
}

/** Lets what has been told to stop come to its end. */
async function ended(clock: MovedClock, work: Promise<unknown>): Promise<void> {
  let over = false;
  void work.finally(() => (over = true));
  while (!over) {
    await clock.advance(STEP_MS);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** How old each message was when it was removed, ms; a later lap asks for the same ids again. */
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
        for (const message of args[1].map((id) => `${args[0].id}:${id}`)) {
          const at = sentAt.get(message);
          if (at !== undefined) ages.push(now - at);
          sentAt.delete(message);
        }
      return outcome;
    },
  });
  return ages;
}

/** Messages of all ages are due at once, far more than can be removed at once. */
async function outage(desk: Desk, clock: MovedClock): Promise<void> {
  // The last messages are not due yet.
  await desk.store.redis.del(desk.store.keys.erase);
  const chats = await Promise.all(people(Math.min(500, CHATS)).map((chat) => loadChat(desk, chat)));
  const slots = chats.flatMap((chat) => chat?.slot ?? []);
  const now = desk.clock.now();
  const hoursAgo = Array.from({ length: 600 }, (_, index) => (index * 37) % 47);
  for (const [index, hours] of hoursAgo.entries())
    await addErasure(
      desk,
      slots[index % slots.length] ?? 0,
      900_000 + hours,
      eraseMoment(now - hours * HOUR, Math.min(47, hours + 1)),
    );
  await clock.advance(10 * HOUR);
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
  await until(desk, clock, () => order.length >= hoursAgo.filter((hours) => hours < 37).length);
  stop.abort();
  await ended(clock, erasing);
  const firstHalf = order.slice(0, order.length / 2);
  const secondHalf = order.slice(order.length / 2);
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [first, second] = [mean(firstHalf), mean(secondHalf)];
  row('after ten hours: age of the first half to go', `${round(first + 10, 1)} h`);
  row('  of the second half', `${round(second + 10, 1)} h`, `at most ${round(first + 10, 1)} h`);
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
  // µs of the processor: others on the machine cost time, and are none of ours.
  const time = (work: () => unknown) => {
    const rounds = 100_000;
    const began = process.cpuUsage().user;
    for (let index = 0; index < rounds; index += 1) work();
    return (process.cpuUsage().user - began) / rounds;
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
