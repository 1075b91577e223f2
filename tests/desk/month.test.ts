import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { simulate } from '#testing/month.ts';

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe('days of a newsroom with aliases, repeated headlines, late stories, corrections, withdrawals, resets and outages', () => {
  it('end with nothing missed, nothing sent twice, nothing falsely new or withdrawn', {
    timeout: 120_000,
  }, async () => {
    const month = await simulate({ redisUrl: redis.url, days: 4, seed: 3, editions: ['be'] });
    expect(month.wrong).toEqual([]);
    expect(month).toMatchObject({ missed: 0, sentTwice: 0, falseNew: 0, falseWithdrawals: 0 });
    expect(month.published).toBeGreaterThan(100);
    expect(month.correctionsFound).toBe(month.corrections);
    expect(month.withdrawalsFound).toBe(month.withdrawals);
  });
});
