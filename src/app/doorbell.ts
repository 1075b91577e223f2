/** The newsroom rings when it has published something: whoever reads the sources then comes at once. */
import { addAbortListener } from 'node:events';
import type { Desk } from '../desk/desk.ts';
import type { Rung } from '../http.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { passRing, takeRing } from '../store/rings.ts';
import { type Clock, SECOND } from '../time.ts';

/** Rings closer together are one: a second look follows after this, ms. */
const APART_MS = SECOND;
/** Between two looks at whether another process was rung at. */
const LISTEN_MS = SECOND / 4;

export type Doorbell = ReturnType<typeof createDoorbell>;

export function createDoorbell({ clock, store }: Pick<Desk, 'clock' | 'store'>) {
  const bells = new Map(EDITIONS.map((edition) => [edition, createBell(clock)]));
  return {
    /** For one edition, or for all. */
    async ring(edition?: Edition): Promise<Rung> {
      const rung = edition === undefined ? EDITIONS : [edition];
      const taken = await Promise.all(
        rung.map(async (one) => bells.get(one)?.ring() || passRing(store, one).catch(() => false)),
      );
      return taken.includes(true) ? 'taken' : 'unread';
    },
    /** `come` is called for the rings of an edition until `signal` aborts. */
    answer(edition: Edition, come: () => void, signal: AbortSignal): void {
      bells.get(edition)?.answer(come, signal);
      void hearOthers(edition, signal);
    },
  };

  /** Never rejects. */
  async function hearOthers(edition: Edition, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (await takeRing(store, edition).catch(() => false)) bells.get(edition)?.ring();
      await clock.sleep(LISTEN_MS, signal);
    }
  }
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
    /** False: this process does not read the edition. */
    ring(): boolean {
      if (!answering) return false;
      const wait = lastAt + APART_MS - clock.ticks();
      if (wait <= 0) go();
      else if (!isDue) void goLater(wait);
      return true;
    },
    answer(come: () => void, signal: AbortSignal): void {
      answering = come;
      addAbortListener(signal, () => void (answering === come && (answering = undefined)));
    },
  };
}
