/** Reads the page of one story. */
import { present } from '../../present.ts';
import { fail, ok, type Result } from '../../errors.ts';
import { type Request } from '../../source/fetch/fetch.ts';
import type { Story } from '../../news/story.ts';
import type { Article, Item } from '../../source/item.ts';
import { EDITIONS } from '../../news/edition.ts';
import { isGarbled } from '../../source/garbled.ts';
import { linkKey } from '../../source/links.ts';
import { textsOf } from '../../news/article.ts';
import { type Draft, normalise } from '../../source/normalise.ts';
import { fold } from '../../source/text.ts';
import { SECOND } from '../../time.ts';
import type { Learnt } from './revise.ts';
import { getRows } from '../../store/sources.ts';
import { addressHash } from './ask.ts';
import { isThrottled, type Poll, storyRecords, type SitePages } from './context.ts';
import { NOT_OURS } from './known.ts';

/**
 * A story's page, read: `unchanged` where validators were sent and still hold; `elsewhere` where it answers with the front
 * page, or well but saying that there is no such page.
 */
export type StoryPage = { readonly kind: 'unchanged' | 'elsewhere' } | ArticlePage;

export interface ArticlePage {
  /** `bare`: under the headline, but without a text yet. */
  readonly kind: 'article' | 'bare';
  readonly article: Article;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** A page's address, and what its story was called so far. */
type Told = Pick<Story, 'link' | 'headline'>;

/**
 * Asks for the page and reads it. Once a server has asked to wait, the rest of the poll asks for no more pages. A page is
 * gone only where those of listed stories are there: a site that has none of its pages is in trouble, and nothing is said of
 * this one.
 */
export async function readStoryPage(poll: Poll, told: Told, request: Request): Promise<Result<StoryPage>> {
  const page = await readPage(poll, told, request);
  if (page.ok || page.fault.code !== 'source.gone') return page;
  if ((await pagesOfSite(poll, told.link)) !== 'troubled') return page;
  poll.tally.pages++;
  return fail('source.status', `${page.fault.detail}, like the pages of stories that are listed`);
}

/** Reads it likewise, believing each answer: where the texts that we have decide in the end. */
export async function readPage(poll: Poll, told: Told, request: Request): Promise<Result<StoryPage>> {
  const { link, headline } = told;
  if (isThrottled(poll)) return fail('source.throttled', 'the server asked to wait');
  const answer = await poll.source.fetcher.read(link, request);
  if (!answer.ok) {
    if (answer.fault.code === 'source.throttled') poll.throttled++;
    return answer;
  }
  if (answer.value.kind === 'unchanged') return ok({ kind: 'unchanged' });
  const { validators } = answer.value;
  if (isFrontPage(poll, answer.value.address) && !isFrontPage(poll, link)) return ok({ kind: 'elsewhere' });
  const article = await poll.source.reader.article(answer.value, headline);
  if (!article.ok && article.fault.code === 'source.gone') return ok({ kind: 'elsewhere' });
  // A flash whose text is waited for says nothing of the site.
  const isAwaited = article.ok && isBare(article.value) && request.urgency === 'recheck';
  poll.tally.pages += Number(!isAwaited);
  if (!article.ok) return article;
  if (isGarbled(toldIn(article.value))) return fail('source.unreadable', 'the text is garbled');
  if (isBare(article.value)) return ok({ kind: 'bare', article: article.value });
  if (article.value.lead) poll.tally.texts++;
  if (article.value.isLossy) poll.tally.lossy++;
  return ok({ kind: 'article', article: article.value, ...validators });
}

/** Listed stories whose pages are asked before a site counts as troubled. */
const MOST_ASKED = 3;
const LONGEST_ASK_MS = 5 * SECOND;

/**
 * How the pages of the newest listed stories answer, besides that of `link`: with a text, at least not as gone, or not
 * even so; `unknown`: no story is listed. Asked once a poll.
 */
export function pagesOfSite(poll: Poll, link: string): Promise<SitePages> {
  poll.sitePages ??= askListed(poll, link);
  return poll.sitePages;
}

async function askListed(poll: Poll, link: string): Promise<SitePages> {
  const listed = await storyRecords(
    poll,
    [...(await listedStories(poll))].filter((id) => id !== NOT_OURS),
  );
  const others = listed.filter(({ story }) => !story.withdrawn && linkKey(story.link) !== linkKey(link));
  let found: SitePages = others.length ? 'troubled' : 'unknown';
  for (const { story } of others.slice(-MOST_ASKED).toReversed()) {
    const page = await readPage(poll, story, { urgency: 'recheck', withinMs: LONGEST_ASK_MS });
    if (page.ok && page.value.kind === 'article') return 'texts';
    if (page.ok ? page.value.kind === 'bare' : page.fault.code === 'source.unreadable') found = 'there';
  }
  return found;
}

/** Stories in the rows of the edition's addresses, of all but one where it is named. */
export async function listedStories({ desk, source }: Poll, except?: string): Promise<Set<string>> {
  const hashes = source.addresses.map(addressHash).filter((hash) => hash !== except);
  const rows = await Promise.all(hashes.map((hash) => getRows(desk.store, source.edition, hash)));
  return new Set(rows.flatMap((each) => [...each.values()].map(({ story }) => story)));
}

/** Whether a page says nothing beyond its headline. */
function isBare({ headline, lead, body, paid }: Article): boolean {
  const known = ['', fold(headline)];
  const texts = [lead, ...body.filter(({ kind }) => kind !== 'figure').flatMap(textsOf)];
  return !paid && texts.every((text) => known.includes(fold(text)));
}

/** Whether an address is the site's or an edition's front, or one of the source's own. */
function isFrontPage({ source: { addresses } }: Poll, address: string): boolean {
  const key = linkKey(address);
  return addresses.some(
    (own) => key === linkKey(own) || FRONT.some((path) => key === linkKey(new URL(path, own).href)),
  );
}

const FRONT = ['/', ...EDITIONS.map((edition) => `/${edition}/`)];

const toldIn = ({ headline, lead, body }: Article): string =>
  [headline, lead, ...body.flatMap(textsOf)].join('\n');

/** The story that a row tells, with its page where that was read; a bare one has a headline and a picture to add. */
export function draftOf({ desk }: Poll, item: Item, page: ArticlePage | undefined): Draft {
  const { clock, policy } = desk;
  if (page?.kind !== 'bare') return normalise(item, page?.article, clock.now(), policy.urgentMarks);
  const { headline, picture = item.picture } = page.article;
  const row = { ...item, headline, ...(picture ? { picture } : {}) };
  return normalise(row, undefined, clock.now(), policy.urgentMarks);
}

/** Effect of a page that was read on a known story. */
export const learntFrom = (poll: Poll, item: Item, page: ArticlePage): Learnt =>
  present({
    from: page.kind === 'bare' ? 'item' : 'page',
    draft: draftOf(poll, item, page),
    etag: page.etag,
    lastModified: page.lastModified,
  });

/** A stored story as the row that it once was. */
export const rowOf = (story: Story): Item => ({
  link: story.link,
  key: linkKey(story.link),
  headline: story.headline,
  rubrics: story.rubrics,
  paid: story.access === 'paid',
  position: 0,
});
