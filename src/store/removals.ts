/** Messages that must go although their chat is forgotten. */
import type { Chat } from '../news/subscriber.ts';
import { SECOND } from '../time.ts';
import { dueList } from './due-list.ts';
import type { Store } from './redis.ts';
import { SEALED_AS } from './sealed.ts';

export interface Removal {
  readonly id: string;
  readonly chat: Chat;
  /** Up to 100 message ids. */
  readonly ids: readonly number[];
  /** Instead of them, or with them: what the bot wrote in this private chat after this message. */
  readonly after?: number;
  /** Only those of which nobody has heard by then that they stand in the chat. */
  readonly unheard?: true;
  /** The process that wrote it down. */
  readonly by?: string;
  /** Not before this moment, ms. */
  readonly due: number;
  /** Telegram refuses after this moment, ms. */
  readonly until: number;
}

/** One size, so that it does not tell how many messages a chat had. */
export const removals = dueList<Removal>('removals', SEALED_AS.removal, [2048]);

/** Longer than a call to Telegram takes; a removal whose taker died is due again after this. */
const TAKEN_MS = 20 * SECOND;

/** Takes a removal that is due, right before it is carried out. False: it is done, or somebody else's. */
export async function claimRemoval(store: Store, id: string, now: number): Promise<boolean> {
  const { removalsDue } = store.keys;
  return (
    (await store.run('claim-removal', [removalsDue], [id, Math.ceil(now), Math.ceil(now + TAKEN_MS)])) === 1
  );
}
