/** One visit to one chat: what is pending for it becomes at most one message, and the cursor moves after the answer. */
import { decide, decided, holdOf, isFor, type Pending, type Plan } from '../../news/audience.ts';
import type { Edition } from '../../news/edition.ts';
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import type { Claim, SealedClaim } from '../../store/cursors.ts';
import { oweEdit } from '../../store/corrections.ts';
import { messageIds, wereShown } from '../../store/deliveries.ts';
import { isStoreTrouble } from '../../store/redis.ts';
import { eraseMoment } from '../../store/erasures.ts';
import { loadSlots, openRecord } from '../../store/subscribers.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
import { HOUR, SECOND } from '../../time.ts';
import { compose, type Composed, markOn, type SendVisit, shownAs } from './compose.ts';
import { sendForm } from '../articles.ts';
import type { Desk } from '../desk.ts';
import { heldFate } from '../trace.ts';
import { countFate, doubt, undoubted } from './repeats.ts';
import { type Ending, oweCorrections, writeEnd, untilWritten, standBack, unchanged } from './release.ts';
import { hasUrgent } from './paid.ts';
import { isGrounded, sending } from '../memory/flights.ts';
import { rememberShown, shownLately } from '../memory/shown.ts';
import { noteReached } from '../memory/losses.ts';
import { pinUrgent } from '../chats/pin.ts';
import { refused } from './refused.ts';
import { removeNow } from '../chats/remove.ts';
import { findMessage } from './arrived.ts';
import { isFirstOfAll, noteContact, type Round } from './queue-state.ts';
import { caughtUp } from '../chats/subscribe.ts';
import { isOvertaken } from '../memory/walks.ts';

/** Result of a visit's look: nothing that costs a turn, or a message to send. */
export type Prepared = Ending | SendVisit;

/** Makes a plan of all that waits for a chat, as of `now` (ms), or ends the visit. */
type Judge = (
  desk: Desk,
  subscriber: Subscriber,
  claimed: Claim,
  pending: readonly Pending[],
) => { readonly do: 'plan'; readonly now: number; readonly plan: Plan } | (Ending & { do: 'settle' });

const anew: Judge = (desk, subscriber, claimed, pending) => {
  if (subscriber.state !== 'active') return unchanged(claimed, Number.POSITIVE_INFINITY);
  const now = desk.clock.now();
  const spacing = desk.telegram.pace.chatWait(subscriber.chat.id);
  if (spacing > 0) return unchanged(claimed, now + spacing);
  return { do: 'plan', now, plan: decide(subscriber, pending, now, claimed.heldUntil) };
};

/** Finds what the chat was being sent when its visit broke off, as far as that can be told now. */
export const again: Judge = (desk, subscriber, claimed, pending) => {
  const now = claimed.at || desk.clock.now();
  return { do: 'plan', now, plan: decided(subscriber, pending, { ...claimed, at: now }) };
};

/** Decides what the chat gets. Costs no call to Telegram. */
export async function prepare(
  desk: Desk,
  round: Round,
  claimed: SealedClaim,
  judge: Judge = anew,
): Promise<Prepared> {
  const subscriber = openRecord(desk.seal, claimed.slot, claimed.record);
  const { edition } = subscriber.settings;
  if (edition !== claimed.edition) return { do: 'elsewhere', edition };
  // First of all: until a chat that has to wait is looked at again, nobody may know any more what Redis has lost.
  const look = await lookFor(desk, round, claimed, isPlace(subscriber.chat));
  if (look.do === 'settle') return look;
  const judged = judge(desk, subscriber, claimed, look.pending);
  if (judged.do === 'settle') return judged;
  const { plan } = judged;
  traceLeftOut(desk, subscriber, look.pending, { ...judged, heldUntil: claimed.heldUntil });
  if (plan.do === 'hold') return unchanged(claimed, plan.until);
  const most = round.restrictions.get(claimed.slot)?.most;
  const composed = plan.do === 'send' ? await compose(desk, subscriber, plan, most) : undefined;
  if (plan.do === 'send' && composed) return { do: 'send', subscriber, plan, composed };
  round.restrictions.delete(claimed.slot);
  return { do: 'settle', end: { cursor: claimed.head, notBefore: 0, ahead: false, ownSequence: false } };
}

/** News that the chat has not been shown yet, or the end of the visit that first writes down again what Redis has lost. */
type Look = { readonly do: 'plan'; readonly pending: readonly Pending[] } | (Ending & { do: 'settle' });

