import type { DayOfYear } from './dates.ts';
import { monthNumber } from './months.ts';
import { datelines } from '../newsroom/signs.ts';

/** Where and when, as the newsroom opens a story, and what follows it. */
export interface Dateline {
  readonly date: DayOfYear;
  readonly rest: string;
}

/** Splits `8 ліпеня, Позірк. Тэкст` or `March 28, Pozirk. Text`; undefined where the text does not begin so. */
export function dateline(text: string): Dateline | undefined {
  const signs = datelines();
  const dayFirst = signs.dayFirst.exec(text);
  if (dayFirst) return found(text, dayFirst[0], dayFirst[1], dayFirst[2], dayFirst[3]);
  const monthFirst = signs.monthFirst.exec(text);
  return monthFirst ? found(text, monthFirst[0], monthFirst[2], monthFirst[1], monthFirst[3]) : undefined;
}

function found(text: string, whole: string, day = '', name = '', year?: string): Dateline | undefined {
  const month = monthNumber(name);
  if (month === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
  const date = { day: Number(day), month, ...(year ? { year: Number(year) } : {}) };
  return { date, rest: text.slice(whole.length).trim() };
}
