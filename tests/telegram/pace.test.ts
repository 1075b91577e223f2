import { describe, expect, it } from 'vitest';
import { DOCUMENTED_LIMITS, floodLimits } from '#sandbox/telegram/limits.ts';
import type { Caller } from '#src/telegram/call.ts';
import type { Lane } from '#src/telegram/lanes.ts';
import { createPace, type Pace } from '#src/telegram/pace.ts';
import { createSequence } from '#src/telegram/sequence.ts';
import { inTurn } from '#src/telegram/turn.ts';
import { createWriter } from '#src/telegram/write.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { movedClock, type MovedClock } from '#testing/clock.ts';

const START = Date.parse('2026-11-24T09:00:00Z');

/** Asks for turns without end and writes down when each was given. */
function hungry(pace: Pace, clock: MovedClock, lane: Lane, onTurn: (at: number) => void): void {
  void pace.turn(lane).then((granted) => {
    if (!granted) return;
    onTurn(clock.now());
    hungry(pace, clock, lane, onTurn);
  });
}

function scene(rate: number) {
  const clock = movedClock(START);
  const pace = createPace(clock, rate);
  return { clock, pace };
}

const inWorstSecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + SECOND).length));

/** Telegram tells these chats to wait for so long, right after something was written there. */
const refuse = async (pace: Pace, chats: readonly number[], waitMs: number) => {
  const believed: boolean[] = [];
  for (const chat of chats) {
    await pace.depart(chat, 'news');
    believed.push(pace.refused(chat, 'news', waitMs, 0));
  }
  return believed.at(-1);
};

/**
 * How long a story to 300 readers takes on a Telegram that takes no two messages to one person in a second, ms; beside it
 * two accounts ask twice each six seconds, so much apart. `wayMs`: of a call, there and back.
 */
async function broadcast(wayMs: number, gapMs?: number): Promise<number> {
  const { clock, pace } = scene(25);
  const limits = floodLimits(() => clock.now(), { ...DOCUMENTED_LIMITS, personBurst: 0 });
  const call = (async (_: string, { chat_id: chatId }: { chat_id: number }) => {
    await clock.sleep(wayMs / 2);
    const said = limits.ask({ botId: 1, chatId, isPerson: true, isEdit: false, isPaid: false });
    await clock.sleep(wayMs / 2);
    return said.go ? { kind: 'done', result: {} } : { kind: 'wait', ms: said.retryAfter * SECOND };
  }) as Caller['call'];
  const { write } = createWriter(call, createSequence(), { clock, pace });
  const send = (chatId: number, what: 'news' | 'answer') =>
    write({ chatId, what, method: 'sendMessage', params: () => ({ chat_id: chatId }) });
  const isAsked = async (account: number) => {
    for (;;) {
      for (const wait of [0, gapMs ?? 0]) {
        await clock.sleep(wait);
        const asker = { account, reads: false };
        void inTurn({ clock, pace }, account, 'answer', asker, () => send(account, 'answer'));
      }
      await clock.sleep(6 * SECOND);
    }
  };
  if (gapMs !== undefined) for (const account of [9001, 9002]) void isAsked(account);
  await clock.advance(8 * SECOND);
  const began = clock.now();
  let have = 0;
  for (let chat = 1; chat <= 300; chat += 1)
    void pace.turn('news').then(async () => {
      if ((await send(chat, 'news')).kind === 'done') have += 1;
    });
  while (have < 300 && clock.now() - began < MINUTE) await clock.advance(SECOND / 10);
  return clock.now() - began;
}

