/**
 * Brings the news to the chats: visits those that are behind the log of their edition, those that wait longest first and
 * the editions in turn, as fast as Telegram allows. One process at a time does this, by lease; docs/architecture.md tells
 * why nothing is lost.
 */
import { PozirkError } from '../../errors.ts';
import { EDITIONS, type Edition } from '../../news/edition.ts';
import {
  type Claim,
  claim,
  countHeld,
  type QueueFront,
  type SealedClaim,
  wake,
} from '../../store/cursors.ts';
import { listDoubts } from '../../store/deliveries.ts';
import type { Lease } from '../../store/lease.ts';
import { doubling, MINUTE, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { close, standBack, unchanged } from './release.ts';
import { asideFor, pausePaying, payForUrgent, URGENT_MS } from './paid.ts';
import { board, fewerThan, land, takeOff } from '../memory/flights.ts';
import { awaitLeft, createTaker, HAND_OVER_MS, leaveShown } from './hand-over.ts';
import { isPaused } from '../pause.ts';
import { noteTrouble } from '../trouble.ts';
import { isOutage, newRound, type Round } from './queue-state.ts';
import { createRecovery } from './recover.ts';
import { prepareSafely } from './prepare.ts';
import { carryOutVisit } from './visit.ts';
import { createTimekeeper } from './set-back.ts';
import { openWindow } from './log-window.ts';

/** Time of one pass: how often the logs and the held chats are read. */
const PASS_MS = 200;
/** Visits under way at once: enough for the free pace at some seconds of latency, and for the paid one, or none, at a third of one. */
const MOST_IN_FLIGHT = { free: 192, paid: 384 } as const;
/** Chats taken in one claim, where no pace spaces them. */
const MOST_AT_ONCE = 64;
/** Chats taken in one claim at the paid pace: so many come due while Redis answers. */
const PAID_BATCH = 8;
/** Troubles with less than this between them are one. */
const TROUBLE_MS = 30 * SECOND;
/** How often visits are looked for that broke off: a claim whose answer was lost, an end that could not be written. */
const BROKEN_OFF_MS = 10 * SECOND;

/** Runs until `stop` aborts or the lease is lost, then waits for what is in flight. */
export async function deliver(desk: Desk, lease: Lease, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, lease.signal]);
  const round = newRound(openWindow(desk), lease.signal);
  const recovery = createRecovery(desk, round);
  const keepTime = createTimekeeper(desk);
  const takeOver = createTaker(desk);
  let begun = false;
  let lookAt = 0;
  let trouble = 0;
  let troubleAt = Number.NEGATIVE_INFINITY;
  await awaitLeft(desk, lease, signal);
  while (!signal.aborted) {
    try {
      if (!begun) for (const slot of await listDoubts(desk.store)) round.doubted.add(slot);
      begun = true;
      await takeOver();
      if (desk.clock.ticks() >= lookAt) {
        await recovery.look(signal);
        lookAt = desk.clock.ticks() + BROKEN_OFF_MS;
      }
      await keepTime();
      await pass(desk, round, lease.holder, signal);
      trouble = 0;
    } catch (error) {
      if (error instanceof PozirkError && error.code === 'store.not_owner') {
        if (!desk.store.isOwn) break;
        // The lease ran out while Redis took nothing, and is there again as soon as it does.
        await desk.clock.sleep(PASS_MS, signal);
        continue;
      }
      const isRedis = noteTrouble(desk, error);
      // Mere reads may go well in between: it is one trouble, told once.
      if (desk.clock.ticks() - troubleAt > TROUBLE_MS) {
        // An unknown trouble may pass as well: readers lose more by a process that ends.
        if (isRedis) desk.log.warn({ err: error }, 'Redis cannot be used, sending pauses');
        else desk.log.error({ err: error }, 'delivering failed, it is tried again');
      }
      troubleAt = desk.clock.ticks();
      desk.status.storeTrouble.inc({ code: 'deliver' });
      trouble += 1;
      lookAt = 0;
      await desk.clock.sleep(doubling(PASS_MS, trouble, 2 * SECOND), signal);
    }
  }
  const over = Promise.all([fewerThan(desk.memory.flights, 1), recovery.over()]);
  const isLost = lease.signal.aborted || !stop.aborted;
  // Whoever delivers now waits for it; what the last visits bring follows.
  if (isLost) await leaveShown(desk, lease, HAND_OVER_MS);
  await over;
  await leaveShown(desk, lease, isLost ? HAND_OVER_MS : 0);
}

