/** Links within a text that lead to stories of ours: readers open those in the chat, where the site is blocked. */
import { type ArticleText, type Link, linksIn, withLinksAs } from '../../news/article.ts';
import { hashOf, linkKey } from '../../source/links.ts';
import { findByAlias } from '../../store/stories.ts';
import type { Poll } from './context.ts';

/** Links of one text that are looked up. */
const MOST_LINKS = 100;

/** The text, each of its links to a story that we know with that story. */
export async function withOwnLinks(
  { desk, source }: Poll,
  { lead, leadLinks, body }: ArticleText,
  self?: string,
): Promise<ArticleText> {
  const all = [...(leadLinks ?? []), ...body.flatMap(linksIn)];
  const urls = [...new Set(all.map(({ url }) => url))].slice(0, MOST_LINKS);
  const found = await findByAlias(
    desk.store,
    source.edition,
    urls.map((url) => hashOf(linkKey(url))),
  );
  const stories = new Map(urls.map((url, index) => [url, found[index]]));
  const named = (link: Link): Link => {
    const { story: _before, ...rest } = link;
    const story = stories.get(link.url);
    return story === undefined || story === self ? rest : { ...rest, story };
  };
  return {
    lead,
    ...(leadLinks ? { leadLinks: leadLinks.map(named) } : {}),
    body: body.map((block) => withLinksAs(block, named)),
  };
}
