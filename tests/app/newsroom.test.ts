import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Built } from '#src/app/built.ts';
import { createDoorbell } from '#src/app/doorbell.ts';
import { keepPolling } from '#src/app/keep-polling.ts';
import { readSources } from '#src/app/newsroom.ts';
import { underLease } from '#src/app/standby.ts';
import type { Desk } from '#src/desk/desk.ts';
import { createStatus } from '#src/status.ts';
import { SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

describe('an edition that this process may not read any more', () => {
  let stage: Stage;
  let site: Server;
  let built: Built;
  let polls: MockInstance;
  /** Requests that wait for an answer. */
  const asked: ServerResponse[] = [];
  beforeEach(async () => {
    stage = await openStage();
    asked.length = 0;
    polls = vi.spyOn(stage.desk.status.pollSeconds, 'startTimer');
    site = createServer((_, response) => void asked.push(response)).listen(0, '127.0.0.1');
    await once(site, 'listening');
    const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    const source = { addresses: { be: [address], ru: [], en: [] }, schedule: '*/30 * * * * *', gapMs: 0 };
    const { desk, bot } = stage;
    built = { config: { source }, desk, bot, doorbell: createDoorbell(desk) } as unknown as Built;
    return async () => {
      site.close();
      await stage.close();
    };
  });

  it('when a slow Redis has answered is not asked for, nor rung for', async () => {
    const stop = new AbortController();
    const slow = { del: () => slow, hset: () => slow, exec: async () => stop.abort() };
    vi.spyOn(stage.desk.store.redis, 'multi').mockReturnValue(slow as never);
    let isOver = false;
    void readSources(built, stop.signal).then(() => (isOver = true));
    await until(stage.clock, () => isOver);
    expect([polls.mock.calls, asked, await built.doorbell.ring('be')]).toEqual([[], [], 'unread']);
  });

  it('when its poll is over is not polled once more for a ring', async () => {
    const stop = new AbortController();
    let isOver = false;
    void readSources(built, stop.signal).then(() => (isOver = true));
    await until(stage.clock, () => asked.length > 0);
    expect(await built.doorbell.ring('be')).toBe('taken');
    stop.abort();
    await until(stage.clock, () => isOver);
    expect(polls.mock.calls).toHaveLength(1);
  });
});

it('work under a lease that ended as it was given is not begun', async () => {
  const stop = new AbortController();
  const verbs: unknown[] = [];
  const run = async (_name: string, _keys: readonly string[], [verb]: readonly unknown[]) => {
    verbs.push(verb);
    stop.abort();
    return '1.ab';
  };
  const desk = { clock: movedClock(0), status: createStatus(), store: { run } } as unknown as Desk;
  const work = vi.fn<() => Promise<void>>();
  await underLease(desk, 'source:be', stop.signal, () => undefined, work);
  expect([verbs, work.mock.calls]).toEqual([['take', 'release'], []]);
});

it('a stop waits five seconds for the first reading of an edition, as for any other', async () => {
  const clock = movedClock(0);
  const stop = new AbortController();
  let isOver = false;
  const hung = () => new Promise<void>(() => undefined);
  void keepPolling({ clock }, '*/30 * * * * *', hung, stop.signal).then(() => (isOver = true));
  stop.abort();
  await clock.advance(5 * SECOND);
  expect(isOver).toBe(true);
});
