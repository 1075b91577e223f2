import type { Clock } from '../../time.ts';

/** Purpose of a request. */
export type Urgency = 'poll' | 'article' | 'recheck';

/**
 * How much earlier than others a request must have come to go before them, ms: a listing goes before a story's page that
 * came a moment ago and before a recheck of the last ten seconds, but nobody waits for ever.
 */
const HEAD_START_MS: Readonly<Record<Urgency, number>> = { poll: 0, article: 500, recheck: 10_000 };

/**
 * A request that has had the host to itself for this long lets the next one go beside it: one page that hangs must not
 * hold up the other editions on the same host.
 */
const PATIENCE_MS = 2000;
/** While a gap is waited for, whether it still stands is looked at as often. */
const STEP_MS = 100;
/** Requests to a host beside each other, however slow they are. */
const MOST_AT_ONCE = 4;

/** Turns at the hosts: one request at a time each, a gap between their starts, the urgent first. */
export interface HostQueues {
  /** Runs `task` when it is its turn; a task that waits when `signal` aborts runs at once and must look at it. */
  run<T>(host: string, urgency: Urgency, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
  /** The newsroom itself has asked us to come: for some seconds requests follow each other without the gap. */
  hurry(): void;
}

interface Turn {
  /** The smaller goes first. */
  readonly rank: number;
  readonly start: () => void;
  /** It has had its time alone. */
  isSlow: boolean;
}

interface HostQueue {
  readonly waiting: Set<Turn>;
  readonly running: Set<Turn>;
  lastStart: number;
  isPumping: boolean;
}

/** Enough for the listings and the page of what is new. */
const HURRY_MS = 3000;

/** More hosts than a newsroom has: then those that nobody waits for are forgotten. */
const MOST_QUEUES = 100;

function forgetIdle(queues: Map<string, HostQueue>, startedBefore: number): void {
  for (const [host, { waiting, running, lastStart }] of queues)
    if (!waiting.size && !running.size && lastStart > Number.NEGATIVE_INFINITY && lastStart < startedBefore)
      queues.delete(host);
}

/** Least time between two starts at one host, ms, as it is now. */
type Gap = () => number;

/** `usualGapMs`: least time between two starts at one host, from 0. */
export function createHostQueues(clock: Clock, usualGapMs: number): HostQueues {
  let hurriedUntil = Number.NEGATIVE_INFINITY;
  const gapNow: Gap = () => (clock.ticks() < hurriedUntil ? 0 : usualGapMs);
  const queues = new Map<string, HostQueue>();
  const laneOf = (host: string): HostQueue => {
    const queue = queues.get(host) ?? {
      waiting: new Set(),
      running: new Set(),
      lastStart: Number.NEGATIVE_INFINITY,
      isPumping: false,
    };
    queues.set(host, queue);
    if (queues.size > MOST_QUEUES) forgetIdle(queues, clock.ticks() - usualGapMs);
    return queue;
  };
  return {
    async run(host, urgency, signal, task) {
      const queue = laneOf(host);
      const turn = await waitForTurn(clock, gapNow, queue, clock.ticks() + HEAD_START_MS[urgency], signal);
      if (!turn) return task();
      const done = new AbortController();
      void clock.sleep(PATIENCE_MS, done.signal).then(() => {
        turn.isSlow = true;
        return pump(clock, gapNow, queue);
      });
      try {
        return await task();
      } finally {
        queue.running.delete(turn);
        done.abort();
        void pump(clock, gapNow, queue);
      }
    },
    hurry: () => void (hurriedUntil = clock.ticks() + HURRY_MS),
  };
}

/** Resolves to its turn when that has come, to undefined when `signal` aborts before. */
function waitForTurn(
  clock: Clock,
  gapNow: Gap,
  queue: HostQueue,
  rank: number,
  signal: AbortSignal,
): Promise<Turn | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const leave = () => {
      if (queue.waiting.delete(waiting)) resolve(undefined);
    };
    const waiting: Turn = {
      rank,
      start: () => {
        signal.removeEventListener('abort', leave);
        resolve(waiting);
      },
      isSlow: false,
    };
    queue.waiting.add(waiting);
    signal.addEventListener('abort', leave, { once: true });
    void pump(clock, gapNow, queue);
  });
}

/** Starts what may start, one after another with the gap between them. */
async function pump(clock: Clock, gapNow: Gap, queue: HostQueue): Promise<void> {
  if (queue.isPumping) return;
  queue.isPumping = true;
  const isBusy = () => queue.running.size >= MOST_AT_ONCE || [...queue.running].some(({ isSlow }) => !isSlow);
  while (queue.waiting.size && !isBusy()) {
    const wait = queue.lastStart + gapNow() - clock.ticks();
    if (wait > 0) {
      // In short steps, as the gap may fall away meanwhile.
      await clock.sleep(Math.min(wait, STEP_MS));
      continue;
    }
    // Of equals the one that came first: a set keeps its order.
    const next = [...queue.waiting].reduce((first, other) => (other.rank < first.rank ? other : first));
    queue.waiting.delete(next);
    queue.lastStart = clock.ticks();
    queue.running.add(next);
    next.start();
  }
  queue.isPumping = false;
}
