/** For a file of tests: one Redis for all of them, and before each an empty newsdesk with a site that has no stories yet. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type MovedClock, movedClock } from './clock.ts';
import { openStage, type Stage } from './newsdesk.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { createSite, type Site } from './site.ts';

export interface Newsdesk {
  readonly redis: TestRedis;
  readonly clock: MovedClock;
  readonly site: Site;
  readonly stage: Stage;
}

/** `begin` takes what is new before each test; the clock begins at `start`, ms since 1970. */
export function eachNewsdesk(start: number, begin: (desk: Newsdesk) => Promise<void> | void): void {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const clock = movedClock(start);
    const site = createSite(clock);
    const stage = openStage(redis.url, clock, site);
    await stage.desk.store.redis.flushall();
    await begin({ redis, clock, site, stage });
    return () => stage.close();
  });
}
