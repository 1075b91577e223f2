/** One visit to one chat: what is pending for it becomes at most one message, and the cursor moves after the answer. */
import { decide, type Pending } from '../news/audience.ts';
import { type Message, simpler } from '../news/message.ts';
import { isPlace, type Subscriber } from '../news/subscriber.ts';
import { type Claim, settle, type SealedClaim, type Settlement } from '../store/cursors.ts';
import { addDoubt, endDoubt, eraseMoment, messageIds } from '../store/deliveries.ts';
import { isStoreTrouble } from '../store/redis.ts';
import { moveInQueue, openRecord } from '../store/subscribers.ts';
import type { Outcome } from '../telegram/outcome.ts';
import { hasOwnSequence } from '../telegram/sequence.ts';
import { MINUTE, SECOND } from '../time.ts';
import { compose, type Composed, type SendPlan, shownAs } from './compose.ts';
import { mayPost } from './bind.ts';
import type { Desk } from './desk.ts';
import { forgetRecord } from './erase.ts';
import { removeNow } from './remove.ts';
import { isGrounded } from './flights.ts';
import { findTwin, resolve } from './resolve.ts';
import { pinUrgent } from './pin.ts';
import { caughtUp, chatLeft, moveChat, pauseChat, resumeChat } from './subscribe.ts';
import type { Window } from './window.ts';

/** What the visits of one owner share. */
export interface Round {
  readonly window: Window;
  /** How many sends are in flight now. */
  flying: number;
  /** Sends in a row that did not reach Telegram. */
  unreached: number;
  /** Slots whose next message may repeat one that arrived; a twin below it tells. */
  readonly doubted: Set<number>;
  /** Refusals that may be mistaken, by slot: how often, and when first (ms). */
  readonly doubtful: Map<number, { readonly times: number; readonly since: number }>;
}

/** In a busy forum Telegram sometimes does not find a topic that is there: believed after so many tries over so long. */
const BELIEF_TRIES = 4;
const BELIEF_MS = 3 * MINUTE;
const DOUBT_REST_MS = MINUTE;

export const newRound = (window: Window): Round => ({
  window,
  flying: 0,
  unreached: 0,
  doubtful: new Map(),
  doubted: new Set(),
});

/** What a visit found to do: nothing that costs a turn, or a message to send. */
export type Prepared =
  | { readonly do: 'settle'; readonly end: Settlement }
  | { readonly do: 'drop' }
  | SendVisit;

export interface SendVisit {
  readonly do: 'send';
  readonly subscriber: Subscriber;
  readonly plan: SendPlan;
  readonly composed: Composed;
}

/** Decides what the chat gets. Costs no call to Telegram. */
export async function prepare(desk: Desk, round: Round, claimed: SealedClaim): Promise<Prepared> {
  const subscriber = openRecord(desk.seal, claimed.slot, claimed.record);
  const { chat } = subscriber;
  const now = desk.clock.now();
  const place = isPlace(chat);
  const stand = (notBefore: number): Prepared => ({
    do: 'settle',
    end: { cursor: claimed.cursor, notBefore, ahead: claimed.ahead, place },
  });
  if (subscriber.state !== 'active' || subscriber.settings.edition !== claimed.edition) return { do: 'drop' };
  const spacing = desk.telegram.pace.chatWait(chat.id);
  if (spacing > 0) return stand(now + spacing);

  const pending = await unshown(desk, round, claimed);
  const plan = decide(subscriber, pending, now, claimed.heldUntil);
  traceFiltered(desk, pending, plan);
  if (plan.do === 'hold') return stand(plan.until);
  const composed = plan.do === 'send' ? await compose(desk, subscriber, plan) : undefined;
  if (plan.do === 'send' && composed) return { do: 'send', subscriber, plan, composed };
  return { do: 'settle', end: { cursor: claimed.head, notBefore: 0, ahead: false, place } };
}

/** What the chat has not been shown yet, less what was sent ahead of its turn. */
async function unshown(desk: Desk, round: Round, claimed: Claim): Promise<readonly Pending[]> {
  const pending = await round.window.pending(claimed.edition, claimed.cursor, claimed.head);
  // An operator can make a story urgent after it was sent: then it stands in the log twice.
  const perhapsShown = claimed.ahead || pending.some((item) => item.kind === 'story' && item.urgent);
  if (!perhapsShown) return pending;
  const ids = await messageIds(
    desk.store,
    claimed.slot,
    pending.map((item) => shownAs(item, claimed.edition)),
  );
  return pending.filter((_, index) => ids[index] === undefined);
}

