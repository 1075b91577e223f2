import type { Clock } from '../../time.ts';

/** What a request is for. */
export type Urgency = 'poll' | 'article' | 'recheck';

/**
 * How much earlier than others a request must have come to go before them, ms: a listing goes before a story's page that
 * came a moment ago and before a recheck of the last ten seconds, but nobody waits for ever.
 */
const HEAD_START_MS: Readonly<Record<Urgency, number>> = { poll: 0, article: 500, recheck: 10_000 };

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

interface Waiting {
  /** The smaller goes first. */
  readonly rank: number;
  readonly start: () => void;
}

interface Lane {
  readonly waiting: Set<Waiting>;
  running: number;
  /** Of the running, those that have lost their claim to be alone. */
  impatient: number;
  lastStart: number;
  isPumping: boolean;
}

/** `gapMs`: least time between two starts at one host, from 0. */
export function createLanes(clock: Clock, gapMs: number): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (host: string): Lane => {
    const lane = lanes.get(host) ?? {
      waiting: new Set(),
      running: 0,
      impatient: 0,
      lastStart: Number.NEGATIVE_INFINITY,
      isPumping: false,
    };
    lanes.set(host, lane);
    return lane;
  };
  return {
    async run(host, urgency, signal, task) {
      const lane = laneOf(host);
      const isOurs = await waitForTurn(clock, gapMs, lane, clock.now() + HEAD_START_MS[urgency], signal);
      if (!isOurs) return task();
      const done = new AbortController();
      const watch = clock.sleep(PATIENCE_MS, done.signal).then(() => {
        if (done.signal.aborted) return false;
        lane.impatient++;
        void pump(clock, gapMs, lane);
        return true;
      });
      try {
        return await task();
      } finally {
        done.abort();
        lane.running--;
        void watch.then((isSlow) => {
          if (isSlow) lane.impatient--;
          return pump(clock, gapMs, lane);
        });
      }
    },
  };
}

/** Resolves to true at its turn, to false when `signal` aborts before. */
function waitForTurn(
  clock: Clock,
  gapMs: number,
  lane: Lane,
  rank: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const leave = () => {
      if (lane.waiting.delete(waiting)) resolve(false);
    };
    const waiting: Waiting = {
      rank,
      start: () => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      },
    };
    lane.waiting.add(waiting);
    signal.addEventListener('abort', leave, { once: true });
    void pump(clock, gapMs, lane);
  });
}

/** Starts what may start, one after another with the gap between them. */
async function pump(clock: Clock, gapMs: number, lane: Lane): Promise<void> {
  if (lane.isPumping) return;
  lane.isPumping = true;
  while (lane.waiting.size && lane.running <= lane.impatient && lane.running < MOST_AT_ONCE) {
    const wait = lane.lastStart + gapMs - clock.now();
    if (wait > 0) {
      await clock.sleep(wait);
      continue;
    }
    // Of equals the one that came first: a set keeps its order.
    const next = [...lane.waiting].reduce((first, other) => (other.rank < first.rank ? other : first));
    lane.waiting.delete(next);
    lane.lastStart = clock.now();
    lane.running++;
    next.start();
  }
  lane.isPumping = false;
}
