/** A map that forgets: what was neither written nor read for longest goes first, never everything at once but by time. */
export interface Bounded<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  clear(): void;
  /** All that it holds, in no order; it counts as no use. */
  entries(): Iterable<[K, V]>;
}

/** A map that forgets by time too; a turn at `now`, in ticks, makes the young old where it is time. */
interface Timed {
  turn(now: number): void;
}

/** All of this process, as long as somebody holds them. */
const timed = new Set<WeakRef<Timed>>();

/** Lets go what every map has kept for its time. Called each second, for where nothing happens no map is used; `now`: ticks. */
export function letGoOld(now: number): void {
  for (const one of timed) {
    const map = one.deref();
    if (map) map.turn(now);
    else timed.delete(one);
  }
}

/**
 * Holds at most `most` entries, and surely the last `most / 2` that were used, each for `keepMs` after its last use and, as
 * `letGoOld` is called, for no more than twice that. Two generations instead of an order of use: a read costs one or two
 * look-ups, asks no clock and moves nothing while the entry is young.
 */
export function bounded<K, V>(most: number, keepMs = Number.POSITIVE_INFINITY): Bounded<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  let turnedAt = Number.NEGATIVE_INFINITY;
  const age = (): void => {
    old = young;
    young = new Map();
  };
  const set = (key: K, value: V): void => {
    if (young.size >= Math.max(1, Math.floor(most / 2)) && !young.has(key)) age();
    young.set(key, value);
  };
  const map: Bounded<K, V> & Timed = {
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
    turn(now) {
      if (now - turnedAt < keepMs) return;
      turnedAt = now;
      age();
    },
  };
  if (Number.isFinite(keepMs)) timed.add(new WeakRef(map));
  return map;
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
