/** A desk for intake: a real Redis, a moved clock, an invented site. */
import { type PollReport, pollEdition } from '#src/desk/intake/poll.ts';
import type { NewsDesk } from '#src/desk/desk.ts';
import { silentLogger } from './log.ts';
import type { Edition } from '#src/news/edition.ts';
import { readHere } from '#src/source/reading.ts';
import { readLog } from '#src/store/logs.ts';
import { openStore } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { getStories } from '#src/store/stories.ts';
import type { MovedClock } from './clock.ts';
import { waitForAnswersOf } from './delivery.ts';
import type { Site } from './site.ts';

export interface Stage {
  readonly desk: NewsDesk;
  /** Polls once and moves the clock on by the interval. */
  poll(edition?: Edition, addresses?: readonly string[]): Promise<PollReport>;
  /** Headlines of the log, in order, as stored now. */
  log(edition?: Edition): Promise<string[]>;
  close(): Promise<void>;
}

export const INTERVAL = 30_000;

export function openStage(
  url: string,
  clock: MovedClock,
  site: Site,
  policy: Partial<NewsDesk['policy']> = {},
): Stage {
  const store = openStore({ url, botId: '1', log: silentLogger });
  waitForAnswersOf(store.redis);
  const desk: NewsDesk = {
    clock,
    log: silentLogger,
    store,
    seal: createSeal(Buffer.alloc(32, 7), '1'),
    policy: {
      staleMs: 24 * 3_600_000,
      paid: 'mark',
      urgentMarks: ['Срочно', 'Тэрмінова', 'Urgent', 'Breaking'],
      recheckSeconds: [300, 900, 3600, 10_800, 21_600, 86_400, 172_800],
      adminIds: [],
      ...policy,
    },
  };
  return {
    desk,
    async poll(edition = 'en', addresses = [site.listing(edition)]) {
      const report = await pollEdition(desk, {
        edition,
        addresses,
        fetcher: site.fetcher,
        reader: readHere,
        pictures: site.pictures,
        intervalMs: INTERVAL,
      });
      await clock.advance(INTERVAL);
      return report;
    },
    async log(edition = 'en') {
      const entries = await readLog(store, edition, 0, 10_000);
      const stories = await getStories(
        desk,
        entries.map((entry) => (entry.kind === 'story' ? entry.story : '')),
      );
      return stories.map((story) => story?.headline ?? '');
    },
    close: () => store.close(),
  };
}
