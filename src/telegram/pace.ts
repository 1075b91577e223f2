/**
 * Telegram's pace: when the next message may leave, and whose turn it is. What each part knows: `rate.ts` how much Telegram
 * takes in all, `chat-pace.ts` what each chat takes, `lanes.ts` who is next, `complaints.ts` what a refusal means, `standstill.ts`
 * how long everybody waits after one, `paid-pace.ts` what is paid for. Every moment in them is in ticks: the time of day may be set while somebody waits.
 *
 * Two streams stand side by side: the free one, and while something is paid for a second one for the news alone.
 */
import { type Bites, createBites, LIMITS } from '../limits.ts';
import type { Clock } from '../time.ts';
import type { Asker } from './askers.ts';
import { createChatPace, type Writing } from './chat-pace.ts';
import { createComplaints } from './complaints.ts';
import type { Lane } from './lanes.ts';
import { createPaidPace, type PaidPace } from './paid-pace.ts';
import { createStandstill } from './standstill.ts';
import { createStream, type Stream } from './stream.ts';

export interface Pace {
  /**
   * Resolves when one more message may go out; false where `signal` aborted first, or where an answer for `asker` is not
   * worth a turn any more.
   */
  turn(lane: Lane, signal?: AbortSignal, asker?: Asker): Promise<boolean>;
  /** Gives back a turn of the news that was not used. */
  giveBack(): void;
  readonly paid: PaidPace;
  /** Milliseconds until this may be written into the chat; 0: now. */
  chatWait(chatId: number, what?: Writing): number;
  /**
   * A message to this chat goes out as soon as the result resolves: at once, or some milliseconds later where
   * turns that were granted evenly would otherwise leave bunched. True: it is to be paid for, as `mayCost` allows.
   */
  depart(chatId: number, what: Writing, mayCost?: boolean): Promise<boolean>;
  /** Telegram accepted a message after `latencyMs`. */
  accepted(latencyMs: number, isPaid?: boolean): void;
  /** Telegram answered 429 after `latencyMs`: wait `waitMs`. True: it is believed of everybody. */
  refused(chatId: number, what: Writing, waitMs: number, latencyMs: number, isPaid?: boolean): boolean;
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

/** How late a turn may be and still be caught up with, ms: at 1,000 a second many come due in one pause of the process. */
const CATCH_UP_MS = { free: 5, paid: 100 } as const;

/** @param start messages a second to begin with, 1-1000; 30 or more is start and ceiling both; 0: no limit at all. */
export function createPace(clock: Clock, start: number): Pace {
  const parts = partsOf(clock, start);
  const { chats, bites, standstill, free, paid } = parts;
  /** Where the news waits now. */
  const newsStream = (): Stream => (paid.left > 0 ? paid.stream : free);

  return {
    turn: (lane, signal, asker) => (lane === 'news' ? newsStream() : free).turn(lane, signal, asker),
    giveBack: () => newsStream().giveBack(),
    paid,
    chatWait: (chatId, what = 'news') => chats.wait(chatId, what, clock.ticks()),
    depart: (...given) => depart(parts, ...given),
    accepted(latencyMs, isPaid = false) {
      const now = clock.ticks();
      streamOf(parts, isPaid).rate.accepted(now, latencyMs);
      standstill.accepted(now, now - latencyMs);
    },
    refused: (...given) => refused(parts, ...given),
    slow(chatId, distance) {
      bites.bite('slowMode');
      chats.slow(chatId, distance, clock.ticks());
    },
    get floodMs() {
      return standstill.left(clock.ticks());
    },
    waitFor(ms) {
      if (ms > 0) standstill.begin(clock.ticks(), clock.ticks() + ms);
    },
    get rate() {
      return newsStream().rate.perSecond;
    },
    bites,
  };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(clock: Clock, start: number) {
  const bites = createBites(clock);
  const standstill = createStandstill();
  const open = (perSecond: number, catchUpMs: number): Stream =>
    createStream(clock, standstill, { perSecond, catchUpMs, onCrowd: () => bites.bite('answers') });
  const free = open(start, CATCH_UP_MS.free);
  const paid = createPaidPace(clock, free, () => open(LIMITS.paid, CATCH_UP_MS.paid));
  const chats = createChatPace(start === 0);
  return { clock, bites, standstill, free, paid, chats, complaints: createComplaints() };
}

const streamOf = ({ free, paid }: Parts, isPaid: boolean): Stream => (isPaid ? paid.stream : free);

async function depart(
  parts: Parts,
  ...[chatId, what, mayCost = false]: Parameters<Pace['depart']>
): Promise<boolean> {
  const { clock, chats, complaints, free, paid } = parts;
  const isPaid = mayCost && paid.take();
  const left = streamOf(parts, isPaid).leave();
  if (left) await left;
  const now = clock.ticks();
  // The last ones of a paid broadcast have used up the free messages of the second after it.
  if (isPaid && paid.left < LIMITS.all) free.rate.left(now);
  chats.wrote(chatId, what, now);
  complaints.wrote(chatId, now);
  return isPaid;
}

function refused(
  parts: Parts,
  ...[chatId, what, waitMs, latencyMs, isPaid = false]: Parameters<Pace['refused']>
): boolean {
  const { clock, chats, complaints, standstill, bites, paid } = parts;
  const now = clock.ticks();
  const leftAt = now - latencyMs;
  const isOwn = chats.isOwnFault(chatId, leftAt);
  chats.told(chatId, what, now + waitMs);
  // A paid message uses up the free messages as well: whoever has to wait beside it says nothing of the pace.
  if (isOwn || (paid.left > 0 && !isPaid) || !complaints.isOfAll(chatId, now)) return false;
  const { rate } = streamOf(parts, isPaid);
  rate.refused(now, leftAt);
  if (isPaid && rate.perSecond < LIMITS.leastPaid) paid.allow(0);
  bites.bite('everybody');
  standstill.begin(now, now + waitMs);
  return true;
}
