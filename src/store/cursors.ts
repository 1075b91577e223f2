/** The queue of visits: who is behind the log of an edition, who is held, what is in flight. */
import type { Edition } from '../news/edition.ts';
import { PozirkError } from '../errors.ts';
import { readRecord } from './records.ts';
import type { Store } from './redis.ts';
import type { QueueShelf, Visited } from './visit-ends.ts';

/** A chat taken for a visit: shown everything up to `cursor`, to be shown what follows up to `head`. */
export interface Claim extends Visited {
  readonly cursor: number;
  readonly head: number;
  /** The chat is held until this moment (ms) and visited only for what goes ahead of its turn; 0: it is not. */
  readonly heldUntil: number;
  /** Something beyond the cursor was sent already: look at the message ids. */
  readonly ahead: boolean;
  /** Highest message id of the bot in private chats that was written down, or known to who took it, when it was taken. */
  readonly highest: number;
  /** When it was taken, ms. */
  readonly at: number;
  /** The chat was set otherwise since, or moved in the queue. */
  readonly isChanged: boolean;
}

export interface SealedClaim extends Claim {
  readonly record: Buffer;
}

/**
 * Takes up to `count` chats that are behind, those that wait longest first (`from: 'waiting'`), or held chats that a sweep
 * has not visited yet (`from: 0 | 1`, the old side). Of those that wait equally long the lowest slots come first: they are
 * readers of long standing, so accounts that come in thousands stand behind them. Throws `store.not_owner` where `holder`
 * has lost the lease.
 */
export async function claim(
  { store, memory }: QueueShelf,
  wanted: {
    edition: Edition;
    from: 'waiting' | 0 | 1;
    head: number;
    count: number;
    holder: string;
    highest: number;
    /** ms */
    now: number;
  },
): Promise<SealedClaim[]> {
  const keys = store.keys;
  const { edition, from, head, highest, now } = wanted;
  memory.steps.claims += 1;
  const isWaiting = from === 'waiting';
  const reply = await store
    .runRaw(
      'claim',
      [keys.lease('owner'), keys.flight, isWaiting ? keys.waiting(edition) : keys.held(edition, from)],
      [
        wanted.holder,
        edition,
        head,
        wanted.count,
        isWaiting ? 'waiting' : 'held',
        highest,
        now,
        memory.steps.claims,
      ],
    )
    .catch(notOwner);
  return claimsOf(reply as Buffer[], { head, at: now });
}

function notOwner(error: unknown): never {
  if (error instanceof Error && error.message.startsWith('NOTOWNER'))
    throw new PozirkError('store.not_owner', 'another process delivers now');
  throw error;
}

/** The reply of `claim.lua`, a line and a record for each chat; `all`: what is the same for each. */
function claimsOf(reply: readonly Buffer[], all: Pick<Claim, 'head' | 'at'>): SealedClaim[] {
  const taken: SealedClaim[] = [];
  for (let index = 0; index + 1 < reply.length; index += 2) {
    const [line, record] = [reply[index], reply[index + 1]];
    if (!line || !record) continue;
    const [slot, cursor, heldUntil, ahead, claimId = ''] = line.toString().split(' ');
    taken.push({
      ...claimOf(Number(slot), claimId),
      ...all,
      cursor: Number(cursor),
      heldUntil: Number(heldUntil),
      ahead: ahead === '1',
      record,
    });
  }
  return taken;
}

/** Last entry that a chat in the queue of its edition has been shown; undefined: it stands in no queue, or is in flight. */
export async function cursorOf(store: Store, slot: number, edition: Edition): Promise<number | undefined> {
  const waiting = await store.redis.zscore(store.keys.waiting(edition), String(slot));
  const cursor = waiting ?? (await store.redis.zscore(store.keys.cursor(edition), String(slot)));
  return cursor === null ? undefined : Math.floor(Number(cursor));
}

/** Chats of each side that one step wakes at most: it keeps others waiting. */
const MOST_WOKEN = 500;

export interface QueueFront {
  /** Lowest cursor of those that may be visited; undefined: nobody waits. */
  readonly cursor: number | undefined;
  /** The side of held chats that an urgent story has yet to visit, with how many stand there. */
  readonly oldSide: 0 | 1;
  readonly unswept: number;
}