/** A queue that has chats to visit. */
interface PassQueue {
  readonly edition: Edition;
  readonly from: 'waiting' | 0 | 1;
  readonly head: number;
  /** Somebody waits there for what goes ahead of its turn. */
  readonly isAhead: boolean;
  /** Entry of an urgent story that is fresh and that somebody waits there for; 0: none. */
  readonly urgent: number;
}

/** One pass: reads the logs and visits the chats that are behind them, for about `PASS_MS`. */
async function pass(desk: Desk, round: Round, holder: string, signal: AbortSignal): Promise<void> {
  const { flights } = desk.memory;
  const until = desk.clock.ticks() + PASS_MS;
  let queues = await survey(desk, round);
  const urgent = queues.filter((queue) => queue.urgent > 0);
  await payForUrgent(desk, round, new Map(urgent.map((queue) => [queue.edition, queue.urgent])));
  let batch = 1;
  while (queues.length > 0 && desk.clock.ticks() < until && !signal.aborted) {
    const isPaced = Number.isFinite(desk.telegram.pace.rate);
    // Without a pace whole batches are taken: a claim costs as much for one chat as for many.
    const fewest = isPaced ? 1 : MOST_AT_ONCE;
    const isPaid = isPaced && desk.telegram.pace.paid.left > 0;
    const most = isPaced && !isPaid ? MOST_IN_FLIGHT.free : MOST_IN_FLIGHT.paid;
    if (flights.under.size > most - fewest) await fewerThan(flights, most - MOST_AT_ONCE + 1);
    if (!(await desk.telegram.pace.turn('news', signal))) break;
    // The turn was long in coming: meanwhile Redis may have failed over, and the log be another.
    if (desk.clock.ticks() > until + SECOND) queues = await survey(desk, round);
    const queue = mostPressing(queues, round);
    // Where nothing gets through one message at a time tries.
    const isTrying = isOutage(round);
    if (!queue || (isTrying && flights.sending > 0)) {
      desk.telegram.pace.giveBack();
      break;
    }
    if (isPaid) batch = Math.max(batch, PAID_BATCH);
    const count = isTrying ? 1 : Math.max(fewest, Math.min(batch, most - flights.under.size));
    const taken = await claim(desk, {
      ...queue,
      count,
      holder,
      highest: desk.telegram.sequence.highest,
      now: desk.clock.now(),
    });
    if (taken.length === 0) {
      queues.splice(queues.indexOf(queue), 1);
      desk.telegram.pace.giveBack();
      continue;
    }
    for (const { highest } of taken) desk.telegram.sequence.observe(0, highest);
    round.turns += 1;
    round.served.set(queue.edition, round.turns);
    const begun = await begin(desk, round, taken, signal);
    if (isTrying && begun > 0) break;
    // Chats that need no message cost no turn: take more of them at once.
    batch = begun === 0 ? Math.min(batch * 2, 16) : 1;
  }
  const rest = until - desk.clock.ticks();
  if (rest > 0 && !signal.aborted)
    await desk.clock.sleep(queues.length > 0 ? Math.min(rest, 20) : rest, signal);
  if (isOutage(round)) await desk.clock.sleep(Math.min(round.unreached * 200, 5 * SECOND), signal);
}

