import { describe, expect, it } from 'vitest';
import { judge } from '../../bench/table.ts';

describe('a bench', () => {
  it.each([
    ['98 ms', 'at most 300 ms', 'kept'],
    ['301 ms', 'at most 300 ms', 'missed'],
    ['0.20 s', 'within 1 s', 'kept'],
    ['1.06', '≤ 1.05', 'missed'],
    ['60.7 %', '≥ 60 %', 'kept'],
    ['29 of 30', 'at least 99 %', 'missed'],
    ['510 of 510', 'at least 99 %', 'kept'],
    ['29 of 30', 'all', 'missed'],
    ['0', '0', 'kept'],
    ['1', '0', 'missed'],
    ['0, 0', '0, 0', 'kept'],
    ['0, 1', '0, 0', 'missed'],
    ['steady', 'steady', 'kept'],
    ['under way', 'steady', 'missed'],
    ['1.23 × its quiet time', 'at most 2', 'kept'],
    ['54.9 %', '50 ± 5 %', 'kept'],
    ['44.9 %', '50 ± 5 %', 'missed'],
    ['NaN %', '50 ± 5 %', 'missed'],
    ['NaN', 'at most 2', 'missed'],
    ['Infinity ms', 'at most 2000 ms', 'missed'],
  ])('judges %s, which must be %s, as %s', (figure, must, verdict) => {
    expect(judge(figure, must)).toBe(verdict);
  });

  it('leaves to people what only people can judge', () => {
    for (const [figure, must] of [
      ['29.1', 'as before'],
      ['28.4', ''],
      ['4', 'no storm'],
      ['12 min', 'at most 5 s'],
    ] as const)
      expect(judge(figure, must)).toBe('told');
  });
});
