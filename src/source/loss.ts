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

/** Letters by their UTF-16 units, made once: on a long text a pattern for any letter costs twenty times as much. */
let letters: Uint8Array | undefined;

function lettersIn(text: string): number {
  letters ??= Uint8Array.from({ length: 0x10000 }, (_, unit) => +/\p{L}/u.test(String.fromCharCode(unit)));
  let count = 0;
  for (let at = 0; at < text.length; at += 1) count += letters[text.charCodeAt(at)] ?? 0;
  return count;
}

/** Code, frames and tags, which no reader sees. */
const UNSAID = /<(script|style|iframe)\b[^>]*>.*?<\/\1\s*>|<!--.*?-->|<[^<>]{0,2000}>/gis;

/** Letters of an entry's text beside its mark-up; one that is written as a number is one. */
export const lettersWritten = (written: string): number =>
  lettersIn(written.slice(0, LONGEST_LOOK).replace(UNSAID, ' ').replaceAll('&#', 'x'));
