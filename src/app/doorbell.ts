/** The newsroom rings when it has published something: whoever reads the sources then comes at once. */
import { type Clock, SECOND } from '../time.ts';

/** Rings closer together are one: a second look follows after this, ms. */
const APART_MS = SECOND;

/** `taken`: the sources are looked at now, or within a second; `elsewhere`: another process reads them. */
export type Rung = 'taken' | 'elsewhere';

export interface Doorbell {
  ring(): Rung;
  /** `come` is called for rings until `signal` aborts; several may answer. */
  answer(come: () => void, signal: AbortSignal): void;
}

export function createDoorbell(clock: Clock): Doorbell {
  const answering = new Set<() => void>();
  let lastAt = Number.NEGATIVE_INFINITY;
  let isDue = false;
  const go = () => {
    lastAt = clock.ticks();
    for (const come of answering) come();
  };
  const goLater = async (ms: number): Promise<void> => {
    isDue = true;
    await clock.sleep(ms);
    isDue = false;
    go();
  };
  return {
    ring() {
      if (answering.size === 0) return 'elsewhere';
      const wait = lastAt + APART_MS - clock.ticks();
      if (wait <= 0) go();
      else if (!isDue) void goLater(wait);
      return 'taken';
    },
    answer(come, signal) {
      answering.add(come);
      signal.addEventListener('abort', () => answering.delete(come), { once: true });
    },
  };
}