/** Sends what was prepared and settles the visit; whatever happens, the chat stays in the queue or leaves it for good. */
export async function carryOut(desk: Desk, round: Round, claimed: Claim, prepared: SendVisit): Promise<void> {
  const { subscriber, composed } = prepared;
  let { message } = composed;
  for (;;) {
    if (isGrounded(desk.store, claimed)) return;
    const began = desk.clock.now();
    const { highest } = desk.telegram.sequence;
    const outcome = await desk.telegram.send(subscriber.chat, message);
    desk.status.sends.inc({ outcome: outcome.kind });
    round.unreached = outcome.kind === 'unreached' ? round.unreached + 1 : 0;
    if (outcome.kind === 'done') {
      const messageId = await undoubted(
        desk,
        round,
        claimed.slot,
        subscriber,
        message,
        outcome.result.message_id,
      );
      return shown(desk, round, claimed, prepared, messageId, began);
    }
    if (outcome.kind === 'unknown') {
      const finding = await resolve(desk, subscriber, message, highest, round.flying);
      if (finding.found === 'there') return shown(desk, round, claimed, prepared, finding.messageId, began);
      if (finding.found === 'untold') await doubt(desk, round, claimed.slot, composed, finding.twin);
      return standBack(desk, claimed, subscriber, SECOND);
    }
    if (outcome.kind === 'refused' && outcome.why === 'content') {
      const next = simpler(message);
      desk.log.warn(
        { reason: outcome.why, detail: outcome.description, ...storyOf(composed) },
        next
          ? 'Telegram refused the form of a message, trying a simpler one'
          : 'Telegram refused a message in every form',
      );
      if (next && (await desk.telegram.pace.turn('news'))) {
        message = next;
        continue;
      }
    }
    return refused(desk, round, claimed, prepared, outcome);
  }
}

async function shown(
  desk: Desk,
  round: Round,
  claimed: Claim,
  prepared: SendVisit,
  messageId: number,
  began: number,
): Promise<void> {
  const { composed } = prepared;
  const now = desk.clock.now();
  desk.status.sendSeconds.observe((now - began) / SECOND);
  for (const item of composed.items) {
    if (item.kind === 'story') desk.trace.count(item.story.id, 'sent');
  }
  const [first] = composed.items;
  if (first && firstOfAll(round, `${claimed.edition}${first.seq}`)) {
    desk.status.firstMessageSeconds.observe((now - first.at) / SECOND);
  }
  round.doubtful.delete(claimed.slot);
  await recordShown(desk, claimed, prepared, messageId);
}

/** Settles a visit whose message stands in the chat. */
export async function recordShown(
  desk: Desk,
  claimed: Claim,
  { subscriber, plan, composed }: SendVisit,
  messageId: number,
): Promise<void> {
  const { chat, settings } = subscriber;
  const now = desk.clock.now();
  const isWhole = composed.items.length === plan.items.length;
  const rest = plan.more || !isWhole;
  const follows = now + desk.telegram.pace.chatWait(chat.id);
  const ours = await finish(desk, claimed, {
    cursor: rest ? claimed.cursor : claimed.head,
    notBefore: rest ? ((isWhole ? plan.until : undefined) ?? follows) : 0,
    ahead: rest,
    sent: {
      messageId,
      shows: composed.items.map((item) => shownAs(item, claimed.edition)),
      eraseAt: settings.keep > 0 ? eraseMoment(now, settings.keep) : 0,
    },
    place: hasOwnSequence(chat),
  });
  // Forgotten or unsubscribed while the message was on its way: it must not stay behind.
  if (!ours) {
    await removeNow(desk, chat, [messageId]);
    return;
  }
  if (subscriber.note === 'missed' && !rest) await caughtUp(desk, chat);
  await pinUrgent(desk, subscriber, messageId, composed.items);
}

async function refused(
  desk: Desk,
  round: Round,
  claimed: Claim,
  { subscriber, composed }: SendVisit,
  outcome: Exclude<Outcome<unknown>, { kind: 'done' | 'unknown' }>,
): Promise<void> {
  const { chat } = subscriber;
  const place = isPlace(chat);
  if (outcome.kind === 'wait') return standBack(desk, claimed, subscriber, outcome.ms);
  if (outcome.kind === 'unreached') {
    return standBack(
      desk,
      claimed,
      subscriber,
      Math.min(SECOND * 2 ** Math.min(round.unreached, 5), 30 * SECOND),
    );
  }
  desk.status.refusals.inc({ reason: outcome.why });
  for (const item of composed.items) {
    if (item.kind === 'story') desk.trace.count(item.story.id, `refused:${outcome.why}`);
  }
  switch (outcome.why) {
    case 'blocked':
    case 'gone':
    case 'removed':
      if (!place) return forgetRecord(desk, subscriber);
      await standBack(desk, claimed, subscriber, 0);
      return chatLeft(desk, chat);
    case 'migrated':
      await standBack(desk, claimed, subscriber, 0);
      return moveChat(desk, chat.id, outcome.migratedTo ?? chat.id);
    case 'topic':
      if (!isBelieved(desk, round, claimed.slot)) return standBack(desk, claimed, subscriber, DOUBT_REST_MS);
      return halt(desk, claimed, subscriber, outcome.why);
    case 'rights':
      return withoutRights(desk, round, claimed, subscriber);
    case 'topic_closed':
      return halt(desk, claimed, subscriber, outcome.why);
    case 'unauthorized':
      return standBack(desk, claimed, subscriber, 30 * SECOND);
    case 'content':
    case 'not_found':
    case 'not_modified':
    case 'not_ours':
    case 'stale':
    case 'conflict':
    case 'other':
      // Refused in every form: this message would be refused for ever, the chat must not be stuck behind it.
      await finish(desk, claimed, { cursor: claimed.head, notBefore: 0, ahead: false, place });
  }
}

