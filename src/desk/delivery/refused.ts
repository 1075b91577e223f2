/** Telegram will not have a message in a chat: the right thing ends or pauses, and nothing is lost in silence. */
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import type { Claim } from '../../store/cursors.ts';
import { blamesContent, type Outcome } from '../../telegram/outcome.ts';
import { MINUTE } from '../../time.ts';
import { isThere, mayPost } from '../chats/permission.ts';
import type { Desk } from '../desk.ts';
import { hasHeld, isHeld, noteRefused } from '../memory/losses.ts';
import { standBack } from './release.ts';
import { countFate } from './repeats.ts';
import { isBelieved, type Round } from './queue-state.ts';
import { chatLost, moveChat, pauseChat, resumeChat } from '../chats/subscribe.ts';
import { type SendVisit, shownAs } from './compose.ts';

/** Where Telegram may be mistaken, the chat is tried again after this long. */
const DISBELIEF_REST_MS = MINUTE;

/** Ends a visit whose message was refused. `migratedTo`: the supergroup's id, for `migrated`. */
export async function refused(
  desk: Desk,
  round: Round,
  claimed: Claim,
  visit: SendVisit,
  outcome: Extract<Outcome<unknown>, { kind: 'refused' }>,
): Promise<void> {
  const { why, migratedTo } = outcome;
  const { subscriber, composed } = visit;
  const { chat } = subscriber;
  desk.status.refusals.inc({ reason: why });
  countFate(desk, composed, `refused:${why}`);
  switch (why) {
    case 'blocked':
    case 'gone':
    case 'removed':
      return perhapsLost(desk, claimed, subscriber);
    case 'migrated':
      await standBack(desk, claimed, 0);
      return moveChat(desk, chat.id, migratedTo ?? chat.id);
    case 'topic':
      // In a busy forum Telegram sometimes does not find a topic that is there.
      if (!isBelieved(round, claimed.slot, desk.clock.now())) break;
      return halt(desk, claimed, subscriber, why);
    case 'topic_closed':
      return halt(desk, claimed, subscriber, why);
    case 'rights':
      if (!isPlace(chat)) break;
      return withoutRights(desk, round, claimed, subscriber);
    case 'unpaid':
      break;
    case 'content':
      // A bulletin is only halved; a story by itself is left out for good.
      if (
        composed.items.length === 1 &&
        !blamesContent(outcome) &&
        !isBelieved(round, claimed.slot, desk.clock.now())
      )
        break;
      return leaveOut(desk, round, claimed, visit);
    case 'not_found':
    case 'not_modified':
    case 'not_ours':
    case 'stale':
    case 'other':
      if (!isBelieved(round, claimed.slot, desk.clock.now())) break;
      return leaveOut(desk, round, claimed, visit);
  }
  return standBack(desk, claimed, DISBELIEF_REST_MS);
}

/**
 * Telegram says that the chat is not there. It is lost once that has held for a while and another call says so too, unless
 * too many are said to be lost; until then its news waits, and each visit asks again.
 */
async function perhapsLost(desk: Desk, claimed: Claim, { slot, chat }: Subscriber): Promise<void> {
  const { losses } = desk.memory;
  const now = desk.clock.now();
  const rest = noteRefused(losses, slot, now);
  await standBack(desk, claimed, rest);
  if (!hasHeld(losses, slot, now) || isHeld(losses, now)) return;
  if ((await isThere(desk, chat)) !== false) return;
  losses.refused.delete(slot);
  await chatLost(desk, chat);
}

/**
 * Refused in every form: the chat must not be stuck behind it. A bulletin is halved until the one story is found that is
 * left out; what else is pending still comes.
 */
async function leaveOut(desk: Desk, round: Round, claimed: Claim, { composed }: SendVisit): Promise<void> {
  const { items } = composed;
  const isOne = items.length === 1;
  const { without = [], most = Number.POSITIVE_INFINITY } = round.restrictions.get(claimed.slot) ?? {};
  round.restrictions.set(claimed.slot, {
    without: new Set([...without, ...(isOne ? items.map(shownAs) : [])]),
    most: isOne ? most : Math.floor(items.length / 2),
  });
  await standBack(desk, claimed, 0);
}

/**
 * The right to post is gone. It may come back while its loss is being told of, and the update that says so finds a place
 * that is not paused yet: so Telegram is asked once more after the pause. Where it says that the bot may post although it
 * refuses that, some minutes pass before the refusal is believed.
 */
async function withoutRights(
  desk: Desk,
  round: Round,
  claimed: Claim,
  subscriber: Subscriber,
): Promise<void> {
  const { chat } = subscriber;
  const may = await mayPost(desk, chat);
  if (may === true && !isBelieved(round, claimed.slot, desk.clock.now()))
    return standBack(desk, claimed, DISBELIEF_REST_MS);
  await halt(desk, claimed, subscriber, 'rights');
  if (may === false && (await mayPost(desk, chat)) === true) await resumeChat(desk, chat);
}

/** Pauses a place that cannot be posted to; its owner is told first, so that a kill in between tells twice, not never. */
async function halt(
  desk: Desk,
  claimed: Claim,
  subscriber: Subscriber,
  why: 'rights' | 'topic' | 'topic_closed',
): Promise<void> {
  await standBack(desk, claimed, MINUTE);
  // Where it goes on by itself and is refused again, its owner knows already.
  const { halted } = desk.memory;
  if (isPlace(subscriber.chat) && halted.get(subscriber.slot) !== why) await desk.onTrouble(subscriber, why);
  halted.set(subscriber.slot, why);
  await pauseChat(desk, subscriber.chat, why === 'rights' ? 'rights' : 'topic');
}
