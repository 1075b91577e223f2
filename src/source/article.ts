/** A story's page to the story. What is known of Pozirk's mark-up is in `selectors.ts`; without it the dateline leads. */
import { compile, selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { fail, ok, type Result } from '../errors.ts';
import type { Block } from '../news/story.ts';
import { parseDate } from './dates.ts';
import { dateline } from './dateline.ts';
import { attribute, bare, blocksIn, elementsOf, parseHtml, type RawBlock, textOf } from './html.ts';
import type { Article } from './item.ts';
import { absoluteLink } from './links.ts';
import { pictureLink } from './listing.ts';
import { type Marks, marksOf } from './marks.ts';
import {
  ALSO_READ,
  BODY_SELECTORS,
  CREDIT,
  isOnlyPaidLabel,
  NEWS_HEADING,
  NOT_THE_SITE,
  NOT_THE_STORY,
  RUBRIC,
  SHARE_LINE,
  withoutPaidLabel,
} from './selectors.ts';
import { clip, wordsOf } from './text.ts';

/** Text of one story that is kept; the longest digests are a tenth of it. */
const LONGEST_TEXT = 60_000;

const bodyQueries = BODY_SELECTORS.map((selector) => compile<AnyNode, Element>(selector));

/**
 * Reads the page of a story found at `address`. `expected` is the headline under which it was listed: a page about
 * something else (a challenge, a notice, the front page) is `source.unreadable`, not a story.
 */
export async function parseArticle(
  html: string,
  address: string,
  expected?: string,
): Promise<Result<Article>> {
  const document = await parseHtml(html);
  const marks = marksOf(document, address);
  const title = titleOf(document, marks, expected);
  if (!title.text)
    return fail(
      'source.unreadable',
      NOT_THE_SITE.test(html.slice(0, 20_000))
        ? 'a challenge or maintenance page instead of the story'
        : 'no headline on the page',
    );
  const zone = zoneAfter(document, title.element);
  const body = bodyOf(document, zone);
  const text = storyLines(body.blocks);
  const isPaid =
    marks.paid ||
    zone.lines.some((line) => line.kind === 'paragraph' && isOnlyPaidLabel(line.text)) ||
    body.blocks.some((block) => block.kind !== 'list' && isOnlyPaidLabel(block.text));
  const isKnown = body.isSure || text.dateline !== undefined || (marks.isArticle && text.blocks.length > 0);
  if (!isKnown && !isPaid)
    return fail(
      'source.unreadable',
      NOT_THE_SITE.test(html.slice(0, 20_000))
        ? 'a challenge or maintenance page instead of the story'
        : 'no text that looks like a story',
    );
  if (expected && !text.dateline && !isAbout(title.text, expected))
    return fail('source.unreadable', `the page is about something else ("${clip(title.text, 60)}")`);
  return ok(assemble({ document, marks, title, zone, body, text, isPaid, address }));
}

interface Title {
  readonly text: string;
  readonly element: Element | undefined;
}

/** The h1 that is most like what the page or the listing calls the story. */
function titleOf(document: Document, marks: Marks, expected: string | undefined): Title {
  const wanted = expected ?? marks.headline ?? marks.title;
  const headings = [...elementsOf(document)].filter(
    (element) => element.name === 'h1' && !isOutside(element) && textOf(element),
  );
  const best = headings
    .map((element) => ({ element, score: likeness(textOf(element), wanted) }))
    .toSorted((a, b) => b.score - a.score)[0];
  if (best) return { text: withoutPaidLabel(clip(textOf(best.element), 500)), element: best.element };
  return { text: withoutPaidLabel(clip(marks.headline ?? '', 500)), element: undefined };
}

/** Share of the shorter text's words that the other has too, 0-1. */
function likeness(one: string, other: string): number {
  const [a, b] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const least = Math.min(a.size, b.size);
  return least ? [...a].filter((word) => b.has(word)).length / least : 0;
}

/** A corrected headline keeps a good part of its words; a notice has none of them. */
const isAbout = (headline: string, expected: string): boolean => likeness(headline, expected) >= 0.25;

const isOutside = (element: Element): boolean => {
  for (let at: AnyNode | null = element; at && isTag(at); at = at.parent) if (isNotStory(at)) return true;
  return false;
};

/** Parts of a page that never hold the story. A header may hold its headline, so headers are not among them. */
function isNotStory(element: Element): boolean {
  if (['nav', 'footer', 'aside'].includes(element.name)) return true;
  if (
    element.name === 'body' ||
    element.name === 'html' ||
    element.name === 'main' ||
    element.name === 'article'
  )
    return false;
  return NOT_THE_STORY.test(`${attribute(element, 'class')} ${attribute(element, 'id')}`);
}

/** What stands between the headline and the end of the article. */
interface Zone {
  readonly lines: readonly RawBlock[];
  readonly elements: readonly Element[];
}

function zoneAfter(document: Document, headline: Element | undefined): Zone {
  const root = headline ? articleAround(headline) : (elementsNamed(document, 'main')[0] ?? document);
  const all = [...elementsOf(root)];
  const from = headline ? all.indexOf(headline) + 1 : 0;
  const inside = new Set(all.slice(from));
  const before = new Set(all.slice(0, from));
  const blocks = blocksIn(root, (element) => isNotStory(element) || element === headline);
  const lines = blocks.filter(
    (block) => !block.within || inside.has(block.within) || !before.has(block.within),
  );
  return { lines: untilEnd(lines), elements: all.slice(from) };
}

const elementsNamed = (document: Document, name: string): Element[] =>
  [...elementsOf(document)].filter((element) => element.name === name);

/** The article or main element around the headline, or the whole body. */
function articleAround(headline: Element): Element {
  let root = headline;
  for (let at: AnyNode | null = headline.parent; at && isTag(at); at = at.parent) {
    root = at;
    if (at.name === 'article' || at.name === 'main' || at.name === 'body') break;
  }
  return root;
}

/** Up to the line that closes the article or the heading over other stories. */
function untilEnd(blocks: readonly RawBlock[]): RawBlock[] {
  const end = blocks.findIndex(
    (block, index) =>
      index > 0 &&
      block.kind !== 'list' &&
      (SHARE_LINE.test(block.text) || (block.kind === 'subhead' && NEWS_HEADING.test(block.text))),
  );
  return end < 0 ? [...blocks] : blocks.slice(0, end);
}

interface Body {
  readonly blocks: readonly RawBlock[];
  /** Found by a known mark of the site or by the dateline, not guessed. */
  readonly isSure: boolean;
}

function bodyOf(document: Document, zone: Zone): Body {
  for (const query of bodyQueries) {
    const [largest] = selectAll<AnyNode, Element>(query, document)
      .filter((element) => !isOutside(element))
      .map((element) => ({ element, size: textOf(element).length }))
      .toSorted((a, b) => b.size - a.size);
    if (!largest || largest.size < 20) continue;
    const blocks = untilEnd(blocksIn(largest.element, isNotStory));
    if (blocks.length) return { blocks, isSure: true };
  }
  const first = zone.lines.findIndex(
    (line) => line.kind === 'paragraph' && dateline(line.text) && !isTeaser(line.text),
  );
  if (first >= 0) return { blocks: zone.lines.slice(first), isSure: true };
  const start = zone.lines.findIndex(
    (line) => line.kind === 'paragraph' && line.text.length > 60 && line.href === undefined,
  );
  return { blocks: start < 0 ? [] : zone.lines.slice(start), isSure: false };
}

/** The newsroom cuts teasers of other stories with an ellipsis. */
const isTeaser = (text: string): boolean => /(?:…|\.\.\.)$/.test(text);

interface StoryText {
  readonly lead: string;
  readonly blocks: readonly Block[];
  readonly dateline?: NonNullable<Article['dateline']>;
  readonly credit?: string;
  readonly related?: string;
}

const ONLY_BRACKETS = /^\(([^()]{2,100})\)$/;

/** Lead and body out of the lines: without credit, label, related story, share line. */
function storyLines(all: readonly RawBlock[]): StoryText {
  let lead: string | undefined;
  let found: NonNullable<Article['dateline']> | undefined;
  let credit: string | undefined;
  let related: string | undefined;
  let left = LONGEST_TEXT;
  const blocks: Block[] = [];
  for (const [index, block] of all.entries()) {
    const text = block.kind === 'list' ? block.items.join(' ') : block.text;
    const line = block.kind === 'list' ? undefined : dateline(text);
    const isOther = lead !== undefined && line !== undefined && isTeaser(text);
    const next = all[index + 1];
    const leadsToOther =
      block.href !== undefined &&
      next?.kind === 'paragraph' &&
      dateline(next.text) !== undefined &&
      isTeaser(next.text);
    if (ALSO_READ.test(text) || isOther || leadsToOther) {
      related ??= block.links[0];
      continue;
    }
    if (isOnlyPaidLabel(text) || SHARE_LINE.test(text)) continue;
    if (lead === undefined) {
      const bracketed = ONLY_BRACKETS.exec(text);
      if (bracketed) {
        credit ??= bracketed[1];
        continue;
      }
      if (block.kind === 'paragraph' && block.href === undefined) {
        found ??= line?.date;
        const rest = line ? line.rest : text;
        if (rest) lead = clip(rest, left);
        continue;
      }
      if (block.kind !== 'list') continue;
    }
    if (isLinkList(block) || block.href !== undefined) continue;
    left -= text.length;
    if (left < 0) break;
    blocks.push(bare(block));
  }
  while (blocks.at(-1)?.kind === 'subhead') blocks.pop();
  return {
    lead: lead ?? '',
    blocks,
    ...(found ? { dateline: found } : {}),
    ...(credit ? { credit } : {}),
    ...(related ? { related } : {}),
  };
}

/** A list of nothing but links is a menu or other stories. */
const isLinkList = (block: RawBlock): boolean =>
  block.kind === 'list' && block.links.length >= block.items.length && block.items.length > 0;

interface Parts {
  readonly document: Document;
  readonly marks: Marks;
  readonly title: Title;
  readonly zone: Zone;
  readonly body: Body;
  readonly text: StoryText;
  readonly isPaid: boolean;
  readonly address: string;
}

function assemble({ marks, title, zone, text, isPaid, address }: Parts): Article {
  const picture = pictureIn(zone, address) ?? marks.picture;
  const credit = text.credit ?? creditIn(zone);
  const publishedAt = marks.publishedAt ?? timeIn(zone, title.element);
  const related = absoluteLink(text.related ?? relatedIn(zone) ?? '', address);
  const rubrics = marks.rubrics.length ? marks.rubrics : rubricsIn(zone);
  return {
    headline: title.text,
    lead: text.lead,
    body: text.blocks,
    ...(text.dateline ? { dateline: text.dateline } : {}),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(picture ? { picture: { url: picture, ...(credit ? { credit } : {}) } } : {}),
    rubrics: [...new Set(rubrics)].slice(0, 6),
    paid: isPaid,
    ...(related && related !== address ? { related } : {}),
    ...(marks.canonical ? { canonical: marks.canonical } : {}),
  };
}

/** The first picture between headline and end that belongs to no other story. */
function pictureIn({ elements }: Zone, address: string): string | undefined {
  for (const element of elements) {
    if (SHARE_LINE.test(element.name === 'p' ? textOf(element) : '')) return undefined;
    if (element.name !== 'img' || isOutside(element)) continue;
    const link = pictureLink(element, address);
    if (link) return link;
  }
  return undefined;
}

function creditIn({ lines, elements }: Zone): string | undefined {
  const start = lines.findIndex((line) => line.kind === 'paragraph' && dateline(line.text));
  for (const line of lines.slice(0, start < 0 ? 3 : start)) {
    const bracketed = line.kind === 'paragraph' ? ONLY_BRACKETS.exec(line.text)?.[1] : undefined;
    if (bracketed) return bracketed;
  }
  const marked = elements.find(
    (element) =>
      (element.name === 'figcaption' || CREDIT.test(attribute(element, 'class'))) && !isOutside(element),
  );
  const text = marked ? textOf(marked).replace(/^\((.*)\)$/, '$1') : '';
  return text && text.length <= 100 ? text : undefined;
}

/** A time element that names a day; the site's clock names none and stands elsewhere. */
function timeIn({ elements }: Zone, headline: Element | undefined): number | undefined {
  const around = headline?.parent ? [...elementsOf(headline.parent)] : [];
  for (const element of [...around, ...elements]) {
    if (element.name !== 'time' || isOutside(element) || isInList(element)) continue;
    const at = parseDate(attribute(element, 'datetime'))?.at;
    if (at !== undefined) return at;
  }
  return undefined;
}

const isInList = (element: Element): boolean => {
  for (let at: AnyNode | null = element; at && isTag(at); at = at.parent)
    if (at.name === 'li' || at.name === 'header') return true;
  return false;
};

function rubricsIn({ elements }: Zone): string[] {
  return elements
    .filter(
      (element) => RUBRIC.test(attribute(element, 'class')) && !isOutside(element) && !isInList(element),
    )
    .slice(0, 1)
    .flatMap((element) => textOf(element).split(/\s*,\s*/))
    .filter((rubric) => rubric && rubric.length <= 40);
}

/** The link in the block that is marked as another story. */
function relatedIn({ elements }: Zone): string | undefined {
  const block = elements.find((element) =>
    /(?:^|[\s_-])related(?:$|[\s_-])/i.test(attribute(element, 'class')),
  );
  const link =
    block && [...elementsOf(block)].find((element) => element.name === 'a' && attribute(element, 'href'));
  return link && attribute(link, 'href');
}
