/** One visit to one chat: its message goes out, and the cursor moves after the answer. */
import { type Chat, isPlace } from '../../news/subscriber.ts';
import type { Claim } from '../../store/cursors.ts';
import { oweEdit } from '../../store/corrections.ts';
import { isRetracted, messageIds } from '../../store/deliveries.ts';
import { eraseMoment } from '../../store/erasures.ts';
import { loadSlots } from '../../store/subscribers.ts';
import type { Arrival, VisitEnd } from '../../store/visit-ends.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
import { doubling, SECOND } from '../../time.ts';
import { type Composed, markOn, type SendVisit, shownAs } from './compose.ts';
import { sendForm } from '../articles.ts';
import type { Desk } from '../desk.ts';
import { countFate, seekUnheard, undoubted } from './repeats.ts';
import { oweCorrections, writeEnd, untilWritten, standBack } from './release.ts';
import { hasUrgent } from './paid.ts';
import { isGrounded } from '../memory/flights.ts';
import { rememberShown } from '../memory/shown.ts';
import { noteReached } from '../memory/losses.ts';
import { pinUrgent } from '../chats/pin.ts';
import { refused } from './refused.ts';
import { removeNow } from '../chats/remove.ts';
import { noteMessages } from '../letters/notes.ts';
import { isFirstOfAll, noteContact, type Round } from './queue-state.ts';
import { caughtUp } from '../chats/subscribe.ts';

/** Sends what was prepared and settles the visit; whatever happens, the chat stays in the queue or leaves it for good. */
export async function carryOutVisit(
  desk: Desk,
  round: Round,
  claimed: Claim,
  visit: SendVisit,
): Promise<void> {
  const { subscriber, composed } = visit;
  const { message } = composed;
  // The chat was forgotten, or another process delivers now and looks for what is in flight.
  const isStopped = (): boolean => isGrounded(desk.memory.flights, claimed) || round.lost.aborted;
  const search = { message, sentAt: desk.clock.now(), isStopped };
  const began = desk.clock.ticks();
  const { highest } = desk.telegram.sequence;
  const how = { mayCost: hasUrgent(composed), isStopped };
  const outcome = await sendForm(desk, subscriber.chat, message, how);
  if (outcome.kind === 'unreached' && isStopped()) return;
  desk.status.sends.inc({ outcome: outcome.kind });
  noteContact(round, outcome.kind !== 'unreached' && outcome.kind !== 'unknown');
  switch (outcome.kind) {
    case 'done': {
      const { message_id: ours } = outcome.result;
      const stays = round.doubted.has(claimed.slot)
        ? await undoubted(desk, round, visit, search, ours)
        : ours;
      return await messageArrived(
        desk,
        round,
        claimed,
        visit,
        stays,
        began,
        stays === ours ? 'sent' : 'found',
      );
    }
    case 'unknown': {
      const unheard = { ...search, sentAt: desk.clock.now(), highest, others: desk.memory.flights.sending };
      const found = await seekUnheard(desk, round, visit, unheard);
      // It stays in flight, and is looked for again as what broke off is.
      if (found === 'later') return;
      if (found === 'absent') return standBack(desk, claimed, SECOND);
      return messageArrived(desk, round, claimed, visit, found, began, 'found');
    }
    case 'wait':
      return standBack(desk, claimed, outcome.ms);
    case 'unreached':
      return standBack(desk, claimed, doubling(SECOND, round.unreached, 30 * SECOND));
    case 'refused':
      return refused(desk, round, claimed, visit, outcome);
  }
}

async function messageArrived(
  desk: Desk,
  round: Round,
  claimed: Claim,
  visit: SendVisit,
  messageId: number,
  began: number,
  how: Arrival,
): Promise<void> {
  const { composed } = visit;
  const now = desk.clock.now();
  desk.status.sendSeconds.observe((desk.clock.ticks() - began) / SECOND);
  countFate(desk, composed, 'sent');
  const [first] = composed.items;
  if (first && isFirstOfAll(round, `${claimed.edition}${first.seq}`)) {
    desk.status.firstMessageSeconds.observe((now - first.at) / SECOND);
  }
  round.disbelieved.delete(claimed.slot);
  noteReached(desk.memory.losses, claimed.slot);
  if (!leavesRest(visit)) round.restrictions.delete(claimed.slot);
  await recordShown(desk, claimed, visit, messageId, how);
  // The walks of the process that delivers now are not known here.
  if (round.lost.aborted) await oweCorrections(desk, claimed.slot, showsOf(composed));
  // Going on by itself is told once a message has proved it, and has been written down.
  if (desk.memory.halted.get(claimed.slot) !== undefined) await desk.onTrouble(visit.subscriber, 'back');
  desk.memory.halted.delete(claimed.slot);
}

