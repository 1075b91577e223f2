import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../src/desk/deliver.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { changeSettings, subscribe, unsubscribe } from '../../src/desk/subscribe.ts';
import { createTrace } from '../../src/desk/trace.ts';
import { silentLogger } from '../../src/log.ts';
import type { Chat } from '../../src/news/subscriber.ts';
import { loadWords } from '../../src/render/locale.ts';
import { startTelegram, type Telegram } from '../../src/sandbox/telegram.ts';
import { createStatus } from '../../src/status.ts';
import { highestId } from '../../src/store/deliveries.ts';
import { holdLease } from '../../src/store/lease.ts';
import { openStore } from '../../src/store/redis.ts';
import { createSeal } from '../../src/store/seal.ts';
import { createPace } from '../../src/telegram/pace.ts';
import { createTelegram } from '../../src/telegram/send.ts';
import { MINUTE, type MovedClock, movedClock } from '../../src/time.ts';
import { pass, publish, revise, until } from '../support/delivery.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3);

/** What may happen in a newsroom's day, in any order. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('story' as const),
      about: fc.constantFrom('sport', 'economy'),
      urgent: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correction' as const), of: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 50, max: 8000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), who: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      kind: fc.constantFrom('plain', 'sport', 'quiet'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('migrate' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('trouble' as const),
      kind: fc.constantFrom('reset-before', 'reset-after', 'gateway-timeout', 'too-many', 'bad-gateway'),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface Reader {
  readonly chat: Chat;
  readonly kind: 'plain' | 'sport' | 'quiet';
  /** First story that it should get, and the first that it need not get any more. */
  readonly from: number;
  until: number;
}

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe('whatever happens in between', () => {
  it(
    'every chat is shown what its settings select, once, and nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40 }), async (happenings) => {
          const day = await openDay();
          try {
            for (const one of happenings) await day.live(one);
            await day.end();
          } finally {
            await day.close();
          }
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    RUNS * 40_000,
  );
});

