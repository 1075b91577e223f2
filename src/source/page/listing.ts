/** A page that lists stories to items: by its links, so that new class names change nothing. */
import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler';
import { fail, ok, type Result } from '../../errors.ts';
import { parseDate, type SlashOrder } from '../dates.ts';
import { attribute, BLOCKS, elementsOf, isCutOff, parseHtml, plain, textOf } from '../html.ts';
import type { Item, Reading } from '../item.ts';
import { absoluteLink, linkKey } from '../links.ts';
import { isPaidLabel, withoutPaidLabel } from '../../newsroom/signs.ts';
import { oneEach } from '../one-each.ts';
import { metadataOf } from './metadata.ts';
import { baseOf } from './base.ts';
import { pictureLink } from './pictures.ts';
import { storyTest } from './story-links.ts';
import { isAside } from './zone.ts';
import { linkedNext } from './next-page.ts';
import { insteadOf } from './instead.ts';
import { RUBRIC } from '../selectors.ts';
import { clip, tidy } from '../text.ts';

/** Rows of one page that are read. */
const MOST_ROWS = 300;
/** Link texts without a word are page numbers and arrows, longer ones than this are cut. */
const HEADLINE = /\p{L}{2}/u;
const LONGEST_HEADLINE = 500;
/** A text beside a headline of at least this length is a lead, a shorter one a rubric or a date. */
const SHORTEST_LEAD = 60;
/** Words that the links of so many stories say are a rubric or a call to read on. */
const MANY = 3;

/** Reads a listing found at `address`, at `at` (ms). A page without a single row is `source.unreadable`, with the reason in words. */
export async function parseListing(html: string, address: string, at?: number): Promise<Result<Reading>> {
  const document = await parseHtml(html);
  const metadata = metadataOf(document, address, at);
  const isWhole = !isCutOff(html);
  // The last row of a page that breaks off may itself be broken.
  const base = baseOf(document, address);
  const rows = rowsOf(document, address, base).slice(0, isWhole ? undefined : -1);
  if (!rows.length) return fail('source.unreadable', emptiness(html, metadata.title));
  const titles = titlesOf(rows);
  const page = { rows, titles, said: timesSaid(rows, titles), base, slashes: metadata.slashes };
  const items = rows.slice(0, MOST_ROWS).map((row, position) => itemOf(row, position, page));
  const isNew = items.filter(({ headline }) => HEADLINE.test(headline));
  if (!isNew.length) return fail('source.unreadable', 'links to stories, but no headlines');
  const short = items.length - isNew.length;
  const skipped = new Map(short ? [['no headline', short]] : []);
  const next = linkedNext(document, address);
  return ok({
    kind: 'listing',
    isWhole,
    title: metadata.title,
    items: oneEach(isNew, skipped),
    skipped,
    offers: metadata.feeds,
    ...(next ? { next } : {}),
    notes: isWhole ? [] : ['the page breaks off: read up to there'],
  });
}

/** Why a page lists nothing, as far as can be told. */
function emptiness(html: string, title: string): string {
  if (!html.trim()) return 'an empty answer';
  if (html.slice(0, 100).includes('\0')) return 'in an encoding that no browser reads, such as UTF-32';
  const instead = insteadOf('site', html);
  if (instead) return instead;
  const named = title ? ` ("${clip(title, 60)}")` : '';
  if (!/<a\s/i.test(html)) return `a page without links${named}`;
  return `no links to stories on the page${named}; the site may have changed`;
}

/** All links to one story. */
interface ListingRow {
  readonly link: string;
  readonly key: string;
  readonly anchors: Element[];
}

