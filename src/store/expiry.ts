/**
 * How old message ids of private chats are: one sequence for all of them, so a few marks (moment, highest id then) tell it
 * for every message of every reader, at no cost a reader. And up to which minute chats were cleared of old messages.
 */
import { HOUR, MINUTE } from '../time.ts';
import type { Store } from './redis.ts';

/** At `at` (ms) no message of a private chat had a higher id. */
export interface AgeMark {
  readonly at: number;
  readonly id: number;
}

/** Older ones tell nothing: Telegram lets no bot delete what is older than 48 hours. */
const MARKS_MS = 49 * HOUR;

/** The marks of the last two days, oldest first. */
export async function ageMarks(store: Store): Promise<AgeMark[]> {
  const marks = await store.redis.hgetall(store.keys.ages);
  return Object.entries(marks)
    .map(([minute, id]) => ({ at: Number(minute) * MINUTE, id: Number(id) }))
    .sort((a, b) => a.at - b.at);
}

/** Adds a mark and drops those that tell nothing any more. `now` is a whole minute. */
export async function addAgeMark(store: Store, marks: readonly AgeMark[], mark: AgeMark): Promise<void> {
  const key = store.keys.ages;
  const old = marks.filter(({ at }) => at < mark.at - MARKS_MS).map(({ at }) => String(at / MINUTE));
  if (old.length > 0) await store.redis.hdel(key, ...old);
  await store.redis.hset(key, String(mark.at / MINUTE), mark.id);
}

/** The minute (since the epoch) up to which chats were cleared; undefined: never yet. */
export async function clearedMinute(store: Store): Promise<number | undefined> {
  const minute = await store.redis.get(store.keys.cleared);
  return minute === null ? undefined : Number(minute);
}

export async function setClearedMinute(store: Store, minute: number): Promise<void> {
  await store.redis.set(store.keys.cleared, minute);
}
