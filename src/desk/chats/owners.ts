/** Owners of places: to be told when a place needs them, and to find their places again. */
import { randomInt } from 'node:crypto';
import type { Edition } from '../../news/edition.ts';
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { placeSlots } from '../../store/places.ts';
import {
  addWaitingCard,
  changeOwners,
  listAllOwners,
  listOwners,
  MOST_OWNERS,
  type Owner,
  saveOwners,
  takeWaitingCards,
  withoutOwner,
} from '../../store/owners.ts';
import type { Shelf } from '../../store/shelf.ts';
import { loadSlots } from '../../store/subscribers.ts';
import { seemsManager } from './permission.ts';
import type { Desk } from '../desk.ts';

export type { Owner } from '../../store/owners.ts';

/** Places without an owner that one `/channels` asks Telegram about, and those whose records it looks at for that. */
const MOST_CLAIMED = 30;
const MOST_LOOKED_AT = 300;

export const ownersOf = (desk: Desk, place: Subscriber): Promise<Owner[]> => listOwners(desk, place.slot);

/** Notes that the person manages the place; the latest comes first. */
export async function addOwner(desk: Desk, place: Subscriber, id: number, edition: Edition): Promise<void> {
  await changeOwners(desk, place.slot, (owners) => {
    const [first] = owners;
    if (first?.id === id && first.edition === edition) return undefined;
    const others = owners.filter((owner) => owner.id !== id);
    return [{ id, edition }, ...others].slice(0, MOST_OWNERS);
  });
}

/** The person does not manage the place any more. */
export const dropOwner = (desk: Desk, place: Subscriber, id: number): Promise<void> =>
  changeOwners(desk, place.slot, withoutOwner(id));

export const dropOwners = (desk: Desk, place: Subscriber): Promise<void> => saveOwners(desk, place.slot, []);

/** Forgets the person as an owner of anything; the places stay. */
export async function forgetOwner(desk: Desk, id: number): Promise<void> {
  await takeWaitingCards(desk, id);
  for (const slot of ownedBy(id, await listAllOwners(desk))) {
    desk.journal.note(slot, 'disowned');
    await changeOwners(desk, slot, withoutOwner(id));
  }
}

/** Slots of the places with which the person's number is kept. */
export const ownedBy = (id: number, all: ReadonlyMap<number, readonly Owner[]>): number[] =>
  [...all].filter(([, owners]) => owners.some((owner) => owner.id === id)).map(([slot]) => slot);

const isLive = (place: Subscriber | undefined): place is Subscriber =>
  place?.state === 'active' || place?.state === 'paused';

/** Live places among `slots`, as many as may be asked about; each time from another one on: all are reached in the end. */
async function someLive(desk: Desk, slots: readonly number[]): Promise<Subscriber[]> {
  const from = slots.length > 0 ? randomInt(slots.length) : 0;
  const looked = [...slots.slice(from), ...slots.slice(0, from)].slice(0, MOST_LOOKED_AT);
  return (await loadSlots(desk, looked)).filter(isLive).slice(0, MOST_CLAIMED);
}

/**
 * The person's places. A place without an owner, bound by a post in it, gets one here: an administrator of it who asks.
 */
export async function placesOwnedBy(desk: Desk, id: number, edition: Edition): Promise<Subscriber[]> {
  const owners = await listAllOwners(desk);
  const ownerless = (await placeSlots(desk.store)).filter((slot) => !owners.has(slot));
  await Promise.all(
    (await someLive(desk, ownerless)).map(async (place) => {
      if (await seemsManager(desk, id, place.chat)) {
        await addOwner(desk, place, id, edition);
        owners.set(place.slot, [{ id, edition }]);
      }
    }),
  );
  const own = await loadSlots(desk, ownedBy(id, owners));
  return own.filter((place) => place !== undefined).filter(({ chat }) => isPlace(chat));
}

/** With how many places the person's number is kept. */
export const countOwned = async (desk: Shelf, id: number): Promise<number> =>
  ownedBy(id, await listAllOwners(desk)).length;

/** Has a place's card wait for a person who cannot be written to yet, for a day. */
export const keepCardFor = (desk: Desk, person: number, place: Chat): Promise<void> =>
  addWaitingCard(desk, person, place, desk.clock.now());

/** The places whose cards wait for the person; they wait no longer. */
export const cardsFor = (desk: Desk, person: number): Promise<readonly Chat[]> =>
  takeWaitingCards(desk, person);

/** The name of a place in buttons and links for one person. */
export const handleFor = (desk: Desk, person: number, place: Chat): string => desk.seal.handle(person, place);

/** The place that a person's handle names; undefined: it is not theirs, or nobody's. */
export const placeBehind = (desk: Desk, person: number, handle: string): Chat | undefined =>
  desk.seal.openHandle(person, handle);

/** The "person" of links that any administrator of the place may follow. */
export const ANYBODY = 0;