describe('the pace', () => {
  it('climbs from the given rate to the documented 30 a second within seconds, and never above', async () => {
    const { clock, pace } = scene(25);
    const times: number[] = [];
    hungry(pace, clock, 'news', (at) => times.push(at));
    await clock.advance(20 * SECOND);
    expect(pace.rate).toBe(30);
    expect(inWorstSecond(times)).toBeLessThanOrEqual(30);
    const later = times.filter((at) => at >= START + 5 * SECOND).length / 15;
    expect(later).toBeGreaterThan(30 / 1.05);
  });

  it('takes a rate of 30 or more as start and ceiling both', async () => {
    const { clock, pace } = scene(100);
    let count = 0;
    hungry(pace, clock, 'news', () => (count += 1));
    await clock.advance(10 * SECOND);
    expect(pace.rate).toBe(100);
    expect(count).toBeGreaterThan(950);
    expect(count).toBeLessThanOrEqual(1001);
  });

  it('lets everybody wait once two readers who were kept to their pace are told to', async () => {
    const { clock, pace } = scene(0);
    expect(await refuse(pace, [1], 4 * SECOND)).toBe(false);
    expect(await refuse(pace, [2], 4 * SECOND)).toBe(true);
    const times: number[] = [];
    void pace.turn('news').then(() => times.push(clock.now()));
    await clock.advance(3.9 * SECOND);
    expect(times).toEqual([]);
    await clock.advance(0.2 * SECOND);
    expect(times).toHaveLength(1);
  });

  it('learns from what Telegram refuses also where nobody is told of it', async () => {
    const { clock, pace } = scene(30);
    const call = (async () => ({ kind: 'wait', ms: 5 * SECOND })) as Caller['call'];
    const { write } = createWriter(call, createSequence(), { clock, pace });
    for (const chatId of [1, 2])
      await write({ chatId, what: 'news', method: 'sendMessage', params: () => ({}) });
    expect(pace.floodMs).toBe(5 * SECOND);
    expect(pace.rate).toBeLessThan(30);
  });

  it('tries a long wait with single messages, and ends it when one is taken', async () => {
    const { clock, pace } = scene(25);
    await Promise.all([refuse(pace, [1, 2], 3600 * SECOND), clock.advance(SECOND)]);
    const times: number[] = [];
    hungry(pace, clock, 'news', (at) => times.push(at));
    await clock.advance(11 * SECOND);
    expect(times).toHaveLength(2);
    pace.accepted(50);
    expect(pace.floodMs).toBe(0);
    await clock.advance(2 * SECOND);
    expect(times.length).toBeGreaterThan(20);
  });

  it('waits a minute at most, whatever Telegram names, and goes on at a lower pace', async () => {
    const { clock, pace } = scene(30);
    await Promise.all([refuse(pace, [1, 2], 3600 * SECOND), clock.advance(SECOND)]);
    expect(pace.floodMs).toBeLessThanOrEqual(MINUTE);
    expect(pace.rate).toBeLessThan(30);
    await clock.advance(MINUTE);
    expect(pace.floodMs).toBe(0);
  });

  it('believes two groups of nobody but themselves, whatever they say and however long', async () => {
    const { pace } = scene(0);
    for (let chat = 1; chat <= 20; chat += 1) await pace.depart(chat, 'news');
    expect(await refuse(pace, [-1, -2, -3, -4], 3600 * SECOND)).toBe(false);
    expect(pace.floodMs).toBe(0);
    expect(pace.chatWait(-1)).toBe(3600 * SECOND);
    expect(pace.chatWait(50)).toBe(0);
  });

  it('believes three of forty groups no more when they refuse seven seconds late and nothing was written since', async () => {
    const { clock, pace } = scene(0);
    for (let chat = 1; chat <= 40; chat += 1) await pace.depart(-chat, 'news');
    await clock.advance(7 * SECOND);
    const believed = [1, 2, 3].map((chat) => pace.refused(-chat, 'news', 10 * SECOND, 7 * SECOND));
    expect(believed).toEqual([false, false, false]);
  });

  it('believes groups where nearly all that are written to say the same', async () => {
    const { pace } = scene(0);
    expect(await refuse(pace, [-1, -2, -3], 10 * SECOND)).toBe(true);
  });

  it('does not believe people who were written to more than a chat takes', async () => {
    const { pace } = scene(0);
    for (const chat of [1, 2, 3]) {
      for (let message = 0; message < 4; message += 1) await pace.depart(chat, 'answer');
      expect(pace.refused(chat, 'answer', 60 * SECOND, 0)).toBe(false);
    }
  });

  it('believes nobody to whom something else was written a moment before, however late Telegram says so', async () => {
    for (const gap of [0, 600, 1010, 1500]) {
      const { clock, pace } = scene(0);
      for (const chat of [1, 2]) {
        await pace.depart(chat, 'answer');
        await clock.advance(gap);
        await pace.depart(chat, 'answer');
        await clock.advance(700);
        expect([gap, pace.refused(chat, 'answer', 30 * SECOND, 700)]).toEqual([gap, false]);
      }
    }
  });

  it('obeys a slow mode, and believes its group of nobody else', async () => {
    const { clock, pace } = scene(0);
    pace.slow(-1, MINUTE);
    await pace.depart(-1, 'news');
    expect(pace.chatWait(-1)).toBe(MINUTE);
    expect(pace.chatWait(-1, 'answer')).toBe(MINUTE);
    await clock.advance(MINUTE);
    expect(pace.chatWait(-1)).toBe(0);
  });

  it.each([
    ['half a second apart', 600, 100],
    ['at once, on a slow way', 0, 700],
  ])(
    'loses no time to two accounts that have two answers sent, %s, each six seconds',
    async (_, gap, way) => {
      const quiet = await broadcast(way);
      expect(await broadcast(way, gap)).toBeLessThan(1.3 * quiet);
    },
  );

  it('settles just below a lower limit without a storm of refusals, and finds out when it is lifted', async () => {
    const { clock, pace } = scene(25);
    let limit = 20;
    let refusals = 0;
    const accepted: number[] = [];
    let chat = 0;
    hungry(pace, clock, 'news', (at) => {
      chat += 1;
      void pace.depart(chat, 'news');
      if (accepted.filter((time) => at - time < SECOND).length < limit) {
        accepted.push(at);
        pace.accepted(0);
      } else {
        refusals += 1;
        pace.refused(chat, 'news', SECOND, 0);
      }
    });
    await clock.advance(120 * SECOND);
    expect(accepted.length / 120).toBeGreaterThan(0.93 * 20);
    expect(refusals).toBeLessThan(8);
    limit = 30;
    await clock.advance(90 * SECOND);
    const from = clock.now();
    await clock.advance(60 * SECOND);
    expect(accepted.filter((at) => at >= from).length / 60).toBeGreaterThan(0.95 * 30);
  });

  it('is back within seconds where Telegram refused at random for a while', async () => {
    const { clock, pace } = scene(30);
    const accepted: number[] = [];
    let isBad = false;
    let chat = 0;
    hungry(pace, clock, 'news', (at) => {
      chat += 1;
      void pace.depart(chat, 'news');
      // About three of ten, two of them people in a row.
      if (isBad && chat % 7 < 2) return void pace.refused(chat, 'news', 2 * SECOND, 0);
      accepted.push(at);
      pace.accepted(0);
    });
    await clock.advance(90 * SECOND);
    isBad = true;
    await clock.advance(8 * SECOND);
    isBad = false;
    await clock.advance(15 * SECOND);
    const from = clock.now();
    await clock.advance(20 * SECOND);
    expect(accepted.filter((at) => at >= from).length / 20).toBeGreaterThan(0.9 * 30);
  });

  it('falls back when Telegram answers slowly', () => {
    const { pace } = scene(30);
    for (let count = 0; count < 3; count += 1) pace.accepted(2500);
    expect(pace.rate).toBeLessThan(30);
  });

  it('keeps a second between messages to a person and three between messages to a group', async () => {
    const { pace } = scene(25);
    await pace.depart(1, 'news');
    await pace.depart(-1, 'news');
    expect(pace.chatWait(1)).toBeGreaterThanOrEqual(SECOND);
    expect(pace.chatWait(-1)).toBeGreaterThanOrEqual(3 * SECOND);
  });

  it('gives the news nearly three turns of four whatever people do, and corrections few', async () => {
    const { clock, pace } = scene(10);
    const turns: Lane[] = [];
    hungry(pace, clock, 'news', () => turns.push('news'));
    hungry(pace, clock, 'edit', () => turns.push('edit'));
    for (const account of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
      void pace
        .turn('answer', undefined, { account, reads: account % 2 === 0 })
        .then(() => turns.push('answer'));
    await clock.advance(2 * SECOND);
    const share = turns.filter((lane) => lane === 'news').length / turns.length;
    expect(share).toBeGreaterThanOrEqual(0.68);
    expect(turns).toContain('answer');
    expect(turns.filter((lane) => lane === 'edit').length).toBeLessThanOrEqual(1);
  });

  it('gives up an answer for which nobody waits any more', async () => {
    const { clock, pace } = scene(0);
    await refuse(pace, [1, 2], MINUTE);
    const answers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((account) =>
      pace.turn('answer', undefined, { account, reads: false }),
    );
    await clock.advance(11 * SECOND);
    expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(2);
  });

  it('gives what has to disappear every second turn of a broadcast', async () => {
    const { clock, pace } = scene(30);
    const turns: Lane[] = [];
    hungry(pace, clock, 'news', () => turns.push('news'));
    hungry(pace, clock, 'erase', () => turns.push('erase'));
    await clock.advance(10 * SECOND);
    const share = turns.filter((lane) => lane === 'erase').length / turns.length;
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.55);
  });

  it('forgets a turn whose asker has gone', async () => {
    const { clock, pace } = scene(1);
    const gone = new AbortController();
    await clock.advance(SECOND);
    void pace.turn('news');
    const asked = pace.turn('news', gone.signal);
    gone.abort();
    expect(await asked).toBe(false);
  });
});
