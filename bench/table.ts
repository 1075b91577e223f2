/** One line of a table: what was measured, the figure, and what it must be. */
export function row(what: string, figure: string, must = ''): void {
  console.log(`${what.padEnd(58)} ${figure.padStart(16)}   ${must}`);
}

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

export const round = (value: number, digits = 2): string => value.toFixed(digits);
