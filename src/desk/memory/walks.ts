/**
 * Corrections whose walk over the chats has begun in this process. A message that was composed before and is settled
 * behind the walk would keep the old words.
 */
import type { Bounded } from '../../bounded.ts';
import type { Story } from '../../news/story.ts';

/** The revision that walks, by story. Of so many stories; nothing is under way for as long as half of them take. */
export type Walks = Bounded<string, number>;
export const MOST_WALKS = 1000;

/** Whether a newer revision than this one may have passed the chats by. */
export const isOvertaken = (walks: Walks, { id, revision }: Story): boolean =>
  (walks.get(id) ?? revision) > revision;
