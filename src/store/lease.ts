/** One holder at a time: who delivers and reads updates, who reads the source. */
import { randomBytes } from 'node:crypto';
import type { Edition } from '../news/edition.ts';
import { MINUTE, SECOND, type Clock } from '../time.ts';
import { newsKeys } from './keys.ts';
import type { Store } from './redis.ts';

/** A dead holder is succeeded after this long; renewed four times as often. */
const LEASE_MS = 3 * SECOND;
const RENEW_MS = LEASE_MS / 4;
/** How often a standby looks. */
const STANDBY_MS = 250;
/** A Redis that failed within this may have another master now, which does not know what the last one knew. */
const TROUBLE_MS = 10 * SECOND;

/** `owner`: serves a bot's readers. Of all bots together, `source:<edition>`: reads it; `form`: brings shared data to the present form. */
export type LeaseName = 'owner' | 'form' | `source:${Edition}`;

const leaseKeys = (store: Store, name: LeaseName): [string, string] => {
  const keys = name === 'owner' ? store.keys : newsKeys;
  return [keys.lease(name), keys.fence(name)];
};

export interface Lease {
  /** Fencing mark, `<fence>.<random>`; every claim is checked against it in Redis. */
  readonly holder: string;
  /** How many have held it so far. */
  readonly fence: number;
  /** Redis failed while it was waited for: who held it before may live, and know what Redis has lost. */
  readonly isAfterTrouble: boolean;
  /** Aborts when the lease is lost or given back. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/**
 * Waits until `name` is ours, then keeps it until `release`, the end of `stop` or a loss. Undefined: stopped before.
 * The holder's signal aborts well before another process can take over, by the real clock.
 */
export async function holdLease(
  store: Store,
  name: LeaseName,
  clock: Clock,
  stop: AbortSignal,
): Promise<Lease | undefined> {
  const keys = leaseKeys(store, name);
  const ask = (verb: 'take' | 'renew' | 'keep' | 'release', holder: string) =>
    store.run('lease', keys, [verb, holder, LEASE_MS]).catch(() => undefined);

  let troubledAt = Number.NEGATIVE_INFINITY;
  while (!stop.aborted) {
    const asked = performance.now();
    const holder = await ask('take', randomBytes(6).toString('hex'));
    if (typeof holder === 'string') return keep(holder, asked);
    if (holder === undefined) troubledAt = asked;
    await clock.sleep(STANDBY_MS, stop);
  }
  return undefined;

  function keep(holder: string, since: number): Lease {
    const lost = new AbortController();
    let validUntil = since + LEASE_MS;
    const timer = setInterval(() => void renew(), RENEW_MS);
    async function renew(): Promise<void> {
      const asked = performance.now();
      if (asked > validUntil - RENEW_MS / 2) return end();
      // A Redis that only this process can reach gives it to nobody else, whatever ails it, and for however long.
      const renewed = ask(store.isOwn ? 'keep' : 'renew', holder);
      const answer = await Promise.race([renewed, expiry(validUntil - asked)]);
      if (lost.signal.aborted) return;
      if (answer === holder || (answer === undefined && store.isOwn)) validUntil = asked + LEASE_MS;
      else if (answer === null) end();
    }
    function end(): void {
      clearInterval(timer);
      lost.abort();
    }
    return {
      holder,
      fence: Number.parseInt(holder, 10),
      isAfterTrouble: since - troubledAt < TROUBLE_MS,
      signal: lost.signal,
      async release() {
        end();
        await Promise.race([ask('release', holder), expiry(SECOND)]);
      },
    };
  }
}

/** Whether anybody holds the lease now. */
export const leaseHeld = async (store: Store, name: LeaseName): Promise<boolean> =>
  (await store.redis.exists(leaseKeys(store, name)[0])) === 1;

/** Mark of the last holder; 0: there was none. */
export const lastFence = async (store: Store, name: LeaseName): Promise<number> =>
  Number(await store.redis.get(leaseKeys(store, name)[1]));

const expiry = (ms: number) =>
  new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), Math.min(Math.max(ms, 0), MINUTE)).unref();
  });
