/** One correction in one message of one chat. */
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import { blamesContent, type Outcome } from '../../telegram/outcome.ts';
import { patiently } from '../../telegram/patient.ts';
import { SECOND } from '../../time.ts';
import { editForm } from '../articles.ts';
import { unpinWithdrawn } from '../chats/pin.ts';
import type { Desk } from '../desk.ts';
import { type Edit, redrawn } from './redraw.ts';

/** A chat that does not take its edit within this, or whose own pace lets none in for so long, is given it later. */
const PATIENCE_MS = 5 * SECOND;
const PACE_MS = SECOND;

/** Edits the correction in. False: the chat does not take it now. */
export async function editIn(
  desk: Desk,
  edit: Edit,
  subscriber: Subscriber,
  messageId: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { chat } = subscriber;
  const ownPace = () => desk.telegram.pace.chatWait(chat.id, 'edit');
  if (ownPace() > PACE_MS) return false;
  const message = await redrawn(desk, edit, subscriber, messageId);
  if (!message) return true;
  // An edit may be repeated: it ends in the same text.
  const call = async (): Promise<Outcome<unknown>> => {
    const ms = ownPace();
    return ms > 0 ? { kind: 'wait', ms } : editForm(desk, chat, messageId, message);
  };
  const outcome = await patiently(desk.clock, call, { forMs: PATIENCE_MS, restMs: SECOND / 2, signal });
  desk.status.edits.inc({ outcome: outcome.kind === 'refused' ? outcome.why : outcome.kind });
  if (outcome.kind === 'refused') return isFinal(subscriber, outcome);
  if (outcome.kind !== 'done') return false;
  desk.trace.count(edit.story.id, 'edited');
  await unpinWithdrawn(desk, subscriber, messageId, edit.story);
  return true;
}

/**
 * Whether the message itself is what is refused. What is said in words that nobody knows may pass. That the chat is not
 * there, or not the bot's, may pass or be a mistake; a channel that has taken the right to post away does not let the bot's
 * own posts be edited either.
 */
const isFinal = ({ chat }: Subscriber, outcome: Extract<Outcome<unknown>, { kind: 'refused' }>): boolean => {
  const { why } = outcome;
  if (why === 'content') return blamesContent(outcome);
  return ['not_modified', 'not_found', 'stale'].includes(why) || (why === 'not_ours' && !isPlace(chat));
};
