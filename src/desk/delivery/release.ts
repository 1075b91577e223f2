/** How a visit ends in the queue. Whatever happened, the chat stands in it again or has left it for good. */
import type { Edition } from '../../news/edition.ts';
import { oweEdit } from '../../store/corrections.ts';
import type { Claim } from '../../store/cursors.ts';
import { logHead } from '../../store/logs.ts';
import { getStories } from '../../store/stories.ts';
import { moveInQueue } from '../../store/subscribers.ts';
import { endVisit, type VisitEnd } from '../../store/visit-ends.ts';
import { doubling, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { noteTrouble } from '../trouble.ts';
import { markOn } from './compose.ts';

/** A visit that needs no message: the chat's new place in the queue, or the edition whose queue it belongs to. */
export type Ending =
  | { readonly do: 'settle'; readonly end: VisitEnd }
  | { readonly do: 'elsewhere'; readonly edition: Edition };

/** Ends a visit that needs no message. */
export async function close(desk: Desk, claimed: Claim, ending: Ending): Promise<void> {
  if (ending.do === 'settle') {
    const isOurs = await writeEnd(desk, claimed, ending.end);
    if (isOurs && ending.end.sent) await oweCorrections(desk, claimed.slot, ending.end.sent);
    return;
  }
  const cursor = await logHead(desk.store, ending.edition);
  await moveInQueue(desk.store, claimed.slot, ending.edition, { to: 'resume', cursor, floor: 0 });
}

/** While this process did not know that the chat shows these stories, their corrections may have passed it by. */
export const oweCorrections = (
  desk: Desk,
  slot: number,
  { shows, words }: Pick<NonNullable<VisitEnd['sent']>, 'shows' | 'words'>,
): Promise<void> =>
  untilWritten(desk, async () => {
    for (const [index, story] of (await getStories(desk, shows)).entries())
      if (story && markOn(story) !== words?.[index]) await oweEdit(desk.store, { slot, story: story.id });
  });

/** The chat as it was, not to be visited before the moment `notBefore` (ms); 0: it may be at once. */
export const unchanged = ({ cursor, ahead }: Claim, notBefore: number): Ending & { do: 'settle' } => ({
  do: 'settle',
  end: { cursor, notBefore, ahead, ownSequence: false },
});

/** Puts the chat back as it was, not to be visited for `ms`. */
export const standBack = (desk: Desk, claimed: Claim, ms: number): Promise<void> =>
  close(desk, claimed, unchanged(claimed, ms > 0 ? desk.clock.now() + ms : 0));

/**
 * Settles a visit, however long Redis is away: what Telegram answered is known only here. False: the claim is not ours.
 */
export const writeEnd = (desk: Desk, claimed: Claim, end: VisitEnd): Promise<boolean> =>
  untilWritten(desk, () => endVisit(desk, claimed, end));

/** Writes what is known only here, however long Redis is away. */
export async function untilWritten<T>(desk: Desk, write: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!noteTrouble(desk, error)) throw error;
      desk.status.storeTrouble.inc({ code: 'settle' });
      await desk.clock.sleep(doubling(100, attempt, 2 * SECOND));
    }
  }
}
