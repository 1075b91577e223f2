/** The time of day within a date, and the zone that it is meant in. */
import { isZone, wallClock } from '../news/zone.ts';
import { isOfDate } from './months.ts';

/** Zones that are named by letters, by hours east of Greenwich. */
const OFFSETS: readonly [hours: number, names: string][] = [
  [-8, 'pst'],
  [-7, 'mst pdt'],
  [-6, 'cst mdt'],
  [-5, 'est cdt'],
  [-4, 'edt'],
  [0, 'z zulu ut utc gmt wet'],
  [1, 'cet met mez bst west'],
  [2, 'cest mest mesz eet'],
  [3, 'eest fet trt msk мск'],
  [9, 'jst'],
];
/** Minutes east of Greenwich, or the place whose clocks they are. */
const ZONES: ReadonlyMap<string, number | string> = new Map<string, number | string>([
  ...OFFSETS.flatMap(([hours, names]) => names.split(' ').map((name) => [name, hours * 60] as const)),
  ['et', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['mt', 'America/Denver'],
  ['pt', 'America/Los_Angeles'],
]);

/** Places that newsrooms of the region name beside a time, by the beginning of the name. */
const PLACES: readonly [RegExp, string][] = [
  [/м[іи]нс|minsk|беларус/iu, 'Europe/Minsk'],
  [/м[оа]ск|mosc/iu, 'Europe/Moscow'],
  [/ки[еії]в|кі[еї]ў|k[yi]{1,2}[ei]?v/iu, 'Europe/Kyiv'],
  [/варшав|warsaw|warszaw/iu, 'Europe/Warsaw'],
  [/в[іи]льн|viln/iu, 'Europe/Vilnius'],
];

/** Offsets are no larger than this anywhere. */
const LARGEST_OFFSET = 14 * 60;

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Minutes east of Greenwich, or a zone's name; absent where the date names none. */
  readonly zone?: number | string;
}

