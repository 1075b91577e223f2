import { expect, it } from 'vitest';
import { createDoorbell } from '#src/app/doorbell.ts';
import { SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

it('who rings often makes the bot look once a second, and never in vain', async () => {
  const clock = movedClock(0);
  const bell = createDoorbell(clock);
  expect(bell.ring()).toBe('elsewhere');
  const work = new AbortController();
  const looks: number[] = [];
  bell.answer('be', () => looks.push(clock.ticks()), work.signal);
  expect(bell.ring('ru')).toBe('elsewhere');
  for (let times = 0; times < 30; times += 1) {
    expect(bell.ring()).toBe('taken');
    await clock.advance(SECOND / 10);
  }
  await clock.advance(5 * SECOND);
  expect(looks).toEqual([0, 1000, 2000, 3000]);
  work.abort();
  expect(bell.ring()).toBe('elsewhere');
});
