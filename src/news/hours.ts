/** Times of day in a chat's time zone, through both changes of daylight saving. Times of day are `HH:MM`. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall clock of `timezone` at `now`, as milliseconds that read as if it were UTC. */
function wallClock(now: number, timezone: string): number {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timezone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(now)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (now % 1000);
}

/** Whether `name` is an IANA time zone that this machine knows. */
export function isTimezone(name: string): boolean {
  try {
    // Offsets such as `+03:00` are zones to Intl, but know no daylight saving.
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions();
    return /[A-Za-z]/.test(timeZone);
  } catch {
    return false;
  }
}

/** `07:05`, `7:05` or `7` as `HH:MM`; undefined where it is no time of day. */
export function parseTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Minutes since midnight of an `HH:MM`. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes since midnight (0-1439) on the clock of `timezone`. */
export function minuteOfDay(now: number, timezone: string): number {
  return Math.floor((wallClock(now, timezone) % DAY) / MINUTE);
}

/**
 * The first moment after `now` at which the clock of `timezone` shows `time`. An hour that a change skips is taken at the
 * jump; of an hour that comes twice, the first.
 */
export function nextMoment(now: number, timezone: string, time: string): number {
  const midnight = Math.floor(wallClock(now, timezone) / DAY) * DAY;
  for (let day = 0; ; day += 1) {
    const moment = momentOf(midnight + day * DAY + minutesOf(time) * MINUTE, timezone);
    if (moment > now) return moment;
  }
}

/** The first moment at which the wall clock reads `wall` or, where that is skipped, the moment of the jump. */
function momentOf(wall: number, timezone: string): number {
  const offsets = [wall - DAY, wall + DAY].map((near) => wallClock(near, timezone) - near);
  const moments = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
  const exact = moments.find((moment) => wallClock(moment, timezone) === wall);
  if (exact !== undefined) return exact;
  // Skipped: find the jump between the two readings.
  let [before = wall, after = wall] = moments;
  before -= DAY / 24;
  after += DAY / 24;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallClock(middle, timezone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

/** Whether the clock of `timezone` stands in `[from, to)`, across midnight too. An empty span is never. */
export function isWithin(now: number, timezone: string, span: { from: string; to: string }): boolean {
  const [minute, from, to] = [minuteOfDay(now, timezone), minutesOf(span.from), minutesOf(span.to)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
