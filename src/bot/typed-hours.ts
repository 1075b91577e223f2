/** Hours as people type them. */

/** Hours of one digest list; a digest an hour is the most that makes sense. */
const MOST_HOURS = 24;

/** `8:00`, `08.00`, `0800` or `8` as `08:00`; undefined: no hour of a day. */
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
  const hours = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(readHour);
  const known = hours.filter((hour) => hour !== undefined);
  if (known.length === 0 || known.length < hours.length) return undefined;
  const each = [...new Set(known)].sort();
  return each.length <= MOST_HOURS ? each : undefined;
}

/** `23:00-07:00` with any dash; undefined where it is no span, or an empty one. */
export function readSpan(text: string): { readonly from: string; readonly to: string } | undefined {
  const [from, to, ...rest] = text.split(/\s*[-–—−]\s*/).map(readHour);
  return from && to && rest.length === 0 && from !== to ? { from, to } : undefined;
}
