/** The newsroom rings when it has published something: whoever reads the sources then comes at once. */
import { type Clock, SECOND } from '../time.ts';

/** Rings closer together are one: a second look follows after this, ms. */
const APART_MS = SECOND;

/** `taken`: the sources are looked at now, or within a second; `elsewhere`: another process reads them. */
export type Rung = 'taken' | 'elsewhere';

export interface Doorbell {
  ring(): Rung;
  /** `come` is called for rings until `signal` aborts. */
  answer(come: () => void, signal: AbortSignal): void;
}

export function createDoorbell(clock: Clock): Doorbell {
  let come: (() => void) | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let isDue = false;
  const go = () => {
    lastAt = clock.ticks();
    come?.();
  };
  const goLater = async (ms: number): Promise<void> => {
    isDue = true;
    await clock.sleep(ms);
    isDue = false;
    go();
  };
  return {
    ring() {
      if (!come) return 'elsewhere';
      const wait = lastAt + APART_MS - clock.ticks();
      if (wait <= 0) go();
      else if (!isDue) void goLater(wait);
      return 'taken';
    },
    answer(by, signal) {
      come = by;
      signal.addEventListener('abort', () => (come = undefined), { once: true });
    },
  };
}