function rowsOf(document: Document, address: string, base: string): ListingRow[] {
  const isStory = storyTest(document, address, base);
  const rows = new Map<string, ListingRow>();
  const aside = new Map<string, ListingRow>();
  for (const anchor of elementsOf(document)) {
    if (anchor.name !== 'a') continue;
    const link = absoluteLink(attribute(anchor, 'href').replace(/#.*$/s, ''), base);
    if (!link || !isStory(link)) continue;
    const key = linkKey(link);
    const into = isAside(anchor) ? aside : rows;
    const row = into.get(key) ?? { link, key, anchors: [] };
    row.anchors.push(anchor);
    into.set(key, row);
  }
  return [...(rows.size ? rows : aside).values()];
}

/** The surroundings that a row is read against: the others, its page's base and way to write dates. */
interface Place {
  readonly rows: readonly ListingRow[];
  /** The words of each of their links. */
  readonly titles: Titles;
  /** Under how many stories each text of a link stands. */
  readonly said: ReadonlyMap<string, number>;
  readonly base: string;
  readonly slashes: SlashOrder;
}

type Titles = ReadonlyMap<Element, string>;

function titlesOf(rows: readonly ListingRow[]): Titles {
  const cards = rows.map(({ anchors }) => new Map(anchors.map((anchor) => [anchor, cardLinesOf(anchor)])));
  const said = countOf(cards.map((lines) => [...lines.values()].flat()));
  return new Map(
    cards.flatMap((card) =>
      [...card].map(([anchor, lines]) => [anchor, titleIn(anchor, ownOf(lines, said))]),
    ),
  );
}

/** Lines that no other card has: its rubric and its call to read on stand in several. */
function ownOf(lines: readonly string[], said: ReadonlyMap<string, number>): readonly string[] {
  const own = lines.filter((line) => said.get(line) === 1);
  return own.some((line) => HEADLINE.test(line) && !isDate(line)) ? own : lines;
}

const timesSaid = (rows: readonly ListingRow[], titles: Titles): Map<string, number> =>
  countOf(rows.map(({ anchors }) => anchors.map((anchor) => titles.get(anchor) ?? '')));

/** In how many of these each text is. */
function countOf(these: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const texts of these) for (const text of new Set(texts)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function itemOf(row: ListingRow, position: number, { rows, titles, said, base, slashes }: Place): Item {
  const headline = headlineOf(row, titles, said);
  const box = boxOf(row, rows);
  const all = textOf(box);
  const time = [...elementsOf(box)].find(({ name }) => name === 'time');
  const dated = time && (parseDate(attribute(time, 'datetime'), slashes) ?? parseDate(textOf(time), slashes));
  const lines = linesIn(box, headline);
  const summary = lines.find((line) => line.length >= SHORTEST_LEAD && !isPaidLabel(line));
  const picture = [...elementsOf(box)]
    .filter(({ name }) => name === 'img')
    .map((image) => pictureLink(image, base))
    .find(Boolean);
  return {
    link: row.link,
    key: row.key,
    headline: clip(withoutPaidLabel(headline), LONGEST_HEADLINE),
    ...(summary ? { summary } : {}),
    ...(dated?.at === undefined ? {} : { publishedAt: dated.at }),
    ...(dated ? { day: dated.day } : {}),
    ...(picture ? { picture: { url: picture } } : {}),
    rubrics: rubricsIn(
      box,
      lines.filter((line) => !said.has(line)),
    ),
    paid: isPaidLabel(all),
    position,
  };
}

/**
 * The words of the surest of the links to a story: one with a word, that does not stand under many stories, of these one with a
 * heading in it or around it, of these one that stands under no other story, of these the longest. Links to a place within the
 * story, such as its comments, come last.
 */
function headlineOf({ anchors }: ListingRow, titles: Titles, said: ReadonlyMap<string, number>): string {
  const [best] = anchors
    .map((anchor) => {
      const text = titles.get(anchor) ?? '';
      const isWhole = !attribute(anchor, 'href').includes('#');
      const told = said.get(text) ?? 0;
      return {
        text,
        rank: [HEADLINE.test(text), isWhole, told < MANY, isTitle(anchor), told === 1].map(Number),
      };
    })
    .toSorted((a, b) => compare(b.rank, a.rank) || b.text.length - a.text.length);
  return best?.text || plain(anchors.map((anchor) => attribute(anchor, 'title')).find(Boolean) ?? '');
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, at) => value - (b[at] ?? 0)).find(Boolean) ?? 0;

/** UTF-16 units of a class that are looked at. */
const LONGEST_CLASS = 500;
const TITLE = /(?:^|[\s_-])(?:title|headline)(?:$|[\s_-])/i;

function isHeading(element: Element): boolean {
  const names = attribute(element, 'class').slice(0, LONGEST_CLASS);
  return /^h[1-6]$/.test(element.name) || (TITLE.test(names) && !RUBRIC.test(names));
}

const headingIn = (anchor: Element): Element | undefined =>
  [...elementsOf(anchor)].find((element) => element !== anchor && isHeading(element));

/** Elements around a link in which a heading is looked for. */
const AROUND = 3;

/** Whether a link is a heading, has one, or stands in one. */
function isTitle(anchor: Element): boolean {
  if (isHeading(anchor) || headingIn(anchor)) return true;
  let at: AnyNode | null = anchor.parent;
  for (let steps = 0; at && isTag(at) && steps < AROUND; steps++) {
    if (isHeading(at)) return true;
    at = at.parent;
  }
  return false;
}

/** The lines of a link that is a whole card without a heading. */
function cardLinesOf(anchor: Element): string[] {
  const isCard = [...elementsOf(anchor)].some(({ name }) => name !== 'a' && BLOCKS.has(name));
  return isCard && !headingIn(anchor) ? linesIn(anchor, '') : [];
}

/**
 * The heading of a link; of one that is a whole card the first of its `lines` that has some words and is no date, or a shorter
 * one of two words over nothing but a lead.
 */
function titleIn(anchor: Element, lines: readonly string[]): string {
  const heading = headingIn(anchor);
  if (heading) return textOf(heading);
  const worded = lines.filter((line) => HEADLINE.test(line) && !isDate(line));
  const [first = '', second = ''] = worded;
  if (wordsIn(first) > 1 && first.length < SHORTEST_LEAD && isLead(second)) return first;
  return (
    worded.find((line) => wordsIn(line) > 2) ??
    lines.toSorted((a, b) => b.length - a.length)[0] ??
    textOf(anchor)
  );
}

/** A lead ends as a sentence does; a headline of its length does not. */
const isLead = (line: string): boolean => line.length >= SHORTEST_LEAD && /[.…]["”»]?$/.test(line);

const wordsIn = (line: string): number => line.match(/\p{L}{2,}/gu)?.length ?? 0;

/** A date may have the names of its day and its month, and a word before them. */
const isDate = (line: string): boolean => wordsIn(line) <= 3 && parseDate(line) !== undefined;

/** The largest element around the row's links that holds no other story's link. */
function boxOf(row: ListingRow, rows: readonly ListingRow[]): Element {
  const others = new Set(rows.filter((other) => other !== row).flatMap(({ anchors }) => anchors));
  let box = row.anchors[0] as Element;
  for (let up = box.parent; up && isTag(up) && up.name !== 'body' && up.name !== 'main'; up = up.parent) {
    if (rows.length === 1 && (up.name === 'ul' || up.name === 'ol' || up.name === 'html')) break;
    if (
      [...elementsOf(up)].some(
        (element) => others.has(element) || (element !== up && isSiblingRow(element, box)),
      )
    )
      break;
    box = up;
  }
  return box;
}

/** A list item beside the row's own is another row, even where it has no link: stories for subscribers may have none. */
const isSiblingRow = (element: Element, box: Element): boolean =>
  element !== box &&
  element.name === box.name &&
  element.parent === box.parent &&
  attribute(element, 'class') === attribute(box, 'class') &&
  ['li', 'article', 'div', 'tr', 'section'].includes(element.name);

/** Texts in the row besides the headline, each as it stands in one element. */
function linesIn(box: Element, headline: string): string[] {
  const lines: string[] = [];
  const walk = (node: AnyNode): void => {
    if (isText(node)) {
      const line = tidy(node.data);
      if (line && !headline.includes(line)) lines.push(line);
    } else if (isTag(node) && !['script', 'style', 'time', 'button'].includes(node.name)) {
      const isLine =
        node.name === 'p' ||
        node.children.every(
          (child) => isText(child) || (isTag(child) && ['b', 'i', 'em', 'strong'].includes(child.name)),
        );
      const line = isLine ? textOf(node) : '';
      if (isLine && line !== headline) lines.push(line);
      else if (!isLine) node.children.forEach(walk);
    }
  };
  walk(box);
  return lines.filter(Boolean);
}

/** Rubrics by their class; without one, short words beside the headline that are no date and no label. */
function rubricsIn(box: Element, lines: readonly string[]): string[] {
  const marked = [...elementsOf(box)]
    .filter((element) => RUBRIC.test(attribute(element, 'class')))
    .map(textOf);
  const beside = lines.filter(
    (line) =>
      line.length <= SHORTEST_LEAD && /\p{L}{3}/u.test(line) && !/\d/.test(line) && !isPaidLabel(line),
  );
  const rubrics = (marked.length ? marked : beside.slice(0, 1)).flatMap((line) => line.split(/\s*[,|·]\s*/));
  return [...new Set(rubrics.filter((rubric) => rubric && rubric.length <= 40))].slice(0, 6);
}
