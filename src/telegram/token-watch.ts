/**
 * How long it is believed that a refused token is a mistake of Telegram's: good tokens do get single 401s and 404s, and after
 * a move between servers 404s for a while.
 */
import { PozirkError } from '../errors.ts';
import { type Clock, HOUR, MINUTE } from '../time.ts';
import type { Outcome } from './outcome.ts';

/** A token that is refused for so long is not good any more. */
const PATIENCE_MS = HOUR;

/**
 * Is to see each answer. Tells what to tell operators where Telegram refuses the token.
 * Throws `telegram.unauthorized` once it has been refused for `patienceMs`, with nothing good between.
 */
export type TokenWatch = (outcome: Outcome<unknown>) => string | undefined;

/** @param patienceMs default an hour. */
export function createTokenWatch(clock: Clock, patienceMs = PATIENCE_MS): TokenWatch {
  let since: number | undefined;
  return (outcome) => {
    if (outcome.kind === 'done') since = undefined;
    if (outcome.kind !== 'unreached' || outcome.deaf !== 'unauthorized') return undefined;
    since ??= clock.ticks();
    const left = since + patienceMs - clock.ticks();
    if (left <= 0)
      throw new PozirkError('telegram.unauthorized', 'Telegram refuses the token: check BOT_TOKEN');
    const minutes = Math.ceil(left / MINUTE);
    return `Telegram refuses the token: look in @BotFather; the bot gives up in ${minutes} minutes`;
  };
}
