/** Where Redis cannot be used, for whatever reason of its own: how that is told, and what goes on without it. */
import { isStoreTrouble, refusalOf, type Store } from '../store/redis.ts';
import { type Clock, SECOND } from '../time.ts';
import type { Memory } from './memory/memory.ts';

/** The part of a desk that trouble concerns. */
interface Troubled {
  readonly store: Store;
  readonly clock: Clock;
  readonly memory: Pick<Memory, 'refusal'>;
}

/** Whether `error` says that Redis cannot be used now. */
export const isOutOfUse = ({ store }: Pick<Troubled, 'store'>, error: unknown): boolean =>
  isStoreTrouble(error) || refusalOf(store, error) !== undefined;

/** As `isOutOfUse`; where Redis refuses, operators are told with what words. */
export function noteTrouble(desk: Troubled, error: unknown): boolean {
  const refusal = refusalOf(desk.store, error);
  if (refusal) Object.assign(desk.memory.refusal, { words: refusal.message, at: desk.clock.ticks() });
  return refusal !== undefined || isStoreTrouble(error);
}

/** A refused command is tried again within a few seconds; unheard of for this long it has passed. */
const LASTS_MS = 10 * SECOND;

/** The words with which Redis refuses; undefined: nothing was refused lately. */
export const lastingRefusal = ({ memory: { refusal }, clock }: Troubled): string | undefined =>
  clock.ticks() - refusal.at < LASTS_MS ? refusal.words : undefined;

/** Takes a step; undefined where Redis cannot be used: what is worth more goes on without it. */
export async function unlessOutOfUse<T>(
  desk: Pick<Troubled, 'store'>,
  step: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!isOutOfUse(desk, error)) throw error;
    return undefined;
  }
}

/** Whether Redis says that it took a step; without an answer it may have. */
export const isTaken = async (
  desk: Pick<Troubled, 'store'>,
  step: () => Promise<unknown>,
): Promise<boolean> => (await unlessOutOfUse(desk, () => step().then(() => true))) ?? false;
