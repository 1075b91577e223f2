/** The connection to Redis and its atomic steps. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { PozirkError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { parseRedisAddress } from '../redis-address.ts';
import { type Connection, connect, givePassword } from './connection.ts';
import { botKeys } from './keys.ts';
import { PRELUDE } from './prelude.ts';
import { SUCCESSION } from './sentinels.ts';

export type { Redis };

type ScriptArgument = string | number | Buffer;

/** First argument of every function of `store/`. */
export interface Store extends Connection {
  /** The number before the token's colon; every key of the bot carries it. */
  readonly botId: string;
  /** Only this process can reach it. */
  readonly isOwn: boolean;
  readonly keys: ReturnType<typeof botKeys>;
  /** Runs `lua/<name>.lua` behind the prelude as one atomic step; the first key says whose keys the script makes; replies as Redis gives them, strings decoded as UTF-8. */
  run(name: string, keys: readonly string[], args: readonly ScriptArgument[]): Promise<unknown>;
  /** As `run`, with bulk replies as Buffers. */
  runRaw(name: string, keys: readonly string[], args: readonly ScriptArgument[]): Promise<unknown>;
  /** Why the last connection came to nothing, as Node.js or Redis names it; undefined: there is one. */
  trouble(): Error | undefined;
  close(): Promise<void>;
}

const SCRIPTS = new URL('./lua/', import.meta.url);

/** Connects to `url`. While Redis is away, commands fail after seconds with what `isStoreTrouble` knows; it comes back by itself. */
export function openStore(options: { url: string; botId: string; log: Logger; isOwn?: boolean }): Store {
  const address = parseRedisAddress(options.url) ?? { kind: 'socket', url: options.url };
  // A master that has become a replica: the address may lead to the new one by now.
  const { redis, servers } = connect(address, (error) => codesIn(error).has('READONLY'));
  let trouble: Error | undefined;
  const onError = (error: ClientError) => {
    trouble = error.lastNodeError ?? error;
    options.log.debug({ code: error.code ?? error.name }, 'redis connection');
    // Otherwise the client goes on in database 0, which is another bot's or the sandbox's.
    if (error.command?.name === 'select') redis.disconnect(true);
  };
  let isGiven = false;
  // Of the Sentinels one after the other: `error` has only what the last of them said.
  redis.on('sentinelError', (error: Error) => {
    isGiven = givePassword(redis, address, error) || isGiven;
  });
  redis.on('error', (error: ClientError) => {
    if (!isGiven) onError(error);
    if (redis.status !== 'ready' && !isGiven) failWaiting(redis);
    isGiven = false;
  });
  if (address.kind === 'cluster') redis.on('node error', onError).on('close', () => failWaiting(redis));
  redis.on('ready', () => {
    trouble = undefined;
    // Where Redis can (7.2, Valkey 8): our reading leaves no trace in the keys; for the rest see idle.ts.
    for (const server of servers()) server.call('CLIENT', 'NO-TOUCH', 'ON').catch(() => undefined);
  });
  const call = loadScripts(redis);
  return {
    redis,
    botId: options.botId,
    isOwn: options.isOwn ?? false,
    keys: botKeys(options.botId),
    run: async (name, keys, args) => call(`${name}.lua`, keys.length, ...keys, ...args),
    runRaw: async (name, keys, args) => call(`${name}.luaBuffer`, keys.length, ...keys, ...args),
    servers,
    trouble: () => trouble,
    close: async () => {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/** How the client tells a failure: with the command that failed, or in a Cluster with what the last node said. */
type ClientError = Error & { code?: string; lastNodeError?: Error; command?: { name: string } };

/**
 * Commands fail that wait for a connection. A client that looks for a master, or for a Cluster, would otherwise let them wait for
 * as long as there is none, so that nobody hears of it, and carry them out when one is there, hours later.
 */
const failWaiting = (redis: Redis): void =>
  (redis as unknown as { flushQueue(error: Error): void }).flushQueue(new Error('Connection is closed.'));

/** Makes each script a command of the client, under the name of its file; behind that `Buffer`, it replies with Buffers. */
function loadScripts(redis: Redis) {
  for (const file of readdirSync(SCRIPTS))
    redis.defineCommand(file, { lua: PRELUDE + readFileSync(new URL(file, SCRIPTS), 'utf8') });
  const scripts = redis as unknown as Record<string, (...args: ScriptArgument[]) => Promise<unknown>>;
  return (command: string, ...args: ScriptArgument[]): Promise<unknown> => {
    const script = scripts[command];
    if (!script) throw new Error(`no such script: ${command}`);
    return script.apply(redis, args);
  };
}

/** Codes with which Redis 6.2, 7 and Valkey say that it is not the time: each passes by itself or is mended at the server. */
const PASSING: ReadonlySet<string> = new Set(
  (
    'LOADING READONLY MASTERDOWN NOREPLICAS NOMASTERLINK FAILOVER UNBLOCKED CLUSTERDOWN TRYAGAIN MOVED ASK ' +
    'OOM MISCONF BUSY UNKILLABLE NOSCRIPT INPROG NOAUTH WRONGPASS'
  ).split(' '),
);

const previousOf = (error: unknown): readonly unknown[] =>
  error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors)
    ? error.previousErrors
    : [];

/**
 * Codes in an error of Redis. A script's error has its own at the front from version 7 on; before, it stands within the
 * text: `ERR Error running script (call to f_…): @user_script:12: -READONLY You can't write …`. A transaction that was given
 * up names only that; why is in `previousErrors`.
 */
function codesIn(error: Error): ReadonlySet<string> {
  const texts = [error, ...previousOf(error)].map((one) => (one instanceof Error ? one.message : ''));
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/(?:^|: |\s-)([A-Z]{3,})(?= |$)/g)].map(([, code]) => code ?? ''),
    ),
  );
}

