/** The store of the sandbox: its own, empty at every start unless it is to be kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Environment } from '../config/config.ts';
import { PozirkError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { parseRedisAddress } from '../redis-address.ts';
import { startEmbedded } from '../store/embedded/embedded.ts';
import { everyKey, newsKeys } from '../store/keys.ts';
import { openStore, type Store } from '../store/redis.ts';
import { keysLike } from '../store/scan.ts';

/** sysexits.h: something is wrong with the configuration. */
export const BAD_CONFIGURATION = 78;

/** Its folder under `DATA_DIR`. */
export const TRIAL_STORE = { sandboxFolder: 'sandbox' } as const;

export interface TrialStore {
  readonly url: string;
  readonly store: Store;
  /** Stops the server as it stands, or lets it go on; false: it is not ours to stop. */
  setAway(away: boolean): boolean;
  /** Forgets everything. @throws PozirkError `store.refused` where the database holds what is not the sandbox's */
  clear(): Promise<void>;
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

/** A Redis elsewhere may hold a real bot's data, whose readers would get what is invented here. Throws `store.refused`. */
export async function refuseOthers(store: Store): Promise<void> {
  const ours = [newsKeys.schema.replace(/schema$/, ''), everyKey(store.botId).slice(0, -1)];
  for await (const keys of keysLike(store, '*')) {
    if (keys.every((key) => ours.some((prefix) => key.startsWith(prefix)))) continue;
    throw new PozirkError(
      'store.refused',
      'REDIS_URL: the database of the sandbox (15, or 14 where the address names 15) holds what is not its own; nothing was changed. Empty it, or give the sandbox another Redis',
    );
  }
}

/** Forgets everything, where there is nobody else's. */
async function clear(store: Store): Promise<void> {
  await refuseOthers(store);
  for await (const keys of keysLike(store, '*')) await store.redis.del(...keys);
}

/** The local Telegram of a new start knows nothing of what an earlier one was told: commands, descriptions. */
export const forgetIntroduction = ({ redis, keys }: Store): Promise<unknown> => redis.del(keys.introduced);

const ADDRESS =
  /^(?<place>rediss?(?:-sentinel)?:\/\/(?:[^@/#]*@)?[^@/?#]+)(?:\/(?<db>\d*))?(?<query>\?[^#]*)?(?<master>#.*)?$/;

/** Of a Redis elsewhere the last database, or the one before: bots of a database share news. A Cluster has one: an own Redis is started. */
export function apartFrom(env: Environment): Environment {
  const url = env['REDIS_URL']?.trim() ?? '';
  const kind = parseRedisAddress(url)?.kind;
  if (kind === undefined) return env;
  return {
    ...env,
    REDIS_URL: kind === 'cluster' ? '' : kind === 'socket' ? socketApart(url) : serverApart(url),
  };
}

const ownDatabase = (given: string | undefined) => (Number(given) === 15 ? 14 : 15);

function socketApart(url: string): string {
  const [path = '', query = ''] = url.split(/\?(.*)/);
  const wishes = query.split('&').filter((wish) => wish !== '');
  const given = wishes.findLast((wish) => wish.startsWith('db='))?.slice(3);
  const others = wishes.filter((wish) => !wish.startsWith('db='));
  return `${path}?${[...others, `db=${ownDatabase(given)}`].join('&')}`;
}

function serverApart(url: string): string {
  const { place = '', db, query = '', master = '' } = ADDRESS.exec(url)?.groups ?? {};
  const given = db || /[?&]db=(\d+)/.exec(query)?.[1];
  return `${place}/${ownDatabase(given)}${query}${master}`;
}
