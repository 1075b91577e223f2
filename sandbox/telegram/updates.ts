/** The updates of one bot: kept until confirmed, given to whoever asks, or delivered to a webhook in order. */
import type { SandboxClock } from './clock.ts';
import { RefusedCall, type WireUpdate } from './wire.ts';

interface Queued {
  readonly update: WireUpdate;
  readonly kind: string;
  /** Updates with the same lane keep their order at a webhook; a failed one holds up only its lane. */
  readonly lane: string;
  readonly expiresAt: number;
}

interface Poller {
  readonly limit: number;
  readonly answer: (updates: readonly WireUpdate[]) => void;
  readonly refuse: (refusal: RefusedCall) => void;
}

export interface UpdateQueue {
  /** Adds an update unless its kind is not allowed. */
  push(kind: string, payload: unknown, lane: string): void;
  poll(request: PollRequest): Promise<readonly WireUpdate[]>;
  /** undefined: the usual set. Sticky; updates already queued stay. */
  allow(kinds: readonly string[]): void;
  /** Ends a waiting poll with a 409. */
  interrupt(description: string): void;
  /** Drops everything that waits. */
  clear(): void;
  /** Unconfirmed updates, oldest first. */
  pending(): readonly WireUpdate[];
  /** The first waiting update of every lane, for a webhook. */
  heads(): readonly { update: WireUpdate; lane: string; expiresAt: number }[];
  /** Takes one update out, delivered or given up. */
  done(updateId: number): void;
  /** Ends a waiting poll with nothing. */
  close(): void;
  /** Called on every push; a webhook listens here. */
  onPush: (() => void) | undefined;
  allowed: readonly string[];
}

export interface PollRequest {
  readonly offset: number;
  /** 1-100. */
  readonly limit: number;
  /** Seconds, at most 50. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** How long an update waits to be read; whoever pressed a button does not wait a day. */
const LIFETIME: Readonly<Record<string, number>> = {
  callback_query: 150 * SECOND,
  inline_query: 30 * SECOND,
  chosen_inline_result: 600 * SECOND,
};
/** Kinds that come only when asked for by name. */
const ON_REQUEST = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);
/** An offset further ahead than this of the newest update is nonsense, and reading starts at the head. */
const AHEAD = 10;
/** A 409 comes this late, so that two pollers do not spin. */
const CONFLICT_DELAY = 3 * SECOND;
const LONGEST_POLL = 50;

export const conflict = (description: string): RefusedCall =>
  new RefusedCall({ ok: false, error_code: 409, description: `Conflict: ${description}` });

/** Updates that nobody has confirmed yet, the oldest first. */
function createBacklog(clock: SandboxClock, firstId: number) {
  let queue: Queued[] = [];
  let nextId = firstId;
  const fresh = (): readonly Queued[] => {
    const now = clock.now();
    if (queue.some(({ expiresAt }) => expiresAt <= now))
      queue = queue.filter(({ expiresAt }) => expiresAt > now);
    return queue;
  };

  return {
    fresh,
    first: (limit: number) => queue.slice(0, limit).map(({ update }) => update),
    add(kind: string, payload: unknown, lane: string): void {
      const update = { update_id: nextId++, [kind]: payload };
      queue.push({ update, kind, lane, expiresAt: clock.now() + (LIFETIME[kind] ?? DAY) });
    },
    /** Confirms what lies before the offset; an offset out of range confirms nothing. */
    confirm(offset: number): void {
      if (offset < 0) queue = queue.slice(Math.max(0, queue.length + offset));
      else if (offset > 0 && offset <= nextId + AHEAD && queue[0] && queue[0].update.update_id < offset)
        queue = queue.filter(({ update }) => update.update_id >= offset);
    },
    heads(): Queued[] {
      const first = new Map<string, Queued>();
      for (const queued of fresh()) if (!first.has(queued.lane)) first.set(queued.lane, queued);
      return [...first.values()];
    },
    done(updateId: number): void {
      queue = queue.filter(({ update }) => update.update_id !== updateId);
    },
    clear(): void {
      queue = [];
    },
  };
}

/** The one call that waits for updates. */
function createPolling(clock: SandboxClock, strict: () => boolean) {
  let waiting: Poller | undefined;
  const end = (): Poller | undefined => {
    const poller = waiting;
    waiting = undefined;
    return poller;
  };

  return {
    end,
    wait: (limit: number, timeout: number, signal: AbortSignal | undefined) =>
      new Promise<readonly WireUpdate[]>((resolve, reject) => {
        const over = new AbortController();
        const poller: Poller = {
          limit,
          answer: (updates) => {
            over.abort();
            resolve(updates);
          },
          refuse: (refusal) => {
            over.abort();
            if (!strict()) reject(refusal);
            else void clock.sleep(CONFLICT_DELAY).then(() => reject(refusal));
          },
        };
        const giveUp = () => {
          if (waiting === poller) end()?.answer([]);
        };
        waiting = poller;
        signal?.addEventListener('abort', giveUp, { once: true });
        void clock.sleep(timeout * SECOND, over.signal).then(giveUp);
      }),
  };
}

/** `strict` also slows down repeated calls with one offset and delays 409 answers, as Telegram does against abuse. */
export function updateQueue(clock: SandboxClock, firstId: number, strict: () => boolean): UpdateQueue {
  const backlog = createBacklog(clock, firstId);
  const polling = createPolling(clock, strict);
  let previous = { offset: Number.NaN, at: Number.NEGATIVE_INFINITY };
  const interrupt = (description: string) => polling.end()?.refuse(conflict(description));

  const self: UpdateQueue = {
    allowed: [],
    onPush: undefined,
    push(kind, payload, lane) {
      const allowed = self.allowed.length > 0 ? self.allowed.includes(kind) : !ON_REQUEST.has(kind);
      if (!allowed) return;
      backlog.add(kind, payload, lane);
      const poller = polling.end();
      poller?.answer(backlog.first(poller.limit));
      self.onPush?.();
    },
    async poll({ offset, limit, timeout, signal }) {
      let most = Math.min(Math.max(limit, 1), 100);
      let patience = Math.min(Math.max(timeout, 0), LONGEST_POLL);
      const now = clock.now();
      if (strict() && offset === previous.offset) {
        if (patience < 3 && now < previous.at + 3 * SECOND) patience = 3;
        if (now < previous.at + 500) most = 1;
      }
      previous = { offset, at: now };
      backlog.fresh();
      backlog.confirm(offset);
      const updates = backlog.first(most);
      if (updates.length > 0 || patience === 0) return updates;
      interrupt('terminated by other getUpdates request; make sure that only one bot instance is running');
      return polling.wait(most, patience, signal);
    },
    allow(kinds) {
      self.allowed = kinds;
    },
    interrupt,
    clear: () => backlog.clear(),
    close: () => polling.end()?.answer([]),
    pending: () => backlog.fresh().map(({ update }) => update),
    heads: () => backlog.heads(),
    done: (updateId) => backlog.done(updateId),
  };
  return self;
}
