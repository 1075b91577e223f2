/** Times of day (`HH:MM`): as people type them, and in a chat's time zone through both changes of daylight saving. */
import { DAY, HOUR, MINUTE } from '../time.ts';
import { wallClock } from './zone.ts';

/** Hours of one digest list; a digest an hour is the most that makes sense. */
const MOST_HOURS = 24;

/** `8:00`, `08.00`, `0800` or `8` as people type it, as `08:00`; undefined: no hour of a day. */
export function readHour(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  if (!match?.[1]) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** `08:00 20:00`, also with commas: sorted, each once; undefined where one of them is no hour. */
export function readHours(text: string): readonly string[] | undefined {
  const typed = text.split(/[\s,;]+/, MOST_TYPED).filter(Boolean);
  const hours = typed.map(readHour).filter((hour) => hour !== undefined);
  if (hours.length === 0 || hours.length < typed.length) return undefined;
  const each = [...new Set(hours)].sort();
  return each.length <= MOST_HOURS ? each : undefined;
}

/** Hours that are looked at: twice what a list may hold, so that too many are told from enough. */
const MOST_TYPED = 2 * MOST_HOURS;

/** `23:00-07:00` with any dash; undefined where it is no span, or an empty one. */
export function readSpan(text: string): { readonly from: string; readonly to: string } | undefined {
  const [from, to, ...rest] = text.split(/[-–—−]/, 3).map(readHour);
  return from && to && rest.length === 0 && from !== to ? { from, to } : undefined;
}

/** Minutes since midnight of an `HH:MM`. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes since midnight (0-1439) on the clock of `timezone`. */
export function minuteOfDay(now: number, timezone: string): number {
  return Math.floor((wallClock(timezone, now) % DAY) / MINUTE);
}

/**
 * The first moment after `now` at which the clock of `timezone` shows `time`. An hour that a change skips is taken at the
 * jump; of an hour that comes twice, the first.
 */
export function nextMoment(now: number, timezone: string, time: string): number {
  const midnight = Math.floor(wallClock(timezone, now) / DAY) * DAY;
  for (let day = 0; ; day += 1) {
    const moment = momentOf(midnight + day * DAY + minutesOf(time) * MINUTE, timezone);
    if (moment > now) return moment;
  }
}

/** The last moment before `now` that is a `nextMoment`. */
export function lastMoment(now: number, timezone: string, time: string): number {
  // From one to the next it is 25 hours at most.
  const earlier = nextMoment(now - 26 * HOUR, timezone, time);
  const later = nextMoment(earlier, timezone, time);
  return later < now ? later : earlier;
}

/** The first moment at which the wall clock reads `wall` or, where that is skipped, the moment of the jump. */
function momentOf(wall: number, timezone: string): number {
  const offsets = [wall - DAY, wall + DAY].map((near) => wallClock(timezone, near) - near);
  const moments = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
  const exact = moments.find((moment) => wallClock(timezone, moment) === wall);
  if (exact !== undefined) return exact;
  // Skipped: clocks jump at a full minute after the earlier reading.
  let [moment = wall] = moments;
  while (wallClock(timezone, moment) < wall) moment += MINUTE;
  return moment;
}

/** Whether the clock of `timezone` stands in `[from, to)`, across midnight too. An empty span is never. */
export function isWithin(now: number, timezone: string, span: { from: string; to: string }): boolean {
  const [minute, from, to] = [minuteOfDay(now, timezone), minutesOf(span.from), minutesOf(span.to)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
