/** One look at a chat that is visited: what is pending for it becomes at most one message. Costs no call to Telegram. */
import { remembered } from '../../bounded.ts';
import { decide, decided, holdOf, isFor, type Pending, type Plan } from '../../news/audience.ts';
import type { Edition } from '../../news/edition.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import type { Claim, SealedClaim } from '../../store/cursors.ts';
import { messageInPlace, wereShown } from '../../store/deliveries.ts';
import { isStoreTrouble } from '../../store/redis.ts';
import { openRecord } from '../../store/subscribers.ts';
import { HOUR } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { shownLately } from '../memory/shown.ts';
import { heldFate } from '../trace.ts';
import { compose, continued, type SendVisit, shownAs } from './compose.ts';
import type { Round } from './queue-state.ts';
import { type Ending, unchanged } from './release.ts';

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

/** Decides what the chat gets. */
export async function prepare(
  desk: Desk,
  round: Round,
  claimed: SealedClaim,
  judge: Judge = anew,
): Promise<Prepared> {
  const subscriber = openRecord(desk.seal, claimed.slot, claimed.record);
  const { slot } = claimed;
  const { edition } = subscriber.settings;
  if (edition !== claimed.edition) return { do: 'elsewhere', edition };
  const all = await round.window.pending(edition, claimed.cursor, claimed.head);
  // First of all: until a chat that has to wait is looked at again, nobody may know any more what Redis has lost.
  const doubt = doubtOf(desk, round, claimed, all);
  const look = doubt ? await lookFor(desk, claimed, all, doubt, isPlace(subscriber.chat)) : all;
  if ('do' in look) return look;
  const judged = judge(desk, subscriber, claimed, look);
  if (judged.do === 'settle') return judged;
  const { plan } = judged;
  traceLeftOut(desk, subscriber, look, { ...judged, heldUntil: claimed.heldUntil });
  if (plan.do === 'hold') return unchanged(claimed, plan.until);
  if (plan.do === 'send') {
    const most = round.restrictions.get(slot)?.most;
    const earlier = continued(plan, most);
    const replyTo = earlier && (await messageInPlace(desk, slot, earlier));
    const composed = compose(desk, subscriber, plan, { most, replyTo: replyTo || undefined });
    if (composed) return { do: 'send', subscriber, plan, composed };
  }
  round.restrictions.delete(slot);
  return { do: 'settle', end: { cursor: claimed.head, notBefore: 0, ahead: false, ownSequence: false } };
}

/** Names of what waits for thousands of chats alike. */
const namesIn = new WeakMap<readonly Pending[], readonly string[]>();

/** Why not all that waits may be new to the chat. */
interface Doubt {
  readonly names: readonly string[];
  /** Messages of the last hour that show some of it. */
  readonly lately: ReturnType<typeof shownLately>;
  /** News that Telegram will not have there. */
  readonly without: ReadonlySet<string> | undefined;
}

/** Undefined: all of `pending` is new to the chat. */
function doubtOf(desk: Desk, round: Round, claimed: Claim, pending: readonly Pending[]): Doubt | undefined {
  const { slot, edition, ahead } = claimed;
  const names = remembered(namesIn, pending, () => pending.flatMap((item) => namesOf(item, edition)));
  const lately = shownLately(desk.memory.shown, slot, desk.clock.ticks()).filter(({ sent }) =>
    sent.shows.some((name) => names.includes(name)),
  );
  const without = round.restrictions.get(slot)?.without;
  const isAgain = pending.some((item) => item.kind === 'story' && item.again);
  return ahead || isAgain || without || lately.length > 0 ? { names, lately, without } : undefined;
}

/**
 * Leaves out what the chat was shown ahead of its turn, or before Redis lost that, and what Telegram will not have there; or ends
 * the visit, which first writes down again what Redis has lost.
 */
async function lookFor(
  desk: Desk,
  { slot, edition, cursor }: Claim,
  pending: readonly Pending[],
  { names, lately, without }: Doubt,
  inPlace: boolean,
): Promise<readonly Pending[] | (Ending & { do: 'settle' })> {
  const isShown = await wereShown(desk, slot, names, inPlace);
  const shown = new Set(names.filter((_, index) => isShown[index]));
  const lost = lately.find(({ sent }) => sent.shows.some((name) => names.includes(name) && !shown.has(name)));
  if (lost) {
    const { sent, ownSequence } = lost;
    return { do: 'settle', end: { cursor, notBefore: 0, ahead: true, sent, ownSequence } };
  }
  return pending.filter(
    (item) => !without?.has(shownAs(item)) && !namesOf(item, edition).some((name) => shown.has(name)),
  );
}

/** An earlier version, which may have served the chat meanwhile, knows an announcement by its number. */
const namesOf = (item: Pending, edition: Edition): string[] =>
  item.kind === 'story' ? [shownAs(item)] : [shownAs(item), `${edition}${item.seq}`];

/** A chat whose record does not open or whose message cannot be made must not delay the others. */
export const prepareSafely = (
  desk: Desk,
  round: Round,
  claimed: SealedClaim,
  judge = anew,
): Promise<Prepared> =>
  prepare(desk, round, claimed, judge).catch((error: unknown) => {
    if (isStoreTrouble(error)) return unchanged(claimed, 0);
    desk.log.error({ err: error }, 'a chat could not be prepared for, it is set aside for an hour');
    return unchanged(claimed, desk.clock.now() + HOUR);
  });

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
