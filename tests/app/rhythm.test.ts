import { expect, it, vi } from 'vitest';
import { pollByRhythm } from '#src/app/keep-polling.ts';
import { newsKeys } from '#src/store/keys.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { pass, until } from '#testing/delivery.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import type { Stage } from '#testing/newsdesk.ts';

/** Half past five in the morning: the newsroom sleeps until six. */
const START = Date.parse('2026-08-22T05:30:00Z');
const USUAL = 30 * SECOND;

let clock: MovedClock;
let stage: Stage;

eachNewsdesk(START, async (newsdesk) => {
  ({ stage, clock } = newsdesk);
  for (let day = 1; day < 14; day += 1) for (const hour of [6, 7, 8]) await tell(atHour(hour) - day * DAY);
});

const atHour = (hour: number): number => START - (START % DAY) + hour * HOUR;
const tell = (at: number) => stage.desk.store.redis.zadd(newsKeys.newest('en'), at, `story${at}`);

/** Polls by the rhythm while `live` runs. Answers when, in ms since the start. */
async function polls(live: () => Promise<void>, crawlDelayMs = 0): Promise<number[]> {
  const [moments, stop] = [[] as number[], new AbortController()];
  const once = async () => void moments.push(clock.now() - START);
  const fetcher = { crawlDelayMs: () => crawlDelayMs };
  const running = pollByRhythm(stage.desk, 'en', USUAL, { once, fetcher }, stop.signal);
  await live();
  stop.abort();
  let over = false;
  void running.then(() => (over = true));
  await until(clock, () => over);
  return moments;
}

/** Seconds between one poll and the next. */
const gaps = (moments: readonly number[]): number[] =>
  moments.slice(1).map((at, index) => Math.round((at - (moments[index] ?? 0)) / SECOND));
const live = (ms: number) => pass(clock, ms, 5 * SECOND);

it('an edition is looked at once a minute while its newsroom sleeps, and never less', async () => {
  expect(new Set(gaps(await polls(() => live(5 * MINUTE))))).toEqual(new Set([60]));
});

it('a story in the night has the next ten minutes looked at four times as often; then it is night again', async () => {
  const moments = await polls(async () => {
    await tell(START + 30 * SECOND);
    await live(14 * MINUTE);
  });
  const between = (from: number, to: number) => new Set(gaps(moments.filter((at) => at > from && at <= to)));
  expect(between(MINUTE, 10 * MINUTE)).toEqual(new Set([15]));
  expect(between(11 * MINUTE, 14 * MINUTE)).toEqual(new Set([60]));
});

it('by day it is as often as usual, and sooner after a story', async () => {
  await clock.advance(2 * HOUR);
  const moments = await polls(async () => {
    await live(3 * MINUTE);
    await tell(clock.now());
    await live(3 * MINUTE);
  });
  const seconds = gaps(moments);
  expect(new Set(seconds.slice(0, 5))).toEqual(new Set([30]));
  expect(new Set(seconds.slice(-8))).toEqual(new Set([15]));
});

it('a robots.txt that asks for more time between two looks has it, however lively the newsroom is', async () => {
  await tell(START);
  const moments = await polls(() => live(4 * MINUTE), 40 * SECOND);
  expect(Math.min(...gaps(moments))).toBeGreaterThanOrEqual(40 - 2);
});

it('a Redis that does not answer changes nothing: it is looked at as usual', async () => {
  vi.spyOn(stage.desk.store.redis, 'zrevrangebyscore').mockRejectedValue(new Error('away'));
  expect(new Set(gaps(await polls(() => live(3 * MINUTE))))).toEqual(new Set([30]));
});
