/** Chats that are held are not visited for what comes meanwhile, so it is counted for them when it comes. */
import type { Edition } from '../../news/edition.ts';
import { countHeld } from '../../store/cursors.ts';
import { MINUTE } from '../../time.ts';
import type { Desk } from '../desk.ts';
import type { Round } from './queue-state.ts';

/** A chat that is held for less (ms) only keeps the distance between two messages. */
const ASLEEP_MS = MINUTE;

/** Counts what the log has got since the last look as held for those asleep; `head` is its last entry. */
export async function traceAsleep(desk: Desk, round: Round, edition: Edition, head: number): Promise<void> {
  const before = round.heads.get(edition);
  round.heads.set(edition, head);
  if (before === undefined || before === head) return;
  const pending = await round.window.pending(edition, before, head);
  // An urgent one is decided chat by chat.
  const ordinary = pending.flatMap((item) => (item.kind === 'story' && !item.urgent ? [item.story.id] : []));
  if (ordinary.length === 0) return;
  const asleep = await countHeld(desk.store, edition, desk.clock.now() + ASLEEP_MS);
  if (asleep > 0) for (const story of ordinary) desk.trace.count(story, 'held', asleep);
}
