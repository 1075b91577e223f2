/** Dates as newsrooms write them: in words or numbers, without a year, with or without a zone. */
import { bounded, remembered } from '../bounded.ts';
import { wallClock } from '../news/zone.ts';
import { newsroom } from '../newsroom/current.ts';
import { monthNumber, weekdayNumber } from './months.ts';
import { minutesAhead, timeOfDay } from './time-of-day.ts';

/** A moment, or only a day where the source gives no time of day. */
export type Dated =
  | { readonly at: number; readonly day: string }
  | { readonly at?: never; readonly day: string };

export interface DayOfYear {
  readonly day: number;
  readonly month: number;
  readonly year?: number;
}

/** UTF-16 units of what may be a date, with mark-up and without. */
const LONGEST_WRITTEN = 1000;
const LONGEST_DATE = 120;

/** Which number comes first in dates with slashes, `22/08/2026` or `08/22/2026`. */
export type SlashOrder = 'day' | 'month';

/**
 * Reads a date in RFC 822, ISO 8601 or a newsroom's own writing, or seconds since 1970. Without a zone it is the time of
 * the newsroom; with a half of the day or a zone that is not understood it is only a day. Midnight sharp is taken for a day
 * without a time: feeds that know no time write it so. Undefined where it is no date, or one beyond 1990-2100.
 */
export function parseDate(text: string, slashes: SlashOrder = 'month'): Dated | undefined {
  const written = spelt(text);
  if (!written || written.length > LONGEST_DATE) return undefined;
  const parts = isoParts(written) ?? wordParts(written) ?? numberParts(written, slashes);
  if (!parts || parts.year < 1990 || parts.year > 2100) return undefined;
  const noon = Date.UTC(parts.year, parts.month - 1, parts.day, 12);
  if (new Date(noon).getUTCDate() !== parts.day) return undefined;
  const day = isoDay(parts.year, parts.month, parts.day);
  const time = timeOfDay(written);
  if (!time || (time.hour === 0 && time.minute === 0 && time.second === 0)) return { day };
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, time.hour, time.minute, time.second);
  const ahead = typeof time.zone === 'string' ? minutesAhead(time.zone, local) : time.zone;
  const at = local - (ahead ?? zoneMinutes(local)) * 60_000;
  return { at, day: dayOf(at) };
}

/** A date without mark-up; one of digits alone with what parts them. */
function spelt(text: string): string {
  const words = text
    .slice(0, LONGEST_WRITTEN)
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/\s+/g, ' ')
    // Hyphens that do not part, as typographers put them.
    .replace(/[\u2010\u2011]/g, '-')
    .trim();
  const seconds = SECONDS.exec(words)?.[1];
  if (seconds) return new Date(Number(seconds) * 1000).toISOString();
  const apart = words
    .replace(/(?<!\d)(\d{1,2})\. (\d{1,2})\. (?=\d{4}(?!\d))/, '$1.$2.')
    .replace(/(?<=(?<!\d)\d{4}):(?=\d{1,2}:\d{2})/, ' ')
    .replace(/(?<=^\d{4}-\d{2}-\d{2}T)(\d{2})(\d{2})(\d{2})?(?!\d)/i, (_, ...found: string[]) => {
      const [hour, minute, second = '00'] = found;
      return `${hour}:${minute}:${second}`;
    });
  return apart.replace(
    /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?!\d)/,
    (_, ...found: string[]) => {
      const [year, month, day, hour, minute, second = '00'] = found;
      return `${year}-${month}-${day}${hour ? `T${hour}:${minute}:${second}` : ''}`;
    },
  );
}

/** Seconds since 1970 or their thousandths, also as `1787396700.25` and `/Date(1787396700250+0300)/`. */
const SECONDS = /^(?:\/Date\()?(1\d{9})(?:\d{3})?(?:\.\d{1,9})?(?:(?:[+-]\d{4})?\)\/)?$/;

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isoParts(text: string): DateParts | undefined {
  const match = /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text);
  return match ? checked(Number(match[1]), Number(match[3]), Number(match[4])) : undefined;
}

/**
 * `22 Aug 2026`, `22-Aug-26`, `22/Aug/2026`, `August 22nd, 2026`, `22-га жніўня 2026`, `22 de agosto de 2026`,
 * `Aug 22 14:05:00 GMT+03:00 2026`, `2026 Aug 22`.
 */
function wordParts(text: string): DateParts | undefined {
  for (const order of ORDERS)
    for (const { groups: { year, month, day } = {} } of text.matchAll(order)) {
      const found = numbered(year, monthNumber(month ?? '') ?? 0, Number(day));
      if (found) return found;
    }
  return undefined;
}

