/** The connection to Redis and its atomic steps. */
import { readdirSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { PozirkError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { PRELUDE } from './prelude.ts';

export type { Redis };

type ScriptArgument = string | number | Buffer;

/** First argument of every function of `store/`. */
export interface Store {
  readonly redis: Redis;
  /** The number before the token's colon; every key of the bot carries it. */
  readonly botId: string;
  /** Runs `lua/<name>.lua` behind the prelude as one atomic step; the first key says whose keys the script makes; replies as Redis gives them, strings decoded as UTF-8. */
  run(name: string, keys: readonly string[], args: readonly ScriptArgument[]): Promise<unknown>;
  /** As `run`, with bulk replies as Buffers. */
  runRaw(name: string, keys: readonly string[], args: readonly ScriptArgument[]): Promise<unknown>;
  /** Why the last connection came to nothing, as Node.js or Redis names it; undefined: there is one. */
  trouble(): Error | undefined;
  close(): Promise<void>;
}

const SCRIPTS = new URL('./lua/', import.meta.url);

/** Commands wait this long for an answer; a Redis that is restarting or failing over takes a few seconds. */
const COMMAND_TIMEOUT_MS = 5000;

/**
 * Connects to `url` (`redis://`, `rediss://` or `unix:` path). While Redis is away commands fail after a few seconds
 * with an error that `isStoreTrouble` knows, and the connection comes back by itself.
 */
export function openStore(options: { url: string; botId: string; log: Logger }): Store {
  const redis = new Redis(options.url.replace(/^unix:/, ''), {
    lazyConnect: false,
    enableAutoPipelining: true,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000),
    // A master that has become a replica: the address may lead to the new one by now.
    reconnectOnError: (error) => codesIn(error).has('READONLY'),
  });
  let trouble: Error | undefined;
  redis.on('error', (error: Error & { code?: string }) => {
    trouble = error;
    options.log.debug({ code: error.code ?? error.name }, 'redis connection');
  });
  redis.on('ready', () => {
    trouble = undefined;
    // Where Redis can (7.2, Valkey 8): our reading leaves no trace in the keys; for the rest see idle.ts.
    redis.call('CLIENT', 'NO-TOUCH', 'ON').catch(() => undefined);
  });
  const commands = loadScripts(redis);
  const call = (name: string, raw: boolean) => {
    const command = commands.get(name);
    if (!command) throw new Error(`no such script: ${name}`);
    return raw ? command.raw : command.text;
  };
  return {
    redis,
    botId: options.botId,
    run: async (name, keys, args) => call(name, false)(keys.length, ...keys, ...args),
    runRaw: async (name, keys, args) => call(name, true)(keys.length, ...keys, ...args),
    trouble: () => trouble,
    close: async () => {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

type ScriptCall = (numberOfKeys: number, ...args: ScriptArgument[]) => Promise<unknown>;

function loadScripts(redis: Redis): Map<string, { text: ScriptCall; raw: ScriptCall }> {
  const commands = new Map<string, { text: ScriptCall; raw: ScriptCall }>();
  for (const file of readdirSync(SCRIPTS).filter((name) => name.endsWith('.lua'))) {
    const name = file.slice(0, -'.lua'.length);
    const command = `pozirk_${name.replaceAll('-', '_')}`;
    redis.defineCommand(command, { lua: PRELUDE + readFileSync(new URL(file, SCRIPTS), 'utf8') });
    const defined = redis as unknown as Record<string, ScriptCall>;
    const text = defined[command];
    const raw = defined[`${command}Buffer`];
    if (text && raw) commands.set(name, { text: text.bind(redis), raw: raw.bind(redis) });
  }
  return commands;
}

/** Codes with which Redis 6.2, 7 and Valkey say that it is not the time: each passes by itself or is mended at the server. */
const PASSING: ReadonlySet<string> = new Set(
  (
    'LOADING READONLY MASTERDOWN NOREPLICAS NOMASTERLINK FAILOVER UNBLOCKED CLUSTERDOWN TRYAGAIN MOVED ASK ' +
    'OOM MISCONF BUSY UNKILLABLE NOSCRIPT INPROG'
  ).split(' '),
);

/**
 * Codes in an error of Redis. A script's error has its own at the front from version 7 on; before, it stands within the
 * text: `ERR Error running script (call to f_…): @user_script:12: -READONLY You can't write …`. A transaction that was given
 * up names only that; why is in `previousErrors`.
 */
function codesIn(error: Error): ReadonlySet<string> {
  const earlier =
    'previousErrors' in error && Array.isArray(error.previousErrors) ? error.previousErrors : [];
  const texts = [error, ...earlier].map((one) => (one instanceof Error ? one.message : ''));
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/(?:^|: |\s-)([A-Z]{3,})(?= |$)/g)].map(([, code]) => code ?? ''),
    ),
  );
}

/** How a connection fails, by what Node.js or the client says. */
const AWAY =
  /Connection is closed|Command timed out|max retries per request|ECONN|EPIPE|ENOENT|EAI_AGAIN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Stream isn't writeable|max number of clients/i;

/** Whether `error` means that Redis is away, loading, read-only, busy or full: wait and try again. */
export function isStoreTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ([...codesIn(error)].some((code) => PASSING.has(code))) return true;
  return AWAY.test(`${error.message} ${'code' in error ? String(error.code) : ''}`);
}

/** Errors that only a setting mends, by the words of Node.js or Redis. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^(WRONGPASS|NOAUTH|ERR (Client sent AUTH|invalid password))/, 'refuses the name or password'],
  [
    /(?:^|-)NOPERM\b.*'([\w|]+)'/,
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
  [/ERR_SSL_|EPROTO/, 'does not speak TLS on this port: redis:// and not rediss://, or another port'],
];

/** Where Redis will not have us until a setting is changed: the error that says so in one line. */
export function refusalOf(store: Store, error: unknown): PozirkError | undefined {
  for (const one of [error, store.trouble()]) {
    if (!(one instanceof Error)) continue;
    const said = 'code' in one ? `${String(one.code)} ${one.message}` : one.message;
    for (const [pattern, meaning] of REFUSALS) {
      const found = pattern.exec(said);
      if (found)
        return new PozirkError('store.refused', `REDIS_URL: Redis ${meaning.replace('$1', found[1] ?? '')}`);
    }
  }
  return undefined;
}
