/** Dates as newsrooms write them: with months in five languages, without a year, with or without a zone. */
import { wallClock } from '../news/zone.ts';

import { bounded } from '../bounded.ts';
import { newsroom } from '../newsroom/current.ts';

const MONTHS: readonly RegExp[] = [
  /^(?:студз|янв|jan)/,
  /^(?:лют|фев|feb|fev)/,
  /^(?:сакав|март|mar)/,
  /^(?:крас|апр|apr|abr)/,
  /^(?:мая|май|трав|may|mai)/,
  /^(?:чэрв|черв|июн|jun)/,
  /^(?:ліп|июл|jul)/,
  /^(?:жні|жн|авг|aug|ago)/,
  /^(?:верас|сен|sep|set)/,
  /^(?:кастр|окт|oct|out)/,
  /^(?:ліст|ноя|nov)/,
  /^(?:снеж|сьнеж|дек|dec|dez)/,
];

/** Zones that RFC 822 and Russian feeds name by letters, in minutes east of Greenwich. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  msk: 180,
  мск: 180,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  bst: 60,
};

/** A moment, or only a day where the source gives no time of day. */
export type Dated =
  | { readonly at: number; readonly day: string }
  | { readonly at?: never; readonly day: string };

export interface DayOfYear {
  readonly day: number;
  readonly month: number;
  readonly year?: number;
}

/** Number of a month from 1, by its name in any case; undefined where it is none. */
export function monthNumber(name: string): number | undefined {
  const index = MONTHS.findIndex((month) => month.test(name.toLowerCase()));
  return index < 0 ? undefined : index + 1;
}

/**
 * Reads a date in RFC 822, ISO 8601 or a newsroom's own writing. Without a zone it is the time of the newsroom. Midnight sharp is
 * taken for a day without a time: feeds that know no time write it so. Undefined where it is no date, or one beyond
 * 1990-2100.
 */
export function parseDate(text: string): Dated | undefined {
  const written = text
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!written || written.length > 120) return undefined;
  const parts = isoParts(written) ?? wordParts(written) ?? numberParts(written);
  if (!parts || parts.year < 1990 || parts.year > 2100) return undefined;
  const noon = Date.UTC(parts.year, parts.month - 1, parts.day, 12);
  if (new Date(noon).getUTCDate() !== parts.day) return undefined;
  const day = isoDay(parts.year, parts.month, parts.day);
  const time = timeOf(written);
  if (!time || (time.hour === 0 && time.minute === 0 && time.second === 0)) return { day };
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, time.hour, time.minute, time.second);
  const at = local - (time.zone ?? zoneMinutes(local)) * 60_000;
  return { at, day: dayOf(at) };
}

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isoParts(text: string): DateParts | undefined {
  const match = /(?:^|\D)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text);
  return match ? checked(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** `22 Aug 2026`, `August 22, 2026`, `22 жніўня 2026`. */
function wordParts(text: string): DateParts | undefined {
  const dayFirst = /(\d{1,2})\s+(\p{L}{3,12})\.?,?\s+(\d{4}|\d{2})(?![\d:])/u.exec(text);
  if (dayFirst) return named(dayFirst[3], dayFirst[2], dayFirst[1]);
  const monthFirst = /(\p{L}{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})/u.exec(text);
  return monthFirst ? named(monthFirst[3], monthFirst[1], monthFirst[2]) : undefined;
}

/** `22.08.2026` is day first, `08/22/2026` is month first, as their writers mean them. */
function numberParts(text: string): DateParts | undefined {
  const dots = /(?:^|\D)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/.exec(text);
  if (dots) return checked(Number(dots[3]), Number(dots[2]), Number(dots[1]));
  const slashes = /(?:^|\D)(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  return slashes ? checked(Number(slashes[3]), Number(slashes[1]), Number(slashes[2])) : undefined;
}

function named(year: string | undefined, month: string | undefined, day: string | undefined) {
  const written = Number(year);
  return checked(written < 100 ? 2000 + written : written, monthNumber(month ?? '') ?? 0, Number(day));
}

const checked = (year: number, month: number, day: number): DateParts | undefined =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : undefined;

function timeOf(text: string) {
  const match =
    /(?:^|[T\s-])(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z\b|[+-]\d{2}:?\d{2}|[\p{L}]{2,4}(?![\p{L}]))?/u.exec(
      text,
    );
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return { hour, minute, second, zone: zoneOf(match[4]) };
}

function zoneOf(written: string | undefined): number | undefined {
  if (!written) return undefined;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(written);
  if (!offset) return ZONES[written.toLowerCase()];
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return minutes > 14 * 60 ? undefined : offset[1] === '-' ? -minutes : minutes;
}

/** Zones change their offset at most a few times a year; within this long it is asked for once. */
const OFFSET_MS = 6 * 3_600_000;
const offsets = bounded<number, number>(10_000);

/** Minutes by which the newsroom's zone is ahead of Greenwich at (about) `at`. */
function zoneMinutes(at: number): number {
  const span = Math.floor(at / OFFSET_MS);
  const known = offsets.get(span);
  if (known !== undefined) return known;
  const moment = span * OFFSET_MS;
  const minutes = (wallClock(newsroom().timezone, moment) - moment) / 60_000;
  offsets.set(span, minutes);
  return minutes;
}

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

export const isoDay = (year: number, month: number, day: number): string =>
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
