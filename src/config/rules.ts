/** Rules between settings, each of which is right by itself. */
import { parseRedisAddress } from '../redis-address.ts';
import { isLoopback } from './values.ts';
import { addressesOf, type Mistake, REAL_API_ROOT, type EnvName, type SettingValues } from './settings.ts';

const isRealTelegram = (apiRoot: string | undefined): boolean =>
  URL.parse(apiRoot ?? '')?.hostname === new URL(REAL_API_ROOT).hostname;

/** Adds to `mistakes` what does not go together. */
export function checkTogether(values: SettingValues, mistakes: Mistake[]): void {
  const wrong = (name: EnvName, what: string, right: string) => mistakes.push({ name, wrong: what, right });
  const known = (name: string) => !mistakes.some((mistake) => mistake.name === name);
  if (!values.BOT_TOKEN && known('BOT_TOKEN')) wrong('BOT_TOKEN', 'missing', 'the line that @BotFather gave');
  if (Object.values(addressesOf(values)).every((list) => list.length === 0)) {
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
  if (values.FORMER_BOT && values.BOT_TOKEN?.reveal().startsWith(`${values.FORMER_BOT}:`)) {
    wrong('FORMER_BOT', 'is the bot of BOT_TOKEN itself', 'the number of the bot that is lost, or nothing');
  }
  if (values.MODE === 'webhook') checkWebhook(values, known, wrong);
}

function checkWebhook(
  values: SettingValues,
  known: (name: string) => boolean,
  wrong: (name: EnvName, what: string, right: string) => void,
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

/** Warnings: valid settings that deserve a line. */
export function adviceOn(values: SettingValues): string[] {
  const advice: string[] = [];
  const root = URL.parse(values.TELEGRAM_API_ROOT);
  if (root?.protocol === 'http:' && !isLoopback(root.hostname)) {
    advice.push('TELEGRAM_API_ROOT is not https: the token travels readable by everybody on the way');
  }
  const redis = parseRedisAddress(values.REDIS_URL?.reveal() ?? '');
  if (redis && redis.kind !== 'socket' && redis.password === undefined) {
    advice.push(
      'REDIS_URL has no password: every program on this machine can delete readers there and write as the newsroom; right: redis://user:password@…, or unix: and a socket that only the bot may open',
    );
  }
  if (!isLoopback(values.HTTP_HOST) && values.MODE === 'polling') {
    advice.push('HTTP_HOST is open beyond this machine: /metrics is readable from there');
  }
  if (values.MODE === 'polling' && (values.WEBHOOK_URL ?? values.WEBHOOK_SECRET)) {
    advice.push('WEBHOOK_URL and WEBHOOK_SECRET have no effect while MODE is polling');
  }
  return advice;
}
