/** Which backups there are: every machine that serves notes who leaves after each of them, wherever it was made. */
import type { Store } from './redis.ts';

export interface Backup {
  readonly id: string;
  /** When it began, ms. */
  readonly at: number;
  /** Whoever serves has its mark: who leaves from then on is noted behind it. */
  readonly isMarked: boolean;
}

/** Notes a backup that begins at `at` (ms), and lets go of all but the newest `most`. */
export async function noteBackup(store: Store, id: string, at: number, most: number): Promise<void> {
  await store.redis.hset(store.keys.backups, id, String(Math.floor(at)));
  const old = (await readBackups(store)).slice(0, -most).map((backup) => backup.id);
  if (old.length > 0) await store.redis.hdel(store.keys.backups, ...old);
}

const MARKED = ' marked';

/** The oldest first. */
export async function readBackups({ redis, keys }: Store): Promise<Backup[]> {
  const found = Object.entries(await redis.hgetall(keys.backups));
  const backups = found.map(([id, value]) => ({
    id,
    at: Number.parseInt(value, 10),
    isMarked: value.endsWith(MARKED),
  }));
  return backups.sort((one, other) => one.at - other.at);
}

/** For who serves, once they are marked where it notes who leaves. */
export async function confirmBackups({ redis, keys }: Store, backups: readonly Backup[]): Promise<void> {
  const news = backups.filter(({ isMarked }) => !isMarked).flatMap(({ id, at }) => [id, `${at}${MARKED}`]);
  if (news.length > 0) await redis.hset(keys.backups, ...news);
}

export const isConfirmed = async ({ redis, keys }: Store, id: string): Promise<boolean> =>
  (await redis.hget(keys.backups, id))?.endsWith(MARKED) ?? false;
