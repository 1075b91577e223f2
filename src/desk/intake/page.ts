/** Reads the page of one story. */
import type { Result } from '../../errors.ts';
import { fail, ok } from '../../errors.ts';
import { fetchPage, type Request } from '../../source/fetch/fetch.ts';
import type { Story } from '../../news/story.ts';
import type { Article, Item } from '../../source/item.ts';
import { isGarbled } from '../../source/garbled.ts';
import { linkKey } from '../../source/links.ts';
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
  const { validators } = answer.value;
  const article = await poll.source.reader.article(answer.value, headline);
  if (!article.ok) return article;
  if (isGarbled(toldIn(article.value))) return fail('source.unreadable', 'the text is garbled');
  if (!article.value.lead && !article.value.body.length && !article.value.paid) return ok({ kind: 'bare' });
  if (article.value.lead) poll.tally.texts++;
  return ok({ kind: 'article', article: article.value, ...validators });
}

const toldIn = ({ headline, lead, body }: Article): string =>
  [headline, lead, ...body.flatMap(textsOf)].join('\n');

/** The story that a row tells, with its page where that was read. */
export const draftOf = (poll: Poll, item: Item, page: ArticlePage | undefined): Draft =>
  normalise(item, page?.article, poll.desk.clock.now(), poll.desk.policy.urgentMarks);

/** Effect of a page that was read on a known story. */
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
