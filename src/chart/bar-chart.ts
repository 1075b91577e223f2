/** Bars side by side as SVG: pure text, drawn by `png.ts`. */

export interface Bar {
  /** Under the bar: one word. */
  readonly label: string;
  /** At least 0. */
  readonly value: number;
  /** Over the bar, as the reader's language writes it. */
  readonly shown: string;
  /** Under the label, smaller; may be empty. */
  readonly note: string;
}

/** Pixels; a phone shows the whole width at about half of it. */
export const CHART = { width: 720, height: 420 } as const;

const MARGIN = 24;
/** Where the bars stand, and where the highest one ends. */
const FLOOR = 320;
const CEILING = 70;
/** Of the room of a bar, the part that it fills. */
const FILL = 0.62;
/** A day without news keeps a line to stand on. */
const THINNEST = 2;

const INK = { paper: '#ffffff', words: '#1c2733', faint: '#64748b', bar: '#2b7de1' } as const;

/** Its subject stands in the caption under the picture. All bars are 0: a row of thin lines. */
export function barChart(bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const room = (CHART.width - 2 * MARGIN) / bars.length;
  const columns = bars.map((bar, index) => {
    const middle = MARGIN + room * (index + 0.5);
    const height = Math.max(THINNEST, ((FLOOR - CEILING) * bar.value) / most);
    return [
      `<rect x="${middle - (room * FILL) / 2}" y="${FLOOR - height}" width="${room * FILL}" height="${height}" rx="4" fill="${INK.bar}"/>`,
      words(middle, FLOOR - height - 14, 30, INK.words, bar.shown),
      words(middle, FLOOR + 38, 28, INK.words, bar.label),
      words(middle, FLOOR + 70, 18, INK.faint, bar.note),
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CHART.width}" height="${CHART.height}" font-family="DejaVu Sans">`,
    `<rect width="100%" height="100%" fill="${INK.paper}"/>`,
    ...columns,
    '</svg>',
  ].join('');
}

const words = (x: number, y: number, size: number, colour: string, text: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="middle">${escaped(text)}</text>`;

const escaped = (text: string): string => text.replace(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
