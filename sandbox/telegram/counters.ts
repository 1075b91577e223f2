/** Counters of the local Telegram, and the log of everything that bots delivered. */
import type { StoredMessage } from './chat.ts';

/** One accepted message of a bot. `at` is ms since the epoch. */
export interface Delivery {
  readonly at: number;
  readonly botId: number;
  readonly chatId: number;
  readonly messageId: number;
  readonly method: string;
  readonly message: StoredMessage;
}

export interface CounterReading {
  /** Calls by method in lower case, getUpdates included. */
  readonly calls: Readonly<Record<string, number>>;
  /** Refusals by `method code`. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly accepted: number;
  readonly edits: number;
  readonly deletions: number;
  readonly tooMany: number;
  readonly faults: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Accepted messages by second since the epoch. */
  readonly perSecond: Readonly<Record<string, number>>;
}

export interface Counters {
  enter(method: string): void;
  leave(method: string): void;
  refused(method: string, code: number): void;
  delivered(delivery: Delivery): void;
  edited(): void;
  removed(): void;
  fault(): void;
  read(): CounterReading;
  reset(): void;
  readonly deliveries: Delivery[];
}

export function counterBook(): Counters {
  let calls = new Map<string, number>();
  let refusals = new Map<string, number>();
  let perSecond = new Map<number, number>();
  let totals = { accepted: 0, edits: 0, deletions: 0, tooMany: 0, faults: 0, maxInFlight: 0 };
  let inFlight = 0;
  const deliveries: Delivery[] = [];
  return {
    deliveries,
    enter(method) {
      calls.set(method, (calls.get(method) ?? 0) + 1);
      // A poll waits by design and says nothing about load.
      if (method === 'getupdates') return;
      inFlight++;
      if (inFlight > totals.maxInFlight) totals.maxInFlight = inFlight;
    },
    leave(method) {
      if (method !== 'getupdates') inFlight--;
    },
    refused(method, code) {
      const key = `${method} ${code}`;
      refusals.set(key, (refusals.get(key) ?? 0) + 1);
      if (code === 429) totals.tooMany++;
    },
    delivered(delivery) {
      totals.accepted++;
      deliveries.push(delivery);
      const second = Math.floor(delivery.at / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    },
    edited() {
      totals.edits++;
    },
    removed() {
      totals.deletions++;
    },
    fault() {
      totals.faults++;
    },
    read: () => ({
      ...totals,
      inFlight,
      calls: Object.fromEntries(calls),
      refusals: Object.fromEntries(refusals),
      perSecond: Object.fromEntries(perSecond),
    }),
    reset() {
      calls = new Map();
      refusals = new Map();
      perSecond = new Map();
      totals = { accepted: 0, edits: 0, deletions: 0, tooMany: 0, faults: 0, maxInFlight: inFlight };
      deliveries.length = 0;
    },
  };
}
