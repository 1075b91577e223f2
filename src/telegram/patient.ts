/** Patience with Telegram: a call that may be repeated is made again until the answer is final or the time is over. */
import { type Clock, doubling, MINUTE, SECOND } from '../time.ts';
import type { Outcome } from './outcome.ts';

export interface Patience {
  /** No try begins later than this after the first, ms. Default a minute: a reset and most waits are over by then. */
  readonly forMs?: number;
  /** Rest after the first try that did not get through, doubled after each further one, ms. Default 200. */
  readonly restMs?: number;
  /** Ends the rests; the last outcome is answered. */
  readonly signal?: AbortSignal;
}

/** No rest of ours is longer, so that the end of an outage is noticed soon; what Telegram names is kept to whole. */
const LONGEST_REST_MS = 30 * SECOND;

/** The last outcome: `done`, `refused`, or why there is neither yet. `call` must do no harm when it is repeated. */
export async function patiently<T>(
  clock: Clock,
  call: () => Promise<Outcome<T>>,
  { forMs = MINUTE, restMs = 200, signal }: Patience = {},
): Promise<Outcome<T>> {
  const deadline = clock.ticks() + forMs;
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await call();
    if (outcome.kind === 'done' || outcome.kind === 'refused' || signal?.aborted) return outcome;
    const rest = outcome.kind === 'wait' ? outcome.ms : doubling(restMs, attempt, LONGEST_REST_MS);
    if (clock.ticks() + rest > deadline) return outcome;
    await clock.sleep(rest, signal);
    if (signal?.aborted) return outcome;
  }
}