/** The names of what a message shows, and a mark on the words of each story among them. */
const showsOf = ({ items }: Composed) => ({
  shows: items.map(shownAs),
  words: items.map((item) => (item.kind === 'story' ? markOn(item.story) : '')),
});

/** The message does not show all of its plan. */
const isPart = ({ plan, composed }: SendVisit): boolean => composed.items.length < plan.items.length;

/** Something that the chat wants stays pending behind the message. */
const leavesRest = (visit: SendVisit): boolean => visit.plan.more || isPart(visit);

/** Settles a visit whose message stands in the chat. */
export async function recordShown(
  desk: Desk,
  claimed: Claim,
  visit: SendVisit,
  messageId: number,
  how: Arrival,
): Promise<void> {
  const { subscriber, plan, composed } = visit;
  const { chat, settings } = subscriber;
  const now = desk.clock.now();
  const rest = leavesRest(visit);
  const follows = now + desk.telegram.pace.chatWait(chat.id);
  const sent = {
    messageId,
    ...showsOf(composed),
    eraseAt: settings.keep ? eraseMoment(now, settings.keep) : 0,
    isPlace: isPlace(chat),
  };
  const ownSequence = hasOwnSequence(chat);
  const ours = await writeEnd(desk, claimed, {
    cursor: rest ? claimed.cursor : claimed.head,
    notBefore: rest ? ((isPart(visit) ? undefined : plan.until) ?? follows) : 0,
    ahead: rest,
    sent,
    how,
    ownSequence,
  });
  // One that was found may be of the process that delivers now, or Redis has lost that it was on its way.
  const stays = ours || (how === 'found' && (await mayStay(desk, claimed, chat, sent)));
  // Forgotten or unsubscribed while the message was on its way, or told by another one since: it must not stay behind.
  if (!stays) return untilWritten(desk, () => removeNow(desk, chat, [messageId]));
  rememberShown(desk.memory.shown, { slot: claimed.slot, sent, ownSequence }, desk.clock.ticks());
  // The process that delivers now may not know of it; whoever empties the chat has to.
  if (!ours) return noteMessages(desk, chat, [messageId]);
  for (const story of outdatedIn(desk, composed))
    await untilWritten(desk, () => oweEdit(desk.store, { slot: claimed.slot, story }));
  if (subscriber.note === 'missed' && !rest) await caughtUp(desk, chat);
  if (hasUrgent(composed)) await pinUrgent(desk, subscriber, messageId);
}

/** Whether a message that was found may stay although its claim is no longer ours. */
const mayStay = async (
  desk: Desk,
  claimed: Claim,
  chat: Chat,
  sent: NonNullable<VisitEnd['sent']>,
): Promise<boolean> =>
  (await isStillRead(desk, claimed, chat)) &&
  !(await untilWritten(desk, () => isRetracted(desk, claimed.slot, sent.messageId))) &&
  !(await isShownBy(desk, claimed.slot, sent));

/** Whether the chat still gets the news of the edition in which it was visited. */
async function isStillRead(desk: Desk, claimed: Claim, { id, thread }: Chat): Promise<boolean> {
  const [now] = await untilWritten(desk, () => loadSlots(desk, [claimed.slot]));
  if (!now || isGrounded(desk.memory.flights, claimed)) return false;
  const { chat, settings, state } = now;
  return chat.id === id && chat.thread === thread && settings.edition === claimed.edition && state !== 'idle';
}

/** Whether another message is known to show the chat some of the same. */
async function isShownBy(
  desk: Desk,
  slot: number,
  { shows, messageId }: { readonly shows: readonly string[]; readonly messageId: number },
): Promise<boolean> {
  const known = await untilWritten(desk, () => messageIds(desk, slot, shows));
  return known.some((id) => id !== undefined && id !== messageId);
}

/** Stories that a correction may not reach in this message: its walk began while that was on its way with the old words. */
const outdatedIn = ({ memory: { walks } }: Desk, { items }: Composed): string[] =>
  items.flatMap((item) =>
    item.kind === 'story' && (walks.get(item.story.id) ?? 0) > item.story.revision ? [item.story.id] : [],
  );
