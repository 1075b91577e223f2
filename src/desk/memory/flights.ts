/**
 * Which chats this process is on its way to right now, so that who forgets a chat can stop what has not left yet and wait
 * for the rest.
 */
import type { Claim } from '../../store/cursors.ts';

interface Flight {
  /** It has a message to send. */
  sends: boolean;
  grounded: boolean;
  readonly over: Promise<void>;
  land(): void;
}

export interface Flights {
  readonly under: Map<Claim, Flight>;
  /** The next landing. */
  next: PromiseWithResolvers<void>;
}

export const newFlights = (): Flights => ({ under: new Map(), next: Promise.withResolvers() });

/** A visit begins. */
export function board({ under }: Flights, claimed: Claim): void {
  const { promise: over, resolve: land } = Promise.withResolvers<void>();
  under.set(claimed, { sends: false, grounded: false, over, land });
}

/** A visit that was boarded goes on to send a message. */
export function takeOff({ under }: Flights, claimed: Claim): void {
  const flight = under.get(claimed);
  if (flight) flight.sends = true;
}

/** A visit is over. */
export function land(flights: Flights, claimed: Claim): void {
  flights.under.get(claimed)?.land();
  flights.under.delete(claimed);
  flights.next.resolve();
  flights.next = Promise.withResolvers();
}

/** How many visits send a message now. */
export const sending = ({ under }: Flights): number =>
  [...under.values()].filter(({ sends }) => sends).length;

/** Resolves when fewer than `count` visits are under way. */
export async function fewerThan(flights: Flights, count: number): Promise<void> {
  while (flights.under.size >= count) await flights.next.promise;
}

/** The visits that this process is on, by `visitId`. */
export const airborne = ({ under }: Flights): ReadonlySet<string> => new Set([...under.keys()].map(visitId));

/** Tells one visit from all others. */
export const visitId = ({ slot, claimId }: Claim): string => `${slot} ${claimId}`;

/** Whether the chat was forgotten since the visit began: nothing may be sent any more. */
export const isGrounded = ({ under }: Flights, claimed: Claim): boolean =>
  under.get(claimed)?.grounded ?? false;

/** Stops visits to the chat of `slot` that have not sent yet; resolves when all are over. */
export async function ground({ under }: Flights, slot: number): Promise<void> {
  const there = [...under].filter(([claimed]) => claimed.slot === slot);
  for (const [, flight] of there) flight.grounded = true;
  await Promise.all(there.map(([, { over }]) => over));
}
