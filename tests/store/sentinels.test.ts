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
const confirmed: string[] = [];
const refusals: unknown[] = [];

/** Writes one thing after the other until `isOver`. */
async function writeOn(isOver: () => boolean): Promise<void> {
  for (let number = 0; !isOver(); number += 1) {
    const key = store.keys.said(number);
    await store.run('swap-value', [key], ['', 'said', 60_000]).then(
      () => confirmed.push(key),
      (error: unknown) => refusals.push(error),
    );
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('Sentinels that put another server in the place of a master that is well', () => {
  it('nothing that was confirmed meanwhile is lost, all else is refused as while Redis is away, and it goes on', async () => {
    let isOver = false;
    const writing = writeOn(() => isOver);
    await eventually(() => confirmed.length > 100);
    await group.replace();
    const before = confirmed.length;
    await eventually(() => confirmed.length > before + 100);
    isOver = true;
    await writing;
    expect(await store.redis.exists(...confirmed)).toBe(confirmed.length);
    expect(refusals.filter((error) => !isStoreTrouble(error))).toEqual([]);
  }, 60_000);
});
