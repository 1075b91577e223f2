/** The environment, read once into one checked, frozen `Config`; every mistake is reported at once. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  dropNextKey,
  hideKey,
  type KeyFiles,
  ownKeyPath,
  readKeyFile,
  readNextKey,
  writeNewKey,
} from './key-files.ts';
import {
  address,
  chatIds,
  choice,
  dataKey,
  host,
  isLoopback,
  listenHost,
  number,
  phrases,
  proxy,
  type Reader,
  redisUrl,
  schedule,
  Secret,
  seconds,
  sources,
  text,
  token,
  webhookSecret,
  Wrong,
} from './setting.ts';

export { Secret } from './setting.ts';

export const REAL_API_ROOT = 'https://api.telegram.org';

/** A setting: how it is read, and what it is where nobody sets it. `.env.example` gives each default's reason. */
interface Setting<T> {
  readonly read: Reader<T>;
  readonly default?: string;
}

interface DefaultedSetting<T> extends Setting<T> {
  readonly default: string;
}

const optional = <T>(read: Reader<T>): Setting<T> => ({ read });

const setting = <T>(read: Reader<T>, byDefault: string): DefaultedSetting<T> => ({
  read,
  default: byDefault,
});

export const SETTINGS = {
  BOT_TOKEN: optional(token),
  TELEGRAM_API_ROOT: setting(address(REAL_API_ROOT, 'https', 'http'), REAL_API_ROOT),
  SOURCE_BE: setting(sources, 'https://pozirk.online/be/news/'),
  SOURCE_RU: setting(sources, 'https://pozirk.online/ru/news/'),
  SOURCE_EN: setting(sources, 'https://pozirk.online/en/news/'),
  POLL_SCHEDULE: setting(schedule, '*/30 * * * * *'),
  SOURCE_GAP_MS: setting(number(0, 600_000, 'milliseconds'), '1000'),
  SOURCE_RECHECK: setting(seconds, '300,900,3600,10800,21600,86400,172800'),
  SOURCE_CONTACT: optional(text),
  STALE_HOURS: setting(number(0.01, 8760, 'hours', false), '24'),
  PAID: setting(choice('mark', 'skip'), 'mark'),
  URGENT_MARKS: setting(phrases, 'Срочно, Тэрмінова, Urgent, Breaking'),
  LINK_HOST: optional(host),
  OFFICIAL_LINK: optional(address('https://t.me/name_of_the_true_bot', 'https')),
  REDIS_URL: optional(redisUrl),
  DATA_DIR: setting(text, './data'),
  DATA_KEY: optional(dataKey),
  DATA_KEY_FILE: optional(text),
  SEND_RATE: setting(number(0, 1000, 'messages a second', false), '25'),
  ADMIN_IDS: setting(chatIds, ''),
  MODE: setting(choice('polling', 'webhook'), 'polling'),
  WEBHOOK_URL: optional(address('https://bot.example.org/telegram', 'https', 'http')),
  WEBHOOK_SECRET: optional(webhookSecret),
  HTTP_HOST: setting(listenHost, '127.0.0.1'),
  HTTP_PORT: setting(number(0, 65_535, '(a TCP port)'), '8080'),
  LOG_LEVEL: setting(choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info'),
  PROXY_URL: optional(proxy),
  SOURCE_PROXY_URL: optional(proxy),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** How the newsroom's site is read. */
export interface SourceSettings {
  /** Addresses of feeds or listing pages; none: the edition is off. */
  readonly addresses: Readonly<Record<'be' | 'ru' | 'en', readonly string[]>>;
  /** node-cron expression. */
  readonly schedule: string;
  /** Least time between two requests to one host, ms. */
  readonly gapMs: number;
  /** A way to reach the operator, sent with every request; absent: none. */
  readonly contact?: string;
  readonly proxyUrl?: Secret;
}

export interface Config {
  readonly token: Secret;
  /** The digits before the token's colon. */
  readonly botId: string;
  readonly telegram: {
    /** Without a slash at the end. */
    readonly apiRoot: string;
    readonly proxyUrl?: Secret;
  };
  readonly updates:
    | { readonly mode: 'polling' }
    | { readonly mode: 'webhook'; readonly url: string; readonly secret: Secret };
  readonly source: SourceSettings;
  /** What `Policy` of the desk needs. */
  readonly policy: {
    readonly staleMs: number;
    readonly paid: 'mark' | 'skip';
    readonly urgentMarks: readonly string[];
    readonly linkHost?: string;
    /** The true bot's address, for the warning against impostors. */
    readonly officialLink?: string;
    readonly recheckSeconds: readonly number[];
    readonly adminIds: readonly number[];
  };
  readonly store:
    | { readonly kind: 'embedded'; readonly folder: string }
    | { readonly kind: 'remote'; readonly url: Secret };
  /** Absolute, exists, mode 0700. */
  readonly dataDir: string;
  /** 32 bytes. */
  readonly dataKey: Secret<Buffer>;
  /** The key before it, while everything is being re-sealed. */
  readonly previousKey?: Secret<Buffer>;
  readonly keyFiles: KeyFiles;
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

export interface Mistake {
  readonly name: string;
  readonly wrong: string;
  readonly right: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** One line for the terminal. Never contains a secret. */
export const mistakeLine = ({ name, wrong, right }: Mistake): string => `${name}: ${wrong}; right: ${right}`;

export interface ConfigOptions {
  /** Name of the embedded store's folder under `DATA_DIR`; the sandbox keeps its invented news apart. */
  readonly storeFolder?: string;
  /** What is wrong already, with the file that `env` comes from; told together with the rest. */
  readonly mistakes?: readonly Mistake[];
}

/**
 * Checks `env` whole. Only when nothing is wrong `DATA_DIR` is created, and the key where the embedded store has none
 * yet; then `warnings` names where it lies.
 */
export function readConfig(env: Environment, options: ConfigOptions = {}): ConfigResult {
  const mistakes = [...(options.mistakes ?? [])];
  const values = readValues(env, mistakes);
  checkTogether(values, mistakes);
  const givenKey = readGivenKey(values, mistakes);
  if (mistakes.length > 0) return { ok: false, mistakes };

  const dataDir = resolve(values.DATA_DIR);
  const warnings = adviceOn(values);
  const keys = prepareDataDir(dataDir, givenKey, warnings);
  if (!('dataKey' in keys)) return { ok: false, mistakes: [keys] };
  return { ok: true, config: freeze({ ...assemble(values, env, dataDir, options), ...keys }), warnings };
}

/** What `npm start -- source` needs. */
export interface SourceConfig {
  readonly source: SourceSettings;
  readonly urgentMarks: readonly string[];
  readonly linkHost?: string;
}

/** The same environment for a look at the source, which needs neither a token nor a store. */
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
    ...mistakes.filter(({ name }) => /^(SOURCE_|POLL_SCHEDULE|URGENT_MARKS|LINK_HOST)/.test(name)),
  ];
  if (own.length > 0) return { ok: false, mistakes: own };
  const config = {
    source: sourceSettings(values),
    urgentMarks: values.URGENT_MARKS,
    ...(values.LINK_HOST ? { linkHost: values.LINK_HOST } : {}),
  };
  return { ok: true, config: freeze(config) };
}

type Values = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends DefaultedSetting<infer T>
    ? T
    : (typeof SETTINGS)[Name] extends Setting<infer T>
      ? T | undefined
      : never;
};

/** Reads every setting; nobody looks at the value of one that is a mistake. */
function readValues(env: Environment, mistakes: Mistake[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, { read, default: byDefault }] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const written = env[name]?.trim() || byDefault;
    if (written === undefined) continue;
    const value = read(written);
    if (value instanceof Wrong) mistakes.push({ name, wrong: value.wrong, right: value.right });
    else values[name] = value;
  }
  return values as Values;
}