/** Codes with which Redis answers and takes nothing, and what a person does about it. */
const REFUSES_WRITES: Readonly<Record<string, string>> = {
  OOM: 'Redis is full and takes nothing more: give it more memory (maxmemory)',
  MISCONF: 'Redis cannot write to its disk and takes nothing more: make room there and look at its log',
  READONLY: 'Redis is a replica and takes nothing: REDIS_URL must lead to the master',
  NOREPLICAS: 'Redis has too few replicas and takes nothing (min-replicas-to-write)',
};

/** Why Redis, which answers, does not take what is written, and what to do; undefined: that is not the trouble. */
export function refusalToWrite(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = [...codesIn(error)].find((one) => one in REFUSES_WRITES);
  return code === undefined ? undefined : REFUSES_WRITES[code];
}

/** How a connection fails, by what Node.js or the client says. */
const AWAY = new RegExp(
  [
    'ECONN|EPIPE|ENOENT|EAI_AGAIN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH',
    'Connection is (closed|aborted|discarded)|Command (timed out|aborted)|Socket timeout|max retries per request',
    "Stream isn't writeable|max number of clients|sentinels are unreachable",
    "Cluster (redirections|is ended|is disconnect)|Cluster isn't ready|slots cache|startup nodes|Node is disconnected",
    'All keys in the pipeline|No master node',
    SUCCESSION,
  ].join('|'),
  'i',
);

/** Whether `error` means that Redis is away, loading, read-only, busy, full or does not let us in: wait and try again. */
export function isStoreTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ([...codesIn(error)].some((code) => PASSING.has(code))) return true;
  return AWAY.test(`${error.message} ${'code' in error ? String(error.code) : ''}`);
}

/** Refusals, by the words of Node.js or Redis. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^(WRONGPASS|NOAUTH|ERR (Client sent AUTH|invalid password))/, 'refuses the name or password'],
  [
    /(?:^|-)NOPERM\b.*'([\w|-]+)'/,
    'does not let this user run $1; docs/operations.md says what the bot needs',
  ],
  [
    /(?:^|-)NOPERM|user executing the script can't (run|access)/,
    'does not let this user run what the bot needs on pozirk:*; docs/operations.md says what that is',
  ],
  [/ERR_TLS_CERT_ALTNAME_INVALID/, 'has a certificate for another name than the one in this address'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'has a certificate that is not valid today'],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)_|CERT_UNTRUSTED/,
    'has a certificate of an authority that is not known here; name its file in NODE_EXTRA_CA_CERTS',
  ],
  [/ERR DB index is out of range/, 'has no database of the number in this address (15 for the sandbox)'],
  [/^MOVED \d/, 'is a node of a Cluster: redis-cluster:// in the place of redis://'],
  [/cluster support disabled/, 'is no Cluster: redis:// in the place of redis-cluster://'],
  [/No such master with that name/, 'knows no master of the name behind # in this address'],
  [/unknown command .sentinel/i, 'is a plain Redis: redis:// in the place of redis-sentinel://'],
  [
    /unknown (?:Redis )?command/i,
    'does not know a command that the bot needs: it is a Sentinel (redis-sentinel://…#name), or rename-command hides it',
  ],
  [/ERR_SSL_|EPROTO/, 'does not speak TLS on this port: redis:// and not rediss://, or another port'],
];

/** The words of the client where no Sentinel has named a master; behind them those of the last one, and another may say otherwise. */
const OF_SENTINELS = /^All sentinels are unreachable.*Last error: /;
/** Refusals by a clock that may not be set yet. */
const BY_CLOCK = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/;

/** Where Redis will not have us: the error that says so in one line, `store.refused` where only a setting mends that. */
export function refusalOf(store: Store, error: unknown): PozirkError | undefined {
  for (const one of [error, ...previousOf(error), store.trouble()]) {
    if (!(one instanceof Error)) continue;
    // While a Cluster moves slots, that passes.
    if (codesIn(one).has('MOVED') && store.redis.isCluster) continue;
    const whole = 'code' in one ? `${String(one.code)} ${one.message}` : one.message;
    const said = whole.replace(OF_SENTINELS, '');
    const who = said === whole ? 'Redis' : 'a Sentinel';
    for (const [pattern, meaning] of REFUSALS) {
      const found = pattern.exec(said);
      if (!found) continue;
      const code = said !== whole || BY_CLOCK.test(said) ? 'store.unreachable' : 'store.refused';
      return new PozirkError(code, `REDIS_URL: ${who} ${meaning.replace('$1', found[1] ?? '')}`);
    }
  }
  return undefined;
}

/** An error of the store, for the terminal. */
export function troubleOf(store: Store, error: unknown): unknown {
  if (error instanceof PozirkError) return error;
  const refusal = refusalOf(store, error);
  if (refusal || !isStoreTrouble(error)) return refusal ?? error;
  const why = refusalToWrite(error) ?? 'Redis does not answer';
  return new PozirkError('store.unreachable', `REDIS_URL: ${why}; nothing was changed`);
}
