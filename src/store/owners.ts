/**
 * Owners, who set a place up: kept so that they can be told when it needs them, and find it in `/channels`. Nothing leads from a
 * person to their places but the key: a list is sealed, has always the same size, and goes with its place.
 */
import { unlessCorrupt } from '../errors.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import type { Chat } from '../news/subscriber.ts';
import { DAY } from '../time.ts';
import { keysLike } from './scan.ts';
import { openJson, ownersSealedAs, SEALED_AS, sealJson } from './sealed.ts';
import type { Shelf } from './shelf.ts';

export interface Owner {
  readonly id: number;
  /** Language of their Telegram when they were last seen, for who has no chat of their own with settings. */
  readonly edition: Edition;
}

/** Owners of one place; the one who did least lately makes room. */
export const MOST_OWNERS = 8;
const OWNER_BYTES = 8;

export async function listOwners(shelf: Shelf, slot: number): Promise<Owner[]> {
  return ownersIn(shelf, slot, await readOwners(shelf, slot));
}

export async function listAllOwners(shelf: Shelf): Promise<Map<number, Owner[]>> {
  const all = await shelf.store.redis.hgetallBuffer(shelf.store.keys.owners);
  return new Map(
    Object.entries(all).map(([slot, sealed]) => [Number(slot), ownersIn(shelf, Number(slot), sealed)]),
  );
}

const readOwners = ({ store }: Shelf, slot: number): Promise<Buffer | null> =>
  store.redis.hgetBuffer(store.keys.owners, String(slot));

/** Nobody where a list does not open: one that somebody else wrote must not keep everybody from being forgotten. */
const ownersIn = ({ seal }: Shelf, slot: number, sealed: Buffer | null): Owner[] =>
  unlessCorrupt(() => (sealed ? decode(seal.open(ownersSealedAs(slot), sealed)) : []), []);

/** Changes a list in one step; of two at once the second sees the first's. `change`: undefined leaves it. An empty list goes away. */
export async function changeOwners(
  shelf: Shelf,
  slot: number,
  change: (owners: readonly Owner[]) => readonly Owner[] | undefined,
): Promise<void> {
  const { store, seal } = shelf;
  for (;;) {
    const before = await readOwners(shelf, slot);
    const owners = change(ownersIn(shelf, slot, before));
    if (!owners) return;
    const sealed = owners.length === 0 ? '' : seal.seal(ownersSealedAs(slot), encode(owners));
    const done = await store.run('save-owners', [store.keys.owners], [slot, sealed, before ?? '']);
    if (done === 1) return;
  }
}

export const saveOwners = (shelf: Shelf, slot: number, owners: readonly Owner[]): Promise<void> =>
  changeOwners(shelf, slot, () => owners);

export const withoutOwner =
  (id: number) =>
  (owners: readonly Owner[]): readonly Owner[] | undefined =>
    owners.some((owner) => owner.id === id) ? owners.filter((owner) => owner.id !== id) : undefined;

function encode(owners: readonly Owner[]): Buffer {
  const bytes = Buffer.alloc(MOST_OWNERS * OWNER_BYTES);
  for (const [index, { id, edition }] of owners.slice(0, MOST_OWNERS).entries()) {
    bytes.writeBigInt64BE(BigInt(id) * 4n + BigInt(EDITIONS.indexOf(edition)), index * OWNER_BYTES);
  }
  return bytes;
}

function decode(bytes: Buffer): Owner[] {
  const owners: Owner[] = [];
  for (let at = 0; at < bytes.length; at += OWNER_BYTES) {
    const value = bytes.readBigInt64BE(at);
    const edition = EDITIONS[Number(value & 3n)];
    if (value > 0n && edition) owners.push({ id: Number(value >> 2n), edition });
  }
  return owners;
}

/** A card waits for its person to start the bot until the end of the next day: a lifetime from now on would tell when. */
const CARD_DAYS = 2;
const MOST_CARDS = 5;
/** Room for the most cards with the longest numbers, so that all have one size. */
const CARDS_BYTES = 512;

interface WaitingCards {
  /** Without it a new key could not find the name under which the person will look. */
  readonly person: number;
  readonly places: readonly Chat[];
}

/** Under the key that seals first; during a rotation, under the other one as well. */
const cardKeys = ({ store, seal }: Shelf, person: number): string[] =>
  seal.refs({ id: person }).map(({ bucket, field }) => store.keys.card(`${bucket}.${field}`));

const sealCards = ({ seal }: Shelf, waiting: WaitingCards): Buffer =>
  sealJson(seal, SEALED_AS.cards, waiting, [CARDS_BYTES]);

const openCards = ({ seal }: Shelf, sealed: Buffer): WaitingCards | undefined =>
  openJson(seal, SEALED_AS.cards, sealed);

/** Has the card of `place` wait for a person who cannot be written to yet. */
export async function addWaitingCard(shelf: Shelf, person: number, place: Chat, now: number): Promise<void> {
  const others = (await waitingCards(shelf, person)).filter(
    ({ id, thread }) => id !== place.id || thread !== place.thread,
  );
  const [key = ''] = cardKeys(shelf, person);
  const sealed = sealCards(shelf, { person, places: [...others, place].slice(-MOST_CARDS) });
  const end = (Math.floor(now / DAY) + CARD_DAYS) * DAY;
  await shelf.store.redis.set(key, sealed, 'PX', Math.ceil(end - now));
}

/** The cards that wait for a person, once: they do not wait any more. */
export async function takeWaitingCards(shelf: Shelf, person: number): Promise<readonly Chat[]> {
  const places = await waitingCards(shelf, person);
  if (places.length > 0) await shelf.store.redis.del(...cardKeys(shelf, person));
  return places;
}

async function waitingCards(shelf: Shelf, person: number): Promise<readonly Chat[]> {
  for (const key of cardKeys(shelf, person)) {
    const sealed = await shelf.store.redis.getBuffer(key);
    const waiting = sealed && openCards(shelf, sealed);
    // Under another's name it was put there by somebody who wants to see whose place that is.
    if (waiting?.person === person) return waiting.places;
  }
  return [];
}

/** Seals waiting cards again that are under the other key, in a rotation; answers how many there were. */
export async function resealCards(shelf: Shelf): Promise<number> {
  const { store, seal } = shelf;
  let changed = 0;
  // All keys of Redis pass by, which takes less time than the records do; a list of cards would outlive them.
  for await (const keys of keysLike(store, store.keys.card('*'))) {
    for (const key of keys) {
      const sealed = await store.redis.getBuffer(key);
      if (!sealed || !seal.isPrevious(SEALED_AS.cards, sealed)) continue;
      const waiting = openCards(shelf, sealed);
      if (!waiting) continue;
      const [now = ''] = cardKeys(shelf, waiting.person);
      await store.run('reseal-card', [key, now], [sealed, sealCards(shelf, waiting)]);
      changed += 1;
    }
  }
  return changed;
}
