/** A story's page to the story. Marks of the newsroom's own lead, without them the dateline. */
import { present } from '../../present.ts';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Document, Element } from 'domhandler';
import { fail, ok, type Result } from '../../errors.ts';
import { dateline } from '../dateline.ts';
import type { Dated, SlashOrder } from '../dates.ts';
import { creditAlone, isCaption, isImage, saidIn, withoutLabel } from '../figure.ts';
import { attribute, elementsOf, isCutOff, parseHtml, plain, textOf } from '../html.ts';
import type { Article } from '../item.ts';
import { linesOf } from '../item-text.ts';
import { absoluteLink } from '../links.ts';
import { isLossy } from '../loss.ts';
import { baseOf } from './base.ts';
import { textInData } from './data-text.ts';
import { dateOf, isChanged, isDateLine, isPublished } from './date-lines.ts';
import { bodyOf, listsOthers } from './body.ts';
import {
  hasLabel,
  holds,
  isAbout,
  isHeadlineOf,
  LEAST_WORDS,
  saysHeadline,
  type Title,
  titleOf,
} from './headline.ts';
import { insteadOf, isInsteadOfSite, saysGone } from './instead.ts';
import { pictureLink } from './pictures.ts';
import { isOnlyPaidLabel } from '../../newsroom/signs.ts';
import { CREDIT, isCalled, RUBRIC, SHARE_LINE, wordOf } from '../selectors.ts';
import { type Metadata, metadataOf } from './metadata.ts';
import { ONLY_BRACKETS, type StoryText, storyLines } from './story-lines.ts';
import { clip, wordsOf } from '../text.ts';
import { isInList, isOutside, type Zone, zoneAfter } from './zone.ts';

/**
 * Reads the page of a story found at `address`, at `at` (ms). `expected` is the headline under which it was listed: a page about
 * something else (a challenge, a notice, the front page) is `source.unreadable`, not a story.
 */
export async function parseArticle(
  html: string,
  address: string,
  expected = '',
  at?: number,
): Promise<Result<Article>> {
  const refuse = (why: string) => fail('source.unreadable', insteadOf('story', html) ?? why);
  if (isCutOff(html)) return fail('source.unreadable', 'the page breaks off');
  const document = await parseHtml(html);
  const metadata = metadataOf(document, address, at);
  const found = titleOf(document, metadata, expected);
  // Its own title or another one that the page gives is about what was listed.
  const isNamed = [found.text, ...metadata.names].some((text) => holds(text, expected));
  const isSite = !isInsteadOfSite(html, isHeadlineOf(found.text, expected));
  // Its own title alone may have the headline, where only a browser shows that.
  const title = !found.text && isNamed && isSite ? { ...found, text: expected } : found;
  // The headline of the listing over a text is evidence enough.
  const isListed = isHeadlineOf(title.text, expected);
  if (!isNamed && saysGone(document, metadata.title))
    return fail('source.gone', 'a page that says it is not there');
  if (!title.text) return refuse('no headline on the page');
  const base = baseOf(document, address);
  const isOwn = expected ? isListed : metadata.names.some((name) => isHeadlineOf(title.text, name));
  const { zone, isSure, isPaid, shown, isShown } = await textBehind(
    document,
    { ...title, isOwn },
    metadata,
    base,
  );
  // A page that only a browser fills may name its text to machines all the same; one that is sold is not given away.
  const hidden = isShown || isPaid ? '' : metadata.text || textInData(document, title.text);
  const named = hidden ? storyLines(linesOf(hidden.replace(/\n+/g, '\n\n'), base), base) : undefined;
  const text = named?.lead ? named : shown;
  const isKnown =
    isSure ||
    text === named ||
    text.dateline !== undefined ||
    (metadata.isArticle && text.body.length > 0) ||
    (isListed && isShown && saysHeadline(document, title)) ||
    (isNamed && isUnderOther(title, text) && !listsOthers(zone, base));
  if (!isKnown && !isPaid)
    return isNamed && isSite ? ok(withoutText(expected)) : refuse('no text that looks like a story');
  const isOther = expected !== '' && !isAbout(title.text, expected);
  if (isOther && !text.dateline && !isNamed)
    return fail('source.unreadable', `the page is about something else ("${clip(title.text, 60)}")`);
  // Its own title has the headline: what stands in its largest letters is the name of the site, or another try.
  const isCalled = (isOther && isNamed) || hasLabel(metadata, title, expected);
  const own = isCalled ? { ...title, text: expected } : title;
  await letOthersRun();
  return ok(assemble({ metadata, title: own, zone, text, isPaid, address, base }));
}

type Headline = Pick<Title, 'element'> & {
  /** It is the story's, not the name of a site. */
  readonly isOwn: boolean;
};

/** The text behind the headline; `isShown`: there is one, not pictures alone. */
async function textBehind(document: Document, headline: Headline, metadata: Metadata, base: string) {
  await letOthersRun();
  const zone = zoneAfter(document, headline.element, base);
  await letOthersRun();
  const { blocks, isSure } = bodyOf(document, zone, base, headline.isOwn);
  const isPaid =
    metadata.paid ||
    [...zone.lines, ...blocks].some((block) => block.kind === 'paragraph' && isOnlyPaidLabel(block.text));
  const shown = storyLines(blocks, base);
  const isShown = shown.lead !== '' || shown.body.some(({ kind }) => kind !== 'figure');
  return { zone, isSure, isPaid, shown, isShown };
}

