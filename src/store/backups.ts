/** Which backups there are: every machine that serves notes who leaves after each of them, wherever it was made. */
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';

/** Notes a backup that begins at `at` (ms), and lets go of all but the newest `most`. */
export async function noteBackup(store: Store, id: string, at: number, most: number): Promise<void> {
  const key = botKeys(store.botId).backups;
  await store.redis.hset(key, id, String(Math.floor(at)));
  const old = (await readBackups(store)).slice(0, -most);
  if (old.length > 0) await store.redis.hdel(key, ...old);
}

/** Their ids, the oldest first. */
export async function readBackups({ redis, botId }: Store): Promise<string[]> {
  const found = Object.entries(await redis.hgetall(botKeys(botId).backups));
  return found
    .sort(([, one], [, other]) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map(([id]) => id);
}

const MARKED = ' marked';

/** Whoever serves has its mark: who leaves from now on is noted behind it. */
export async function confirmBackups({ redis, botId }: Store, ids: readonly string[]): Promise<void> {
  const key = botKeys(botId).backups;
  for (const id of ids) {
    const at = await redis.hget(key, id);
    if (at !== null && !at.endsWith(MARKED)) await redis.hset(key, id, `${at}${MARKED}`);
  }
}

export const isConfirmed = async ({ redis, botId }: Store, id: string): Promise<boolean> =>
  (await redis.hget(botKeys(botId).backups, id))?.endsWith(MARKED) ?? false;
