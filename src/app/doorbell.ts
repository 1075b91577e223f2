/** The newsroom rings when it has published something: whoever reads the sources then comes at once. */
import { EDITIONS, type Edition } from '../news/edition.ts';
import { type Clock, SECOND } from '../time.ts';

/** Rings closer together are one: a second look follows after this, ms. */
const APART_MS = SECOND;

/** `taken`: the sources are looked at now, or within a second; `elsewhere`: another process reads them. */
export type Rung = 'taken' | 'elsewhere';

export interface Doorbell {
  /** For one edition, or for all. */
  ring(edition?: Edition): Rung;
  /** `come` is called for the rings of an edition until `signal` aborts. */
  answer(edition: Edition, come: () => void, signal: AbortSignal): void;
}

export function createDoorbell(clock: Clock): Doorbell {
  const bells = new Map(EDITIONS.map((edition) => [edition, createBell(clock)]));
  return {
    ring(edition) {
      const rung = [...bells].filter(([one]) => edition === undefined || one === edition);
      return rung.map(([, bell]) => bell.ring()).includes('taken') ? 'taken' : 'elsewhere';
    },
    answer: (edition, come, signal) => bells.get(edition)?.answer(come, signal),
  };
}

function createBell(clock: Clock) {
  let answering: (() => void) | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let isDue = false;
  const go = () => {
    lastAt = clock.ticks();
    answering?.();
  };
  const goLater = async (ms: number): Promise<void> => {
    isDue = true;
    await clock.sleep(ms);
    isDue = false;
    go();
  };
  return {
    ring(): Rung {
      if (!answering) return 'elsewhere';
      const wait = lastAt + APART_MS - clock.ticks();
      if (wait <= 0) go();
      else if (!isDue) void goLater(wait);
      return 'taken';
    },
    answer(come: () => void, signal: AbortSignal): void {
      answering = come;
      const leave = () => void (answering === come && (answering = undefined));
      signal.addEventListener('abort', leave, { once: true });
    },
  };
}
