/** A map that forgets: what was neither written nor read for longest goes first, never everything at once. */
export interface Bounded<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  clear(): void;
  /** All that it holds, in no order; it counts as no use. */
  entries(): Iterable<[K, V]>;
}

/**
 * Holds at most `most` entries, and surely the last `most / 2` that were used. Two generations instead of an order of use:
 * a read costs one or two look-ups and moves nothing while the entry is young.
 */
export function bounded<K, V>(most: number): Bounded<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  const set = (key: K, value: V): void => {
    if (young.size >= Math.max(1, Math.floor(most / 2)) && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get(key) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const aged = old.get(key);
      if (aged !== undefined) set(key, aged);
      return aged;
    },
    set,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
    clear() {
      young = new Map();
      old = new Map();
    },
    entries: () => new Map([...old, ...young]),
  };
}

/** A map of any kind: what is bounded, or kept as long as its key. */
interface Kept<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** The value of `key`, made when it is first asked for. */
export function remembered<K, V>(kept: Kept<K, V>, key: K, make: (key: K) => V): V {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  kept.set(key, made);
  return made;
}
