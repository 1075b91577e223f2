/** Where Redis cannot be used, for whatever reason of its own: how that is told, and what goes on without it. */
import { isStoreTrouble, refusalOf } from '../store/redis.ts';
import type { Desk } from './desk.ts';
import { noteRefusal } from './memory/refusal.ts';

/** Whether `error` says that Redis cannot be used now. */
export const isOutOfUse = ({ store }: Pick<Desk, 'store'>, error: unknown): boolean =>
  isStoreTrouble(error) || refusalOf(store, error) !== undefined;

/** As `isOutOfUse`; where Redis refuses, operators are told with what words. */
export function noteTrouble(desk: Desk, error: unknown): boolean {
  const refusal = refusalOf(desk.store, error);
  if (refusal) noteRefusal(desk.memory.refusal, refusal, desk.clock.ticks());
  return refusal !== undefined || isStoreTrouble(error);
}

/** Takes a step; what is worth more than Redis goes on with `otherwise` while that cannot be used. */
export async function unlessOutOfUse<T>(
  desk: Pick<Desk, 'store'>,
  step: () => Promise<T>,
  otherwise: () => T,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isOutOfUse(desk, error)) throw error;
    return otherwise();
  }
}
