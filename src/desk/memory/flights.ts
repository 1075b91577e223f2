/**
 * Which chats this process is on its way to right now, so that who forgets a chat can stop what has not left yet and wait
 * for the rest.
 */
import type { Claim } from '../../store/cursors.ts';

interface Flight {
  /** It has a message to send. */
  sends: boolean;
  grounded: boolean;
}

type Flights = ReturnType<typeof newFlights>;

export const newFlights = () => ({
  under: new Map<Claim, Flight>(),
  /** How many visits send a message now. */
  sending: 0,
  /** The next landing, where somebody waits for it. */
  next: undefined as PromiseWithResolvers<void> | undefined,
});

/** A visit begins. */
export function board({ under }: Flights, claimed: Claim): void {
  under.set(claimed, { sends: false, grounded: false });
}

/** A visit that was boarded goes on to send a message. */
export function takeOff(flights: Flights, claimed: Claim): void {
  const flight = flights.under.get(claimed);
  if (!flight) return;
  flight.sends = true;
  flights.sending += 1;
}

/** A visit is over. */
export function land(flights: Flights, claimed: Claim): void {
  if (flights.under.get(claimed)?.sends) flights.sending -= 1;
  flights.under.delete(claimed);
  flights.next?.resolve();
  flights.next = undefined;
}

const nextLanding = (flights: Flights): Promise<void> =>
  (flights.next ??= Promise.withResolvers<void>()).promise;

/** Resolves when fewer than `count` visits are under way. */
export async function fewerThan(flights: Flights, count: number): Promise<void> {
  while (flights.under.size >= count) await nextLanding(flights);
}

/** The visits that this process is on, by `visitId`. */
export const airborne = ({ under }: Flights): ReadonlySet<string> => new Set([...under.keys()].map(visitId));

/** Tells one visit from all others. */
export const visitId = ({ slot, claimId }: Claim): string => `${slot} ${claimId}`;

/** Whether the chat was forgotten since the visit began: nothing may be sent any more. */
export const isGrounded = ({ under }: Flights, claimed: Claim): boolean =>
  under.get(claimed)?.grounded ?? false;

/** Stops visits to the chat of `slot` that have not sent yet; resolves when all are over. */
export async function ground(flights: Flights, slot: number): Promise<void> {
  const { under } = flights;
  const there = [...under].filter(([claimed]) => claimed.slot === slot);
  for (const [, flight] of there) flight.grounded = true;
  while (there.some(([claimed]) => under.has(claimed))) await nextLanding(flights);
}