/** Leaves out what the chat was shown ahead of its turn, or before Redis lost that, and what Telegram will not have there. */
async function lookFor(desk: Desk, round: Round, claimed: Claim, inPlace: boolean): Promise<Look> {
  const { slot, edition, cursor } = claimed;
  const pending = await round.window.pending(edition, cursor, claimed.head);
  const names = pending.flatMap((item) => namesOf(item, edition));
  const lately = shownLately(desk.memory.shown, slot, desk.clock.ticks()).filter(({ sent }) =>
    sent.shows.some((name) => names.includes(name)),
  );
  const without = round.restrictions.get(slot)?.without;
  const isAgain = pending.some((item) => item.kind === 'story' && item.again);
  if (!claimed.ahead && !isAgain && !without && lately.length === 0) return { do: 'plan', pending };
  const isShown = await wereShown(desk, slot, names, inPlace);
  const shown = new Set(names.filter((_, index) => isShown[index]));
  const lost = lately.find(({ sent }) => sent.shows.some((name) => names.includes(name) && !shown.has(name)));
  if (lost) {
    const { sent, ownSequence } = lost;
    return { do: 'settle', end: { cursor, notBefore: 0, ahead: true, sent, ownSequence } };
  }
  return {
    do: 'plan',
    pending: pending.filter(
      (item) => !without?.has(shownAs(item)) && !namesOf(item, edition).some((name) => shown.has(name)),
    ),
  };
}

/** An earlier version, which may have served the chat meanwhile, knows an announcement by its number. */
const namesOf = (item: Pending, edition: Edition): string[] =>
  item.kind === 'story' ? [shownAs(item)] : [shownAs(item), `${edition}${item.seq}`];

/** A chat whose record does not open or whose message cannot be made must not delay the others. */
export async function prepareSafely(
  desk: Desk,
  round: Round,
  claimed: SealedClaim,
  judge = anew,
): Promise<Prepared> {
  try {
    return await prepare(desk, round, claimed, judge);
  } catch (error) {
    if (isStoreTrouble(error)) return unchanged(claimed, 0);
    desk.log.error({ err: error }, 'a chat could not be prepared for, it is set aside for an hour');
    return unchanged(claimed, desk.clock.now() + HOUR);
  }
}

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
      const sent = await undoubted(desk, round, visit, search, outcome.result.message_id);
      return messageArrived(desk, round, claimed, visit, sent, began);
    }
    case 'unknown': {
      const unheard = { ...search, sentAt: desk.clock.now(), highest, others: sending(desk.memory.flights) };
      const finding = await findMessage(desk, subscriber, unheard);
      if (finding.found !== 'later') noteContact(round, true);
      // It stays in flight, and is looked for again as what broke off is.
      if (finding.found === 'later') return;
      if (finding.found === 'there') {
        countFate(desk, composed, 'found');
        return messageArrived(desk, round, claimed, visit, finding.messageId, began, 'found');
      }
      await doubt(desk, round, visit, finding, highest);
      return standBack(desk, claimed, SECOND);
    }
    case 'wait':
      return standBack(desk, claimed, outcome.ms);
    case 'unreached':
      return standBack(desk, claimed, Math.min(SECOND * 2 ** Math.min(round.unreached, 5), 30 * SECOND));
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
  how: 'sent' | 'found' = 'sent',
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
  // Nobody knows here whither the walks of the process that delivers now have come.
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
  how: 'sent' | 'found',
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
    ownSequence,
  });
  // One that was found may be of the process that delivers now, or Redis has lost that it was on its way.
  const stays =
    ours ||
    (how === 'found' &&
      (await isStillRead(desk, claimed, chat)) &&
      !(await isShownBy(desk, claimed.slot, sent)));
  // Forgotten or unsubscribed while the message was on its way, or told by another one since: it must not stay behind.
  if (!stays) return untilWritten(desk, () => removeNow(desk, chat, [messageId]));
  rememberShown(desk.memory.shown, { slot: claimed.slot, sent, ownSequence }, desk.clock.ticks());
  if (!ours) return;
  await oweNewerWords(desk, claimed, composed);
  if (subscriber.note === 'missed' && !rest) await caughtUp(desk, chat);
  await pinUrgent(desk, subscriber, messageId, composed.items);
}

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

/** A correction may have passed this chat by while the message was on its way with the old words. */
async function oweNewerWords(desk: Desk, { slot }: Claim, { items }: Composed): Promise<void> {
  for (const item of items) {
    if (item.kind !== 'story' || !isOvertaken(desk.memory.walks, item.story)) continue;
    await untilWritten(desk, () => oweEdit(desk.store, { slot, story: item.story.id }));
  }
}

/** Counts what the visit leaves out: for good once the cursor passes it, or because of the hour. */
function traceLeftOut(
  desk: Desk,
  subscriber: Subscriber,
  pending: readonly Pending[],
  { plan, now, heldUntil }: { readonly plan: Plan; readonly now: number; readonly heldUntil: number },
): void {
  if (plan.do === 'send' && (plan.more || plan.items.length === pending.length)) return;
  const stories = pending.filter((item) => item.kind === 'story');
  const wanted = stories.filter((item) => isFor(subscriber, item));
  if (plan.do === 'hold') {
    const hold = holdOf(subscriber.settings, wanted[0]?.at, now, heldUntil);
    // A chat that was held already has the ordinary ones counted.
    const fresh = heldUntil > 0 ? wanted.filter(({ urgent }) => urgent) : wanted;
    for (const { story } of fresh) desk.trace.count(story.id, hold ? heldFate(hold) : 'held');
    return;
  }
  for (const item of stories) if (!wanted.includes(item)) desk.trace.count(item.story.id, 'filtered');
}
