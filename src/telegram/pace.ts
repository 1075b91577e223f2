/**
 * Telegram's pace. Its true limits are unpublished and move (facts: Bots FAQ names about 30 messages a second in all,
 * one a second in a chat, 20 a minute in a group), and its server hides short waits as latency. So the pacer starts at a
 * given rate, climbs while nothing complains, and falls back by a third on a 429 or rising latency; then it settles
 * just below what was refused and tries more only after a calm while.
 */
import { type Clock, MINUTE, SECOND } from '../time.ts';

/**
 * Answers to people go ahead of the news, edits of older messages behind it. What has to disappear gets every second turn
 * of the news: it may be as much as the news, and must not wait for the end of a broadcast. Who wants to be forgotten
 * (`forget`) goes ahead of messages whose time is over (`erase`).
 */
export type Lane = 'answer' | 'news' | 'forget' | 'erase' | 'edit';

export interface Pace {
  /** Resolves when one more message may go out; false where `signal` aborted first. */
  turn(lane: Lane, signal?: AbortSignal): Promise<boolean>;
  /** Gives back a turn that was not used. */
  giveBack(): void;
  /** Milliseconds until this chat may get another message; 0: now. */
  chatWait(chatId: number): number;
  /**
   * A message to this chat goes out as soon as the result resolves: at once, or some milliseconds later where turns that
   * were granted evenly would otherwise leave bunched.
   */
  depart(chatId: number, place: boolean): Promise<void>;
  /** Telegram accepted a message after `latencyMs`. */
  accepted(latencyMs: number): void;
  /**
   * Telegram answered 429 after `latencyMs`: wait `waitMs`, this chat or, where several say so, everybody. True:
   * everybody.
   */
  refused(chatId: number | undefined, waitMs: number, latencyMs?: number): boolean;
  /** Nobody sends before this moment (ms since the epoch); 0: no such wait. */
  readonly floodUntil: number;
  /** Takes over a wait that an earlier process was told. */
  waitUntil(moment: number): void;
  /** Messages a second at present; Infinity without a limit. */
  readonly rate: number;
}

/** Where the climb ends unless the operator starts higher: the documented figure. */
const DOCUMENTED_RATE = 30;
/**
 * Messages that leave a second apart arrive closer together where the way takes 80 ms for one and 120 ms for another.
 * Turns are spaced wider by the spread of the latencies of so many messages, or 31 would be squeezed into a second.
 */
const SPREAD_OF = 100;
const SPREAD_MS = { least: 20, most: 45 } as const;
/** One message a second to a chat, 20 a minute to a group or channel, each with a little room for jitter. */
const PERSON_GAP_MS = 1010;
const PLACE_GAP_MS = 3050;
/** Two chats that are told to wait within this time mean that the whole bot is. */
const TOGETHER_MS = 5 * SECOND;
/** Latency above this is pressure that Telegram's server hides (it waits up to 8 s by itself before it says 429). */
const SLOW_MS = 2 * SECOND;
/** Calm before the first try above a rate that was refused, and before the next where that was refused at the same. */
const CALM_MS = 15 * SECOND;
const SURE_CALM_MS = MINUTE;
const MOST_CALM_MS = 5 * MINUTE;

