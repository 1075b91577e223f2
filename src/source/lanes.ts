import type { Clock } from '../time.ts';

/** What a request is for; the smaller goes first. */
export type Urgency = 'poll' | 'article' | 'recheck';

const ORDER: readonly Urgency[] = ['poll', 'article', 'recheck'];

/**
 * A request that has kept its lane to itself for this long lets the next one go beside it: one page that hangs must not
 * hold up the other editions on the same host.
 */
const PATIENCE_MS = 2000;
/** Requests to a host beside each other, however slow they are. */
const MOST_AT_ONCE = 4;

/** Turns at the hosts: one request at a time each, a gap between their starts, the urgent first. */
export interface Lanes {
  /** Runs `task` when it is its turn; a task that waits when `signal` aborts runs at once and must look at it. */
  run<T>(host: string, urgency: Urgency, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

interface Lane {
  readonly waiting: Map<Urgency, (() => void)[]>;
  running: number;
  impatient: number;
  lastStart: number;
  pumping: boolean;
}

/** `gapMs`: least time between two starts at one host, from 0. */
export function createLanes(clock: Clock, gapMs: number): Lanes {
  const lanes = new Map<string, Lane>();

  const pump = async (lane: Lane): Promise<void> => {
    if (lane.pumping) return;
    lane.pumping = true;
    while (
      lane.running - lane.impatient < 1 &&
      lane.running < MOST_AT_ONCE &&
      ORDER.some((urgency) => lane.waiting.get(urgency)?.length)
    ) {
      const wait = lane.lastStart + gapMs - clock.now();
      if (wait > 0) {
        await clock.sleep(wait);
        continue;
      }
      const next = ORDER.map((urgency) => lane.waiting.get(urgency))
        .find((queue) => queue?.length)
        ?.shift();
      lane.lastStart = clock.now();
      lane.running++;
      next?.();
    }
    lane.pumping = false;
  };

  return {
    async run(host, urgency, signal, task) {
      const lane = lanes.get(host) ?? {
        waiting: new Map(),
        running: 0,
        impatient: 0,
        lastStart: -Infinity,
        pumping: false,
      };
      lanes.set(host, lane);
      let left = false;
      if (!signal.aborted) {
        await new Promise<void>((resolve) => {
          const queue = lane.waiting.get(urgency) ?? [];
          lane.waiting.set(urgency, queue);
          queue.push(resolve);
          signal.addEventListener(
            'abort',
            () => {
              const index = queue.indexOf(resolve);
              if (index < 0) return;
              queue.splice(index, 1);
              left = true;
              resolve();
            },
            { once: true },
          );
          void pump(lane);
        });
      } else left = true;
      if (left) return task();
      const done = new AbortController();
      let isSlow = false;
      void clock.sleep(PATIENCE_MS, done.signal).then(() => {
        if (done.signal.aborted) return;
        isSlow = true;
        lane.impatient++;
        void pump(lane);
      });
      try {
        return await task();
      } finally {
        done.abort();
        lane.running--;
        if (isSlow) lane.impatient--;
        void pump(lane);
      }
    },
  };
}
