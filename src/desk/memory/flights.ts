/**
 * Which chats this process is on its way to right now, so that who forgets a chat can stop what has not left yet and wait
 * for the rest.
 */
import type { Claim } from '../../store/cursors.ts';

interface Flight {
  grounded: boolean;
  readonly over: Promise<void>;
  land(): void;
}

export type Flights = Map<Claim, Flight>;

/** A visit begins. */
export function board(flights: Flights, claimed: Claim): void {
  const { promise: over, resolve: land } = Promise.withResolvers<void>();
  flights.set(claimed, { grounded: false, over, land });
}

/** A visit is over. */
export function land(flights: Flights, claimed: Claim): void {
  flights.get(claimed)?.land();
  flights.delete(claimed);
}

/** The visits that this process is on, by `visitId`. */
export const airborne = (flights: Flights): ReadonlySet<string> => new Set([...flights.keys()].map(visitId));

/** Tells one visit from all others. */
export const visitId = ({ slot, claimId }: Claim): string => `${slot} ${claimId}`;

/** Whether the chat was forgotten since the visit began: nothing may be sent any more. */
export const isGrounded = (flights: Flights, claimed: Claim): boolean =>
  flights.get(claimed)?.grounded ?? false;

/** Stops visits to the chat of `slot` that have not sent yet; resolves when all are over. */
export async function ground(flights: Flights, slot: number): Promise<void> {
  const there = [...flights].filter(([claimed]) => claimed.slot === slot);
  for (const [, flight] of there) flight.grounded = true;
  await Promise.all(there.map(([, { over }]) => over));
}
