/** Visits under way at once, watched so that there are never too many and none is left behind. */
export interface Visits {
  readonly size: number;
  /** Watches a visit; it must not reject. */
  add(visit: Promise<void>): void;
  /** Resolves when fewer than `count` are under way. */
  fewerThan(count: number): Promise<void>;
}

export function createVisits(): Visits {
  let size = 0;
  let waiting: { count: number; wake: () => void } | undefined;
  return {
    get size() {
      return size;
    },
    add(visit) {
      size += 1;
      void visit.finally(() => {
        size -= 1;
        if (waiting && size < waiting.count) waiting.wake();
      });
    },
    async fewerThan(count) {
      while (size >= count) {
        await new Promise<void>((wake) => {
          waiting = { count, wake };
        });
        waiting = undefined;
      }
    },
  };
}