const isRealTelegram = (apiRoot: string | undefined): boolean =>
  URL.parse(apiRoot ?? '')?.hostname === new URL(REAL_API_ROOT).hostname;

/** Rules between settings. */
function checkTogether(values: Values, mistakes: Mistake[]): void {
  const wrong = (name: SettingName, what: string, right: string) =>
    mistakes.push({ name, wrong: what, right });
  const known = (name: string) => !mistakes.some((mistake) => mistake.name === name);
  if (!values.BOT_TOKEN && known('BOT_TOKEN')) wrong('BOT_TOKEN', 'missing', 'the line that @BotFather gave');
  if ([values.SOURCE_BE, values.SOURCE_RU, values.SOURCE_EN].every((list) => list?.length === 0)) {
    wrong(
      'SOURCE_BE',
      'every edition is off',
      'an address for at least one of SOURCE_BE, SOURCE_RU, SOURCE_EN',
    );
  }
  if (values.SEND_RATE === 0 && isRealTelegram(values.TELEGRAM_API_ROOT)) {
    wrong(
      'SEND_RATE',
      '0 (no limit) against the real Telegram',
      '25; 0 only with a TELEGRAM_API_ROOT of your own',
    );
  }
  if (values.MODE === 'webhook') checkWebhook(values, known, wrong);
}

