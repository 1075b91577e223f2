/**
 * Corrections whose walk over the chats has begun in this process. A message that was composed before and is settled
 * behind the walk would keep the old words.
 */
import type { Bounded } from '../../bounded.ts';
import type { Story } from '../../news/story.ts';

/** A walk over one block of slots. */
export interface Walk {
  readonly revision: number;
  readonly block: number;
  /** Slots that have the revision, or are owed it: after a trouble the walk goes on behind them. */
  readonly done: Set<number>;
}

/** By story. Of so many stories; nothing is under way for as long as half of them take. */
export type Walks = Bounded<string, Walk>;
export const MOST_WALKS = 1000;

/** The walk over `block`: a new one, or that which a trouble cut short. Called before the first chat is looked at. */
export function beginWalk(walks: Walks, { id, revision }: Story, block: number): Walk {
  const known = walks.get(id);
  if (known?.revision === revision && known.block === block) return known;
  const walk = { revision, block, done: new Set<number>() };
  walks.set(id, walk);
  return walk;
}

/** Whether a newer revision than this one may have passed the chats by. */
export const isOvertaken = (walks: Walks, { id, revision }: Story): boolean =>
  (walks.get(id)?.revision ?? revision) > revision;
