import fc from 'fast-check';
import { DomUtils, parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { type Bar, barChart, CHART } from '#src/chart/bar-chart.ts';
import { drawPng } from '#src/chart/png.ts';

const anyBar: fc.Arbitrary<Bar> = fc.record({
  label: fc.string(),
  value: fc.nat(),
  shown: fc.string(),
  note: fc.string(),
});
const bar = (label: string, value: number, note = ''): Bar => ({ label, value, shown: `${value}`, note });
const tagged = (svg: string, name: string) =>
  DomUtils.getElementsByTagName(name, parseDocument(svg, { xmlMode: true }));

describe('a chart of bars', () => {
  it('has a bar a day that stands on the floor inside the picture, and its words as they are', () => {
    fc.assert(
      fc.property(fc.array(anyBar, { minLength: 1, maxLength: 31 }), (bars) => {
        const svg = barChart(bars);
        const drawn = tagged(svg, 'rect').slice(1);
        const number = (of: (typeof drawn)[number], name: string) => Number(of.attribs[name]);
        const floors = drawn.map((one) => number(one, 'y') + number(one, 'height'));
        expect(drawn).toHaveLength(bars.length);
        expect(Math.max(...floors) - Math.min(...floors)).toBeLessThan(0.01);
        for (const one of drawn) {
          expect(number(one, 'y')).toBeGreaterThan(0);
          expect(number(one, 'x')).toBeGreaterThan(0);
          expect(number(one, 'x') + number(one, 'width')).toBeLessThan(CHART.width);
        }
        expect(tagged(svg, 'text').map(DomUtils.textContent)).toEqual(
          bars.flatMap(({ shown, label, note }) => [shown, label, note]),
        );
      }),
    );
  });

  it('is a PNG that shows Belarusian words', async () => {
    const words = await drawPng(barChart([bar('чацвер', 3, '2 040'), bar('дзень ў', 0)]));
    const none = await drawPng(
      barChart([
        { ...bar('', 3), shown: '' },
        { ...bar('', 0), shown: '' },
      ]),
    );
    const sizeOf = (png: Uint8Array | undefined) => png && Buffer.from(png).readUInt32BE(16);
    expect([sizeOf(words), sizeOf(none)]).toEqual([CHART.width, CHART.width]);
    expect(words?.length).toBeGreaterThan(2 * (none?.length ?? 0));
  });

  it('that cannot be drawn is none', async () => {
    expect(await drawPng('no chart')).toBeUndefined();
  });
});