/** @param start messages a second to begin with, 1-1000; 30 or more is start and ceiling both; 0: no limit at all. */
export function createPace(clock: Clock, start: number): Pace {
  const unlimited = start === 0;
  const ceiling = Math.max(start, DOCUMENTED_RATE);
  let rate = unlimited ? Number.POSITIVE_INFINITY : start;
  /** What the last refusal taught: stay at or below it until `calmUntil`. */
  let cap = ceiling;
  let calm = CALM_MS;
  let calmUntil = 0;
  let lastClimb = clock.now();
  let lastFall = Number.NEGATIVE_INFINITY;
  let lastLimit = Number.NEGATIVE_INFINITY;
  let nextTurn = clock.now();
  let floodUntil = 0;
  let slowness = 0;
  /** When messages left, and when those left that were accepted, of the last seconds. */
  let departures: number[] = [];
  let acceptances: number[] = [];
  let latencies: number[] = [];
  let wider = margin();
  let queueToDepart = Promise.resolve();
  let complaints: { chatId: number | undefined; at: number }[] = [];
  const chats = new Map<number, number>();
  let sweptAt = clock.now();

  type Waiter = { grant: (granted: boolean) => void };
  const queues: Record<Lane, Waiter[]> = { answer: [], news: [], forget: [], erase: [], edit: [] };
  let running = false;
  let newsWasLast = false;

  /** The lane whose turn it is; undefined: nobody waits. */
  function nextLane(): Lane | undefined {
    const order: readonly Lane[] = newsWasLast
      ? ['answer', 'forget', 'erase', 'news', 'edit']
      : ['answer', 'news', 'forget', 'erase', 'edit'];
    return order.find((lane) => queues[lane].length > 0);
  }

  function grantNext(): boolean {
    const lane = nextLane();
    if (!lane) return false;
    newsWasLast = lane === 'news';
    queues[lane].shift()?.grant(true);
    return true;
  }

  function climb(now: number): void {
    if (unlimited || now < floodUntil) return;
    const seconds = (now - lastClimb) / SECOND;
    if (seconds < 0.25) return;
    lastClimb = now;
    if (now > calmUntil && cap < ceiling) cap = Math.min(ceiling, cap + Math.max(0.3, cap * 0.05) * seconds);
    // Back to a known rate within a second or two.
    rate = Math.min(cap, rate + Math.max(4, cap - rate) * seconds);
  }

  /** @param refusedAt when the message left that was refused; absent: nothing was, it is only slow. */
  function fall(now: number, refusedAt?: number): void {
    if (unlimited || now - lastFall < 2 * SECOND) return;
    lastFall = now;
    const seen = acceptances.filter(
      (at) => refusedAt !== undefined && at <= refusedAt && refusedAt - at < SECOND,
    );
    const limit = Math.max(1, Math.min(rate, Math.max(seen.length, rate / 2)));
    // Counting within one second is coarse: of two readings that agree the higher one is nearer to the truth.
    const isSure = Math.abs(limit - lastLimit) <= Math.max(1, lastLimit / 10);
    cap = isSure ? Math.max(limit, lastLimit) : limit;
    calm = isSure ? Math.min(Math.max(SURE_CALM_MS, calm * 2), MOST_CALM_MS) : CALM_MS;
    lastLimit = cap;
    calmUntil = now + calm;
    rate = Math.max(1, cap * (2 / 3));
    lastClimb = now;
  }

  /** How much wider than the rate says turns are spaced, as a factor. */
  function margin(): number {
    const sorted = latencies.length < 20 ? [] : latencies.toSorted((a, b) => a - b);
    const spread = (sorted.at(-1 - Math.floor(sorted.length / 50)) ?? SPREAD_MS.most) - (sorted[0] ?? 0);
    return 1 + (Math.min(Math.max(spread, SPREAD_MS.least), SPREAD_MS.most) + 2) / SECOND;
  }

  /** Waits until one more departure keeps the last second within the rate. */
  async function spaceOut(): Promise<void> {
    const window = Math.round(rate);
    const first = departures.at(-window);
    const due = first === undefined ? 0 : first + (SECOND * window * wider) / rate;
    if (due > clock.now()) await clock.sleep(due - clock.now());
    departures.push(clock.now());
  }

  async function run(): Promise<void> {
    running = true;
    while (nextLane()) {
      const now = clock.now();
      climb(now);
      const due = Math.max(nextTurn, floodUntil);
      if (due > now) {
        // Short naps, so that an answer that arrives meanwhile is not stuck behind a long one.
        await clock.sleep(Math.min(due - now, 250));
        continue;
      }
      nextTurn = Math.max(nextTurn, now - 5) + (SECOND / rate) * wider;
      grantNext();
    }
    running = false;
  }

  return {
    turn(lane, signal) {
      if (signal?.aborted) return Promise.resolve(false);
      if (unlimited && clock.now() >= floodUntil) return Promise.resolve(true);
      return new Promise((resolve) => {
        const queue = queues[lane];
        const stopped = () => {
          const index = queue.indexOf(waiter);
          if (index >= 0) queue.splice(index, 1);
          resolve(false);
        };
        const waiter: Waiter = {
          grant(granted) {
            signal?.removeEventListener('abort', stopped);
            resolve(granted);
          },
        };
        signal?.addEventListener('abort', stopped, { once: true });
        queue.push(waiter);
        if (!running) void run();
      });
    },
    giveBack() {
      if (unlimited) return;
      if (!grantNext()) nextTurn = Math.min(nextTurn, clock.now());
    },
    chatWait: (chatId) => Math.max(0, (chats.get(chatId) ?? 0) - clock.now()),
    async depart(chatId, place) {
      if (!unlimited) await (queueToDepart = queueToDepart.then(spaceOut));
      const now = clock.now();
      chats.set(chatId, Math.max(chats.get(chatId) ?? 0, now + (place ? PLACE_GAP_MS : PERSON_GAP_MS)));
      if (now - sweptAt > MINUTE / 6) {
        sweptAt = now;
        departures = departures.slice(-2 * ceiling);
        acceptances = acceptances.filter((at) => now - at < MINUTE / 6);
        for (const [id, at] of chats) if (at <= now) chats.delete(id);
      }
    },
    accepted(latencyMs) {
      if (!unlimited) {
        acceptances.push(clock.now() - latencyMs);
        latencies.push(latencyMs);
        if (latencies.length > SPREAD_OF) {
          latencies = latencies.slice(-SPREAD_OF / 2);
          wider = margin();
        }
      }
      slowness = latencyMs > SLOW_MS ? slowness + 1 : Math.max(0, slowness - 0.2);
      if (slowness < 3) return;
      slowness = 0;
      fall(clock.now());
    },
    refused(chatId, waitMs, latencyMs = 0) {
      const now = clock.now();
      complaints = complaints.filter(({ at }) => now - at < TOGETHER_MS);
      complaints.push({ chatId, at: now });
      if (chatId !== undefined) chats.set(chatId, Math.max(chats.get(chatId) ?? 0, now + waitMs));
      const everybody = chatId === undefined || new Set(complaints.map((one) => one.chatId)).size > 1;
      if (everybody) {
        fall(now, now - latencyMs);
        floodUntil = Math.max(floodUntil, now + waitMs);
        nextTurn = Math.max(nextTurn, floodUntil);
      }
      return everybody;
    },
    get floodUntil() {
      return floodUntil > clock.now() ? floodUntil : 0;
    },
    waitUntil(moment) {
      floodUntil = Math.max(floodUntil, moment);
    },
    get rate() {
      return rate;
    },
  };
}
