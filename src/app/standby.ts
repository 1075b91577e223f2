/** Waiting for what only one process may have or what must be right first: a lease, the key, the form of the data. */
import type { Desk } from '../desk/desk.ts';
import { beginWithKey } from '../desk/operator/rotate.ts';
import { noteTrouble } from '../desk/trouble.ts';
import { holdLease, type Lease, type LeaseName, leaseHeld } from '../store/lease.ts';
import { refusalOf } from '../store/redis.ts';
import { checkSchema, migrate, type Side } from '../store/schema.ts';
import type { Shelf } from '../store/shelf.ts';
import { SECOND } from '../time.ts';

/** Between two tries while Redis is away, and between two looks at who holds a lease. */
const RETRY_MS = SECOND;
/** Between two looks at whether a newer release has taken the data over. */
const SCHEMA_LOOK_MS = 2 * SECOND;

/** Runs `work` whenever this process holds the lease, until `stop`; its signal aborts at a loss too. `onStandby`: another process has it. */
export async function underLease(
  desk: Desk,
  name: LeaseName,
  stop: AbortSignal,
  onStandby: () => void,
  work: (lease: Lease, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  while (!stop.aborted) {
    const lease = await waitForLease(desk, name, stop, onStandby);
    if (!lease) return;
    const signal = AbortSignal.any([stop, lease.signal]);
    desk.status.lease.set({ name }, 1);
    try {
      // A slow Redis may have given it only now that it is over.
      if (!signal.aborted) await work(lease, signal);
    } finally {
      desk.status.lease.set({ name }, 0);
      await lease.release();
    }
  }
}

/** Undefined: stopped before. */
async function waitForLease(
  desk: Desk,
  name: LeaseName,
  stop: AbortSignal,
  onStandby: () => void,
): Promise<Lease | undefined> {
  const won = new AbortController();
  const over = AbortSignal.any([won.signal, stop]);
  const watch = (async () => {
    while (!over.aborted) {
      await desk.clock.sleep(RETRY_MS, over);
      if (!won.signal.aborted && (await leaseHeld(desk.store, name).catch(() => false))) onStandby();
    }
  })();
  try {
    return await holdLease(desk.store, name, desk.clock, stop);
  } finally {
    won.abort();
    await watch;
  }
}

/** Refuses to go on with data of a newer release or with a key that does not open them; waits while Redis is away. */
export function checkData(desk: Desk, stop: AbortSignal, onRefusal: OnRefusal = 'wait'): Promise<void> {
  const check = async () => {
    await checkSchema(desk);
    await beginWithKey(desk);
  };
  return onceRedisAnswers(desk, stop, check, onRefusal);
}

/** Brings the data of one side to the form of this release; for the holder of its lease, before anything else. */
export function renewData(desk: Desk, side: Side, work: AbortSignal, shelf: Shelf = desk): Promise<void> {
  return onceRedisAnswers(desk, work, async () => {
    await checkSchema(desk);
    const changes = await migrate(shelf, side, work);
    // Data that a lost bot left may be older than this release.
    if (side === 'bot' && desk.former) await migrate(desk.former, side, work);
    if (changes > 0)
      desk.log.info({ kind: side }, 'the data of an older release have the form of this one now');
  });
}

/** Ends a process whose data a newer release has taken over meanwhile, before it may hold a lease again. */
export async function watchSchema(desk: Desk, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await desk.clock.sleep(SCHEMA_LOOK_MS, stop);
    if (!stop.aborted) await onceRedisAnswers(desk, stop, () => checkSchema(desk));
  }
}

/** Where Redis will not have us: at the start somebody waits to be told; later it was changed, and the readers wait. */
export type OnRefusal = 'end' | 'wait';

/** Takes a step, again and again while Redis is away. */
export async function onceRedisAnswers(
  desk: Desk,
  stop: AbortSignal,
  step: () => Promise<void>,
  onRefusal: OnRefusal = 'wait',
): Promise<void> {
  while (!stop.aborted) {
    try {
      return await step();
    } catch (error) {
      const refusal = refusalOf(desk.store, error);
      if (refusal?.code === 'store.refused' && onRefusal === 'end') throw refusal;
      if (!noteTrouble(desk, error)) throw error;
      await desk.clock.sleep(RETRY_MS, stop);
    }
  }
}
