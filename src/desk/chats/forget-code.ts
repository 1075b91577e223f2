/** A reader's code for the operator: made in the chat, carried out on the operator's word. */
import { randomInt } from 'node:crypto';
import { LIMITS } from '../../limits.ts';
import { readCode, writeCode } from '../../news/forget-code.ts';
import { type Chat, isPlace } from '../../news/subscriber.ts';
import { loadChat, loadSlots, saveChat } from '../../store/subscribers.ts';
import { HOUR } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { forgetChat } from './erase.ts';

/**
 * Draws a new code for a person who is subscribed; an earlier one is void from now on. Only the sealed record has it.
 * Undefined: there is no such record.
 */
export async function drawCode(desk: Desk, chat: Chat): Promise<string | undefined> {
  const known = await loadChat(desk, chat);
  if (!known || isPlace(chat) || known.state === 'idle') return undefined;
  const secret = randomInt(1, 2 ** 32);
  const saved = await saveChat(desk, { ...known, code: secret }, { to: 'stay' }, desk.clock.now(), known);
  if (saved === 'overtaken') return drawCode(desk, chat);
  return saved === 'saved' ? writeCode({ slot: known.slot, secret }) : undefined;
}

/**
 * Forgets the chat that `text` is the code of, as `/forget` typed in it would, but without a last word: whoever holds the
 * phone now is told nothing. `operator`: the chat in which it was typed; wrong codes stop nobody else.
 */
export async function forgetByCode(
  desk: Desk,
  operator: Chat,
  text: string,
): Promise<'forgotten' | 'unknown' | 'too-many'> {
  const { wrongCodes } = desk.memory;
  const now = desk.clock.ticks();
  const lately = (wrongCodes.get(operator.id) ?? []).filter((at) => at > now - HOUR);
  if (lately.length >= LIMITS.wrongCodes) {
    desk.telegram.pace.bites.bite('wrongCodes');
    return 'too-many';
  }
  const code = readCode(text);
  const [known] = code ? await loadSlots(desk, [code.slot]) : [];
  if (!code || known?.code !== code.secret) {
    wrongCodes.set(operator.id, [...lately, now]);
    return 'unknown';
  }
  await forgetChat(desk, known.chat, []);
  return 'forgotten';
}
