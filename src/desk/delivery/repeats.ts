/** Messages that may have arrived although nobody could tell: each is sent again, and counted or looked into. */
import { addDoubt, endDoubt } from '../../store/deliveries.ts';
import type { Composed, SendVisit } from './compose.ts';
import type { Desk } from '../desk.ts';
import type { Fate } from '../trace.ts';
import { untilWritten } from './release.ts';
import { removeCopy, removeNow } from '../chats/remove.ts';
import { findMessage, findTwin, type Unheard } from './arrived.ts';
import type { Search, SearchResult } from './probe.ts';
import { noteContact, type Round } from './queue-state.ts';

/**
 * The id of a message of which nothing was heard; `later`: Telegram cannot be asked now. `absent`: it will be sent again,
 * although it may have arrived, or may yet: counted, or looked into once the repeat is there.
 */
export async function seekUnheard(
  desk: Desk,
  round: Round,
  { subscriber: { slot, chat }, composed }: SendVisit,
  unheard: Unheard,
): Promise<number | 'absent' | 'later'> {
  const finding = await findMessage(desk, { slot, chat }, unheard);
  if (finding.found === 'later') return 'later';
  noteContact(round, true);
  if (finding.found === 'there') {
    countFate(desk, composed, 'found');
    return finding.messageId;
  }
  await removeCopy(desk, chat, unheard.highest);
  if (finding.found === 'untold' && finding.twin) {
    round.doubted.add(slot);
    await addDoubt(desk.store, slot);
  } else if (finding.found === 'untold') countRepeat(desk, composed);
  return 'absent';
}

function countRepeat(desk: Desk, composed: Composed): void {
  desk.status.repeats.inc();
  countFate(desk, composed, 'repeated');
}

/** Counts what became of each story of a message. */
export function countFate(desk: Desk, { items }: Composed, fate: Fate): void {
  for (const item of items) if (item.kind === 'story') desk.trace.count(item.story.id, fate);
}

/** Times that a twin is looked for where Telegram cannot be asked; each takes as long as `probe` is patient. */
const TWIN_TRIES = 3;

/**
 * Of a chat in doubt the id of the message that stays: where one before it turns out to be the same, or more of them, repeats
 * are taken back.
 */
export async function undoubted(
  desk: Desk,
  round: Round,
  { subscriber: { slot, chat }, composed }: SendVisit,
  search: Search,
  messageId: number,
): Promise<number> {
  round.doubted.delete(slot);
  let stays = messageId;
  let finding: SearchResult;
  let tries = 0;
  do {
    finding = await untilWritten(desk, () => findTwin(desk, { slot, chat }, stays, search));
    if (finding.found === 'later') tries += 1;
    if (finding.found === 'there') {
      const repeat = stays;
      stays = finding.messageId;
      await untilWritten(desk, () => removeNow(desk, chat, [repeat]));
    }
    // Where what was found is a repeat too, another one stands below.
  } while (finding.found === 'there' || (finding.found === 'later' && tries < TWIN_TRIES));
  if (finding.found === 'untold' || finding.found === 'later') countRepeat(desk, composed);
  await untilWritten(desk, () => endDoubt(desk.store, slot));
  return stays;
}
