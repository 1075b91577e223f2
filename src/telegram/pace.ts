/**
 * Telegram's pace. Its true limits are unpublished and move (facts: Bots FAQ names about 30 messages a second in all,
 * one a second in a chat, 20 a minute in a group), and its server hides short waits as latency. So the pacer starts at a
 * given rate, climbs while nothing complains, and falls back by a third on a 429 or rising latency; then it settles
 * just below what was refused and tries more only after a calm while.
 */
import { type Clock, MINUTE, SECOND } from '../time.ts';

/**
 * Answers to people go ahead of the news, edits of older messages behind it. What has to disappear gets every third turn
 * of the news: it must not wait for the end of a broadcast.
 */
export type Lane = 'answer' | 'news' | 'erase' | 'edit';

export interface Pace {
  /** Resolves when one more message may go out; false where `signal` aborted first. */
  turn(lane: Lane, signal?: AbortSignal): Promise<boolean>;
  /** Gives back a turn that was not used. */
  giveBack(): void;
  /** Milliseconds until this chat may get another message; 0: now. */
  chatWait(chatId: number): number;
  /** A message to this chat is going out now. */
  began(chatId: number, place: boolean): void;
  /** Telegram accepted a message after `latencyMs`. */
  accepted(latencyMs: number): void;
  /** Telegram answered 429: wait `waitMs`, this chat or, where several say so, everybody. True: everybody. */
  refused(chatId: number | undefined, waitMs: number): boolean;
  /** Nobody sends before this moment (ms since the epoch); 0: no such wait. */
  readonly floodUntil: number;
  /** Takes over a wait that an earlier process was told. */
  waitUntil(moment: number): void;
  /** Messages a second at present; Infinity without a limit. */
  readonly rate: number;
}

/** Where the climb ends unless the operator starts higher: the documented figure. */
const DOCUMENTED_RATE = 30;
/** Turns are spaced this much wider than the rate says, or jitter on the way would squeeze 31 into a second. */
const MARGIN = 1.025;
/** One message a second to a chat, 20 a minute to a group or channel, each with a little room for jitter. */
const PERSON_GAP_MS = 1010;
const PLACE_GAP_MS = 3050;
/** Two chats that are told to wait within this time mean that the whole bot is. */
const TOGETHER_MS = 5 * SECOND;
/** Latency above this is pressure that Telegram's server hides (it waits up to 8 s by itself before it says 429). */
const SLOW_MS = 2 * SECOND;
/** Calm before the first try above a rate that was refused; doubles with each refusal up to the most. */
const CALM_MS = 20 * SECOND;
const MOST_CALM_MS = 5 * MINUTE;

/** @param start messages a second to begin with, 1-1000; 30 or more is start and ceiling both; 0: no limit at all. */
export function createPace(clock: Clock, start: number): Pace {
  const unlimited = start === 0;
  const ceiling = Math.max(start, DOCUMENTED_RATE);
  let rate = unlimited ? Number.POSITIVE_INFINITY : start;
  /** What the last refusal taught: stay at or below it until `calmUntil`. */
  let cap = ceiling;
  let calm = CALM_MS / 2;
  let calmUntil = 0;
  let lastClimb = clock.now();
  let lastFall = Number.NEGATIVE_INFINITY;
  let nextTurn = clock.now();
  let floodUntil = 0;
  let slowness = 0;
  let recent: number[] = [];
  let complaints: { chatId: number | undefined; at: number }[] = [];
  const chats = new Map<number, number>();
  let sweptAt = clock.now();

  type Waiter = { grant: (granted: boolean) => void };
  const queues: Record<Lane, Waiter[]> = { answer: [], news: [], erase: [], edit: [] };
  let running = false;
  let newsInARow = 0;

  /** The lane whose turn it is; undefined: nobody waits. */
  function nextLane(): Lane | undefined {
    const order: readonly Lane[] =
      newsInARow < 2 ? ['answer', 'news', 'erase', 'edit'] : ['answer', 'erase', 'news', 'edit'];
    return order.find((lane) => queues[lane].length > 0);
  }

  function grantNext(): boolean {
    const lane = nextLane();
    if (!lane) return false;
    newsInARow = lane === 'news' ? newsInARow + 1 : 0;
    queues[lane].shift()?.grant(true);
    return true;
  }

  function climb(now: number): void {
    if (unlimited || now < floodUntil) return;
    const seconds = (now - lastClimb) / SECOND;
    if (seconds < 0.25) return;
    lastClimb = now;
    if (now > calmUntil && cap < ceiling) cap = Math.min(ceiling, cap + Math.max(0.3, cap * 0.04) * seconds);
    // Back to the known rate within about three seconds, towards a higher one by one and a half a second.
    rate = Math.min(cap, rate + Math.max(1.5, (cap - rate) / 2) * seconds);
  }

  function fall(now: number): void {
    if (unlimited || now - lastFall < SECOND) return;
    lastFall = now;
    const seen = recent.filter((at) => now - at <= SECOND).length;
    cap = Math.max(1, Math.min(rate, Math.max(seen, rate / 2)) * 0.97);
    calm = Math.min(calm * 2, MOST_CALM_MS);
    calmUntil = now + calm;
    rate = Math.max(1, cap * (2 / 3));
    lastClimb = now;
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
      nextTurn = Math.max(nextTurn, now - 5) + (SECOND / rate) * MARGIN;
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
    began(chatId, place) {
      const now = clock.now();
      chats.set(chatId, Math.max(chats.get(chatId) ?? 0, now + (place ? PLACE_GAP_MS : PERSON_GAP_MS)));
      recent.push(now);
      if (recent.length > 4 * ceiling) recent = recent.filter((at) => now - at <= SECOND);
      if (now - sweptAt > MINUTE / 6) {
        sweptAt = now;
        for (const [id, at] of chats) if (at <= now) chats.delete(id);
      }
    },
    accepted(latencyMs) {
      slowness = latencyMs > SLOW_MS ? slowness + 1 : Math.max(0, slowness - 0.2);
      if (slowness < 3) return;
      slowness = 0;
      fall(clock.now());
    },
    refused(chatId, waitMs) {
      const now = clock.now();
      complaints = complaints.filter(({ at }) => now - at < TOGETHER_MS);
      complaints.push({ chatId, at: now });
      if (chatId !== undefined) chats.set(chatId, Math.max(chats.get(chatId) ?? 0, now + waitMs));
      const everybody = chatId === undefined || new Set(complaints.map((one) => one.chatId)).size > 1;
      if (everybody) {
        fall(now);
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