function checkWebhook(
  values: Values,
  known: (name: string) => boolean,
  wrong: (name: SettingName, what: string, right: string) => void,
): void {
  const url = values.WEBHOOK_URL;
  if (!url && known('WEBHOOK_URL')) {
    wrong('WEBHOOK_URL', 'missing in webhook mode', 'https://bot.example.org/telegram');
  } else if (url?.startsWith('http:') && isRealTelegram(values.TELEGRAM_API_ROOT)) {
    wrong('WEBHOOK_URL', 'Telegram calls only https', 'https://bot.example.org/telegram');
  }
  if (!values.WEBHOOK_SECRET && known('WEBHOOK_SECRET')) {
    wrong('WEBHOOK_SECRET', 'missing in webhook mode', 'as `openssl rand -hex 32` prints it');
  }
}

/** The key of `DATA_KEY` or `DATA_KEY_FILE`; undefined: the embedded store keeps its own. */
function readGivenKey(values: Values, mistakes: Mistake[]): Secret<Buffer> | undefined {
  const right =
    'one of DATA_KEY and DATA_KEY_FILE, 32 bytes in base64, as `openssl rand -base64 32` prints them';
  const wrong = (setting: SettingName) => mistakes.some(({ name }) => name === setting);
  const file = values.DATA_KEY_FILE;
  if (values.DATA_KEY && file) {
    mistakes.push({
      name: 'DATA_KEY',
      wrong: 'set together with DATA_KEY_FILE',
      right: 'only one of the two',
    });
    return undefined;
  }
  if (file) {
    const key = readKeyFile(file);
    if (!(key instanceof Wrong)) return key;
    mistakes.push({ name: 'DATA_KEY_FILE', wrong: key.wrong, right: key.right });
  } else if (!values.DATA_KEY && (values.REDIS_URL || wrong('REDIS_URL')) && !wrong('DATA_KEY')) {
    mistakes.push({ name: 'DATA_KEY', wrong: 'missing with REDIS_URL', right });
  }
  return values.DATA_KEY;
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';

type Keys = Pick<Config, 'dataKey' | 'previousKey' | 'keyFiles'>;

/** Makes the folder that only we may read, and the key in it where none was given. */
function prepareDataDir(
  dataDir: string,
  given: Secret<Buffer> | undefined,
  warnings: string[],
): Keys | Mistake {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if ((statSync(dataDir).mode & 0o077) !== 0) chmodSync(dataDir, 0o700);
    const key = given ?? keptKey(ownKeyPath(dataDir), warnings);
    return key instanceof Secret ? withNextKey(key, { folder: dataDir, own: !given }) : key;
  } catch (error) {
    const right = 'a folder that this user may write';
    return { name: 'DATA_DIR', wrong: `${dataDir} cannot be used (${errorCode(error)})`, right };
  }
}

