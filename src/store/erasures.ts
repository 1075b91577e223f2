/**
 * Messages that have to disappear, each with its moment: a pair of slot and number under the veil, so that nobody sees whose
 * they are.
 */
import { HOUR, MINUTE } from '../time.ts';
import type { Store } from './redis.ts';
import { scoredIn } from './scores.ts';
import type { Shelf } from './shelf.ts';
import type { Veil } from './veil.ts';
import { veilOf } from './veil-key.ts';

/** When a message that stands since `now` disappears after `hours` (1-47): the minute, and as its rest the hours, for its age. */
export const eraseMoment = (now: number, hours: number): number =>
  Math.floor((now + hours * HOUR) / MINUTE) * MINUTE + hours;

/** An `eraseMoment` as it is kept: the hours, which would tell whose messages belong together, are masked by the veil. */
export function hiddenMoment(veil: Veil, slot: number, messageId: number, moment: number): number {
  const [mask = 0] = masksOf(veil, [{ slot, number: messageId }]);
  const minute = Math.floor(moment / MINUTE) * MINUTE;
  return minute + ((Math.ceil(moment - minute) + mask) % HOURS);
}

/** More than any message is kept: the hours and what hides them lie below this. */
const HOURS = 48;

/** The number that is added to the hours of each pair. */
function masksOf(veil: Veil, pairs: readonly { readonly slot: number; readonly number: number }[]): number[] {
  const names = pairs.map(() => 'hours');
  const [slots, numbers] = [pairs.map(({ slot }) => slot), pairs.map(({ number }) => number)];
  return veil.hide(names, slots, numbers).map((hidden) => hidden % HOURS);
}

/** Has the message disappear at `moment`, an `eraseMoment`. */
export async function addErasure(
  shelf: Shelf,
  slot: number,
  messageId: number,
  moment: number,
): Promise<void> {
  const { redis, keys } = shelf.store;
  const veil = await veilOf(shelf);
  const kept = hiddenMoment(veil, slot, messageId, moment);
  await redis.zadd(keys.erase, kept, veil.pair(slot, messageId));
}

/** A chat's messages that have no moment of their own at which they disappear. */
export async function withoutErasure(shelf: Shelf, slot: number, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const veil = await veilOf(shelf);
  const members = ids.map((id) => veil.pair(slot, id));
  const moments = await shelf.store.redis.zmscore(shelf.store.keys.erase, ...members);
  return ids.filter((_, index) => moments[index] === null);
}

export interface Erasure {
  readonly slot: number;
  readonly messageIds: readonly number[];
  /** These messages as members of the key, to be dropped once they are gone. */
  readonly members: readonly string[];
}

/** Erasures read at once, among which the most pressing are chosen. */
const LOOK_OVER = 20_000;

/**
 * Up to `limit` chats with all of their messages that have to disappear by `now`, those first that have one which Telegram
 * will soonest not let go; it does so for `deletableMs` from when it was sent, and what is older than that is given up.
 * One call removes up to a hundred messages of a chat: what is due there within the next minute goes along.
 */
export async function dueErasures(
  shelf: Shelf,
  now: number,
  deletableMs: number,
  limit: number,
): Promise<Erasure[]> {
  const { store } = shelf;
  const veil = await veilOf(shelf);
  const { erase } = store.keys;
  const listed = await store.redis.zrangebyscore(
    erase,
    '-inf',
    now + MINUTE,
    'WITHSCORES',
    'LIMIT',
    0,
    LOOK_OVER,
  );
  const due = openErasures(veil, listed, deletableMs);
  const late = due.filter(({ last, pair }) => last <= now || !pair).map(({ member }) => member);
  for (let index = 0; index < late.length; index += 500) {
    await dropErasures(store, late.slice(index, index + 500));
  }
  const inTime = due
    .flatMap((one) => (one.last > now && one.pair ? [{ ...one, ...one.pair }] : []))
    .sort((a, b) => a.last - b.last);
  const bySlot = Map.groupBy(inTime, ({ slot }) => slot);
  const isDue = bySlot.entries().filter(([, list]) => list.some(({ moment }) => moment <= now));
  return [...isDue.take(limit)].map(([slot, list]) => ({
    slot,
    messageIds: list.map(({ number }) => number),
    members: list.map(({ member }) => member),
  }));
}

/** Members and scores as they were `listed`, with the minute at which each is due, and the `last` moment at which it can go. */
function openErasures(veil: Veil, listed: readonly string[], deletableMs: number) {
  const entries = scoredIn(listed).map(({ member, score }) => ({
    member,
    kept: Number(score),
    pair: veil.openPair(member),
  }));
  const masks = masksOf(
    veil,
    entries.map(({ pair }) => pair ?? { slot: 0, number: 0 }),
  );
  return entries.map(({ member, kept, pair }, index) => {
    const moment = Math.floor(kept / MINUTE) * MINUTE;
    const hours = (kept - moment - (masks[index] ?? 0) + HOURS) % HOURS;
    return { member, moment, last: moment - hours * HOUR + deletableMs, pair };
  });
}

/** Has messages disappear later: their chat cannot be reached. `byMs`: whole minutes. */
export async function postponeErasures(
  store: Store,
  members: readonly string[],
  byMs: number,
): Promise<void> {
  const step = store.redis.pipeline();
  for (const member of members) step.zincrby(store.keys.erase, byMs, member);
  await step.exec();
}

/** Messages of a chat that are gone, or nobody's any more. */
export async function endErasures(shelf: Shelf, slot: number, ids: readonly number[]): Promise<void> {
  const veil = await veilOf(shelf);
  await dropErasures(
    shelf.store,
    ids.map((id) => veil.pair(slot, id)),
  );
}

export async function dropErasures(store: Store, members: readonly string[]): Promise<void> {
  if (members.length > 0) await store.redis.zrem(store.keys.erase, ...members);
}
