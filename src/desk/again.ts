/** Work that is done over and over, however often Redis is away meanwhile. */
import { isStoreTrouble } from '../store/redis.ts';
import type { Clock } from '../time.ts';

interface Work {
  /** Rest between two passes. */
  readonly everyMs: number;
  /** Rest after a pass that failed, where it is another one. */
  readonly retryMs?: number;
  /** True: there is more, no rest is needed. */
  readonly pass: () => Promise<boolean | void>;
  /** Told each error but trouble of Redis, which passes. */
  readonly failed: (error: unknown) => void;
}

/** Runs until `signal` aborts. */
export async function again(clock: Clock, signal: AbortSignal, work: Work): Promise<void> {
  const { everyMs, retryMs = everyMs, pass, failed } = work;
  while (!signal.aborted) {
    try {
      if (!(await pass())) await clock.sleep(everyMs, signal);
    } catch (error) {
      if (!isStoreTrouble(error)) failed(error);
      await clock.sleep(retryMs, signal);
    }
  }
}
