import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Habits, harvest } from '#testing/field.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

/** Newsrooms; `npm run bench field` plays more, for longer. */
const RUNS = Number(process.env['NEWSROOMS'] ?? 3);
/** Simulated: four hours, in which a newsroom publishes twenty stories. */
const DAYS = 1 / 6;
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const habits: fc.Arbitrary<Habits> = fc.record({
  guids: fc.constantFrom('own', 'none', 'places', 'fresh', 'reused', 'shared'),
  links: fc.constantFrom('own', 'own', 'one', 'visits', 'trackers'),
  order: fc.constantFrom('newest', 'oldest'),
  archive: fc.constant(0),
  isBrief: fc.boolean(),
  hasCounters: fc.boolean(),
  isLying: fc.boolean(),
  isLiveBlog: fc.boolean(),
  hasReset: fc.constant(false),
});

it('no newsroom, however badly it tells its stories apart, has one lost, told twice or written over', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(habits, fc.nat(10_000), async (each, seed) => {
      const { missed, twice, overwritten, garbled, wrong } = await harvest({
        redisUrl: redis.url,
        habits: each,
        days: DAYS,
        seed,
        perDay: 120,
      });
      expect({ missed, twice, overwritten, garbled, wrong }).toEqual({
        missed: 0,
        twice: 0,
        overwritten: 0,
        garbled: 0,
        wrong: [],
      });
    }),
    { numRuns: RUNS, ...(process.env['NEWSROOMS'] ? {} : { seed: 7 }) },
  );
});
