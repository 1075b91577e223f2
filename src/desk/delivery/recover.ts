/**
 * Settles visits that nobody is on: what the last owner had in flight, and what broke off with the connection to Redis or to
 * Telegram. Each message is looked for, and where it is not there the chat waits again.
 */
import { EDITIONS } from '../../news/edition.ts';
import { type Claim, flightOf, inFlight, lastGiven, withRecord } from '../../store/cursors.ts';
import { liftLog } from '../../store/logs.ts';
import { roundedUp } from '../../status.ts';
import type { Desk } from '../desk.ts';
import { airborne, board, isGrounded, land, visitId } from '../memory/flights.ts';
import { atOnce } from '../at-once.ts';
import { isOutage, noteContact, type Round } from './queue-state.ts';
import { close, standBack } from './release.ts';
import { seekUnheard } from './repeats.ts';
import { again, prepareSafely } from './prepare.ts';
import { recordShown } from './visit.ts';

/** Messages that are looked for at once: each question takes a turn that the news of others could have. */
const AT_ONCE = 8;

export function createRecovery(desk: Desk, round: Round) {
  let running: Promise<void> | undefined;
  return {
    /** Begins to settle what broke off, beside the visits; while an earlier look is at it, nothing more is begun. */
    async look(signal: AbortSignal): Promise<void> {
      if (running) return;
      for (const edition of EDITIONS) {
        const given = await lastGiven(desk.store, edition);
        if (given > (await round.window.refresh(edition)))
          await liftLog(desk, edition, given, desk.clock.now());
      }
      const ours = airborne(desk.memory.flights);
      const left = (await inFlight(desk.store)).filter((claimed) => !ours.has(visitId(claimed)));
      if (left.length === 0) return;
      desk.log.info({ flight: roundedUp(left.length) }, 'resolving visits that broke off');
      running = recover(desk, round, left, signal).finally(() => (running = undefined));
    },
    /** Resolves when nothing is being settled. */
    over: async () => running,
  };
}

async function recover(desk: Desk, round: Round, left: readonly Claim[], signal: AbortSignal): Promise<void> {
  let begun = 0;
  const one = async (claimed: Claim): Promise<void> => {
    // In an outage one tries, and the others are looked for again later.
    if (begun > 0 && isOutage(round)) return;
    begun += 1;
    board(desk.memory.flights, claimed);
    await recoverOne(desk, round, claimed, left.length)
      .catch((error: unknown) => desk.log.error({ err: error }, 'a visit could not be recovered'))
      .then(() => land(desk.memory.flights, claimed));
  };
  await atOnce(left, AT_ONCE, one, signal);
}

async function recoverOne(desk: Desk, round: Round, claimed: Claim, others: number): Promise<void> {
  const { slot } = claimed;
  const flight = await flightOf(desk.store, slot);
  // It waited for its turn: the slot may be another chat's by now.
  if (flight?.claimId !== claimed.claimId) return;
  const sealed = await withRecord(desk.store, claimed);
  if (!sealed) return;
  const prepared = await prepareSafely(desk, round, sealed, again);
  if (prepared.do !== 'send') return close(desk, claimed, prepared);
  const found = await seekUnheard(desk, round, prepared, {
    message: prepared.composed.message,
    sentAt: claimed.at,
    isStopped: () => isGrounded(desk.memory.flights, claimed) || round.lost.aborted,
    highest: claimed.highest,
    others,
  });
  if (found === 'later') return noteContact(round, false);
  if (found === 'absent') return standBack(desk, claimed, 0);
  return recordShown(desk, claimed, prepared, found, 'found');
}
