/** Reads the page of one story. */
import type { Result } from '../../errors.ts';
import { fail, ok } from '../../errors.ts';
import { parseArticle } from '../../source/page/article.ts';
import { fetchPage, type Request } from '../../source/fetch/fetch.ts';
import type { Story } from '../../news/story.ts';
import type { Article, Item } from '../../source/item.ts';
import { isGarbled } from '../../source/garbled.ts';
import { isCutOff, plain } from '../../source/html-blocks.ts';
import { linkKey } from '../../source/links.ts';
import { NOT_THE_SITE } from '../../source/selectors.ts';
import { fold } from '../../source/text.ts';
import { textsOf } from '../../news/article.ts';
import { type Draft, normalise } from '../../source/normalise.ts';
import type { Learnt } from './revise.ts';
import type { Poll } from './context.ts';

/**
 * A story's page, read: `unchanged` where validators were sent and still hold; `bare` where it answers well, under the
 * headline, but has no text yet.
 */
export type StoryPage = { readonly kind: 'unchanged' | 'bare' } | ArticlePage;

export interface ArticlePage {
  readonly kind: 'article';
  readonly article: Article;
  readonly etag?: string;
  readonly lastModified?: string;
}

/**
 * Asks for the page and reads it. Once a server has asked to wait, the rest of the poll asks for no more pages.
 * `headline` is what the story was called so far.
 */
export async function readStoryPage(
  poll: Poll,
  link: string,
  headline: string,
  request: Request,
): Promise<Result<StoryPage>> {
  if (poll.isThrottled) return fail('source.throttled', 'the server asked to wait');
  const answer = await fetchPage(poll.source.fetcher, link, request);
  if (!answer.ok) {
    if (answer.fault.code === 'source.throttled') poll.isThrottled = true;
    return answer;
  }
  if (answer.value.kind === 'unchanged') return ok({ kind: 'unchanged' });
  poll.tally.pages++;
  const { text, address, validators } = answer.value;
  const article = await parseArticle(text, address, headline);
  if (!article.ok) return isBare(text, headline) ? ok({ kind: 'bare' }) : article;
  if (isGarbled(toldIn(article.value))) return fail('source.unreadable', 'the text is garbled');
  if (!article.value.lead && !article.value.body.length && !article.value.paid) return ok({ kind: 'bare' });
  if (article.value.lead) poll.tally.texts++;
  return ok({ kind: 'article', article: article.value, ...validators });
}

const toldIn = ({ headline, lead, body }: Article): string =>
  [headline, lead, ...body.flatMap(textsOf)].join('\n');

/** Where a page says what it is about. */
const TITLES =
  /<h1[^>]*>(.{1,2000}?)<\/h1>|<title[^>]*>(.{1,1000}?)<\/title>|property="og:title" content="([^"]{1,1000})"/gis;

/** A whole page under this very headline, though without a text. */
function isBare(html: string, headline: string): boolean {
  const named = fold(headline);
  if (!named || isCutOff(html) || NOT_THE_SITE.test(html.slice(0, 20_000))) return false;
  return [...html.matchAll(TITLES)].some(([, h1, title, shared]) =>
    ` ${fold(plain(h1 ?? title ?? shared ?? ''))} `.includes(` ${named} `),
  );
}

/** The story that a row tells, with its page where that was read. */
export const draftOf = (poll: Poll, item: Item, page: ArticlePage | undefined): Draft =>
  normalise(item, page?.article, poll.desk.clock.now(), poll.desk.policy.urgentMarks);

/** What a page that was read says of a known story. */
export const learntFrom = (poll: Poll, item: Item, page: ArticlePage): Learnt => ({
  from: 'page',
  draft: draftOf(poll, item, page),
  ...(page.etag ? { etag: page.etag } : {}),
  ...(page.lastModified ? { lastModified: page.lastModified } : {}),
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