function keptKey(path: string, warnings: string[]): Secret<Buffer> | Mistake {
  if (writeNewKey(path)) {
    warnings.push(
      `a new DATA_KEY was written to ${path}: keep a copy apart from the data, without it nothing can be read`,
    );
  }
  if (hideKey(path)) warnings.push(`${path} could be read by other users; now only by this one`);
  const key = readKeyFile(path);
  return key instanceof Wrong ? { name: 'DATA_KEY', wrong: `${path} ${key.wrong}`, right: key.right } : key;
}

/** During a rotation the new key comes first. */
function withNextKey(key: Secret<Buffer>, keyFiles: KeyFiles): Keys | Mistake {
  const next = readNextKey(keyFiles);
  if (next instanceof Wrong) {
    const wrong = `${join(keyFiles.folder, 'key.new')} ${next.wrong}`;
    return { name: 'DATA_KEY', wrong, right: next.right };
  }
  if (!next) return { dataKey: key, keyFiles };
  if (!next.reveal().equals(key.reveal())) return { dataKey: next, previousKey: key, keyFiles };
  dropNextKey(keyFiles);
  return { dataKey: key, keyFiles };
}

/** What is not wrong but deserves a line. */
function adviceOn(values: Values): string[] {
  const advice: string[] = [];
  const root = URL.parse(values.TELEGRAM_API_ROOT);
  if (root?.protocol === 'http:' && !isLoopback(root.hostname)) {
    advice.push('TELEGRAM_API_ROOT is not https: the token travels readable by everybody on the way');
  }
  if (!isLoopback(values.HTTP_HOST) && values.MODE === 'polling') {
    advice.push('HTTP_HOST is open beyond this machine: /metrics is readable from there');
  }
  if (values.MODE === 'polling' && (values.WEBHOOK_URL ?? values.WEBHOOK_SECRET)) {
    advice.push('WEBHOOK_URL and WEBHOOK_SECRET have no effect while MODE is polling');
  }
  return advice;
}

function sourceSettings(values: Values): SourceSettings {
  return {
    addresses: { be: values.SOURCE_BE, ru: values.SOURCE_RU, en: values.SOURCE_EN },
    schedule: values.POLL_SCHEDULE,
    gapMs: values.SOURCE_GAP_MS,
    ...(values.SOURCE_CONTACT ? { contact: values.SOURCE_CONTACT } : {}),
    ...(values.SOURCE_PROXY_URL ? { proxyUrl: values.SOURCE_PROXY_URL } : {}),
  };
}

function assemble(
  values: Values,
  env: Environment,
  dataDir: string,
  options: ConfigOptions,
): Omit<Config, keyof Keys> {
  const { BOT_TOKEN: botToken = new Secret(''), WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = values;
  return {
    token: botToken,
    botId: botToken.reveal().split(':')[0] ?? '',
    telegram: {
      apiRoot: values.TELEGRAM_API_ROOT,
      ...(values.PROXY_URL ? { proxyUrl: values.PROXY_URL } : {}),
    },
    updates:
      values.MODE === 'webhook' && url && secret ? { mode: 'webhook', url, secret } : { mode: 'polling' },
    source: sourceSettings(values),
    policy: {
      staleMs: values.STALE_HOURS * 3_600_000,
      paid: values.PAID,
      urgentMarks: values.URGENT_MARKS,
      ...(values.LINK_HOST ? { linkHost: values.LINK_HOST } : {}),
      ...(values.OFFICIAL_LINK ? { officialLink: values.OFFICIAL_LINK } : {}),
      recheckSeconds: values.SOURCE_RECHECK,
      adminIds: values.ADMIN_IDS,
    },
    store: values.REDIS_URL
      ? { kind: 'remote', url: values.REDIS_URL }
      : { kind: 'embedded', folder: join(dataDir, options.storeFolder ?? 'redis') },
    dataDir,
    sendRate: values.SEND_RATE,
    http: { host: values.HTTP_HOST, port: values.HTTP_PORT, fixed: Boolean(env['HTTP_PORT']?.trim()) },
    logLevel: values.LOG_LEVEL,
  };
}

/** Frozen to the last object; a secret's inside is out of reach anyway. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
