/** People's requests in a fair order: what they cost is shared as the turns of answers are. */
import { LIMITS } from '../limits.ts';
import { isPlace, type Subscriber } from '../news/subscriber.ts';
import { SLOT_BLOCK } from '../store/keys.ts';
import type { Asker } from '../telegram/askers.ts';
import type { Desk } from './desk.ts';
import { enter } from './memory/gate.ts';
import type { AtGate } from './memory/memory.ts';

/**
 * The account that caused something and, of a person who reads the news, their standing: slots are given out in blocks.
 * Whoever came of late has none, for slots that were given back are taken again: accounts that forget and subscribe in turns
 * would stand as if they had read for long. Anybody can own any number of groups.
 */
export function askerFor(desk: Desk, account: number, subscriber: Subscriber | undefined): Asker {
  if (subscriber?.state !== 'active') return { account, reads: false };
  if (isPlace(subscriber.chat) || isNewcomer(desk, subscriber)) return { account, reads: true };
  return { account, reads: true, standing: Math.floor(subscriber.slot / SLOT_BLOCK) };
}

function isNewcomer({ memory, clock }: Desk, { slot }: Subscriber): boolean {
  const since = memory.newcomers.get(slot);
  return since !== undefined && clock.ticks() - since < LIMITS.newcomer;
}

/** At which gate an asker waits. */
export const gateOf = ({ standing }: Asker): AtGate => (standing === undefined ? 'stranger' : 'reader');

/** Resolves when the asker's request may be worked on, with what tells that it is done; undefined: it is left undone. */
export async function beginWork(desk: Desk, asker: Asker): Promise<(() => void) | undefined> {
  const end = await enter(desk.memory.gates[gateOf(asker)].work, desk.clock, asker);
  if (!end) desk.telegram.pace.bites.bite('atWork');
  return end;
}

/**
 * A search through the archive, as `LIMITS.search` has it. Those of strangers leave as much time as they take: whoever
 * waits for news needs Redis too. Undefined: it was not worth waiting for.
 */
export async function searchFor<T>(
  desk: Desk,
  asker: Asker,
  search: () => Promise<T>,
): Promise<T | undefined> {
  const end = await enter(desk.memory.gates[gateOf(asker)].search, desk.clock, asker);
  if (!end) {
    desk.telegram.pace.bites.bite('search');
    return undefined;
  }
  const began = desk.clock.ticks();
  try {
    return await search();
  } finally {
    const took = desk.clock.ticks() - began;
    void desk.clock.sleep(gateOf(asker) === 'reader' ? 0 : took).then(end);
  }
}
