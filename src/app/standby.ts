/** Waiting for what only one process may have or what must be right first: a lease, the key. */
import type { Desk } from '../desk/desk.ts';
import { beginWithKey } from '../desk/operator/rotate.ts';
import { holdLease, type Lease, type LeaseName, leaseHeld } from '../store/lease.ts';
import { isStoreTrouble, refusalOf } from '../store/redis.ts';
import { SECOND } from '../time.ts';

/** Between two tries while Redis is away, and between two looks at who holds a lease. */
const RETRY_MS = SECOND;

/**
 * Runs `work` whenever this process holds the lease, until `stop` aborts; its signal aborts too where the lease is lost.
 * `onStandby` is called while another process holds it.
 *
 * @throws whatever `work` throws, once the lease is given back.
 */
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
    desk.status.lease.set({ name }, 1);
    try {
      await work(lease, AbortSignal.any([stop, lease.signal]));
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

/** Refuses to go on with a key that does not open what is stored; waits while Redis is away. */
export async function checkKey(desk: Desk, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      return await beginWithKey(desk);
    } catch (error) {
      const refusal = refusalOf(desk.store, error);
      if (refusal ?? !isStoreTrouble(error)) throw refusal ?? error;
      await desk.clock.sleep(RETRY_MS, stop);
    }
  }
}
