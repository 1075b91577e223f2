import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '#src/news/edition.ts';
import { neutrally } from '#src/render/neutral.ts';
import { NEUTRAL } from './neutral.ts';

const NAME = /pozirk|Поз[іи]рк/;

describe('a text without the newsroom’s name', () => {
  it.each(EDITIONS)('reads as an editor would write it: sixty sentences in %s', (edition) => {
    const rows = NEUTRAL[edition]
      .trim()
      .split('\n')
      .map((row) => row.split(' → '));
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(rows.map(([named = '']) => neutrally(named, edition))).toEqual(rows.map(([, neutral]) => neutral));
  });

  it.each([
    ['be', 'Як піша БПН, суд адклалі.', 'Як піша партал, суд адклалі.'],
    ['ru', 'Об этом сообщило агентство БПН.', 'Об этом сообщило агентство.'],
    ['en', 'The court adjourned, BPN reports.', undefined],
    ['be', 'АБПНК і xBPN2 застаюцца.', 'АБПНК і xBPN2 застаюцца.'],
  ] as const)('has none of its short names either (%s): %s', (edition, named, neutral) => {
    const text = neutrally(named, edition);
    if (neutral === undefined) expect(text).not.toContain('BPN');
    else expect(text).toBe(neutral);
  });

  it('never holds the name, and is left as it is where there was none', () => {
    const text = fc.array(
      fc.constantFrom(
        'Позірк',
        'Позірку',
        '«Позірк»',
        '«',
        '»',
        'Pozirk',
        'pozirk.online',
        ' ',
        '. ',
        'а',
        'the ',
        'агенцтва ',
        '’s',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...EDITIONS), text, (edition, parts) => {
        // Without letters beside it a name is a name.
        const named = parts.join(' ');
        expect(neutrally(named, edition)).not.toMatch(NAME);
      }),
      { numRuns: 200 },
    );
    for (const edition of EDITIONS) expect(neutrally('Горад  і  людзі.', edition)).toBe('Горад  і  людзі.');
  });
});
