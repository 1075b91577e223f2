/** One correction in one message of one chat. */
import type { Message } from '../../news/message.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import { hashOf } from '../../source/links.ts';
import { blamesContent, type Outcome } from '../../telegram/outcome.ts';
import { patiently } from '../../telegram/patient.ts';
import { SECOND } from '../../time.ts';
import { editForm } from '../articles.ts';
import { unpinWithdrawn } from '../chats/pin.ts';
import type { Desk } from '../desk.ts';
import { messageName } from '../memory/looks.ts';
import { LANDING_MS } from './arrived.ts';
import { type Edit, redrawn } from './redraw.ts';

/** A chat that does not take its edit within this, or whose own pace lets none in for so long, is given it later. */
const PATIENCE_MS = 5 * SECOND;
const PACE_MS = SECOND;

/**
 * Edits the correction in. False: the chat does not take it now. An earlier edit of the message that is under way, or may still
 * be carried out, shows its other stories as they were: it would undo this one, which comes behind it.
 */
export async function editIn(
  desk: Desk,
  edit: Edit,
  subscriber: Subscriber,
  messageId: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { landing } = desk.memory;
  const place = messageName(subscriber.slot, messageId);
  if (ownPace(desk, subscriber) > PACE_MS || (landing.get(place) ?? 0) > desk.clock.ticks())
    // Of a correction that is owed nobody knows any more whether it changes what the chat is shown.
    return edit.before !== undefined && (await redrawn(desk, edit, subscriber, messageId)) === undefined;
  landing.set(place, Number.POSITIVE_INFINITY);
  let given: Given = 'later';
  try {
    const message = await redrawn(desk, edit, subscriber, messageId);
    given = message ? await giveLook(desk, subscriber, messageId, message, signal) : 'needless';
  } finally {
    landing.set(place, given === 'doubted' ? desk.clock.ticks() + LANDING_MS : 0);
  }
  if (given !== 'given') return given === 'needless';
  desk.trace.count(edit.story.id, 'edited');
  await unpinWithdrawn(desk, subscriber, messageId, edit.story);
  return true;
}

/** `doubted`: a try of the edit was not answered, and may be carried out after all others. */
type Given = 'given' | 'needless' | 'later' | 'doubted';

async function giveLook(
  desk: Desk,
  subscriber: Subscriber,
  messageId: number,
  message: Message,
  signal: AbortSignal,
): Promise<Given> {
  const { edited } = desk.memory;
  const place = messageName(subscriber.slot, messageId);
  const look = hashOf(JSON.stringify([subscriber.chat.id, message]));
  // The correction of another story of the message has shown this one too.
  if (edited.get(place) === look) return 'given';
  // Until there is an answer nobody knows what it shows.
  edited.delete(place);
  const { outcome, isDoubted } = await editTo(desk, subscriber, messageId, message, signal);
  if (isDoubted) return 'doubted';
  if (outcome.kind === 'done' || (outcome.kind === 'refused' && outcome.why === 'not_modified')) {
    edited.set(place, look);
    return 'given';
  }
  return outcome.kind === 'refused' && isFinal(subscriber, outcome) ? 'needless' : 'later';
}

const ownPace = (desk: Desk, { chat }: Subscriber): number => desk.telegram.pace.chatWait(chat.id, 'edit');

/** An edit may be repeated: it ends in the same text. `isDoubted`: one of its tries was not answered. */
async function editTo(
  desk: Desk,
  subscriber: Subscriber,
  messageId: number,
  message: Message,
  signal: AbortSignal,
): Promise<{ readonly outcome: Outcome<unknown>; readonly isDoubted: boolean }> {
  let isDoubted = false;
  const call = async (): Promise<Outcome<unknown>> => {
    const ms = ownPace(desk, subscriber);
    if (ms > 0) return { kind: 'wait', ms };
    const outcome = await editForm(desk, subscriber.chat, messageId, message);
    isDoubted ||= outcome.kind === 'unknown';
    return outcome;
  };
  const outcome = await patiently(desk.clock, call, { forMs: PATIENCE_MS, restMs: SECOND / 2, signal });
  desk.status.edits.inc({ outcome: outcome.kind === 'refused' ? outcome.why : outcome.kind });
  return { outcome, isDoubted };
}

/**
 * Whether the message itself is what is refused. What is said in words that nobody knows may pass. That the chat is not
 * there, or not the bot's, may pass or be a mistake; a channel that has taken the right to post away does not let the bot's
 * own posts be edited either.
 */
const isFinal = ({ chat }: Subscriber, outcome: Extract<Outcome<unknown>, { kind: 'refused' }>): boolean => {
  const { why } = outcome;
  if (why === 'content') return blamesContent(outcome);
  return ['not_found', 'stale'].includes(why) || (why === 'not_ours' && !isPlace(chat));
};