/** The last entries of a log; 0: none. */
export interface LogEnds {
  readonly head: number;
  readonly urgent: number;
}

/** Lets chats whose moment has come wait again. */
export async function wake(
  store: Store,
  edition: Edition,
  now: number,
  { head, urgent }: LogEnds,
): Promise<QueueFront> {
  const keys = store.keys;
  const reply = await store.run(
    'wake',
    [
      keys.held(edition, 0),
      keys.held(edition, 1),
      keys.cursor(edition),
      keys.waiting(edition),
      keys.sweep(edition),
    ],
    [now, MOST_WOKEN, urgent, head],
  );
  const [cursor, side, unswept] = reply as [number, number, number];
  return {
    cursor: cursor < 0 ? undefined : cursor,
    oldSide: side === 0 ? 1 : 0,
    unswept,
  };
}

/** Chats that are held beyond a moment, ms. */
export async function countHeld(store: Store, edition: Edition, beyond: number): Promise<number> {
  const sides = ([0, 1] as const).map((side) => store.keys.held(edition, side));
  const counts = await Promise.all(sides.map((key) => store.redis.zcount(key, `(${beyond}`, '+inf')));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Lets everybody who is held until a moment up to `until` (ms) be looked at again; `head`: the log's last entry. */
export async function recall(store: Store, edition: Edition, until: number, head: number): Promise<void> {
  const sides = [0, 1].map((side) => store.keys.held(edition, side as 0 | 1));
  const sizes = await Promise.all(sides.map((key) => store.redis.zcount(key, '-inf', until)));
  const ends = { head, urgent: 0 };
  for (let left = Math.max(...sizes); left > 0; left -= MOST_WOKEN) await wake(store, edition, until, ends);
}

/** Chats that are taken, by this process or by a dead one. */
export async function inFlight(store: Store): Promise<Claim[]> {
  const flight = await store.redis.hgetall(store.keys.flight);
  return Object.entries(flight).map(([slot, value]) => claimOf(Number(slot), value));
}

/**
 * The highest number of an entry by which a chat of this bot stands, or to which it is visited now; 0: none. Where Redis has lost
 * the end of the log alone, which lies on another node of a Cluster, only this tells.
 */
export async function lastGiven(store: Store, edition: Edition): Promise<number> {
  const [waiting, held, swept, flight] = await Promise.all([
    store.redis.zrange(store.keys.waiting(edition), '-1', '-1', 'WITHSCORES'),
    store.redis.zrange(store.keys.cursor(edition), '-1', '-1', 'WITHSCORES'),
    store.redis.hget(store.keys.sweep(edition), 'seq'),
    inFlight(store),
  ]);
  const heads = flight.filter((claimed) => claimed.edition === edition).map(({ head }) => head);
  return Math.max(0, ...[waiting[1], held[1], swept].map((seq) => Math.floor(Number(seq ?? 0))), ...heads);
}

/** The claim of a chat that is taken; undefined: it is not. */
export async function flightOf(store: Store, slot: number): Promise<Claim | undefined> {
  const value = await store.redis.hget(store.keys.flight, String(slot));
  return value === null ? undefined : claimOf(slot, value);
}

function claimOf(slot: number, value: string): Claim {
  const claimId = value.endsWith('!') ? value.slice(0, -1) : value;
  const [edition, cursor, head, heldUntil, highest, , at] = claimId.split(':');
  return {
    slot,
    edition: edition as Edition,
    cursor: Number(cursor),
    head: Number(head),
    heldUntil: Number(heldUntil),
    ahead: true,
    highest: Number(highest),
    at: Number(at),
    claimId,
    isChanged: value !== claimId,
  };
}

/** A claim with the chat's record; undefined: the chat has been forgotten, and the claim with it. */
export async function withRecord(store: Store, claimed: Claim): Promise<SealedClaim | undefined> {
  const { slot } = claimed;
  const record = await readRecord(store, slot);
  if (record) return { ...claimed, record };
  await store.redis.hdel(store.keys.flight, String(slot));
  return undefined;
}
