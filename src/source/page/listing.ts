/** A page that lists stories to items: by its links, so that new class names change nothing. */
import { present } from '../../present.ts';
import { type Document, type Element, isTag } from 'domhandler';
import { fail, ok, type Result } from '../../errors.ts';
import type { SlashOrder } from '../dates.ts';
import { attribute, elementsNamed, elementsOf, isCutOff, parseHtml, plain, textOf } from '../html.ts';
import type { Item, Reading } from '../item.ts';
import { isPaidLabel, withoutPaidLabel } from '../../newsroom/signs.ts';
import { oneEach } from '../one-each.ts';
import { type Metadata, metadataOf } from './metadata.ts';
import { baseOf } from './base.ts';
import { dateOf, isDateLine } from './date-lines.ts';
import { pictureLink } from './pictures.ts';
import { HEADLINE, isDate, countWords } from './labels.ts';
import { storyLinks } from './story-links.ts';
import {
  countOf,
  isHeading,
  isLead,
  isTitle,
  linesIn,
  SHORTEST_LEAD,
  type Titles,
  titlesOf,
} from './titles.ts';
import { isAside, isLike } from './zone.ts';
import { linkedNext } from './next-page.ts';
import { insteadOf } from './instead.ts';
import { isCalled, RUBRIC, SHARE_LINE, wordOf } from '../selectors.ts';
import { clip } from '../text.ts';

/** Rows of one page that are read. */
const MOST_ROWS = 300;
/** Link texts longer than this are cut. */
const LONGEST_HEADLINE = 500;
/** Words that the links of so many stories say are a rubric or a call to read on. */
const MANY = 3;
/** Words of a call to read on or a rubric, at most. */
const MOST_CALL_WORDS = 3;

