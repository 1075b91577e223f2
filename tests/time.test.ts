import { describe, expect, it } from 'vitest';
import { DAY, followSchedule, HOUR, MINUTE, scheduleInterval, SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

const START = Date.UTC(2026, 10, 24, 12);

/** Follows `expression` from noon on; `ran` are the ticks at which the task was called, in seconds from the start. */
function follow(expression: string) {
  const clock = movedClock(START);
  const stop = new AbortController();
  const ran: number[] = [];
  const over = followSchedule(
    expression,
    () => ran.push((clock.ticks() - START) / SECOND),
    clock,
    stop.signal,
  );
  return {
    clock,
    ran,
    end: async () => {
      stop.abort();
      await over;
    },
  };
}

describe('a schedule', () => {
  it('is followed to the second', async () => {
    const { clock, ran, end } = follow('*/30 * * * * *');
    await clock.advance(2 * MINUTE);
    expect(ran).toEqual([30, 60, 90, 120]);
    await end();
    await clock.advance(MINUTE);
    expect(ran).toHaveLength(4);
  });

  it.each([-20 * SECOND, 20 * SECOND, -HOUR, HOUR, -DAY, DAY])(
    'goes on within one interval where the clock is set by %i ms, twice',
    async (step) => {
      const { clock, ran, end } = follow('*/30 * * * * *');
      await clock.advance(45 * SECOND);
      for (const _ of [1, 2]) {
        clock.set(step);
        const before = ran.length;
        await clock.advance(31 * SECOND);
        expect(ran.length).toBeGreaterThan(before);
        expect(ran.length).toBeLessThanOrEqual(before + 2);
      }
      await end();
    },
  );

  it('with one moment a day comes on the day to which the clock was set', async () => {
    const { clock, ran, end } = follow('0 13 * * *');
    clock.set(55 * MINUTE);
    await clock.advance(6 * MINUTE);
    expect(ran).toEqual([5 * 60]);
    await end();
  });

  it('tells its interval', () => {
    expect(scheduleInterval('*/30 * * * * *')).toBe(30 * SECOND);
    expect(scheduleInterval('*/5 * * * *')).toBe(5 * MINUTE);
    // Two moments close to one another, the first of them half a day away.
    const hour = new Date(Date.now() + DAY / 2).getHours();
    expect(scheduleInterval(`0,1 ${hour} * * *`)).toBeGreaterThan(10 * HOUR);
  });
});
