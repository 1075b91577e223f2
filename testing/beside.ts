/** A well edition beside one whose server hangs: how long its polls take, by the wall clock. */
import { pollEdition } from '#src/desk/intake/poll.ts';
import { readHere } from '#src/source/reading.ts';
import type { Fetcher } from '#src/source/fetch/fetch.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { movedClock } from './clock.ts';
import { INTERVAL, openStage } from './newsdesk.ts';
import { createSite } from './site.ts';

const POLLS = 20;
const START = Date.parse('2026-08-22T09:00:00Z');

/** The longest poll of the well edition, ms, while each request of the broken one hangs. */
export async function delayBesideBroken(redisUrl: string): Promise<number> {
  const clock = movedClock(START);
  const site = createSite();
  const stage = openStage(redisUrl, clock, site);
  await stage.desk.store.redis.flushall();
  site.publish('en', { headline: 'An old report' }, START - 5 * HOUR);
  await stage.poll();
  let release = () => {};
  const hangs = new Promise<void>((resolve) => (release = resolve));
  const fetcher: Fetcher = {
    async read() {
      await hangs;
      return { ok: false, fault: { code: 'source.timeout', detail: 'as the test wishes' } };
    },
    tell: async () => ({ ok: true, value: true }),
    hurry: () => undefined,
    crawlDelayMs: () => 0,
    close: async () => undefined,
  };
  const broken = pollEdition(stage.desk, {
    edition: 'ru',
    addresses: [site.listing('ru')],
    fetcher,
    intervalMs: INTERVAL,
    reader: readHere,
    pictures: site.pictures,
  });
  let longest = 0;
  for (let n = 0; n < POLLS; n++) {
    site.publish('en', { headline: `Report number ${n} of this town` }, clock.now());
    const began = performance.now();
    await stage.poll();
    longest = Math.max(longest, performance.now() - began);
    await clock.advance(MINUTE);
  }
  const told = (await stage.log()).length;
  release();
  await broken;
  await stage.close();
  return told === POLLS ? longest : Number.POSITIVE_INFINITY;
}
