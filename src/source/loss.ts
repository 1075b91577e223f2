/** How much text went into the flattening of an entry or a page and how much came out: nothing is lost in silence. */
import { textsOf } from '../news/article.ts';
import type { ItemText } from './item.ts';

/** Letters that may be missing: tails, captions, advice of other stories. */
const FEW_LETTERS = 250;
/** Of the letters that went in so many come out, at least. */
const LEAST_SHARE = 0.5;

/** So much of a text is looked at: elements that have no end cost the square of it. UTF-16 units. */
const LONGEST_LOOK = 40_000;

/** Elements that nobody is to read, with their tags; then tags and references alone. */
const SILENT =
  /<(script|style|noscript|template|svg|iframe|form|figure|del|s|strike|nav|table)\b[^>]*>.*?<\/\1\s*>|<!--.*?-->/gis;
const MARKUP = /<[^<>]{0,2000}>|&#?\w{1,10};/g;

/** Whether a good part of what is `written`, HTML or plain, does not stand in the text that was made of it. */
export function isLossy(written: string, { lead, body }: ItemText): boolean {
  const went = lettersIn(written.slice(0, LONGEST_LOOK).replace(SILENT, ' ').replace(MARKUP, ' '));
  const came = [lead, ...body.flatMap(textsOf)].reduce((sum, text) => sum + lettersIn(text), 0);
  return went - came > FEW_LETTERS && came < LEAST_SHARE * went;
}

const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** What no reader sees, and tags. */
const UNSAID = /<(script|style|iframe)\b[^>]*>.*?<\/\1\s*>|<!--.*?-->|<[^<>]{0,2000}>/gis;

/** Letters of an entry's text beside its mark-up; one that is written as a number is one. */
export const lettersWritten = (written: string): number =>
  written
    .slice(0, LONGEST_LOOK)
    .replace(UNSAID, ' ')
    .match(/\p{L}|&#/gu)?.length ?? 0;