/** Prepares each visit and starts those that send; one turn of the pace is in hand. Answers how many send. */
async function begin(
  desk: Desk,
  round: Round,
  taken: readonly SealedClaim[],
  signal: AbortSignal,
): Promise<number> {
  const { flights } = desk.memory;
  let begun = 0;
  for (const claimed of taken) board(flights, claimed);
  const prepared = await Promise.all(taken.map((claimed) => prepareSafely(desk, round, claimed)));
  for (const [index, claimed] of taken.entries()) {
    const plan = prepared[index];
    if (!plan) continue;
    const aside = plan.do === 'send' ? asideFor(desk, plan) : 0;
    if (plan.do !== 'send') void track(claimed, close(desk, claimed, plan));
    else if (aside > 0) void track(claimed, standBack(desk, claimed, aside));
    else if (begun > 0 && !(await desk.telegram.pace.turn('news', signal)))
      void track(claimed, close(desk, claimed, unchanged(claimed, 0)));
    else {
      begun += 1;
      takeOff(flights, claimed);
      void track(claimed, carryOutVisit(desk, round, claimed, plan));
    }
  }
  if (begun === 0) desk.telegram.pace.giveBack();
  desk.status.flight.set(flights.sending);
  return begun;

  async function track(claimed: Claim, visit: Promise<void>): Promise<void> {
    try {
      await visit;
    } catch (error) {
      desk.log.error({ err: error }, 'a visit failed');
    }
    land(flights, claimed);
    desk.status.flight.set(flights.sending);
  }
}

/**
 * News that goes ahead of its turn first, then the edition that was served least lately: the readers of a small one do not wait
 * until all of a big one have their story.
 */
function mostPressing(queues: readonly PassQueue[], { served }: Round): PassQueue | undefined {
  const servedAt = ({ edition }: PassQueue) => served.get(edition) ?? 0;
  return queues.toSorted((a, b) => Number(b.isAhead) - Number(a.isAhead) || servedAt(a) - servedAt(b))[0];
}

/** The queues that have somebody to visit; of one edition the held chats, which are few, first. */
async function survey(desk: Desk, round: Round): Promise<PassQueue[]> {
  if (await isPaused(desk)) {
    pausePaying(desk, round);
    return [];
  }
  const fronts = await Promise.all(
    EDITIONS.map(async (edition) => {
      const head = await round.window.refresh(edition);
      const ends = { head, urgent: round.window.lastUrgent(edition) };
      const front = await wake(desk.store, edition, desk.clock.now(), ends);
      await traceAsleep(desk, round, edition, head);
      return queuesOf(desk, round, edition, head, front);
    }),
  );
  desk.status.rate.set(Number.isFinite(desk.telegram.pace.rate) ? desk.telegram.pace.rate : 0);
  return fronts.flat();
}

function queuesOf(desk: Desk, round: Round, edition: Edition, head: number, front: QueueFront): PassQueue[] {
  const { window } = round;
  const ahead = window.lastUrgent(edition);
  const story = window.urgentStory(edition);
  const fresh = story && desk.clock.now() - story.at < URGENT_MS ? story.seq : 0;
  const { unswept, oldSide, cursor = head } = front;
  const held: PassQueue = {
    edition,
    from: oldSide,
    head,
    isAhead: true,
    urgent: fresh === ahead ? fresh : 0,
  };
  const urgent = fresh > cursor ? fresh : 0;
  const waiting: PassQueue = { edition, from: 'waiting', head, isAhead: ahead > cursor, urgent };
  return [...(unswept > 0 ? [held] : []), ...(cursor < head ? [waiting] : [])];
}

/** A chat that is held for less (ms) only keeps the distance between two messages. */
const ASLEEP_MS = MINUTE;

/**
 * Chats that are held are not visited for what comes meanwhile: so what the log has got since the last look is counted as
 * held for those asleep. `head`: its last entry.
 */
async function traceAsleep(desk: Desk, round: Round, edition: Edition, head: number): Promise<void> {
  const before = round.heads.get(edition);
  round.heads.set(edition, head);
  if (before === undefined || before === head) return;
  const pending = await round.window.pending(edition, before, head);
  // An urgent one is decided chat by chat.
  const ordinary = pending.flatMap((item) => (item.kind === 'story' && !item.urgent ? [item.story.id] : []));
  if (ordinary.length === 0) return;
  const asleep = await countHeld(desk.store, edition, desk.clock.now() + ASLEEP_MS);
  if (asleep > 0) for (const story of ordinary) desk.trace.count(story, 'held', asleep);
}
