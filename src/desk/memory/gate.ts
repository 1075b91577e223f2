/**
 * A gate through which only so many go at once. Who waits before it is let in as turns of answers are shared, and gives up as
 * those do: what is not worth its cost is not begun.
 */
import { LIMITS } from '../../limits.ts';
import type { Asker } from '../../telegram/askers.ts';
import { createLanes } from '../../telegram/lanes.ts';
import type { Clock } from '../../time.ts';

export type Gate = ReturnType<typeof newGate>;

/** `inside`: let in and not out yet. */
export const newGate = (most: number) => ({ inside: 0, most, waiting: createLanes(LIMITS.atGate) });

/** Resolves when the asker may begin, with what tells that it is over; undefined where too many wait, or it took too long. */
export async function enter(gate: Gate, clock: Clock, asker: Asker): Promise<(() => void) | undefined> {
  const now = clock.ticks();
  const over = new AbortController();
  const until = asker.patient ? {} : { until: now + LIMITS.gate };
  const isIn = await new Promise<boolean>((grant) => {
    gate.waiting.add({ lane: 'answer', asker, ...until, grant }, now);
    letIn(gate, now);
    // Nobody may come or go for longer than it waits.
    if (until.until) void clock.sleep(LIMITS.gate + 1, over.signal).then(() => letIn(gate, clock.ticks()));
  });
  over.abort();
  if (!isIn) return undefined;
  return () => {
    gate.inside -= 1;
    letIn(gate, clock.ticks());
  };
}

function letIn(gate: Gate, now: number): void {
  gate.waiting.giveUpLate(now);
  while (gate.inside < gate.most && gate.waiting.grantNext(now)) gate.inside += 1;
}