/** Reads a listing found at `address`, at `at` (ms). A page without a single row is `source.unreadable`, with the reason in words. */
export async function parseListing(html: string, address: string, at?: number): Promise<Result<Reading>> {
  const document = await parseHtml(html);
  const metadata = metadataOf(document, address, at);
  const isWhole = !isCutOff(html);
  // The last row of a page that breaks off may itself be broken.
  const base = baseOf(document, address);
  const rows = rowsOf(document, address, base).slice(0, isWhole ? undefined : -1);
  if (!rows.length) return fail('source.unreadable', emptiness(html, metadata));
  const titles = titlesOf(rows.map(({ anchors }) => anchors));
  const said = countOf(rows.map(({ anchors }) => anchors.map((anchor) => titles.get(anchor) ?? '')));
  const shown = rows.slice(0, MOST_ROWS);
  const page: Page = { rows, titles, said, base, slashes: metadata.slashes };
  const headlines = headlinesOf(shown, page);
  const items = shown.map((row, position) => itemOf(row, position, headlines.get(row) ?? '', page));
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
function emptiness(html: string, { title, feeds: [feed] }: Metadata): string {
  if (!html.trim()) return 'an empty answer';
  if (html.slice(0, 100).includes('\0'))
    return 'a file that is no text, or one in an encoding such as UTF-32';
  const instead = insteadOf('site', html);
  if (instead) return instead;
  const named = title ? ` ("${clip(title, 60)}")` : '';
  const offered = feed ? `; it links a feed, which could be read instead: ${feed}` : '';
  if (!/<a\s/i.test(html)) return `a page without links${named}${offered}`;
  return `no links to stories on the page${named}; the site may have changed${offered}`;
}

/** All links to one story. */
interface ListingRow {
  readonly link: string;
  readonly key: string;
  readonly anchors: readonly Element[];
}

function rowsOf(document: Document, address: string, base: string): ListingRow[] {
  const links = storyLinks(document, address, base);
  const shown = links.filter(({ anchor }) => !isAside(anchor));
  return [...Map.groupBy(shown.length ? shown : links, ({ key }) => key)].map(([key, row]) => ({
    key,
    link: row[0]?.url.href ?? '',
    anchors: row.map(({ anchor }) => anchor),
  }));
}

/** The page that a row is read against: the others, its base and way to write dates. */
interface Page {
  readonly rows: readonly ListingRow[];
  /** The words of each of their links. */
  readonly titles: Titles;
  /** Under how many stories each text of a link stands. */
  readonly said: ReadonlyMap<string, number>;
  readonly base: string;
  readonly slashes: SlashOrder;
}

function itemOf(
  row: ListingRow,
  position: number,
  headline: string,
  { rows, said, base, slashes }: Page,
): Item {
  const box = boxOf(row, rows);
  const all = textOf(box);
  const [dated] = [...elementsOf(box)].filter(isDateLine).flatMap((line) => dateOf(line, slashes) ?? []);
  const lines = linesIn(box, headline);
  const summary = lines.find((line) => line.length >= SHORTEST_LEAD && !isPaidLabel(line));
  const picture = elementsNamed(box, 'img')
    .map((image) => pictureLink(image, base))
    .find(Boolean);
  return present({
    link: row.link,
    key: row.key,
    headline: clip(withoutPaidLabel(headline), LONGEST_HEADLINE),
    summary: summary || undefined,
    publishedAt: dated?.at,
    day: dated?.day,
    picture: picture ? { url: picture } : undefined,
    rubrics: rubricsIn(
      box,
      lines.filter((line) => !said.has(line)),
    ),
    paid: isPaidLabel(all),
    position,
  });
}

interface Linked {
  readonly text: string;
  /** It stands in a heading or has one. */
  readonly isHeadline: boolean;
}

/** The headline of each of these: the words of its links where they are its own, else what stands beside them. */
function headlinesOf(shown: readonly ListingRow[], page: Page): ReadonlyMap<ListingRow, string> {
  const linked = new Map(shown.map((row) => [row, headlineOf(row, page)]));
  const isOwn = ({ text, isHeadline }: Linked) =>
    HEADLINE.test(text) &&
    ((page.said.get(text) ?? 0) < MANY || (isHeadline && countWords(text) > MOST_CALL_WORDS));
  const nameless = [...linked].filter(([, said]) => !isOwn(said)).map(([row]) => row);
  const names = nameless.map((row) => namesAround(row, boxOf(row, page.rows), page.titles));
  const told = countOf(names);
  const beside = nameless.map((row, at) => {
    const own = (names[at] ?? []).filter((name) => HEADLINE.test(name) && (told.get(name) ?? 0) < MANY);
    // A heading may be that of a part of the page, a picture's words no more than its author.
    return [row, own.find((name) => countWords(name) > 2) ?? own[0]] as const;
  });
  const found = new Map(beside);
  // A column that comes again and again has one title; a few words that most stories have say nothing of any.
  const isColumn = (text: string) =>
    countWords(text) > MOST_CALL_WORDS || (page.said.get(text) ?? 0) * 2 < page.rows.length;
  return new Map(
    [...linked].map(([row, said]) => [
      row,
      isOwn(said) ? said.text : (found.get(row) ?? (said.isHeadline || isColumn(said.text) ? said.text : '')),
    ]),
  );
}

/**
 * The words of the surest of the links to a story: one with a word, that does not stand under many stories, of these one with a
 * heading in it or around it, of these one that stands under no other story, of these the longest. Links to a place within the
 * story, such as its comments, come last.
 */
function headlineOf({ anchors }: ListingRow, { titles, said }: Page): Linked {
  const [best] = anchors
    .map((anchor) => {
      const text = titles.get(anchor) ?? '';
      const isWhole = !attribute(anchor, 'href').includes('#');
      const told = said.get(text) ?? 0;
      const isHeadline = isTitle(anchor);
      return {
        text,
        isHeadline,
        rank: [HEADLINE.test(text), isWhole, told < MANY, isHeadline, told === 1].map(Number).join(''),
      };
    })
    .toSorted((a, b) => Number(b.rank) - Number(a.rank) || b.text.length - a.text.length);
  return best ?? { text: '', isHeadline: false };
}

/** The name of a picture's file, or whose it is. */
const OF_PICTURE =
  /^(?:\p{L}+\s)?(?:photo|image|img|dsc|picture|фота|фото|здымак|снимок|ілюстрацыя|иллюстрация)\s?[:/©_\d-]|(?:^|[\s.])(?:jpe?g|png|webp|gif)(?:\s|$)/iu;

/** Names for a story whose links have none: a heading, words for those who do not see the link, a line before a call to read on. */
function namesAround({ anchors }: ListingRow, box: Element, titles: Titles): string[] {
  const [heading, ...others] = new Set([...elementsOf(box)].filter(isHeading).map(textOf).filter(Boolean));
  const said = (name: string) => anchors.map((anchor) => plain(attribute(anchor, name)));
  const pictures = elementsNamed(anchors, 'img');
  const calls = anchors.map((anchor) => titles.get(anchor) ?? '').filter((call) => HEADLINE.test(call));
  const lines = linesIn(box, '')
    .map((line) =>
      line.slice(0, -(calls.find((call) => line.endsWith(call)) ?? '').length || undefined).trim(),
    )
    .filter((line) => countWords(line) > 2 && !isDate(line) && !isLead(line));
  const shown = pictures
    .map((picture) => plain(attribute(picture, 'alt')))
    .filter((name) => !OF_PICTURE.test(name));
  return [
    ...(heading && !others.length ? [heading] : []),
    ...said('aria-label'),
    ...said('title'),
    // A picture that is the whole link is named for the story.
    ...(calls.length ? [...lines, ...shown] : [...shown, ...lines]),
  ];
}

/** The largest element around the row's links that holds no other story's link. */
function boxOf(row: ListingRow, rows: readonly ListingRow[]): Element {
  const others = new Set(rows.filter((other) => other !== row).flatMap(({ anchors }) => anchors));
  let box = row.anchors[0] as Element;
  for (let up = box.parent; up && isTag(up) && up.name !== 'body' && up.name !== 'main'; up = up.parent) {
    if (rows.length === 1 && (up.name === 'ul' || up.name === 'ol' || up.name === 'html')) break;
    if (elementsOf(up).some((element) => others.has(element) || isSiblingRow(element, box))) break;
    box = up;
  }
  return box;
}

/** A list item beside the row's own is another row, even where it has no link: stories for subscribers may have none. */
const isSiblingRow = (element: Element, box: Element): boolean =>
  element !== box &&
  element.parent === box.parent &&
  isLike(element, box) &&
  ['li', 'article', 'div', 'tr', 'section'].includes(element.name);

/** Class of who wrote a story. */
const AUTHOR = wordOf('authors?|byline');

/** Rubrics by their class; without one, short words beside the headline that are no date, no name of its author and no label. */
function rubricsIn(box: Element, lines: readonly string[]): string[] {
  const called = (names: RegExp) =>
    [...elementsOf(box)].filter((element) => isCalled(element, names)).map(textOf);
  const [marked, authors] = [called(RUBRIC), called(AUTHOR)];
  const beside = lines.filter(
    (line) =>
      !authors.includes(line) &&
      !SHARE_LINE.test(line) &&
      line.length <= SHORTEST_LEAD &&
      /\p{L}{3}/u.test(line) &&
      !/\d/.test(line) &&
      !isPaidLabel(line),
  );
  const rubrics = (marked.length ? marked : beside.slice(0, 1)).flatMap((line) => line.split(/\s*[,|·]\s*/));
  return [...new Set(rubrics.filter((rubric) => rubric && rubric.length <= 40))].slice(0, 6);
}
