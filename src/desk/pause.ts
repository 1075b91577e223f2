/** The operators' pause: while it stands, no news goes out. */
import { botKeys } from '../store/keys.ts';
import type { Desk } from './desk.ts';

/** Stops all news until `resumeAll`; nothing is lost meanwhile. */
export async function pauseAll(desk: Desk): Promise<void> {
  await desk.store.redis.set(botKeys(desk.store.botId).paused, '1');
}

export async function resumeAll(desk: Desk): Promise<void> {
  await desk.store.redis.del(botKeys(desk.store.botId).paused);
}

export const isPaused = async (desk: Pick<Desk, 'store'>): Promise<boolean> =>
  (await desk.store.redis.exists(botKeys(desk.store.botId).paused)) === 1;
