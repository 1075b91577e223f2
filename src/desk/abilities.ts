/**
 * Abilities of Telegram's server: somebody's own server may be years older than Telegram's. Found out by asking, and
 * believed for an hour.
 */
import { HOUR, SECOND } from '../time.ts';
import type { Desk } from './desk.ts';
import type { Ability } from './memory/memory.ts';

/** Until when (ms) what was found out is believed. */
const BELIEVED_MS = HOUR;

/** Undefined: nobody knows yet, or no more. */
export function knownAbility({ memory, clock }: Desk, ability: Ability): boolean | undefined {
  const known = memory.abilities.get(ability);
  return known && known.until > clock.ticks() ? known.has : undefined;
}

export function noteAbility({ memory, clock }: Desk, ability: Ability, has: boolean): void {
  memory.abilities.set(ability, { has, until: clock.ticks() + BELIEVED_MS });
}

/**
 * Whether messages for one member can be sent. A server that does not know them would post for all to see, without a
 * word: so it is asked for a method that came with them, about a message that cannot be.
 */
export async function knowsEphemeral(desk: Desk, chatId: number): Promise<boolean> {
  const known = knownAbility(desk, 'ephemeral');
  if (known !== undefined) return known;
  const params = { chat_id: chatId, receiver_user_id: 1, ephemeral_message_id: 1 };
  const outcome = await desk.telegram.call('deleteEphemeralMessage', params, 3 * SECOND);
  if (outcome.kind !== 'done' && outcome.kind !== 'refused') return false;
  const has = outcome.kind === 'done' || outcome.code === 400 || outcome.code === 403;
  noteAbility(desk, 'ephemeral', has);
  return has;
}
