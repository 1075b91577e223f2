/** A code that stands only on the terminal of who runs the bot: who first brings it to the bot is its operator. */
import { randomBytes } from 'node:crypto';
import { type Clock, HOUR } from '../time.ts';

/** It is opened at once; later it is nobody's. Wrong ones do not use it up, or anybody could; a guess hits one in 2⁶⁴. */
const LIVES_MS = HOUR;
/** How somebody was admitted: for ever, or until the next start because the settings could not be written. */
export type Admitted = 'kept' | 'for now';

export type OperatorCode = ReturnType<typeof createOperatorCode>;

/** @param keep writes the new operator into the settings; throws where it cannot. */
export function createOperatorCode(clock: Clock, adminIds: number[], keep: (chatId: number) => void) {
  const code = randomBytes(8).toString('hex');
  const until = clock.ticks() + LIVES_MS;
  let isUsed = false;
  return {
    code,
    /** Undefined: that is not the code, or it is used up. */
    take: (given: string, chatId: number): Admitted | undefined => {
      if (isUsed || given !== code || clock.ticks() > until) return undefined;
      isUsed = true;
      adminIds.push(chatId);
      try {
        keep(chatId);
        return 'kept';
      } catch {
        return 'for now';
      }
    },
  };
}
