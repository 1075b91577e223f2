/** Every setting of the environment: how it is read, and what it is where nobody sets it. */
import { byEdition, EDITIONS, type Edition } from '../news/edition.ts';
import {
  address,
  botNumber,
  chatIds,
  choice,
  dataKey,
  hookSecret,
  host,
  hosts,
  keepHours,
  listenHost,
  newsroomFile,
  number,
  outsideAddress,
  phrases,
  proxy,
  type ValueReader,
  redisUrl,
  schedule,
  seconds,
  sources,
  text,
  token,
  webhookSecret,
  Wrong,
} from './values.ts';
import type { Flaw } from '../newsroom/check.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { newsroom } from '../newsroom/current.ts';

export const REAL_API_ROOT = 'https://api.telegram.org';

/** A setting: how it is read, and what it is where nobody sets it. `.env.example` gives each default's reason. */
interface Setting<T, Default = string | undefined> {
  readonly read: ValueReader<T>;
  readonly default: Default;
}

const optional = <T>(read: ValueReader<T>): Setting<T, undefined> => ({ read, default: undefined });

const setting = <T>(read: ValueReader<T>, byDefault: string): Setting<T, string> => ({
  read,
  default: byDefault,
});

type SourceName = `SOURCE_${Uppercase<Edition>}`;

/** The setting with the addresses of an edition: `SOURCE_BE` for `be`. */
const sourceName = (edition: Edition): SourceName => `SOURCE_${edition.toUpperCase() as Uppercase<Edition>}`;

/** One setting an edition. */
const SOURCE_ROWS = Object.fromEntries(
  EDITIONS.map((edition) => [sourceName(edition), optional(sources)]),
) as Readonly<Record<SourceName, Setting<readonly string[], undefined>>>;

export const ENV_SETTINGS = {
  BOT_TOKEN: optional(token),
  BOT_TOKEN_FILE: optional(text),
  TELEGRAM_API_ROOT: setting(address(REAL_API_ROOT, 'https', 'http'), REAL_API_ROOT),
  NEWSROOM: optional(newsroomFile),
  ...SOURCE_ROWS,
  POLL_SCHEDULE: setting(schedule, '*/30 * * * * *'),
  SOURCE_GAP_MS: setting(number(0, 600_000, 'milliseconds'), '1000'),
  SOURCE_ROBOTS: setting(choice('obey', 'ignore'), 'obey'),
  SOURCE_MAX_MB: setting(number(1, 50, 'megabytes', false), '5'),
  SOURCE_RECHECK: setting(seconds, '300,900,3600,10800,21600,86400,172800'),
  SOURCE_VALIDATORS: setting(choice('on', 'off'), 'on'),
  SOURCE_CONTACT: optional(text),
  STALE_HOURS: setting(number(0.01, 8760, 'hours', false), '24'),
  KEEP_DEFAULT: setting(keepHours, '47h'),
  PAID: setting(choice('mark', 'skip'), 'mark'),
  URGENT_MARKS: setting(phrases, 'Срочно, Тэрмінова, Urgent, Breaking'),
  LINK_HOST: optional(host),
  LINK_HOSTS: setting(hosts, ''),
  OFFICIAL_LINK: optional(address('https://t.me/name_of_the_true_bot', 'https')),
  REDIS_URL: optional(redisUrl),
  REDIS_URL_FILE: optional(text),
  DATA_DIR: setting(text, './data'),
  DATA_KEY: optional(dataKey),
  DATA_KEY_FILE: optional(text),
  SECRETS_FILE: optional(text),
  PAID_BROADCAST: setting(choice('off', 'urgent'), 'off'),
  PAID_FLOOR: setting(number(0, 1_000_000_000, 'Stars'), '0'),
  SEND_RATE: setting(number(0, 1000, 'messages a second', false), '25'),
  FORMER_BOT: optional(botNumber),
  ADMIN_IDS: setting(chatIds, ''),
  HOOK_SECRET: optional(hookSecret),
  HOOK_SECRET_FILE: optional(text),
  ALARM_URL: optional(outsideAddress),
  HEARTBEAT_URL: optional(outsideAddress),
  MODE: setting(choice('polling', 'webhook'), 'polling'),
  WEBHOOK_URL: optional(address('https://bot.example.org/telegram', 'https', 'http')),
  WEBHOOK_SECRET: optional(webhookSecret),
  WEBHOOK_SECRET_FILE: optional(text),
  HTTP_HOST: setting(listenHost, '127.0.0.1'),
  HTTP_PORT: setting(number(0, 65_535, '(a TCP port)'), '8080'),
  LOG_LEVEL: setting(choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info'),
  PROXY_URL: optional(proxy),
  SOURCE_PROXY_URL: optional(proxy),
} as const;

export type EnvName = keyof typeof ENV_SETTINGS;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Mistake extends Flaw {
  readonly name: string;
}

export type SettingValues = {
  readonly [Name in EnvName]: (typeof ENV_SETTINGS)[Name] extends Setting<infer T, infer Default>
    ? T | Extract<Default, undefined>
    : never;
};

/** Reads every setting; nobody looks at the value of one that is a mistake. */
export function readValues(env: Environment, mistakes: Mistake[]): SettingValues {
  const values: Record<string, unknown> = {};
  for (const [name, { read, default: byDefault }] of Object.entries<Setting<unknown>>(ENV_SETTINGS)) {
    const written = env[name]?.trim() || byDefault;
    if (written === undefined) continue;
    const value = read(written);
    if (value instanceof Wrong)
      mistakes.push(
        ...[value, ...value.further].map(({ wrong, right }): Mistake => ({ name, wrong, right })),
      );
    else values[name] = value;
  }
  return values as SettingValues;
}

/** The environment's addresses over the newsroom's own. */
export function addressesOf(values: SettingValues): Newsroom['sources'] {
  const own = (values.NEWSROOM ?? newsroom()).sources;
  return byEdition((edition) => values[sourceName(edition)] ?? own[edition]);
}
