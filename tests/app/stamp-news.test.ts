import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Built } from '#src/app/built.ts';
import { takeNews } from '#src/app/stamp-news.ts';
import { tellTroubles } from '#src/app/tell-troubles.ts';
import { watchStore } from '#src/app/watch.ts';
import { findStory } from '#src/desk/stories.ts';
import type { Story } from '#src/news/story.ts';
import { newsKeys } from '#src/store/keys.ts';
import { noteStamped, whoseNews } from '#src/store/restamp.ts';
import { createSeal } from '#src/store/seal.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { pass, publish, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
let dataDir: string;
let stop: AbortController;
let running: Promise<unknown>;
const heard: string[] = [];
beforeEach(async () => {
  stage = await openStage({ adminIds: [77], redisFlags: ['--appendonly', 'yes'] });
  dataDir = mkdtempSync(join(tmpdir(), 'pozirk-'));
  stop = new AbortController();
  heard.length = 0;
});
afterEach(async () => {
  stop.abort();
  let over = false;
  void running.finally(() => (over = true));
  await until(stage.clock, () => over);
  await stage.close();
  rmSync(dataDir, { recursive: true });
});

/** Starts what looks after the news; whether it is taken. */
function start(): () => boolean {
  const desk = { ...stage.desk, onAlarm: (words: string) => void heard.push(words) };
  const built = { config: { dataDir, store: { kind: 'embedded', folder: dataDir } }, desk } as Built;
  let isTaken = false;
  running = Promise.all([
    takeNews(built, stop.signal).then(() => (isTaken = true)),
    watchStore(desk, async () => 1e9, stop.signal),
    tellTroubles(desk, { isOurs: true, serves: true }, stop.signal),
  ]);
  return () => isTaken;
}

/** A story as a release before stamps left it. */
async function olderStory(): Promise<Story> {
  const story = await publish(stage.desk, 'en');
  await stage.desk.store.redis.hset(newsKeys.story(story.id), 'json', JSON.stringify(story));
  await stage.desk.store.redis.del(newsKeys.schema);
  return story;
}

it('the first start of this release stamps what an older one wrote, and notes it outside of Redis', async () => {
  const story = await olderStory();
  await until(stage.clock, start());
  expect(await findStory(stage.desk, story.id)).toEqual(story);
  expect(existsSync(join(dataDir, 'stamped'))).toBe(true);
  expect(await whoseNews(stage.desk)).toBe('ours');
});

it('a later one stamps nothing more, whatever note in Redis is gone; operators hear of it, and that it is over', async () => {
  writeFileSync(join(dataDir, 'stamped'), '');
  const story = await olderStory();
  await until(stage.clock, start());
  expect(await findStory(stage.desk, story.id)).toBeUndefined();
  await until(stage.clock, () => heard.length > 0, MINUTE);
  expect(heard[0]).toContain(
    'somebody else writes into Redis: what has no stamp of this bot is not sent (story 1)',
  );
  expect(stage.desk.status.conditions.waiting()).not.toContain('foreign');
  expect(stage.desk.status.conditions.failing().map(({ name }) => name)).toContain('foreign');
  await pass(stage.clock, HOUR + MINUTE, 5000);
  expect(heard.slice(1).join()).toContain('did not write');
});

it('a bot with another key than the others on its Redis waits, says so, and goes on once it has theirs', async () => {
  const { desk, clock } = stage;
  const others = { ...desk, seal: createSeal(Buffer.alloc(32, 8), '99') };
  const story = await publish(others, 'en');
  await noteStamped(others);
  const isTaken = start();
  await until(clock, () => heard.some((words) => words.includes('another DATA_KEY')), MINUTE);
  expect(isTaken()).toBe(false);
  expect(desk.status.conditions.waiting()).toContain('key');
  desk.seal.adopt(Buffer.alloc(32, 8));
  await until(clock, isTaken, MINUTE);
  expect(await findStory(desk, story.id)).toEqual(story);
});

it('a start that loses its turn in the middle takes it again', async () => {
  await olderStory();
  const { redis } = stage.desk.store;
  const lease = newsKeys.lease('form');
  const isTaken = start();
  await vi.waitFor(async () => expect(await redis.exists(lease)).toBe(1), 20_000);
  // The five seconds for older releases have begun, and another process has the lease: renewing it is by the real clock.
  await redis.set(lease, 'of another', 'PX', 1000);
  await vi.waitFor(async () => expect(await redis.exists(lease)).toBe(0), 20_000);
  await until(stage.clock, isTaken);
  expect(await whoseNews(stage.desk)).toBe('ours');
});
