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

/** When the pause began, ms; undefined: there is none. */
export async function pausedSince({ store }: Pick<Desk, 'store'>): Promise<number | undefined> {
  const since = await store.redis.get(store.keys.paused);
  return since === null ? undefined : Number(since);
}

export const isPaused = async (desk: Pick<Desk, 'store'>): Promise<boolean> =>
  (await pausedSince(desk)) !== undefined;
