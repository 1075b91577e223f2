import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correct } from '#src/desk/delivery/correct.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import type { Desk } from '#src/desk/desk.ts';
import { erase, forgetChat } from '#src/desk/chats/erase.ts';
import { changeSettings, pauseChat, resumeChat, subscribe, unsubscribe } from '#src/desk/chats/subscribe.ts';
import { silentLogger } from '#testing/log.ts';
import type { Story } from '#src/news/story.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';
import { highestId } from '#src/store/deliveries.ts';
import { holdLease } from '#src/store/lease.ts';
import { appendUrgent } from '#src/store/logs.ts';
import type { Store } from '#src/store/redis.ts';
import { MINUTE } from '#src/time.ts';
import { type MovedClock, movedClock } from '#testing/clock.ts';
import { pass, publish, revise, until } from '#testing/delivery.ts';
import { openDesk } from '#testing/desk.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2);

/** Events of a newsroom's day, in any order. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('story' as const),
      about: fc.constantFrom('sport', 'economy'),
      urgent: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 50, max: 8000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('correction', 'withdrawal'), of: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('made urgent' as const), of: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('kill', 'stop', 'migrate', 'overtake') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'block',
        'leave',
        'return',
        'switch',
        'forget',
        'pause',
        'resume',
        'hush',
        'unhush',
        'narrow',
        'widen',
      ),
      who: fc.nat(8),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      kind: fc.constantFrom('plain', 'sport', 'quiet'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('trouble' as const),
      kind: fc.constantFrom('reset-before', 'reset-after', 'gateway-timeout', 'too-many', 'bad-gateway'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('late answer' as const),
      ms: fc.integer({ min: 1000, max: 12_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lost answer' as const),
      script: fc.constantFrom('claim', 'end-visit', 'save-chat'),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface Reader {
  readonly chat: Chat;
  readonly kind: 'plain' | 'sport' | 'quiet';
  /** From when to when it read the news: the first story that it should get, and the first that it need not get. */
  readonly periods: { readonly from: number; until: number }[];
  /** Everything that it was shown had to go. */
  forgotten: boolean;
  blocked: boolean;
  /** It changed its topics now and then. */
  isFickle: boolean;
}

interface Told {
  readonly headline: string;
  readonly about: string;
  readonly urgent: boolean;
  story: Story;
  madeUrgent: boolean;
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
    RUNS * 60_000,
  );
});

