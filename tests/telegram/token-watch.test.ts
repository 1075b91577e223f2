import { expect, it } from 'vitest';
import { createTokenWatch } from '#src/telegram/token-watch.ts';
import { MINUTE } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

it('a token is given up after an hour of nothing but refusals, however the clock is set', async () => {
  const clock = movedClock(Date.parse('2026-11-24T09:00:00Z'));
  const refusedToken = createTokenWatch(clock);
  const refused = () => refusedToken({ kind: 'unreached', detail: 'Unauthorized', deaf: 'unauthorized' });
  expect(refused()).toContain('in 60 minutes');
  await clock.advance(59 * MINUTE);
  expect(refused()).toContain('in 1 minutes');
  expect(refusedToken({ kind: 'done', result: {} })).toBeUndefined();
  expect(refused()).toContain('in 60 minutes');
  clock.set(24 * 60 * MINUTE);
  expect(refused()).toContain('in 60 minutes');
  await clock.advance(60 * MINUTE);
  expect(() => refused()).toThrow('check BOT_TOKEN');
});
