/** A group that refuses may have a slow mode, which no update tells: it is asked, seldom, and obeyed. */
import { bounded } from '../bounded.ts';
import { LIMITS } from '../limits.ts';
import { type Clock, SECOND } from '../time.ts';
import type { Caller } from './call.ts';
import type { Pace } from './pace.ts';

/** Groups of which is remembered that they were asked. */
const MOST_ASKED = 2000;

/** The answer looks at one group, by its id. */
export function slowModes(
  call: Caller['call'],
  { clock, pace }: { readonly clock: Clock; readonly pace: Pace },
): (chatId: number) => Promise<void> {
  const asked = bounded<number, number>(MOST_ASKED, LIMITS.slowMode);
  return async (chatId) => {
    const now = clock.ticks();
    if (now - (asked.get(chatId) ?? Number.NEGATIVE_INFINITY) < LIMITS.slowMode) return;
    asked.set(chatId, now);
    const outcome = await call<{ slow_mode_delay?: number }>('getChat', { chat_id: chatId });
    const seconds = outcome.kind === 'done' ? outcome.result.slow_mode_delay : undefined;
    if (seconds !== undefined && seconds > 0) pace.slow(chatId, seconds * SECOND);
  };
}