/** They look ahead only: what turns out to be no date, as `05 PM 26`, may hold the beginning of one. */
const ORDERS = [
  /(?<!\d)(?<!\d:)(?=(?<day>\d{1,2})(?:st|nd|rd|th|-?г[ао]|-?о?е|[»”"])?\.?(?:\s+|[-/]|(?<=\.))(?:(?:de|of)\s+)?(?<month>\p{L}{2,12})\.?(?:,?\s+|[-/,]|(?<=\.))(?:de\s+)?(?<year>\d{4}|\d{2})(?![\d:]))/gu,
  /(?<!\p{L})(?=(?<month>\p{L}{3,12})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:\d{1,2}:\d{2}(?::\d{2})?\s+(?:\S{1,30}\s+){0,2})?(?<year>\d{4})(?!\d))/gu,
  /(?<!\d)(?=(?<year>\d{4})(?: m\.)?[\s,./-]+(?<month>\p{L}{3,12})\.?[\s,./-]+(?<day>\d{1,2})(?![\d:]))/gu,
];

const NUMBERS = /(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d.])/;

/** `22.08.2026` and `22-08-2026` are day first, as their writers mean them; a number that no month has is the day. */
function numberParts(text: string, slashes: SlashOrder): DateParts | undefined {
  const match = NUMBERS.exec(text);
  if (!match) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const isMonthFirst = (match[2] === '/' && slashes === 'month' && first <= 12) || second > 12;
  return isMonthFirst ? numbered(match[4], first, second) : numbered(match[4], second, first);
}

/**
 * The order in which one source writes dates with slashes: that in which most of them are dates, and of the day of the week
 * that they name; where both are as good, that in which the latest is nearer to `at` (ms), when they were read. Month first
 * where nothing tells.
 */
export function slashOrder(written: readonly string[], at?: number): SlashOrder {
  const slashed = written.filter((text) => text.length <= LONGEST_DATE && NUMBERS.exec(text)?.[2] === '/');
  const [byMonth, byDay] = (['month', 'day'] as const).map((order) =>
    slashed.flatMap((text) => noonBySlashes(text, order) ?? []),
  ) as [number[], number[]];
  if (byMonth.length !== byDay.length) return byMonth.length > byDay.length ? 'month' : 'day';
  return at !== undefined && agoOf(byDay, at) < agoOf(byMonth, at) ? 'day' : 'month';
}

/** Noon of a date in one of the orders, ms; undefined where it is none in it, or not of its day of the week. */
function noonBySlashes(text: string, order: SlashOrder): number | undefined {
  const [, first, , second, year] = NUMBERS.exec(text) ?? [];
  const [month, day] = order === 'month' ? [first, second] : [second, first];
  const parts = numbered(year, Number(month), Number(day));
  if (!parts) return undefined;
  const noon = Date.UTC(parts.year, parts.month - 1, parts.day, 12);
  const weekday = (text.match(/\p{L}+/gu) ?? []).map(weekdayNumber).find((found) => found !== undefined);
  return weekday === undefined || weekday === (new Date(noon).getUTCDay() || 7) ? noon : undefined;
}

/** How long before `at` the latest of several days was, ms; what is to come says nothing. */
const agoOf = (noons: readonly number[], at: number): number =>
  Math.min(...noons.filter((noon) => noon < at + TOMORROW_MS).map((noon) => Math.abs(at - noon)));
const TOMORROW_MS = 36 * 3_600_000;

/** `26` is of this century; `0001` is what a program writes that has no date. */
const numbered = (year = '', month: number, day: number): DateParts | undefined =>
  checked(Number(year) + (year.length === 2 ? 2000 : 0), month, day);

const checked = (year: number, month: number, day: number): DateParts | undefined =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : undefined;

/** Zones change their offset at most a few times a year; within this long it is asked for once. */
const OFFSET_MS = 6 * 3_600_000;
const offsets = bounded<number, number>(10_000);

/** Minutes by which the newsroom's zone is ahead of Greenwich at (about) `at`. */
const zoneMinutes = (at: number): number =>
  remembered(
    offsets,
    Math.floor(at / OFFSET_MS) * OFFSET_MS,
    (moment) => (wallClock(newsroom().timezone, moment) - moment) / 60_000,
  );

/** Calendar day in the newsroom's zone at the moment `at`, `YYYY-MM-DD`. */
export const dayOf = (at: number): string =>
  new Date(at + zoneMinutes(at) * 60_000).toISOString().slice(0, 10);

/** The last millisecond of a day in the newsroom's zone. */
export function endOfDay(day: string): number {
  const utc = Date.parse(`${day}T23:59:59.999Z`);
  return utc - zoneMinutes(utc) * 60_000;
}

/** Days from `from` to `to`, both `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const isoDay = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/**
 * The full date of a day and month that was read at `readAt`: the latest such day that is not after tomorrow, so that
 * on 1 January "31 December" is last year's. Undefined for a day that no year has.
 */
export function withYear({ day, month, year }: DayOfYear, readAt: number): string | undefined {
  const tomorrow = dayOf(readAt + 86_400_000);
  const now = Number(tomorrow.slice(0, 4));
  for (const candidate of year ? [year] : [now, now - 1, now - 2, now - 3, now - 4]) {
    const exists = new Date(Date.UTC(candidate, month - 1, day)).getUTCDate() === day;
    const date = isoDay(candidate, month, day);
    if (exists && (year !== undefined || date <= tomorrow)) return date;
  }
  return undefined;
}
