import type { DayOfYear } from './dates.ts';
import { monthNumber } from './months.ts';
import { datelinePattern } from '../newsroom/signs.ts';

/** Where and when, as the newsroom opens a story, and what follows it. */
export interface Dateline {
  readonly date: DayOfYear;
  readonly rest: string;
}

/** Splits `8 ліпеня, Позірк. Тэкст` or `March 28, Pozirk. Text`; undefined where the text does not begin so. */
export function dateline(text: string): Dateline | undefined {
  const found = datelinePattern().exec(text);
  if (!found) return undefined;
  const { day, month: name = '', year } = found.groups ?? {};
  const month = monthNumber(name);
  if (month === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
  const date = { day: Number(day), month, ...(year ? { year: Number(year) } : {}) };
  return { date, rest: text.slice(found[0].length).trim() };
}
