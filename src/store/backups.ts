/** That there is a backup: every machine that serves notes from then on who leaves, wherever it was made. */
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';

export const noteBackup = ({ redis, botId }: Store): Promise<unknown> => redis.set(botKeys(botId).backup, 1);

export const hasBackup = async ({ redis, botId }: Store): Promise<boolean> =>
  (await redis.exists(botKeys(botId).backup)) === 1;
