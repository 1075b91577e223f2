/** Stretches of a line that is still being put together, between borders. */
import { CLOSES, OPENS } from '../news/borders.ts';
import { tidy } from './text.ts';

/** UTF-16 offsets, `[from, to)`; empty where nothing stands within. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The line in one piece without borders, and where the stretches that open in it stand, in order. */
export function unbordered(line: string): { text: string; stretches: Stretch[] } {
  const stretches: Stretch[] = [];
  let text = '';
  let open: number | undefined;
  const close = () => {
    if (open !== undefined) stretches.push(withoutBlanks(text, open));
    open = undefined;
  };
  for (const [piece] of tidy(line).matchAll(/[\uE000\uE001]|[^\uE000\uE001]+/g)) {
    if (piece === OPENS || piece === CLOSES) close();
    if (piece === OPENS) open = text.length;
    // Blanks on both sides of a border are one.
    else if (piece !== CLOSES) text += !text || text.endsWith(' ') ? piece.trimStart() : piece;
  }
  // A link may go on behind the end of the line.
  close();
  return { text: text.trimEnd(), stretches };
}

function withoutBlanks(text: string, from: number): Stretch {
  const words = text.slice(from);
  const start = from + words.length - words.trimStart().length;
  return { from: start, to: Math.max(start, text.trimEnd().length) };
}