/** A page under the very headline that has no text yet: agencies publish what is most urgent so. */
const withoutText = (headline: string): Article => ({
  headline,
  lead: '',
  body: [],
  rubrics: [],
  paid: false,
});

/** Whether under what may be another try at the headline, no name of a site, there is more than a line as on every page. */
const isUnderOther = ({ element, text }: Title, { lead, body }: StoryText): boolean =>
  element !== undefined && wordsOf(text).length >= LEAST_WORDS && lead !== '' && body.length > 0;

interface ArticleParts {
  readonly metadata: Metadata;
  readonly title: Title;
  readonly zone: Zone;
  readonly text: StoryText;
  readonly isPaid: boolean;
  readonly address: string;
  readonly base: string;
}

function assemble({ metadata, title, zone, text, isPaid, address, base }: ArticleParts): Article {
  const picture = pictureIn(zone, base) ?? metadata.picture;
  const credit = text.credit ?? creditIn(zone);
  const said =
    metadata.publishedAt === undefined ? datedIn(zone, title.element, metadata.slashes) : undefined;
  const publishedAt = metadata.publishedAt ?? said?.at;
  const day = publishedAt === undefined ? (metadata.publishedOn ?? said?.day) : undefined;
  const related = absoluteLink(text.related ?? relatedIn(zone) ?? '', base);
  const rubrics = metadata.rubrics.length ? metadata.rubrics : rubricsIn(zone);
  return present({
    headline: title.text,
    lead: text.lead,
    leadLinks: text.leadLinks,
    body: text.body,
    dateline: text.dateline ?? dayOfYear(day),
    publishedAt,
    picture: picture ? present({ url: picture, credit: credit || undefined }) : undefined,
    rubrics: [...new Set(rubrics)].slice(0, 6),
    paid: isPaid,
    related: related === address ? undefined : related || undefined,
    canonical: metadata.canonical,
    isLossy: (!isPaid && isLossy(plain(metadata.text), text)) || undefined,
  });
}

function dayOfYear(day: string | undefined): Article['dateline'] {
  const [year, month, date] = day?.split('-').map(Number) ?? [];
  return year && month && date ? { year, month, day: date } : undefined;
}

/** The first picture between headline and end that belongs to no other story. */
function pictureIn({ elements }: Zone, base: string): string | undefined {
  for (const element of elements) {
    if (SHARE_LINE.test(element.name === 'p' ? textOf(element) : '')) return undefined;
    if (!isImage(element) || isOutside(element)) continue;
    const link = pictureLink(element, base);
    if (link) return link;
  }
  return undefined;
}

function creditIn({ lines, elements }: Zone): string | undefined {
  const start = lines.findIndex((line) => line.kind === 'paragraph' && dateline(line.text));
  for (const line of lines.slice(0, start < 0 ? 3 : start)) {
    if (line.kind !== 'paragraph') continue;
    const said = ONLY_BRACKETS.exec(line.text)?.[1] ?? creditAlone(line.text);
    if (said) return said;
  }
  const shown = elements.filter((element) => !isOutside(element));
  const caption = shown.find(isCaption);
  const own = caption && saidIn(caption).credit;
  if (own) return own;
  const marked = shown.find((element) => isCalled(element, CREDIT));
  const text = marked ? withoutLabel(textOf(marked).replace(/^\((.*)\)$/, '$1')) : '';
  return text && text.length <= 100 ? text : undefined;
}

/**
 * When a page says in its lines that it was published. A day alone may be one that the text is about, and is believed only
 * where it is marked; the site's clock names no day and stands elsewhere.
 */
function datedIn({ elements }: Zone, headline: Element | undefined, slashes: SlashOrder): Dated | undefined {
  const around = headline?.parent ? [...elementsOf(headline.parent)] : [];
  const lines = [...around, ...elements].filter(
    (element) => isDateLine(element) && !isOutside(element) && !isInList(element),
  );
  for (const line of lines.toSorted((a, b) => Number(isChanged(a)) - Number(isChanged(b)))) {
    const date = dateOf(line, slashes);
    if (date && (date.at !== undefined || isPublished(line))) return date;
  }
  return undefined;
}

function rubricsIn({ elements }: Zone): string[] {
  return elements
    .filter((element) => isCalled(element, RUBRIC) && !isOutside(element) && !isInList(element))
    .slice(0, 1)
    .flatMap((element) => textOf(element).split(/\s*,\s*/))
    .filter((rubric) => rubric && rubric.length <= 40);
}

const RELATED = wordOf('related');

/** The only link in the block that is marked as another story; a list has advice of others. */
function relatedIn({ elements }: Zone): string | undefined {
  const block = elements.find((element) => isCalled(element, RELATED));
  const within = block ? [...elementsOf(block)] : [];
  const [link, ...others] = new Set(within.map((element) => attribute(element, 'href')).filter(Boolean));
  return others.length || within.some(({ name }) => name === 'li') ? undefined : link;
}
