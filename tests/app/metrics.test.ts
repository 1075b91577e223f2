import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Built } from '#src/app/built.ts';
import { createDoorbell } from '#src/app/doorbell.ts';
import { pollOnce } from '#src/app/newsroom.ts';
import { serveReaders } from '#src/app/readers.ts';
import { underLease } from '#src/app/standby.ts';
import { watchStore } from '#src/app/watch.ts';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { pauseAll, resumeAll } from '#src/desk/pause.ts';
import { readHere } from '#src/source/reading.ts';
import { newsKeys } from '#src/store/keys.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { channel as place, person, until } from '#testing/delivery.ts';
import { createStatus } from '#src/status.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { datelineOf } from '#testing/pages.ts';
import { createSite, type Piece } from '#testing/site.ts';
import { randomStory } from '#testing/texts.ts';

const READERS = 25;
let stage: Stage;
let site: ReturnType<typeof createSite>;
let number = 1;
const stop = new AbortController();
let running: Promise<unknown>;
/** The highest value that any sample of a metric has had. */
const highest = new Map<string, number>();

beforeAll(async () => {
  stage = await openStage({ rate: 30 });
  site = createSite();
  const { desk, bot } = stage;
  const config = { updates: { mode: 'polling' } } as Built['config'];
  const built: Built = { config, desk, bot, doorbell: createDoorbell(desk) };
  const noKey = { read: () => undefined, keep: () => true };
  running = Promise.all([
    watchStore(desk, async () => 1e9, stop.signal),
    serveReaders(built, noKey, { isOurs: true, serves: true }, stop.signal),
    underLease(
      desk,
      'source:be',
      stop.signal,
      () => undefined,
      (_, work) => new Promise((resolve) => work.addEventListener('abort', () => resolve(), { once: true })),
    ),
  ]);
});

afterAll(async () => {
  stop.abort();
  let over = false;
  void running.finally(() => (over = true));
  await until(stage.clock, () => over);
  await stage.close();
});

async function poll(): Promise<void> {
  await pollOnce(stage.desk, {
    edition: 'en',
    addresses: [site.listing('en')],
    fetcher: site.fetcher,
    reader: readHere,
    pictures: site.pictures,
    intervalMs: 30_000,
  });
}

async function news(): Promise<Piece> {
  const now = stage.clock.now();
  const piece = site.publish('en', { ...randomStory(number++), dateline: datelineOf('en', now) }, now);
  await poll();
  return piece;
}

/** Notes what `/metrics` shows now. */
async function look(): Promise<void> {
  for (const line of (await stage.desk.status.page()).split('\n')) {
    const [, name, value] =
      /^(pozirk_\w+?)(?:_bucket|_sum|_count)?(?:\{[^}]*\})? ([\d.e+-]+)$/.exec(line) ?? [];
    if (name) highest.set(name, Math.max(highest.get(name) ?? 0, Number(value)));
  }
}

const has = (name: string): boolean => (highest.get(name) ?? 0) > 0;

const seen = (name: string): Promise<void> =>
  until(stage.clock, async () => {
    await look();
    return has(name);
  });

/** The series of all counters, as they stand on a page. */
const counted = (page: string): string[] => page.match(/^pozirk_\w+_total(\{[^}]*\})?/gm)?.toSorted() ?? [];

const delivered = (headline: string) =>
  stage.telegram.deliveries().filter(({ message }) => String(message.wire.text ?? '').includes(headline))
    .length;

describe('what happens to the bot in a day', () => {
  it('feeds every metric that /metrics names, in series that stood there from the start', {
    timeout: 120_000,
  }, async () => {
    const { desk, telegram, clock } = stage;
    const ids = telegram.people(READERS);
    for (const id of ids) await subscribe(desk, person(id), 'en');
    await news();
    await seen('pozirk_lease');
    const events: (() => Promise<unknown>)[] = [
      async () => {
        const { telling } = await news();
        await until(clock, async () => (await look(), delivered(telling.headline) === READERS));
      },
      async () => {
        const piece = await news();
        await until(clock, () => delivered(piece.telling.headline) === READERS);
        piece.telling = { ...piece.telling, headline: `${piece.telling.headline} again` };
        await poll();
        await seen('pozirk_edits_total');
      },
      async () => {
        await desk.store.redis.xadd(newsKeys.log('ru'), '*', 'kind', 'announcement', 'text', 'forged');
        await seen('pozirk_foreign_total');
      },
      async () => {
        await pauseAll(desk);
        await news();
        await seen('pozirk_behind');
        await resumeAll(desk);
      },
      async () => {
        const description = 'Forbidden: bot was blocked by the user';
        telegram.faults.add({ kind: 'refuse', method: 'sendMessage', code: 403, description, times: 1 });
        await news();
        await seen('pozirk_refusals_total');
      },
      async () => {
        telegram.faults.add({ kind: 'too-many', method: 'sendMessage', times: 1 });
        await news();
        await seen('pozirk_told_to_wait_total');
      },
      async () => {
        telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', times: 1 });
        // In each of its forms.
        telegram.faults.add({ kind: 'refuse', method: 'editMessageText', times: 4 });
        await news();
        await seen('pozirk_probes_total');
        await seen('pozirk_repeats_total');
      },
      async () => {
        // Nothing of the channel is known yet, so a story whose sending broke off there is not asked after.
        const channel = telegram.channel();
        channel.addBot(['can_post_messages', 'can_edit_messages', 'can_delete_messages']);
        await subscribe(desk, place(channel.id), 'en');
        telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: channel.id, times: 1 });
        await news();
        await seen('pozirk_unasked_total');
      },
      async () => {
        void forgetChat(desk, person(ids[0] ?? 0), []);
        await seen('pozirk_deletes_total');
      },
      async () => {
        const pesterer = telegram.person({ language: 'en' });
        for (let message = 0; message < 25; message += 1) pesterer.send('/help');
        // In small steps: all of it has to happen within a minute.
        for (let step = 0; step < 1000 && !has('pozirk_flooded_total'); step += 1) {
          await clock.advance(50);
          await new Promise((resolve) => setTimeout(resolve, 5));
          await look();
        }
      },
      async () => {
        await until(clock, async () => {
          await desk.store.redis.call('CLIENT', ['KILL', 'TYPE', 'normal', 'SKIPME', 'no']).catch(() => 0);
          await look();
          return has('pozirk_store_trouble_total');
        });
      },
    ];
    for (const event of events) {
      await event();
      // Three hours until the next, of which the last minute is lived through.
      clock.set(3 * HOUR - MINUTE);
      await clock.advance(MINUTE);
      await look();
    }
    const page = await desk.status.page();
    const named = [...page.matchAll(/^# TYPE (pozirk_\w+) /gm)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !has(name))).toEqual([]);
    expect(counted(page)).toEqual(counted(await createStatus().page()));
  });
});
