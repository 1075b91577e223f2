import { afterEach, describe, expect, it } from 'vitest';
import { type Crowd, openCrowd } from '#testing/failover.ts';
import { eventually } from '#testing/process.ts';
import { type RedisGroup, startCluster } from '#testing/redis-groups.ts';

let group: RedisGroup | undefined;
let crowd: Crowd | undefined;
afterEach(async () => {
  await crowd?.close();
  await group?.stop();
  crowd = group = undefined;
});

const DATA_KEY = Buffer.alloc(32, 6).toString('base64');

/** Half of the chats have the story, then the master dies; later half of them its correction, and the next one dies. */
async function throughTwoDeaths(redis: RedisGroup, crowd: Crowd): Promise<void> {
  const { telegram } = crowd.town;
  const key = `pozirk:{${telegram.token.split(':')[0]}}:flight`;
  const headline = crowd.publish();
  await eventually(() => crowd.shown(headline) > 20);
  await redis.failOver(key);
  await eventually(() => crowd.lacking(headline) === 0, 40_000);
  await redis.mend();
  const corrected = crowd.correct(headline);
  await eventually(() => crowd.shown(corrected) > 10, 40_000);
  await redis.failOver('pozirk:{news}:log:en');
  await eventually(() => crowd.lacking(corrected) === 0, 40_000);
  const next = crowd.publish();
  await eventually(() => crowd.lacking(next) === 0, 40_000);
  for (const words of [headline, corrected, next]) expect(crowd.repeats(words).channels).toBe(0);
  expect(crowd.repeats(corrected).people).toBe(0);
}

describe('a Redis that fails over in the middle of a broadcast and of a correction', () => {
  it('as a Cluster: everybody has everything, channels once', async () => {
    group = await startCluster();
    crowd = await openCrowd({ REDIS_URL: group.url, DATA_KEY }, { readers: 40, channels: 5 });
    await throughTwoDeaths(group, crowd);
  }, 120_000);
});
