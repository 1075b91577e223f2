/** The environment, read once into one checked, frozen `Config`; every mistake is reported at once. */
import { present } from '../present.ts';
import { join, resolve } from 'node:path';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { hostOf } from '../news/link-hosts.ts';
import type { Policy } from '../news/policy.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { newsroom } from '../newsroom/current.ts';
import { HOUR } from '../time.ts';
import { type DataKeys, prepareDataDir, readGivenKey } from './data-dir.ts';
import { Secret } from './values.ts';
import { type Environment, type Mistake, addressesOf, readValues, type SettingValues } from './settings.ts';
import { exposureOf, ownKeyExposure } from './exposure.ts';
import { ownKeyPath } from './keys.ts';
import { adviceOn, checkTogether } from './rules.ts';
import { readSecretFiles, type SecretFile } from './secrets.ts';

export { type Environment, type Mistake, ENV_SETTINGS } from './settings.ts';

/** How the newsroom's site is read. */
export interface SourceSettings {
  readonly newsroom: Newsroom;
  /** Addresses of feeds or listing pages; none: the edition is off. */
  readonly addresses: Readonly<Record<Edition, readonly string[]>>;
  /** node-cron expression. */
  readonly schedule: string;
  /** Nobody has set the schedule, nor can the newsroom ring: looks follow the newsroom's own rhythm. */
  readonly adapts: boolean;
  /** Least time between two requests to one host, ms. */
  readonly gapMs: number;
  readonly robots: 'obey' | 'ignore';
  /** Largest answer after decompression, MB. */
  readonly maxMb: number;
  /** A way to reach the operator, sent with every request; absent: none. */
  readonly contact?: string;
  readonly proxyUrl?: Secret;
}

export interface Config extends DataKeys {
  readonly token: Secret;
  /** The digits before the token's colon. */
  readonly botId: string;
  /** These digits of a bot that is lost and whose chats come over to this one. */
  readonly formerBot?: string;
  readonly telegram: {
    /** Without a slash at the end. */
    readonly apiRoot: string;
    readonly proxyUrl?: Secret;
  };
  readonly updates:
    | { readonly mode: 'polling' }
    | { readonly mode: 'webhook'; readonly url: string; readonly secret: Secret };
  readonly source: SourceSettings;
  readonly policy: Policy;
  readonly store:
    | { readonly kind: 'embedded'; readonly folder: string }
    | { readonly kind: 'remote'; readonly url: Secret };
  /** Absolute, exists, mode 0700. */
  readonly dataDir: string;
  /** Opens `POST /hook/source`; absent: it is closed. */
  readonly hookSecret?: Secret;
  /** Told each alarm, and asked for while the news gets out. */
  readonly alarmUrl?: Secret;
  readonly heartbeatUrl?: Secret;
  /** Decides where it is noted who left since a backup: `journal-place.ts`. */
  readonly journal: { readonly dataDir: string; readonly keyFile: string; readonly botId: string };
  /** Messages a second to all chats together; 0: no limit. */
  readonly sendRate: number;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Somebody chose this port: another one will not do. */
    readonly fixed: boolean;
  };
  readonly logLevel: string;
}

/** Where the data are, for the terminal. */
export const dataAt = ({ store }: Config): string =>
  store.kind === 'embedded' ? store.folder : 'the Redis of REDIS_URL';

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** One line for the terminal. Never contains a secret. */
export const mistakeLine = ({ name, wrong, right }: Mistake): string => `${name}: ${wrong}; right: ${right}`;

export interface ConfigOptions {
  /** Where the sandbox keeps its store and its key under `DATA_DIR`. Its people are invented: no key or token is worth a warning. */
  readonly sandboxFolder?: string;
  /** Mistakes found so far, with the file that `env` comes from; told together with the rest. */
  readonly mistakes?: readonly Mistake[];
  /** Changes the settings once each file of a secret is read: the sandbox moves to a database of its own. */
  readonly move?: (env: Environment) => Environment;
}

/**
 * Checks `env` whole. Only when nothing is wrong `DATA_DIR` is created, and the key where the embedded store has none
 * yet; then `warnings` names where it lies.
 */
export function readConfig(written: Environment, options: ConfigOptions = {}): ConfigResult {
  const mistakes = [...(options.mistakes ?? [])];
  const { env: filled, files } = readSecretFiles(written, mistakes);
  const env = options.move?.(filled) ?? filled;
  const values = readValues(env, mistakes);
  checkTogether(values, mistakes);
  const givenKey = readGivenKey(values, files, ownDirOf(values, options), mistakes);
  if (mistakes.length > 0)
    return { ok: false, mistakes: mistakes.map((mistake) => asWritten(mistake, files)) };

  const dataDir = resolve(values.DATA_DIR);
  const warnings = [
    ...adviceOn(values),
    ...(options.sandboxFolder ? [] : exposureOf(files, dataDir, !values.REDIS_URL)),
  ];
  // A sandbox that starts beside a rotation of the bot's key has no part in it.
  const keys = prepareDataDir(ownDirOf(values, options), givenKey, options.sandboxFolder ? [] : warnings);
  if (!('dataKey' in keys)) return { ok: false, mistakes: [keys] };
  if (!givenKey && !options.sandboxFolder) warnings.push(ownKeyExposure(dataDir));
  return {
    ok: true,
    config: freeze({ ...assemble(values, env, written, options), ...keys }),
    warnings,
  };
}