async function openDay() {
  const clock = movedClock(START);
  const telegram = await startTelegram({ clock, limits: { personMs: 1000, groupPerMinute: 20 } });
  const desk = openDesk(telegram, clock);
  await desk.store.redis.flushall();
  let working = openDesk(telegram, clock);
  let stop = await work(working, clock);
  const readers: Reader[] = [];
  const stories: { headline: string; about: string; urgent: boolean }[] = [];
  const published: Awaited<ReturnType<typeof publish>>[] = [];
  const blocked = new Set<number>();
  const group = telegram.group();
  group.addBot(undefined);
  let groupId = group.id;

  const join = async (chat: Chat, kind: Reader['kind']) => {
    await subscribe(desk, chat, 'en');
    if (kind === 'sport') await changeSettings(desk, chat, { follow: ['sport'] }, 'en');
    // Quiet for twenty minutes from now: what is held comes at the end.
    if (kind === 'quiet')
      await changeSettings(desk, chat, { quiet: { from: '11:00', to: '12:20' }, urgent: 'hold' }, 'en');
    readers.push({ chat, kind, from: stories.length, until: Number.POSITIVE_INFINITY });
  };
  const channel = telegram.channel();
  channel.addBot(['can_post_messages']);
  await join({ id: channel.id, kind: 'channel' }, 'plain');
  await join({ id: group.id, kind: 'group' }, 'plain');
  for (const kind of ['plain', 'plain', 'sport', 'quiet'] as const) {
    const [id = 0] = telegram.people(1);
    await join({ id, kind: 'person' }, kind);
  }
  const people = () =>
    readers.filter(({ chat, until: end }) => chat.kind === 'person' && end === Number.POSITIVE_INFINITY);

  async function live(one: Happening): Promise<void> {
    switch (one.do) {
      case 'story': {
        const headline = `Story ${stories.length} about ${one.about}.`;
        stories.push({ headline, about: one.about, urgent: one.urgent });
        published.push(await publish(desk, 'en', { headline, urgent: one.urgent }));
        return;
      }
      case 'correction': {
        const story = published[one.of];
        if (story) published[one.of] = await revise(desk, story, { lead: `${story.lead} More is known.` });
        return;
      }
      case 'pass':
        return pass(clock, one.ms);
      case 'kill': {
        // Everything that the process held is gone; a request of its may still be on its way.
        const dead = working;
        dead.store.redis.disconnect();
        await dead.telegram.close();
        void stop();
        await desk.store.redis.del(`pozirk:{${desk.store.botId}}:lease:owner`);
        working = openDesk(telegram, clock);
        stop = await work(working, clock);
        return;
      }
      case 'stop':
        await ended(stop(), clock);
        working = openDesk(telegram, clock);
        stop = await work(working, clock);
        return;
      case 'block': {
        const reader = people()[one.who];
        if (!reader) return;
        telegram.person({ id: reader.chat.id }).block();
        blocked.add(reader.chat.id);
        reader.until = stories.length;
        return;
      }
      case 'leave': {
        const reader = people()[one.who];
        if (!reader) return;
        await unsubscribe(desk, reader.chat);
        reader.until = stories.length;
        return;
      }
      case 'join': {
        const [id = 0] = telegram.people(1);
        return join({ id, kind: 'person' }, one.kind);
      }
      case 'migrate': {
        if (groupId !== group.id) return;
        groupId = group.migrate().id;
        return;
      }
      case 'trouble':
        telegram.faults.add({ kind: one.kind, method: 'sendMessage', times: 1, retryAfter: 3 });
    }
  }

  return {
    live,
    async end(): Promise<void> {
      await pass(clock, 25 * MINUTE);
      await pass(clock, 2 * MINUTE);
      for (const reader of readers) {
        const id = reader.chat.kind === 'group' ? [group.id, groupId] : [reader.chat.id];
        const texts = telegram
          .deliveries()
          // A repeat that was taken back at once is not shown.
          .filter(({ chatId, message }) => id.includes(chatId) && message.deletedAt === undefined)
          .map(({ message }) => String(message.wire.text ?? ''));
        const shown = stories.map(({ headline }) => texts.filter((text) => text.includes(headline)).length);
        for (const [index, story] of stories.entries()) {
          const wanted = index >= reader.from && (reader.kind !== 'sport' || story.about === 'sport');
          const what = `${reader.chat.kind} (${reader.kind}), story ${index} of ${stories.length}`;
          if (!wanted) expect(shown[index], what).toBe(0);
          else if (index >= reader.until) expect(shown[index], what).toBe(0);
          else if (reader.until === Number.POSITIVE_INFINITY) expect(shown[index], what).toBe(1);
          // Who left or blocked the bot got some of what was on its way, never twice.
          else expect(shown[index], what).toBeLessThanOrEqual(1);
        }
        // Within what a chat was shown, a later message never holds a story older than an earlier one, but for urgent ones.
        const order = texts.flatMap((text) => {
          const held = stories.flatMap(({ headline, urgent }, index) =>
            text.includes(headline) && !urgent ? [index] : [],
          );
          return held.length > 0 ? [[Math.min(...held), Math.max(...held)] as const] : [];
        });
        for (const [index, [least]] of order.entries()) {
          if (index > 0) expect(least).toBeGreaterThan(order[index - 1]?.[1] ?? -1);
        }
      }
    },
    async close(): Promise<void> {
      await ended(stop(), clock);
      await desk.telegram.close();
      await desk.store.close();
      await telegram.close();
    },
  };
}

function openDesk(telegram: Telegram, clock: MovedClock): Desk {
  const [botId = ''] = telegram.token.split(':');
  const store = openStore({ url: redis.url, botId, log: silentLogger });
  return {
    clock,
    log: silentLogger,
    status: createStatus(),
    store,
    seal: createSeal(Buffer.alloc(32, 7), botId),
    telegram: createTelegram({
      token: telegram.token,
      apiRoot: telegram.url,
      clock,
      pace: createPace(clock, 0),
    }),
    words: loadWords(),
    trace: createTrace(store),
    policy: { staleMs: 86_400_000, paid: 'mark', urgentMarks: [], recheckSeconds: [], adminIds: [] },
    onTrouble: async () => undefined,
  };
}

/** Delivers as a process of its own would; the result stops it and gives its lease back. */
async function work(desk: Desk, clock: MovedClock): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const lease = await holdLease(desk.store, 'owner', clock, stop.signal);
  if (!lease) throw new Error('no lease');
  desk.telegram.sequence.observe(0, await highestId(desk.store, 'private'));
  const running = deliver(desk, lease, stop.signal).catch(() => undefined);
  return async () => {
    stop.abort();
    await running;
    await lease.release();
    await desk.telegram.close();
    desk.store.redis.disconnect();
  };
}

async function ended(stopping: Promise<void>, clock: MovedClock): Promise<void> {
  let over = false;
  void stopping.finally(() => (over = true));
  await until(clock, () => over);
}
