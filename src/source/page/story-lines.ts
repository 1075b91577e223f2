/** The lines of an article to lead and body: what is not the story's own is left out. */
import { present } from '../../present.ts';
import type { ArticleText, Block, Link } from '../../news/article.ts';
import { dateline } from '../dateline.ts';
import { isToFollow, withoutCalls } from '../calls.ts';
import { bare, linksWithin, type RawBlock } from '../raw-block.ts';
import type { Article } from '../item.ts';
import { isOnlyPaidLabel } from '../../newsroom/signs.ts';
import { ALSO_READ, SHARE_LINE } from '../selectors.ts';
import { clip } from '../text.ts';
import { isBesideLead, isBesideText, isNotice } from './beside-text.ts';
import { withoutPointers } from './pointers.ts';

/** Text of one story that is kept; the longest digests are a tenth of it. */
const LONGEST_TEXT = 60_000;

/** The newsroom cuts teasers of other stories with an ellipsis. */
export const isTeaser = (text: string): boolean => /(?:…|\.\.\.)$/.test(text);

/** Reading of the lines of an article. */
export interface StoryText extends ArticleText {
  readonly dateline?: NonNullable<Article['dateline']>;
  readonly credit?: string;
  readonly related?: string;
}

/** A line in brackets alone is a picture's credit. */
export const ONLY_BRACKETS = /^\(([^()]{2,100})\)$/;

/** Lead and body out of the lines of a page found at `base`: without credit, label, other stories, share line. */
export function storyLines(written: readonly RawBlock[], base: string): StoryText {
  const all = withoutCalls(withoutPointers(written, base));
  let lead: string | undefined;
  let leadLinks: readonly Link[] | undefined;
  let found: NonNullable<Article['dateline']> | undefined;
  let credit: string | undefined;
  let related: string | undefined;
  let left = LONGEST_TEXT;
  const blocks: Block[] = [];
  for (const [index, block] of all.entries()) {
    // Right behind a lead as well: it may stand by itself above them.
    const isOpening = blocks.every(({ kind }) => kind === 'figure');
    const part = partOf(block, all[index + 1], lead, isOpening);
    if (part === 'related') related ??= block.hrefs[0];
    if (part === 'credit') credit ??= ONLY_BRACKETS.exec(block.text)?.[1];
    if (block.kind === 'figure' && lead === undefined) credit ??= block.credit;
    if (part === 'lead') {
      const line = dateline(block.text);
      found ??= line?.date;
      const rest = line ? line.rest : block.text;
      if (!rest) continue;
      lead = clip(rest, left);
      leadLinks = linksWithin(block, lead);
    }
    if (part === 'body') left -= block.text.length;
    if (left < 0) break;
    if (part === 'body' || part === 'figure') blocks.push(bare(block));
  }
  return present({
    lead: lead ?? '',
    leadLinks,
    body: withoutTail(blocks),
    dateline: found,
    credit: credit || undefined,
    related: related || undefined,
  });
}

type Part = 'figure' | 'related' | 'nothing' | 'credit' | 'lead' | 'body';

/** Part that a line has in its story, by the lead above it; where it says that more fully, it is the lead again. */
function partOf(
  block: RawBlock,
  next: RawBlock | undefined,
  lead: string | undefined,
  isOpening: boolean,
): Part {
  const { kind, text } = block;
  if (kind === 'figure') return 'figure';
  const isDated = kind !== 'list' && dateline(text) !== undefined;
  const isOther = isDated && lead !== undefined && isTeaser(text);
  if (ALSO_READ.test(text) || isOther || leadsToTeaser(block, next)) return 'related';
  const isBeside = lead === undefined ? isBesideText(text) : isBesideLead(text);
  if (isNoStory(text) || (isOpening && !isDated && isBeside)) return 'nothing';
  if (lead === undefined && ONLY_BRACKETS.test(text)) return 'credit';
  if (block.href !== undefined) return 'nothing';
  if (lead !== undefined) return isOpening && kind === 'paragraph' && repeats(text, lead) ? 'lead' : 'body';
  if (kind === 'paragraph' || kind === 'quote') return 'lead';
  return kind === 'list' || kind === 'table' ? 'body' : 'nothing';
}

const isNoStory = (text: string): boolean =>
  isOnlyPaidLabel(text) || SHARE_LINE.test(text) || isToFollow(text) || isNotice(text);

/** Whether a paragraph is the one above it, of which that may have been the beginning. */
const repeats = (text: string, lead: string): boolean =>
  text === lead || (isTeaser(lead) && text.startsWith(lead.replace(/[\s.…]+$/, '')));

/** A headline of another story that is a link, with its teaser below. */
const leadsToTeaser = ({ href }: RawBlock, next: RawBlock | undefined): boolean =>
  href !== undefined &&
  next?.kind === 'paragraph' &&
  dateline(next.text) !== undefined &&
  isTeaser(next.text);

/** Subheads below which nothing more is said are those of other stories; pictures of the story may end it. */
function withoutTail(blocks: readonly Block[]): readonly Block[] {
  const said = blocks.findLastIndex(({ kind }) => kind !== 'subhead' && kind !== 'figure');
  const tail = blocks.slice(said + 1);
  const subheads = tail.filter(({ kind }) => kind === 'subhead').length;
  const isOfOthers = subheads > 1 || tail.at(-1)?.kind === 'subhead';
  return isOfOthers ? blocks.slice(0, said + 1 + tail.findIndex(({ kind }) => kind === 'subhead')) : blocks;
}
