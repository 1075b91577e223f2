import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
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
import { openStage } from '#testing/desk.ts';

it('a process that may not read an edition any more when a slow Redis has answered asks nothing and answers no ring', async () => {
  const stage = await openStage();
  const { desk, bot, clock } = stage;
  let asked = 0;
  const site = createServer((_, response) => void response.end(String(++asked))).listen(0, '127.0.0.1');
  await new Promise((resolve) => site.once('listening', resolve));
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  const source = { addresses: { be: [address], ru: [], en: [] }, schedule: '*/30 * * * * *', gapMs: 0 };
  const doorbell = createDoorbell(desk);
  const stop = new AbortController();
  const slow = { del: () => slow, hset: () => slow, exec: async () => stop.abort() };
  vi.spyOn(desk.store.redis, 'multi').mockReturnValue(slow as never);
  let isOver = false;
  const built = { config: { source }, desk, bot, doorbell } as unknown as Built;
  void readSources(built, stop.signal).then(() => (isOver = true));
  await until(clock, () => isOver);
  expect([asked, await doorbell.ring('be')]).toEqual([0, 'unread']);
  site.close();
  await stage.close();
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
