/**
 * Telegram's pace: when the next message may leave, and whose turn it is. What each part knows: `rate.ts` how much Telegram
 * takes in all, `chat-pace.ts` what each chat takes, `lanes.ts` who is next, `complaints.ts` what a refusal means. Every
 * moment in them is in ticks: the time of day may be set while somebody waits.
 */
import { type Clock, SECOND } from '../time.ts';
import { createChatPace, type Writing } from './chat-pace.ts';
import { createComplaints } from './complaints.ts';
import { type Asker, createLanes, type Lane, type Waiter } from './lanes.ts';
import { type Bites, createBites, LIMITS } from '../limits.ts';
import { createRate } from './rate.ts';

export interface Pace {
  /**
   * Resolves when one more message may go out; false where `signal` aborted first, or where an answer for `asker` is not
   * worth a turn any more.
   */
  turn(lane: Lane, signal?: AbortSignal, asker?: Asker): Promise<boolean>;
  /** Gives back a turn that was not used. */
  giveBack(): void;
  /** Milliseconds until this may be written into the chat; 0: now. */
  chatWait(chatId: number, what?: Writing): number;
  /**
   * What is written into this chat goes out as soon as the result resolves: at once, or some milliseconds later where
   * turns that were granted evenly would otherwise leave bunched.
   */
  depart(chatId: number, what: Writing): Promise<void>;
  /** Telegram accepted a message after `latencyMs`. */
  accepted(latencyMs: number): void;
  /** Telegram answered 429 after `latencyMs`: wait `waitMs`. True: it is believed of everybody. */
  refused(chatId: number, what: Writing, waitMs: number, latencyMs: number): boolean;
  /** The chat has a slow mode of so many milliseconds. */
  slow(chatId: number, distance: number): void;
  /** Milliseconds for which nobody but single messages that try it sends; 0: no such wait. */
  readonly floodMs: number;
  /** Takes over what is left of a wait that an earlier process was told, ms. */
  waitFor(ms: number): void;
  /** Messages a second at present; Infinity without a limit. */
  readonly rate: number;
  readonly bites: Bites;
}

/** Naps while a turn is not due yet: an answer that arrives meanwhile is not stuck behind a long one. */
const NAP_MS = SECOND / 4;

/** @param start messages a second to begin with, 1-1000; 30 or more is start and ceiling both; 0: no limit at all. */
export function createPace(clock: Clock, start: number): Pace {
  const unlimited = start === 0;
  const rate = createRate(start, clock.ticks());
  const chats = createChatPace(unlimited);
  const complaints = createComplaints();
  const bites = createBites(clock);
  const lanes = createLanes(() => bites.bite('answers'));
  /** The wait of everybody. */
  const wait = { since: 0, until: 0, probeAt: 0 };
  let nextTurn = clock.ticks();
  let queueToDepart = Promise.resolve();
  let running = false;

  const isWaiting = (now: number): boolean => wait.until > now;

  function grantNext(now: number): boolean {
    if (isWaiting(now)) wait.probeAt = now + LIMITS.probe;
    return lanes.grantNext(now);
  }

  async function run(): Promise<void> {
    running = true;
    while (lanes.size > 0) {
      const now = clock.ticks();
      if (!isWaiting(now)) rate.climb(now);
      lanes.giveUpLate(now);
      const due = Math.max(nextTurn, isWaiting(now) ? Math.min(wait.until, wait.probeAt) : 0);
      if (due > now) {
        await clock.sleep(Math.min(due - now, NAP_MS));
        continue;
      }
      nextTurn = Math.max(nextTurn, now - 5) + rate.distance;
      grantNext(now);
    }
    running = false;
  }

  /** Waits until one more departure keeps the last second within the rate. */
  async function spaceOut(): Promise<void> {
    const due = rate.due();
    if (due > clock.ticks()) await clock.sleep(due - clock.ticks());
    rate.left(clock.ticks());
  }

  function waitForAll(now: number, until: number): void {
    if (!isWaiting(now)) {
      wait.since = now;
      wait.probeAt = now + LIMITS.probe;
    }
    wait.until = Math.max(wait.until, Math.min(until, now + LIMITS.everybody));
  }

  return {
    turn(lane, signal, asker) {
      const now = clock.ticks();
      if (signal?.aborted) return Promise.resolve(false);
      if (unlimited && !isWaiting(now)) return Promise.resolve(true);
      return new Promise((resolve) => {
        const stopped = () => {
          lanes.remove(waiter);
          resolve(false);
        };
        const waiter: Waiter = {
          lane,
          ...(asker ? { asker, until: now + LIMITS.patience } : {}),
          grant(granted) {
            signal?.removeEventListener('abort', stopped);
            resolve(granted);
          },
        };
        signal?.addEventListener('abort', stopped, { once: true });
        lanes.add(waiter, now);
        if (!running) void run();
      });
    },
    giveBack() {
      if (unlimited) return;
      if (!grantNext(clock.ticks())) nextTurn = Math.min(nextTurn, clock.ticks());
    },
    chatWait: (chatId, what = 'news') => chats.wait(chatId, what, clock.ticks()),
    async depart(chatId, what) {
      if (!unlimited) await (queueToDepart = queueToDepart.then(spaceOut));
      const now = clock.ticks();
      chats.wrote(chatId, what, now);
      complaints.wrote(chatId, now);
    },
    accepted(latencyMs) {
      const now = clock.ticks();
      rate.accepted(now, latencyMs);
      // Messages that left since the wait began have tried it.
      if (isWaiting(now) && now - latencyMs > wait.since) wait.until = now;
    },
    refused(chatId, what, waitMs, latencyMs) {
      const now = clock.ticks();
      const isOwn = chats.isOwnFault(chatId, now);
      chats.told(chatId, what, now + waitMs);
      if (isOwn || !complaints.isOfAll(chatId, now)) return false;
      bites.bite('everybody');
      rate.refused(now, now - latencyMs);
      waitForAll(now, now + waitMs);
      return true;
    },
    slow(chatId, distance) {
      bites.bite('slowMode');
      chats.slow(chatId, distance, clock.ticks());
    },
    get floodMs() {
      return Math.max(0, wait.until - clock.ticks());
    },
    waitFor(ms) {
      if (ms > 0) waitForAll(clock.ticks(), clock.ticks() + ms);
    },
    get rate() {
      return rate.perSecond;
    },
    bites,
  };
}
