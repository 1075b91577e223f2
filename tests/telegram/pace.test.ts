import { describe, expect, it } from 'vitest';
import { createPace, type Lane, type Pace } from '#src/telegram/pace.ts';
import { SECOND } from '#src/time.ts';
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

  it('stops everybody for exactly the time that Telegram names once two chats are told to wait', async () => {
    const { clock, pace } = scene(25);
    expect(pace.refused(1, 7 * SECOND)).toBe(false);
    expect(pace.refused(2, 7 * SECOND)).toBe(true);
    const times: number[] = [];
    hungry(pace, clock, 'news', (at) => times.push(at));
    await clock.advance(6.9 * SECOND);
    expect(times).toEqual([]);
    await clock.advance(0.2 * SECOND);
    expect(times.length).toBeGreaterThan(0);
  });

  it('lets only the chat wait that was told to', () => {
    const { pace } = scene(25);
    pace.refused(1, 7 * SECOND);
    expect(pace.chatWait(1)).toBe(7 * SECOND);
    expect(pace.chatWait(2)).toBe(0);
    expect(pace.floodUntil).toBe(0);
  });

  it('settles just below a lower limit without a storm of refusals, and finds out when it is lifted', async () => {
    const { clock, pace } = scene(25);
    let limit = 20;
    let refusals = 0;
    const accepted: number[] = [];
    let chat = 0;
    hungry(pace, clock, 'news', (at) => {
      chat += 1;
      void pace.depart(chat, false);
      if (accepted.filter((time) => at - time < SECOND).length < limit) {
        accepted.push(at);
        pace.accepted(0);
      } else {
        refusals += 1;
        pace.refused(chat, SECOND);
        pace.refused(-chat, SECOND);
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

  it('falls back when Telegram answers slowly', () => {
    const { pace } = scene(30);
    for (let count = 0; count < 3; count += 1) pace.accepted(2500);
    expect(pace.rate).toBeLessThan(30);
  });

  it('keeps a second between messages to a person and three between messages to a group', async () => {
    const { pace } = scene(25);
    await pace.depart(1, false);
    await pace.depart(-1, true);
    expect(pace.chatWait(1)).toBeGreaterThanOrEqual(SECOND);
    expect(pace.chatWait(-1)).toBeGreaterThanOrEqual(3 * SECOND);
  });

  it('serves answers before the news, and corrections only when nobody else waits', async () => {
    const { clock, pace } = scene(10);
    const order: Lane[] = [];
    const lanes: Lane[] = ['news', 'edit', 'news', 'answer'];
    for (const lane of lanes) void pace.turn(lane).then(() => order.push(lane));
    await clock.advance(SECOND);
    expect(order.indexOf('answer')).toBe(1);
    expect(order.at(-1)).toBe('edit');
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
