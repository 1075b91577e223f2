import { describe, expect, it } from 'vitest';
import { createHostQueues } from '#src/source/fetch/host-queues.ts';
import { movedClock } from '#testing/clock.ts';

const never = new AbortController().signal;

describe('a lane', () => {
  it('lets others pass a request that hangs, but only after some patience', async () => {
    const clock = movedClock(0);
    const queues = createHostQueues(clock, 0);
    const done: string[] = [];
    void queues.run('host', 'poll', never, () => clock.sleep(10_000).then(() => done.push('slow')));
    void queues.run('host', 'poll', never, async () => void done.push('quick'));
    await clock.advance(1900);
    expect(done).toEqual([]);
    await clock.advance(200);
    expect(done).toEqual(['quick']);
    await clock.advance(10_000);
    expect(done).toEqual(['quick', 'slow']);
  });

  it('gives the turn of each request that hung to one that waited for all of them', async () => {
    const clock = movedClock(0);
    const queues = createHostQueues(clock, 0);
    const done: number[] = [];
    for (const request of [1, 2, 3, 4, 5, 6])
      void queues.run('host', 'poll', never, () => clock.sleep(10_000).then(() => done.push(request)));
    await clock.advance(9000);
    expect(done).toEqual([]);
    await clock.advance(30_000);
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps hosts apart', async () => {
    const clock = movedClock(0);
    const queues = createHostQueues(clock, 1000);
    const starts: [string, number][] = [];
    for (const host of ['a', 'b', 'a'])
      void queues.run(host, 'poll', never, async () => void starts.push([host, clock.now()]));
    await clock.advance(1000);
    expect(starts).toEqual([
      ['a', 0],
      ['b', 0],
      ['a', 1000],
    ]);
  });

  it('lets go of what waits when the bot stops', async () => {
    const clock = movedClock(0);
    const queues = createHostQueues(clock, 0);
    const stop = new AbortController();
    void queues.run('host', 'poll', stop.signal, () => clock.sleep(60_000));
    const waiting = queues.run('host', 'poll', stop.signal, async () => stop.signal.aborted);
    await clock.advance(10);
    stop.abort();
    expect(await waiting).toBe(true);
  });
});