/** The sandbox's readers are nobody's: a real bot's key and notes are not for it. */
const ownDirOf = ({ DATA_DIR }: SettingValues, { sandboxFolder = '' }: ConfigOptions): string =>
  resolve(DATA_DIR, sandboxFolder);

/** A value from a file is wrong under the name that leads to the file. */
function asWritten(mistake: Mistake, files: readonly SecretFile[]): Mistake {
  const isFiled = files.some(({ name }) => name === mistake.name);
  return isFiled ? { ...mistake, name: `${mistake.name}_FILE` } : mistake;
}

/** Settings for `npm start -- source`. */
export interface SourceConfig {
  readonly source: SourceSettings;
  readonly urgentMarks: readonly string[];
  readonly linkHost?: string;
}

/** Reads the environment for a look at the source, which needs neither a token nor a store. */
export function readSourceConfig(
  env: Environment,
  inFile: readonly Mistake[] = [],
):
  | { readonly ok: true; readonly config: SourceConfig }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const values = readValues(env, mistakes);
  const own = [
    ...inFile,
    ...mistakes.filter(({ name }) => /^(NEWSROOM|SOURCE_|POLL_SCHEDULE|URGENT_MARKS|LINK_HOST)/.test(name)),
  ];
  if (own.length > 0) return { ok: false, mistakes: own };
  const config = present<SourceConfig>({
    source: sourceSettings(values, env),
    urgentMarks: values.URGENT_MARKS,
    linkHost: values.LINK_HOST,
  });
  return { ok: true, config: freeze(config) };
}

function sourceSettings(values: SettingValues, env: Environment): SourceSettings {
  return present({
    addresses: addressesOf(values),
    schedule: values.POLL_SCHEDULE,
    adapts: !env['POLL_SCHEDULE']?.trim() && !values.HOOK_SECRET,
    newsroom: values.NEWSROOM ?? newsroom(),
    gapMs: values.SOURCE_GAP_MS,
    robots: values.SOURCE_ROBOTS,
    maxMb: values.SOURCE_MAX_MB,
    contact: values.SOURCE_CONTACT,
    proxyUrl: values.SOURCE_PROXY_URL,
  });
}

function assemble(
  values: SettingValues,
  env: Environment,
  written: Environment,
  options: ConfigOptions,
): Omit<Config, keyof DataKeys> {
  const { BOT_TOKEN: botToken = new Secret(''), WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = values;
  const botId = botToken.reveal().split(':')[0] ?? '';
  const dataDir = resolve(values.DATA_DIR);
  const { sandboxFolder } = options;
  const ownDir = ownDirOf(values, options);
  const keyFile = sandboxFolder ? undefined : written['DATA_KEY_FILE']?.trim();
  return present({
    token: botToken,
    botId,
    formerBot: values.FORMER_BOT,
    telegram: present({ apiRoot: values.TELEGRAM_API_ROOT, proxyUrl: values.PROXY_URL }),
    updates:
      values.MODE === 'webhook' && url && secret ? { mode: 'webhook', url, secret } : { mode: 'polling' },
    source: sourceSettings(values, env),
    policy: present({
      off: EDITIONS.filter((edition) => addressesOf(values)[edition].length === 0),
      linkHosts: linkHostsOf(values),
      staleMs: values.STALE_HOURS * HOUR,
      paid: values.PAID,
      keepHours: values.KEEP_DEFAULT,
      urgentMarks: values.URGENT_MARKS,
      linkHost: values.LINK_HOST,
      officialLink: values.OFFICIAL_LINK,
      recheckSeconds: values.SOURCE_RECHECK,
      paidFloor: values.PAID_BROADCAST === 'urgent' ? values.PAID_FLOOR : undefined,
      validators: values.SOURCE_VALIDATORS,
      adminIds: values.ADMIN_IDS,
    }),
    store: values.REDIS_URL
      ? { kind: 'remote', url: values.REDIS_URL }
      : { kind: 'embedded', folder: join(dataDir, sandboxFolder ?? 'redis') },
    dataDir,
    hookSecret: values.HOOK_SECRET,
    alarmUrl: values.ALARM_URL,
    heartbeatUrl: values.HEARTBEAT_URL,
    journal: { dataDir: ownDir, keyFile: keyFile ? resolve(keyFile) : ownKeyPath(ownDir), botId },
    sendRate: values.SEND_RATE,
    http: { host: values.HTTP_HOST, port: values.HTTP_PORT, fixed: Boolean(env['HTTP_PORT']?.trim()) },
    logLevel: values.LOG_LEVEL,
  });
}

/** Where links of stories may lead: to the newsroom and its sources, to a mirror, and where the operator says. */
function linkHostsOf(values: SettingValues): string[] {
  const sources = [addressesOf(values), (values.NEWSROOM ?? newsroom()).sources].flatMap((one) =>
    Object.values(one).flat(),
  );
  const named = [...values.LINK_HOSTS, ...(values.LINK_HOST ? [values.LINK_HOST] : [])];
  return [...new Set([...sources, ...named.map((name) => `https://${name}`)].map(hostOf))];
}

/** Frozen to the last object; a secret's inside is out of reach anyway. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