/** Counts a refusal that may be mistaken; true: it is believed. */
function isBelieved(desk: Desk, { doubtful }: Round, slot: number): boolean {
  const now = desk.clock.now();
  const { times, since } = doubtful.get(slot) ?? { times: 0, since: now };
  doubtful.set(slot, { times: times + 1, since });
  if (times + 1 < BELIEF_TRIES || now - since < BELIEF_MS) return false;
  doubtful.delete(slot);
  return true;
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
  if (!isPlace(chat)) return halt(desk, claimed, subscriber, 'rights');
  const may = await mayPost(desk, chat);
  if (may === true && !isBelieved(desk, round, claimed.slot))
    return standBack(desk, claimed, subscriber, DOUBT_REST_MS);
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
  await standBack(desk, claimed, subscriber, MINUTE);
  if (isPlace(subscriber.chat)) await desk.onTrouble(subscriber, why);
  await pauseChat(desk, subscriber.chat, why === 'rights' ? 'rights' : 'topic');
}

/** Puts the chat back as it was, not to be visited for `ms`. */
const standBack = async (desk: Desk, claimed: Claim, { chat }: Subscriber, ms: number): Promise<void> => {
  await finish(desk, claimed, {
    cursor: claimed.cursor,
    notBefore: ms > 0 ? desk.clock.now() + ms : 0,
    ahead: claimed.ahead,
    place: isPlace(chat),
  });
};

/**
 * Settles a visit, however long Redis is away: what Telegram answered is known only here. False: the claim is not ours.
 */
export async function finish(desk: Desk, claimed: Claim, end: Settlement): Promise<boolean> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await settle(desk.store, claimed, end);
    } catch (error) {
      if (!isStoreTrouble(error)) throw error;
      desk.status.storeTrouble.inc({ code: 'settle' });
      await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, 2000)));
    }
  }
}

/** Ends a visit that needs no message. */
export async function close(
  desk: Desk,
  claimed: Claim,
  prepared: Exclude<Prepared, { do: 'send' }>,
): Promise<void> {
  if (prepared.do === 'settle') {
    await finish(desk, claimed, prepared.end);
    return;
  }
  await finish(desk, claimed, { cursor: claimed.cursor, notBefore: 0, ahead: claimed.ahead, place: false });
  await moveInQueue(desk.store, claimed.slot, claimed.edition, { to: 'park' });
}

const storyOf = ({ items }: Composed): { story?: string } => {
  const [first] = items;
  return first?.kind === 'story' ? { story: first.story.id } : {};
};

/** The message will be sent again although it may have arrived: counted, or looked into once the repeat is there. */
export async function doubt(
  desk: Desk,
  round: Round,
  slot: number,
  composed: Composed,
  twin: boolean,
): Promise<void> {
  if (!twin) return noteRepeat(desk, composed);
  round.doubted.add(slot);
  await addDoubt(desk.store, slot);
}

/** The id of the message that stays: where the one before it turns out to be the same, the repeat is taken back. */
async function undoubted(
  desk: Desk,
  round: Round,
  slot: number,
  { chat }: Subscriber,
  message: Message,
  messageId: number,
): Promise<number> {
  if (!round.doubted.delete(slot)) return messageId;
  const twin = await findTwin(desk, chat, messageId, message);
  if (twin !== undefined) await desk.telegram.remove(chat, [messageId]);
  await endDoubt(desk.store, slot);
  return twin ?? messageId;
}

function noteRepeat(desk: Desk, { items }: Composed): void {
  desk.status.repeats.inc();
  for (const item of items) if (item.kind === 'story') desk.trace.count(item.story.id, 'repeated');
}

function traceFiltered(desk: Desk, pending: readonly Pending[], plan: ReturnType<typeof decide>): void {
  if (plan.do === 'send') return;
  for (const item of pending) {
    if (item.kind === 'story') desk.trace.count(item.story.id, plan.do === 'hold' ? 'held' : 'filtered');
  }
}

/** Entries whose first message has gone out, of the last hours. */
const begun = new WeakMap<Round, Set<string>>();

function firstOfAll(round: Round, entry: string): boolean {
  let seen = begun.get(round);
  if (!seen || seen.size > 1000) begun.set(round, (seen = new Set()));
  if (seen.has(entry)) return false;
  seen.add(entry);
  return true;
}
