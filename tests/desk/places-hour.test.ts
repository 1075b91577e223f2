import { describe, expect, it } from 'vitest';
import { liveAnHour } from '../../bench/channels/hour.ts';

// Each hour has a Redis of its own (testing/redis.ts). The full one is `npm run bench channels`.
describe('an hour of channels, groups and topics', () => {
  it.each([1, 2])(
    'with lost rights, moves, removals and kills leaves every place as its card says (seed %i)',
    async (seed) => {
      const toll = await liveAnHour({
        channels: 8,
        groups: 10,
        topics: 5,
        stories: 10,
        corrections: 3,
        withdrawals: 1,
        rightsChanges: 8,
        migrations: 2,
        removals: 2,
        kills: 2,
        minutes: 25,
        seed,
      });
      expect(toll).toMatchObject({
        examples: [],
        lost: 0,
        strange: 0,
        repeats: 0,
        disordered: 0,
        stale: 0,
        astray: 0,
        errors: 0,
        kills: 2,
      });
      expect(toll.posts).toBeGreaterThan(20);
    },
  );
});
