/** The operators' pause: while it stands, no news goes out. */
import type { Desk } from './desk.ts';

/** Stops all news until `resumeAll`; nothing is lost meanwhile. False: it was stopped already. */
export async function pauseAll({ store, clock }: Desk): Promise<boolean> {
  return (await store.redis.set(store.keys.paused, clock.now(), 'NX')) !== null;
}

/** False: nothing was stopped. */
export async function resumeAll({ store }: Desk): Promise<boolean> {
  return (await store.redis.del(store.keys.paused)) === 1;
}

/** Below this, ms, it is no moment of ours: an earlier version wrote only that there is a pause. */
const EARLIEST = 1e12;

/** When the pause began, as far as is known, ms; undefined: there is none. */
export async function pausedSince({ store, clock }: Desk): Promise<number | undefined> {
  const since = await store.redis.get(store.keys.paused);
  if (since === null) return undefined;
  if (Number(since) >= EARLIEST) return Number(since);
  const now = clock.now();
  await store.redis.set(store.keys.paused, now, 'XX');
  return now;
}

export const isPaused = async ({ store }: Pick<Desk, 'store'>): Promise<boolean> =>
  (await store.redis.exists(store.keys.paused)) === 1;