async function openDay() {
  const clock = movedClock(START);
  const telegram = await startTelegram({ clock, limits: { personMs: 1000, groupPerMinute: 20 } });
  const desk = openProcess(telegram, clock);
  await desk.store.redis.flushall();
  const losing = { script: '', answerMs: 0 };
  let working = openProcess(telegram, clock, losing);
  let stop = await work(working, clock);
  const readers: Reader[] = [];
  const told: Told[] = [];
  const group = telegram.group();
  group.addBot(undefined);
  let groupId = group.id;

  const join = async (chat: Chat, kind: Reader['kind']) => {
    await subscribe(desk, chat, 'en');
    if (kind === 'sport') await changeSettings(desk, chat, { follow: ['sport'] }, 'en');
    // Quiet for twenty minutes from now: what is held comes at the end.
    if (kind === 'quiet') await changeSettings(desk, chat, QUIET, 'en');
    const periods = [{ from: told.length, until: Number.POSITIVE_INFINITY }];
    readers.push({ chat, kind, periods, forgotten: false, blocked: false, isFickle: false });
  };
  const channel = telegram.channel();
  channel.addBot(['can_post_messages']);
  await join({ id: channel.id, kind: 'channel' }, 'plain');
  await join({ id: group.id, kind: 'group' }, 'plain');
  for (const kind of ['plain', 'plain', 'sport', 'quiet'] as const) {
    const [id = 0] = telegram.people(1);
    await join({ id, kind: 'person' }, kind);
  }

  async function live(one: Happening): Promise<void> {
    switch (one.do) {
      case 'story': {
        const headline = `Story ${told.length} about ${one.about}`;
        const story = await publish(desk, 'en', { headline: `${headline}.`, urgent: one.urgent });
        told.push({ headline, about: one.about, urgent: one.urgent, story, madeUrgent: false });
        return;
      }
      case 'correction':
      case 'withdrawal': {
        const of = told[one.of];
        if (!of || of.story.withdrawn) return;
        const headline = `${of.headline}, revised ${of.story.revision + 1} times.`;
        const urgent = of.story.urgent || of.madeUrgent;
        of.story = await revise(
          desk,
          { ...of.story, urgent },
          one.do === 'correction' ? { headline } : { withdrawn: true },
        );
        return;
      }
      case 'made urgent': {
        const of = told[one.of];
        if (!of || of.story.withdrawn) return;
        of.madeUrgent = true;
        await appendUrgent(desk, of.story.id, clock.now());
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
        working = openProcess(telegram, clock, losing);
        stop = await work(working, clock);
        return;
      }
      case 'overtake': {
        // It lives, and learns that it does not deliver any more; what Telegram has not answered yet is answered there.
        void stop(true);
        await desk.store.redis.del(`pozirk:{${desk.store.botId}}:lease:owner`);
        working = openProcess(telegram, clock, losing);
        stop = await work(working, clock);
        return;
      }
      case 'stop':
        await ended(stop(), clock);
        working = openProcess(telegram, clock, losing);
        stop = await work(working, clock);
        return;
      case 'join': {
        const [id = 0] = telegram.people(1);
        return join({ id, kind: 'person' }, one.kind);
      }
      case 'migrate':
        if (groupId === group.id) groupId = group.migrate().id;
        return;
      case 'trouble':
        telegram.faults.add({ kind: one.kind, method: 'sendMessage', times: 1, retryAfter: 3 });
        return;
      case 'late answer':
        losing.answerMs = one.ms;
        return;
      case 'lost answer':
        losing.script = one.script;
        return;
      case 'block':
      case 'leave':
      case 'return':
      case 'switch':
      case 'forget':
      case 'pause':
      case 'resume':
      case 'hush':
      case 'unhush':
      case 'narrow':
      case 'widen': {
        const reader = readers.filter(({ chat }) => chat.kind === 'person')[one.who];
        if (reader && !reader.blocked) await act(reader, one.do);
      }
    }
  }

  /** Actions of one reader. */
  async function act(reader: Reader, what: Extract<Happening, { who: number }>['do']): Promise<void> {
    const { chat, periods } = reader;
    const last = periods.at(-1);
    const isReading = last?.until === Number.POSITIVE_INFINITY;
    const end = () => {
      if (last && isReading) last.until = told.length;
    };
    switch (what) {
      case 'block':
        telegram.person({ id: chat.id }).block();
        reader.blocked = true;
        return end();
      case 'leave':
        await unsubscribe(desk, chat);
        return end();
      case 'switch':
        if (isReading) await changeSettings(desk, chat, { edition: 'ru' }, 'ru');
        return end();
      case 'return':
        if (isReading || reader.forgotten) return;
        await subscribe(desk, chat, 'en');
        periods.push({ from: told.length, until: Number.POSITIVE_INFINITY });
        return;
      case 'forget':
        end();
        reader.forgotten = true;
        return ended(forgetChat(working, chat, []), clock);
      case 'pause':
        await pauseChat(desk, chat);
        return;
      case 'resume':
        await resumeChat(desk, chat);
        return;
      case 'hush':
        if (isReading) await changeSettings(desk, chat, QUIET, 'en');
        return;
      case 'unhush':
        if (isReading) await changeSettings(desk, chat, { quiet: undefined }, 'en');
        return;
      case 'narrow':
      case 'widen':
        reader.isFickle = true;
        if (isReading) await changeSettings(desk, chat, { follow: what === 'narrow' ? ['sport'] : [] }, 'en');
    }
  }

  /** Messages in a chat now. A repeat that was taken back at once is not shown. */
  function standing({ chat }: Reader): { text: string }[] {
    const ids = chat.kind === 'group' ? [group.id, groupId] : [chat.id];
    return telegram
      .deliveries()
      .filter(({ chatId, message }) => ids.includes(chatId) && message.deletedAt === undefined)
      .map(({ message }) => ({ text: String(message.wire.text ?? '') }));
  }

  function check(reader: Reader): void {
    const { chat, kind, periods, forgotten, blocked, isFickle } = reader;
    const texts = standing(reader).map(({ text }) => text);
    for (const [index, { headline, about, urgent, story, madeUrgent }] of told.entries()) {
      const what = `${chat.kind} (${kind}), story ${index} of ${told.length}`;
      const times = texts.filter((text) => text.includes(headline)).length;
      // Urgent news passes topics.
      const isOfInterest = isFickle || kind !== 'sport' || about === 'sport' || urgent || madeUrgent;
      const period = periods.find(({ from, until: end }) => index >= from && index < end);
      if (forgotten) {
        if (!blocked) expect(times, what).toBe(0);
        continue;
      }
      const isWanted = isOfInterest && period?.until === Number.POSITIVE_INFINITY;
      if (isWanted && !isFickle && !story.withdrawn) expect(times, what).toBe(1);
      // Readers who left, switched or blocked the bot got some of what was on its way, never twice.
      else if (isOfInterest && (period || madeUrgent)) expect(times, what).toBeLessThanOrEqual(1);
      else expect(times, what).toBe(0);
      if (times === 0 || !isWanted) continue;
      const isOfOldGroup = chat.kind === 'group' && groupId !== group.id;
      const [text = ''] = texts.filter((one) => one.includes(headline));
      if (!isOfOldGroup && !story.withdrawn) expect(text, `${what}: newest words`).toContain(story.headline);
      if (!isOfOldGroup && story.withdrawn) expect(text, `${what}: withdrawn`).toMatch(/withdrawn/i);
    }
    checkOrder(texts);
  }

  /** A later message never holds a story older than an earlier one, but for what went ahead of its turn. */
  function checkOrder(texts: readonly string[]): void {
    const order = texts.flatMap((text) => {
      const held = told.flatMap(({ headline, urgent, madeUrgent }, index) =>
        text.includes(headline) && !urgent && !madeUrgent ? [index] : [],
      );
      return held.length > 0 ? [[Math.min(...held), Math.max(...held)] as const] : [];
    });
    for (const [index, [least]] of order.entries()) {
      if (index > 0) expect(least).toBeGreaterThan(order[index - 1]?.[1] ?? -1);
    }
  }

  return {
    live,
    async end(): Promise<void> {
      for (const { chat, forgotten } of readers) if (!forgotten) await resumeChat(desk, chat);
      // Quiet hours are over after twenty minutes, and the second correction of a story comes after an hour.
      await pass(clock, 25 * MINUTE);
      for (let minutes = 0; minutes < 40; minutes += 1) {
        await clock.advance(MINUTE);
        await pass(clock, 100);
      }
      await pass(clock, 2 * MINUTE);
      for (const reader of readers) check(reader);
    },
    async close(): Promise<void> {
      await ended(stop(), clock);
      await desk.telegram.close();
      await desk.store.close();
      await telegram.close();
    },
  };
}

