/** The text of a feed's entry: lead and body, without what the feed adds to it. */
import { dateline } from './dateline.ts';
import { isToFollow, withoutCalls } from './calls.ts';
import { bare, blocksIn, cutTo, linksWithin, type RawBlock } from './blocks.ts';
import { parseFragment, plain } from './html.ts';
import type { Item, ItemText } from './item.ts';
import { absoluteLink, linkKey } from './links.ts';
import { asHtml, hasTags } from './markup.ts';
import { ALSO_READ } from './selectors.ts';
import { withoutShortcodes } from './shortcodes.ts';
import { isOnlyTail, withoutTail } from './tails.ts';
import { clip, fold } from './text.ts';

/** Text of one entry that is read; newsrooms write a tenth of it. */
const LONGEST_ITEM = 200_000;

/** Lead and body of an entry: of its whole text, or of its summary alone. */
export function itemText(item: Item): ItemText {
  const html = (item.content ?? item.summary ?? '').slice(0, LONGEST_ITEM);
  const own = linesOf(html, item.link).filter((block) => isOwn(block, item));
  const kept = withoutCalls(own).flatMap(withoutTails);
  const first = kept.findIndex(({ kind }) => kind === 'paragraph' || kind === 'quote');
  const opening = kept[first];
  if (!opening) return { lead: '', body: kept.map(bare) };
  const line = dateline(opening.text);
  const before = kept.slice(0, first).filter(({ kind }) => kind !== 'subhead');
  const rest = kept.slice(first + 1);
  const next = rest[0];
  const isApart = line?.rest === '';
  const said = isApart && next?.kind === 'paragraph' ? next : opening;
  const lead = clip(said === next ? next.text : (line?.rest ?? opening.text), LONGEST_ITEM);
  const leadLinks = linksWithin(said, lead);
  return {
    lead,
    ...(leadLinks.length ? { leadLinks } : {}),
    body: [...before, ...(isApart ? rest.slice(1) : rest)].map(bare),
    ...(line ? { dateline: line.date } : {}),
  };
}

/** The lines of a text that may be HTML, plain, or HTML that was escaped twice. */
export function linesOf(text: string, base: string): RawBlock[] {
  const isTwice =
    /&lt;(?:(?:p|br|img)\b|\/(?:p|div|a|b|i|em|strong|span)&gt;)/i.test(text) &&
    !/<(?:p|br|div)\b/i.test(text);
  const html = withoutShortcodes(isTwice ? plainTags(text) : text);
  return hasTags(html)
    ? blocksIn(parseFragment(asHtml(html)), { base, pictures: 'all' })
    : paragraphsOf(html);
}

/** A line that leads elsewhere as a whole is advice of other stories. */
function isOwn({ kind, text, href }: RawBlock, { link, headline }: Item): boolean {
  if (ALSO_READ.test(text) || isToFollow(text)) return false;
  if (href === undefined) return true;
  const to = absoluteLink(href, link);
  return (
    kind === 'paragraph' && to !== undefined && linkKey(to) === linkKey(link) && fold(text) !== fold(headline)
  );
}

function withoutTails(block: RawBlock, index: number, all: readonly RawBlock[]): RawBlock[] {
  if (block.kind === 'figure' || block.kind === 'table') return [block];
  const isLast = index === all.length - 1;
  if (isLast && isOnlyTail(block.text)) return [];
  if (block.kind === 'list' || (block.kind === 'subhead' && !isLast)) return [block];
  const text = withoutTail(block.text);
  return text ? [cutTo(block, text)] : [];
}

const plainTags = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const paragraphsOf = (text: string): RawBlock[] =>
  text
    .split(/\n\s*\n/)
    .map(plain)
    .filter(Boolean)
    .map((paragraph) => ({ kind: 'paragraph', text: paragraph, hrefs: [] }));