const TIME = /(?:^|[Tt\s,([|-])(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d{1,9}|:\d{3}(?!\d))?)?/u;

/** `8 PM`. */
const HOUR_ALONE = /(?:^|[Tt\s,([|-])(0?[1-9]|1[0-2])(?=\s?[ap]\.?\s?m\b)/iu;

/** `09.05`, as some write it: only behind a year or a whole date, where it can be no date. */
const DOTTED =
  /(?<=(?<!\d)(?:\d{4}(?:\s*(?:г|года|годзе|r)\.?)?,?\s+(?:(?:[ваoуў]|at|um)\s+)?|\d{4}-\d{2}-\d{2}[T ]))(\d{1,2})\.(\d{2})(?![\d.])/u;

/** The zone behind the year of a date that follows its time: `09:05, 26 Nov 2026 EST`. */
const YEAR_END = /(?<!\d)\d{4}(?:[./-]\d{1,2}[./-]\d{1,2})?(?!\d|[./-]\d)[\s,]*(\S.*)$/u;

/** The end of a day is hour 24 of it. Undefined where there is no time, or one whose half of the day or zone is not understood. */
export function timeOfDay(text: string): TimeOfDay | undefined {
  const match = TIME.exec(text) ?? DOTTED.exec(text) ?? HOUR_ALONE.exec(text);
  if (!match) return undefined;
  const rest = text.slice(match.index + match[0].length).trimStart();
  const [form, reckon = (written: number) => written] = HALVES.find(([half]) => half.test(rest)) ?? [];
  const hour = reckon(Number(match[1]));
  const [minute, second] = [Number(match[2] ?? 0), Number(match[3] ?? 0)];
  const isEndOfDay = hour === 24 && minute === 0 && second === 0;
  const beside = form ? rest.replace(form, '').trimStart() : rest;
  const zone =
    lostPlus(beside, match[3] !== undefined) ?? zoneOf(beside) ?? zoneOf(YEAR_END.exec(beside)?.[1] ?? '');
  if (hour === undefined || (hour > 23 && !isEndOfDay)) return undefined;
  if (minute > 59 || second > 60 || zone === 'unknown') return undefined;
  return { hour, minute, second, ...(zone === undefined ? {} : { zone }) };
}

/** Halves of the day behind a time, and the hour of 24 that is meant; of a time that counts to 24 they say nothing new. */
const HALVES: readonly [half: RegExp, reckon: (hour: number) => number | undefined][] = [
  [/^a\.?\s?m\b\.?/i, (hour) => (hour > 12 ? undefined : hour % 12)],
  [/^p\.?\s?m\b\.?/i, afternoon],
  [/^(?:веч(?:\.|(?:ар|ер)\p{L}{0,2})|wiecz(?:\.|or\p{L}{0,2})|abends)(?!\p{L})/iu, afternoon],
  [/^(?:п\.?\s?п\.?|пасля паўдня|пополудни|po ?południu|μ\.?\s?μ\.?)(?!\p{L})/iu, afternoon],
  [/^(?:дня|удзень|днём|днем)(?!\p{L})/iu, (hour) => (hour < 8 ? hour + 12 : hour)],
  [
    /^(?:ноч[ыи]|ночью|ноччу)(?!\p{L})/iu,
    (hour) => (hour === 12 ? 0 : hour > 8 && hour < 12 ? hour + 12 : hour),
  ],
  [
    /^(?:раніц\p{L}{1,2}|утра|утром|ran[oa]|morgens|π\.?\s?μ\.?)(?!\p{L})/iu,
    (hour) => (hour === 12 ? 0 : hour),
  ],
];

function afternoon(hour: number): number {
  return hour < 12 ? hour + 12 : hour;
}

/** An offset whose plus became a blank on its way through an address: `08:05:00 03:00`, `08:05 GMT 3`. */
function lostPlus(beside: string, hasSeconds: boolean): number | undefined {
  const form = hasSeconds ? BARE_OFFSET.exec(beside) : null;
  const [, hours, minutes] = form ?? NAMED_OFFSET.exec(beside) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes ?? 0);
}
const BARE_OFFSET = /^(0\d|1[0-4]):?([0-5]\d)$/;
const NAMED_OFFSET = /^\(?(?:GMT|UTC?)\s(0?\d|1[0-4])(?::?([0-5]\d))?\)?$/i;

/** The zone at the start of what follows a time, or `unknown`; undefined: there is none. */
function zoneOf(rest: string): number | string | undefined {
  const offset = /^\(?(?:(?:GMT|UTC?)\s?)?([+\u2212\u2013-])(\d{1,2})(?::?(\d{2}))?(?![\d:])/i.exec(rest);
  if (offset) return offsetOf(offset[1] ?? '', Number(offset[2]), Number(offset[3] ?? 0));
  const [city] = /^\(?[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+/.exec(rest) ?? [];
  if (city) return isZone(city.replace('(', '')) ? city.replace('(', '') : 'unknown';
  const [, word = ''] = /^\(?(\p{L}+)/u.exec(rest) ?? [];
  const known = ZONES.get(word.toLowerCase());
  if (!word || known !== undefined || isOfDate(word)) return known;
  if (READING_TIME.test(rest)) return undefined;
  if (!IN_WORDS.test(rest) && !/^\p{Lu}{2,5}(?!\p{L})/u.test(word)) return undefined;
  return PLACES.find(([name]) => name.test(rest))?.[1] ?? 'unknown';
}

/** `па Мінску`, `московского времени`, `Pacific Time`. */
const IN_WORDS =
  /^\(?(?:(?:па|по|by)\s+\p{Lu}|(?:\p{L}+\s+){0,3}(?:time|час[уі]?|врем\p{L}*|czasu?)(?!\p{L}))/iu;
/** How long a text takes to read, which is no zone. */
const READING_TIME = /^\(?(?:час чытання|время чтения|czas czytania|read(?:ing)? time)/iu;

function offsetOf(sign: string, hours: number, minutes: number): number | 'unknown' {
  const size = hours * 60 + minutes;
  if (size > LARGEST_OFFSET || minutes > 59) return 'unknown';
  return sign === '+' ? size : -size;
}

/** Minutes by which a zone is ahead of Greenwich when its own clocks show `local` (ms, read as if they showed UTC). */
export function minutesAhead(zone: string, local: number): number {
  const guess = (wallClock(zone, local) - local) / 60_000;
  const at = local - guess * 60_000;
  return (wallClock(zone, at) - at) / 60_000;
}
