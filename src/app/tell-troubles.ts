/** A condition that does not hold is logged at once, and told to operators when it lasts. */
import { CONDITION_ENDINGS } from '../conditions.ts';
import type { Desk } from '../desk/desk.ts';
import { reportAlarms } from '../desk/letters/alarms.ts';
import { deliverUnwritten } from '../desk/letters/letters.ts';
import { addAlarms } from '../store/alarms.ts';
import { SECOND } from '../time.ts';

/** A trouble that passes within this time is nobody's. */
const GRACE_MS = 20 * SECOND;

/** Whether this process speaks for the bot. */
export interface Charge {
  /** It serves the readers, or no other is known to: what begins would else be told by nobody. */
  isOurs: boolean;
  /** It serves the readers: what it sees to be over is over. A standby stands on another machine, before another disk. */
  serves: boolean;
}

/** Writes down alarms that were told while that could not be done, for who speaks for the bot now; but not those of a source. */
async function handOver(desk: Desk): Promise<void> {
  for (const [scope, told] of desk.memory.alarms) {
    if (scope.startsWith('source:')) continue;
    await addAlarms(desk, scope, told);
    desk.memory.alarms.delete(scope);
  }
}

/** Runs until `stop` aborts. Alarms of a source say more, and are told by who reads it. */
export async function tellTroubles(desk: Desk, charge: Charge, stop: AbortSignal): Promise<void> {
  const since = new Map<string, number>();
  while (!stop.aborted) {
    const now = desk.clock.ticks();
    const failing = desk.status.conditions.failing();
    for (const { name, why } of failing) {
      if (since.has(name)) continue;
      since.set(name, now);
      desk.log.warn({ reason: name.replace(' ', '_'), detail: why }, 'something does not hold');
    }
    for (const [name, began] of since) {
      if (failing.some((one) => one.name === name)) continue;
      since.delete(name);
      const detail = CONDITION_ENDINGS[name];
      desk.log.info({ reason: name.replace(' ', '_'), detail, ms: now - began }, 'it holds again');
    }
    const lasting = failing
      .filter(({ name }) => !name.startsWith('source ') && now - (since.get(name) ?? now) >= GRACE_MS)
      .map(({ name, why }) => ({ kind: name, words: why }));
    await deliverUnwritten(desk).catch((err: unknown) =>
      desk.log.error({ err }, 'delivering letters failed'),
    );
    const isOver = (name: string) => charge.serves && desk.status.conditions.isSeenToHold(name);
    if (charge.isOurs)
      await reportAlarms(desk, 'bot', lasting, undefined, isOver).catch((err: unknown) =>
        desk.log.error({ err }, 'alarms could not be told'),
      );
    else await handOver(desk).catch(() => undefined);
    await desk.clock.sleep(SECOND, stop);
  }
}
