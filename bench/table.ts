/** One line of a table: what was measured, the figure, what it must be, and whether it is. */

/** `told`: there is no limit, or one that only a person can judge. */
export type Verdict = 'kept' | 'missed' | 'told';

const MARKS: Readonly<Record<Verdict, string>> = { kept: '✓', missed: '✗', told: ' ' };

/** Lines whose figure missed its limit, since the last call. */
let missed: string[] = [];

export function takeMissed(): readonly string[] {
  const lines = missed;
  missed = [];
  return lines;
}

export function row(what: string, figure: string, must = ''): void {
  const verdict = judge(figure, must);
  if (verdict === 'missed') missed.push(`${what.trim()}: ${figure}, must be ${must}`);
  console.log(`${MARKS[verdict]} ${what.padEnd(60)} ${figure.padStart(16)}   ${must}`);
}

/**
 * Whether `figure` is what it must be: `at most 5 s` (or `within`, `≤`), `at least 97 %` (or `≥`), a number, a list of
 * numbers (`0, 0`), one word, `50 ± 5 %`, or `all` of `30 of 30`. Shares may stand as `29 of 30`; units must be the same
 * where both are given.
 */
export function judge(figure: string, must: string): Verdict {
  if (must === 'all') return verdictOf(shareOf(figure) === 1);
  const [, middle, either] = /^([\d.]+) ± ([\d.]+) %$/.exec(must) ?? [];
  if (middle !== undefined)
    return verdictOf(Math.abs((numberIn(figure, '%') ?? Number.NaN) - Number(middle)) <= Number(either));
  const [, relation = '', limit = '', unit = ''] =
    /^(at most|within|≤|at least|≥)?\s*(-?[\d.,\u202f]*\d)\s*(%|[a-zµ×]+)?$/i.exec(must) ?? [];
  if (limit === '') return /^\w+$/.test(must) ? verdictOf(figure === must) : judgeList(figure, must);
  const share = unit === '%' ? shareOf(figure) : undefined;
  const endless = /^(NaN|Infinity)\b/.exec(figure)?.[0];
  const value = endless ? Number(endless) : share === undefined ? numberIn(figure, unit) : share * 100;
  if (value === undefined) return 'told';
  const bound = Number(limit.replaceAll(/[,\u202f]/g, ''));
  if (['at most', 'within', '≤'].includes(relation)) return verdictOf(value <= bound);
  return verdictOf(relation === '' ? value === bound : value >= bound);
}

const verdictOf = (holds: boolean): Verdict => (holds ? 'kept' : 'missed');

/** `0, 0` of `0, 0`; anything else is for people. */
function judgeList(figure: string, must: string): Verdict {
  return /^\d+(?:, \d+)+$/.test(must) ? verdictOf(figure === must) : 'told';
}

/** `29 of 30` as a share; undefined: it is none. */
function shareOf(figure: string): number | undefined {
  const [, part, whole] = /^(\d+) of (\d+)$/.exec(figure) ?? [];
  return part === undefined ? undefined : Number(part) / Number(whole);
}

/** The number at the beginning of a figure; undefined: none, or one of another unit. */
function numberIn(figure: string, unit: string): number | undefined {
  const [, number = '', own = ''] = /^(-?[\d.,\u202f]*\d)\s*(%|[a-zµ×]+)?/i.exec(figure) ?? [];
  if (number === '' || (unit !== '' && own !== '' && own !== unit)) return undefined;
  return Number(number.replaceAll(/[,\u202f]/g, ''));
}

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

export const round = (value: number, digits = 2): string => value.toFixed(digits);
