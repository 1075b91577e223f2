import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStoreTrouble, openStore, type Store } from '#src/store/redis.ts';
import { silentLogger } from '#testing/log.ts';
import { eventually } from '#testing/process.ts';
import { type SentinelGroup, startSentinels } from '#testing/redis-groups.ts';

let group: SentinelGroup;
let store: Store;
beforeEach(async () => {
  group = await startSentinels({ password: 'secret', replicas: 2 });
  store = openStore({ url: group.url, botId: '1', log: silentLogger });
}, 60_000);
afterEach(async () => {
  await store.close();
  await group.stop();
});

/** Keys of all that Redis has confirmed, and how it refused the rest. */
let confirmed: string[];
let refusals: unknown[];
beforeEach(() => ([confirmed, refusals] = [[], []]));

/** Writes one thing after the other until `isOver`. */
async function writeOn(lane: number, isOver: () => boolean): Promise<void> {
  for (let number = 0; !isOver(); number += 1) {
    const key = store.keys.said(10 * number + lane);
    await store.run('swap-value', [key], ['', 'said', 60_000]).then(
      () => confirmed.push(key),
      (error: unknown) => refusals.push(error),
    );
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A master that hangs until another one has its place, and then goes on with what it was told. */
async function hang(): Promise<void> {
  const former = await group.masterOf('');
  const pid = Number(/process_id:(\d+)/.exec(await store.redis.info('server'))?.[1]);
  process.kill(pid, 'SIGSTOP');
  await eventually(async () => (await group.masterOf('')) !== former);
  process.kill(pid, 'SIGCONT');
}

describe('Sentinels that put another server in the place of a master', () => {
  it.each([
    ['that is well', () => group.replace()],
    ['that hangs and goes on', hang],
  ])(
    '%s: nothing that was confirmed is lost, all else is refused as while Redis is away',
    async (_, strike) => {
      let isOver = false;
      const writing = Promise.all([1, 2, 3, 4].map((lane) => writeOn(lane, () => isOver)));
      await eventually(() => confirmed.length > 100);
      await strike();
      const before = confirmed.length;
      await eventually(() => confirmed.length > before + 100);
      isOver = true;
      await writing;
      expect(await store.redis.exists(...confirmed)).toBe(confirmed.length);
      expect(refusals.filter((error) => !isStoreTrouble(error))).toEqual([]);
    },
    60_000,
  );
});