const QUIET = { quiet: { from: '11:00', to: '12:20' }, urgent: 'hold' } as const;

/**
 * @param losing the script whose next answer is lost although it was carried out, and by how long Telegram's next answer is late,
 * ms.
 */
function openProcess(telegram: Telegram, clock: MovedClock, losing = { script: '', answerMs: 0 }): Desk {
  const desk = openDesk({ clock, telegram, redisUrl: redis.url, log: silentLogger });
  const forgetful =
    (how: 'run' | 'runRaw'): Store['run'] =>
    async (name, keys, args) => {
      const reply = await desk.store[how](name, keys, args);
      if (name !== losing.script) return reply;
      losing.script = '';
      throw new Error('Connection is closed.');
    };
  const store: Store = { ...desk.store, run: forgetful('run'), runRaw: forgetful('runRaw') };
  const send: typeof desk.telegram.send = async (...message) => {
    const ms = losing.answerMs;
    losing.answerMs = 0;
    const outcome = await desk.telegram.send(...message);
    if (ms > 0) await clock.sleep(ms);
    return outcome;
  };
  return { ...desk, store, telegram: { ...desk.telegram, send }, onTrouble: async () => undefined };
}

/**
 * Delivers as a process of its own would; the result stops it and gives its lease back. `isOvertaken`: another one delivers
 * already.
 */
async function work(desk: Desk, clock: MovedClock): Promise<(isOvertaken?: boolean) => Promise<void>> {
  const stop = new AbortController();
  const held = await holdLease(desk.store, 'owner', clock, stop.signal);
  if (!held) throw new Error('no lease');
  const lost = new AbortController();
  const lease = { ...held, signal: AbortSignal.any([held.signal, lost.signal]) };
  desk.telegram.sequence.observe(0, await highestId(desk.store, 'private'));
  const running = Promise.all([
    deliver(desk, lease, stop.signal).catch(() => undefined),
    correct(desk, stop.signal),
    erase(desk, stop.signal),
  ]);
  return async (isOvertaken = false) => {
    if (isOvertaken) lost.abort();
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
