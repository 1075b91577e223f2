import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOSES, OPENS } from '#src/news/borders.ts';
import { EDITIONS } from '#src/news/edition.ts';
import { neutrally } from '#src/render/neutral.ts';
import { NEUTRAL } from './neutral.ts';

const NAME = /pozirk|По\u0301?з[іиi]рк/i;

/** With the borders of links for brackets, as a text is rewritten; a link that lost its words is none. */
const inLinks = (text: string, edition: (typeof EDITIONS)[number]): string =>
  neutrally(text.replaceAll('[', OPENS).replaceAll(']', CLOSES), edition)
    .replace(/\uE000(\s*)\uE001/g, '$1')
    .replaceAll(OPENS, '[')
    .replaceAll(CLOSES, ']');

describe('a text without the newsroom’s name', () => {
  it.each(EDITIONS)('reads as an editor would write it: sixty sentences in %s', (edition) => {
    const rows = NEUTRAL[edition]
      .trim()
      .split('\n')
      .map((row) => row.split(' → '));
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(rows.map(([named = '']) => inLinks(named, edition))).toEqual(rows.map(([, neutral]) => neutral));
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
        'info@pozirk.online',
        'pozirk@proton.me',
        't.me/pozirk_online',
        'ex-Pozirk',
        'По́зірк',
        'ПОЗIРК',
        'Позiрка',
        OPENS,
        CLOSES,
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
