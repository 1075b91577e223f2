/** The one reading of time zones: what calendar and clock show somewhere at a moment. */
import { remembered } from '../bounded.ts';

/** Calendar and clock in `timezone` at `at` (ms), as numbers; months from 1. A zone that this machine does not know reads as UTC. */
export function clockIn(timezone: string, at: number) {
  const reading = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of clockOf(timezone).formatToParts(at))
    if (Object.hasOwn(reading, type)) reading[type as keyof typeof reading] = Number(value);
  return reading;
}

/** Whether this machine knows a time zone of that name. */
export const isZone = (timezone: string): boolean => newClock(timezone) !== undefined;

/** That local time as milliseconds that read as if the clock showed UTC. */
export function wallClock(timezone: string, at: number): number {
  const { year, month, day, hour, minute, second } = clockIn(timezone, at);
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1000);
}

/** The calendar day in `timezone` at `at`, `YYYY-MM-DD`. */
export const dayIn = (timezone: string, at: number): string =>
  new Date(wallClock(timezone, at)).toISOString().slice(0, 10);

/** The time of day in `timezone` at `at`, `HH:MM`. */
export const timeIn = (timezone: string, at: number): string =>
  new Date(wallClock(timezone, at)).toISOString().slice(11, 16);

// Making a formatter takes a thousand times as long as using it. There are some 600 zones in the world.
const clocks = new Map<string, Intl.DateTimeFormat>();

const clockOf = (timezone: string): Intl.DateTimeFormat =>
  remembered(
    clocks,
    timezone,
    () => newClock(timezone) ?? newClock('UTC') ?? new Intl.DateTimeFormat('en-US'),
  );

function newClock(timeZone: string): Intl.DateTimeFormat | undefined {
  const part = 'numeric';
  const parts = { year: part, month: part, day: part, hour: part, minute: part, second: part } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
  } catch {
    return undefined;
  }
}
