/** Sealed values that belong to no slot: the number under which each kind is, sizes that tell little, and a new key for it. */
import type { Seal } from './seal.ts';
import type { Shelf } from './shelf.ts';

/** In place of a slot: no slot and no list of owners has one of these numbers. Stored data stay under theirs. */
export const SEALED_AS = {
  removal: 0,
  handover: 0xfffffffc,
  update: 0xfffffffd,
  letter: 0xfffffffe,
  /** The number of letters too, whose length is another. */
  veil: 0xfffffffe,
  cards: 0xffffffff,
} as const;

export type SealedAs = (typeof SEALED_AS)[keyof typeof SEALED_AS];

/** Lists of owners are sealed under another number than the record of their place, so that one never opens as the other. */
export const ownersSealedAs = (slot: number): number => (slot | 0x80000000) >>> 0;

/** Seals a value, filled up to the first of `sizes` (bytes) that holds it, so that a dump tells no more of its length. */
export function sealJson(seal: Seal, as: SealedAs, value: unknown, sizes: readonly number[]): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const plain = Buffer.alloc(sizes.find((size) => size >= json.length) ?? json.length, ' ');
  json.copy(plain);
  return seal.seal(as, plain);
}

/** Undefined: there is nothing, no key opens it, or it is something else. */
export function openJson<T>(seal: Seal, as: SealedAs, sealed: Buffer | null | undefined): T | undefined {
  try {
    return sealed ? (JSON.parse(seal.open(as, sealed).toString()) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Seals removals, letters, updates and owners again in a rotation; answers how many were not yet under the present key. */
export async function resealApart(shelf: Shelf): Promise<number> {
  const { removals, letters, inbox, owners } = shelf.store.keys;
  return (
    (await resealFields(shelf, removals, () => SEALED_AS.removal)) +
    (await resealFields(shelf, letters, () => SEALED_AS.letter)) +
    (await resealFields(shelf, inbox, () => SEALED_AS.update)) +
    (await resealFields(shelf, owners, (slot) => ownersSealedAs(Number(slot))))
  );
}

/** Fields read at once: a whole inbox would fill the memory. */
const AT_ONCE = 100;

async function resealFields(
  { store, seal }: Shelf,
  key: string,
  numberOf: (field: string) => number,
): Promise<number> {
  let changed = 0;
  let cursor = '0';
  do {
    const [next, page] = await store.redis.hscanBuffer(key, cursor, 'COUNT', AT_ONCE);
    cursor = next.toString();
    for (let at = 0; at < page.length; at += 2) {
      const [field, sealed] = page.slice(at, at + 2) as [Buffer, Buffer];
      const as = numberOf(field.toString());
      if (!seal.isPrevious(as, sealed)) continue;
      await store.run('swap-field', [key], [field, sealed, seal.seal(as, seal.open(as, sealed))]);
      changed += 1;
    }
  } while (cursor !== '0');
  return changed;
}
