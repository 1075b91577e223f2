/** Stretches of a line that is still being put together, between borders. */
import type { Link } from '../news/article.ts';
import { CLOSES, OPENS } from '../news/borders.ts';
import { absoluteLink } from './links.ts';
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

/** Links of one paragraph that are kept: more is a menu. */
const MOST_LINKS = 30;

/** Links of the stretches that have an address, one each, in their order. */
export function linksOf(
  stretches: readonly Stretch[],
  hrefs: readonly string[],
  base: string,
): readonly Link[] {
  if (hrefs.length > MOST_LINKS) return [];
  return stretches.flatMap(({ from, to }, index) => {
    const href = hrefs[index] ?? '';
    const url = href.trim().startsWith('#') ? undefined : absoluteLink(href, base);
    return url === undefined || to <= from ? [] : [{ from, to, url }];
  });
}
