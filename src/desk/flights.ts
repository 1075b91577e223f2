/**
 * Which chats this process is on its way to right now, so that who forgets a chat can stop what has not left yet and wait
 * for the rest.
 */
import type { Claim } from '../store/cursors.ts';
import type { Store } from '../store/redis.ts';

interface Flight {
  grounded: boolean;
  readonly over: Promise<void>;
  land(): void;
}

const flights = new WeakMap<Store, Map<Claim, Flight>>();

/** A visit begins. */
export function board(store: Store, claimed: Claim): void {
  const all = flights.get(store) ?? new Map<Claim, Flight>();
  flights.set(store, all);
  const { promise: over, resolve: land } = Promise.withResolvers<void>();
  all.set(claimed, { grounded: false, over, land });
}

/** A visit is over. */
export function land(store: Store, claimed: Claim): void {
  flights.get(store)?.get(claimed)?.land();
  flights.get(store)?.delete(claimed);
}

/** The visits that this process is on, by `flightOf`. */
export const airborne = (store: Store): ReadonlySet<string> =>
  new Set([...(flights.get(store)?.keys() ?? [])].map(visitId));

/** Tells one visit from all others. */
export const visitId = ({ slot, claimId }: Claim): string => `${slot} ${claimId}`;

/** Whether the chat was forgotten since the visit began: nothing may be sent any more. */
export const isGrounded = (store: Store, claimed: Claim): boolean =>
  flights.get(store)?.get(claimed)?.grounded ?? false;

/** Stops visits to the chat of `slot` that have not sent yet; resolves when all are over. */
export async function ground(store: Store, slot: number): Promise<void> {
  const there = [...(flights.get(store) ?? [])].filter(([claimed]) => claimed.slot === slot);
  for (const [, flight] of there) flight.grounded = true;
  await Promise.all(there.map(([, { over }]) => over));
}
