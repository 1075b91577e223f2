import { afterAll, beforeAll, expect, it } from 'vitest';
import { newsKeys } from '#src/store/keys.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { openStage } from '#testing/newsdesk.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { createSite } from '#testing/site.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it('after a restore nothing is pushed that was published before the bot was last alive, and all that came later is', async () => {
  const clock = movedClock(Date.parse('2026-08-22T09:00:00Z'));
  const site = createSite();
  const stage = openStage(redis.url, clock, site);
  const poll = () => stage.poll('en', [site.feed('en')]);
  await stage.desk.store.redis.set(newsKeys.told, clock.now() - 30 * MINUTE);
  site.publish('en', { headline: 'An old report of this town' }, clock.now() - 5 * HOUR);
  site.publish('en', { headline: 'Told before the machine was lost' }, clock.now() - 40 * MINUTE);
  site.publish('en', { headline: 'Nobody was there to tell it' }, clock.now() - 10 * MINUTE);
  await poll();
  expect(await stage.log()).toEqual(['Nobody was there to tell it']);
  site.publish('en', { headline: 'Told before, and listed late' }, clock.now() - 45 * MINUTE);
  site.publish('en', { headline: 'News of this very minute' }, clock.now());
  await poll();
  expect(await stage.log()).toEqual(['Nobody was there to tell it', 'News of this very minute']);
  await stage.close();
});
