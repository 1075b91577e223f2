import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { INTERVAL, openStage } from '#testing/newsdesk.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { createSite, type Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** A newsroom whose listing keeps the validators of its first version for ever. */
async function lying(policy: { validators?: 'on' | 'off' } = {}) {
  const clock = movedClock(START);
  const site = createSite();
  const honest = site.fetcher;
  const sent: boolean[] = [];
  const fetcher: Site['fetcher'] = {
    ...honest,
    async read(address, request = {}) {
      if (address !== site.listing('en')) return honest.read(address, request);
      sent.push(request.validators?.etag !== undefined);
      if (request.validators?.etag) return { ok: true, value: { kind: 'unchanged' } };
      const answer = await honest.read(address, request);
      if (!answer.ok || answer.value.kind !== 'page') return answer;
      return { ok: true, value: { ...answer.value, validators: { etag: 'constant' } } };
    },
  };
  const stage = openStage(redis.url, clock, { ...site, fetcher }, policy);
  await stage.desk.store.redis.flushall();
  site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
  await stage.poll();
  return { clock, site, stage, sent };
}

it('a page that is called unchanged for ever is read all the same within a quarter of an hour', async () => {
  const { clock, site, stage } = await lying();
  for (let n = 0; n < (DAY - HOUR) / INTERVAL / 20; n++) {
    await clock.advance(19 * INTERVAL);
    await stage.poll();
  }
  site.publish('en', { headline: 'News that is called old' }, clock.now());
  const published = clock.now();
  while ((await stage.log()).length === 0 && clock.now() < published + HOUR) await stage.poll();
  expect(clock.now() - published).toBeLessThan(16 * MINUTE);
  await stage.close();
});

it('a row that waits for its page is not called unchanged', async () => {
  const { clock, site, stage } = await lying();
  await clock.advance(DAY);
  await stage.poll();
  const piece = site.publish('en', { headline: 'News whose page comes late' }, clock.now());
  site.faults.set(`/${piece.ids[0]}`, 'source.status');
  await clock.advance(20 * MINUTE);
  expect((await stage.poll()).waiting).toBe(1);
  site.faults.clear();
  await stage.poll();
  expect(await stage.log()).toEqual(['News whose page comes late']);
  await stage.close();
});

it('a server that was caught is not believed for a day', async () => {
  const { clock, site, stage, sent } = await lying();
  site.publish('en', { headline: 'News that is called old' }, clock.now());
  for (let n = 0; n < 10; n++) await stage.poll();
  expect(await stage.log()).toHaveLength(1);
  sent.length = 0;
  for (let n = 0; n < 20; n++) await stage.poll();
  expect(sent).not.toContain(true);
  await clock.advance(DAY);
  await stage.poll();
  await stage.poll();
  expect(sent).toContain(true);
  await stage.close();
});

it('a server is no liar where a row that was left out becomes news', async () => {
  const { clock, site, stage, sent } = await lying();
  const piece = site.publish('en', { headline: 'News whose page comes late' }, clock.now());
  piece.status = 404;
  for (let n = 0; n < 30; n++) await stage.poll();
  piece.status = 200;
  for (let n = 0; n < 20; n++) await stage.poll();
  expect(await stage.log()).toEqual(['News whose page comes late']);
  sent.length = 0;
  for (let n = 0; n < 10; n++) await stage.poll();
  expect(sent).toContain(true);
  await stage.close();
});

it('a switch does without validators at all', async () => {
  const { stage, sent } = await lying({ validators: 'off' });
  for (let n = 0; n < 5; n++) await stage.poll();
  expect(sent).not.toContain(true);
  await stage.close();
});
