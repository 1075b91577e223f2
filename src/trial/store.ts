/** The store of the sandbox: its own, empty at every start unless it is to be kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Environment } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { parseRedisAddress } from '../redis-address.ts';
import { startEmbedded } from '../store/embedded/embedded.ts';
import { botKeys } from '../store/keys.ts';
import { openStore, type Store } from '../store/redis.ts';

/** sysexits.h: something is wrong with the configuration. */
export const BAD_CONFIGURATION = 78;

/** Its folder under `DATA_DIR`. */
export const TRIAL_STORE = { storeFolder: 'sandbox' } as const;

export interface TrialStore {
  /** `REDIS_URL` of the bot. */
  readonly url: string;
  readonly store: Store;
  /** Stops the server as it stands, or lets it go on; false: it is not ours to stop. */
  setAway(away: boolean): boolean;
  /** Forgets everything; false: the database holds what is not the sandbox's, so nothing was touched. */
  clear(): Promise<boolean>;
  stop(): Promise<void>;
}

export async function openTrialStore(config: Config, log: Logger, signal: AbortSignal): Promise<TrialStore> {
  const { store: where } = config;
  const own =
    where.kind === 'embedded'
      ? { folder: where.folder, ...(await startEmbedded({ folder: where.folder, log, signal })) }
      : undefined;
  const url = where.kind === 'remote' ? where.url.reveal() : (own?.url ?? '');
  const store = openStore({ url, botId: config.botId, log });
  return {
    url,
    store,
    setAway(away) {
      if (!own) return false;
      const pid = Number(readFileSync(join(own.folder, 'redis.pid'), 'utf8'));
      return process.kill(pid, away ? 'SIGSTOP' : 'SIGCONT');
    },
    clear: () => clear(store),
    async stop() {
      await store.close();
      await own?.stop();
    },
  };
}

/** A Redis that is elsewhere may hold a real bot's news after all: there only a database of ours alone is emptied. */
async function clear({ redis, botId }: Store): Promise<boolean> {
  const keys = await redis.keys('*');
  const ours = [`pozirk:{news}:`, botKeys(botId).proof.replace(/proof$/, '')];
  if (keys.some((key) => !ours.some((prefix) => key.startsWith(prefix)))) return false;
  if (keys.length > 0) await redis.del(...keys);
  return true;
}

/** The local Telegram of a new start knows nothing of what an earlier one was told: commands, descriptions. */
export const forgetIntroduction = ({ redis, botId }: Store): Promise<unknown> =>
  redis.del(botKeys(botId).introduced);

/**
 * Of a Redis that is elsewhere the last database, or the one before: all bots of a database share its news, and readers
 * of a real bot must never meet an invented story. A Cluster has one database only: the sandbox starts its own Redis.
 */
export function apartFrom(env: Environment): Environment {
  const url = env['REDIS_URL']?.trim() ?? '';
  const own = (given: string | undefined) => (given === '15' ? '14' : '15');
  const [, socket, db] = /^((?:unix:)?\/[^?]*)(?:\?db=(\d+))?/.exec(url) ?? [];
  if (socket) return { REDIS_URL: `${socket}?db=${own(db)}` };
  if (parseRedisAddress(url)?.kind === 'cluster') return { REDIS_URL: '' };
  const [, server, number, rest = ''] = /^([a-z-]+:\/\/[^/?#]+)(?:\/(\d*))?(.*)$/.exec(url) ?? [];
  return server ? { REDIS_URL: `${server}/${own(number)}${rest}` } : {};
}
