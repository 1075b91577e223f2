/** An answer's turn: it waits for its chat's own pace and for the bot's, and never for ever. */
import { LIMITS } from '../limits.ts';
import { type Clock, SECOND } from '../time.ts';
import type { Writing } from './chat-pace.ts';
import type { Asker } from './askers.ts';
import type { Outcome } from './outcome.ts';
import type { Pace } from './pace.ts';

/** Makes a call once chat and pace have room, within an answer's patience; again where it did not get through, edits also in doubt. */
export async function inTurn<T>(
  { clock, pace }: { readonly clock: Clock; readonly pace: Pace },
  chatId: number,
  what: Writing,
  asker: Asker,
  make: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const isPatient = asker.patient ?? false;
  // In a group a slow mode may last longer than others can wait.
  let deadline = clock.ticks() + LIMITS.patience + (isPatient && chatId > 0 ? LIMITS.everybody : 0);
  for (let restMs = SECOND / 2; ; ) {
    const rest = pace.chatWait(chatId, what);
    if (clock.ticks() + rest > deadline) {
      pace.bites.bite('patience');
      return { kind: 'wait', ms: rest };
    }
    if (rest > 0) {
      await clock.sleep(rest);
      continue;
    }
    const began = clock.ticks();
    if (!(await pace.turn('answer', undefined, asker))) return { kind: 'wait', ms: 0 };
    if (isPatient) deadline += clock.ticks() - began;
    // Somebody else may have written there meanwhile.
    if (pace.chatWait(chatId, what) > 0) {
      pace.giveBack();
      continue;
    }
    const outcome = await make();
    if (outcome.kind === 'wait') continue;
    const mayAgain = outcome.kind === 'unreached' || (outcome.kind === 'unknown' && what === 'edit');
    if (!mayAgain || clock.ticks() + restMs >= deadline) return outcome;
    await clock.sleep(restMs);
    restMs *= 2;
  }
}
