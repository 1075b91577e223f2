/** Inline mode: stories to share from any chat, in the asker's edition. Queries are looked up and dropped. */
import { findStory } from '../desk/stories.ts';
import { knownAbility } from '../desk/abilities.ts';
import { withKnownFiles } from '../desk/picture-ids.ts';
import type { Offer, Rich } from '../news/message.ts';
import { picturesOf } from '../news/rich.ts';
import { storyArticle } from '../render/rich.ts';
import type { Story } from '../news/story.ts';
import { deepLink } from '../render/article.ts';
import { renderStory, listLines } from '../render/message.ts';
import type { Counter } from './context.ts';
import { viewFor } from './chat-view.ts';
import { storiesOf } from './latest.ts';

/** Results a page; Telegram takes at most 50. */
const PAGE = 20;
/** Seconds for which Telegram may answer the same query itself: news is soon old. */
const CACHE_S = 30;

/** Answers a query with a page of stories. */
export async function answerInline(ctx: Counter): Promise<void> {
  const query = ctx.inlineQuery;
  if (!query) return;
  const { locale, edition } = ctx.here;
  const offset = /^\d{1,5}$/.test(query.offset) ? Number(query.offset) : 0;
  const found = await storiesFor(ctx, query.query.trim(), offset);
  if (!found) return;
  const { stories, more } = found;
  const offers = await Promise.all(stories.map((story) => offerOf(ctx, story)));
  await ctx.here.desk.telegram.offer(query.id, offers, {
    cache_time: CACHE_S,
    is_personal: true,
    next_offset: more ? String(offset + PAGE) : '',
    button: {
      text: locale.text(stories.length === 0 && offset === 0 ? 'inline-none' : 'inline-subscribe'),
      start_parameter: edition,
    },
  });
}

/** `s_<id>` is one story, nothing is the newest, anything else a search. Undefined: too many search. */
async function storiesFor(ctx: Counter, words: string, offset: number) {
  const id = /^s_([a-z0-9]{1,16})$/.exec(words)?.[1];
  if (id !== undefined) {
    const story = await findStory(ctx.here.desk, id);
    return { stories: story && !story.withdrawn ? [story] : [], more: false };
  }
  return storiesOf(ctx, words || undefined, { limit: PAGE, offset });
}

/**
 * The story as the asker reads it, but for what is theirs alone. It goes into another chat, where all leads
 * here and nothing to the site, which is blocked where most readers are.
 */
async function offerOf(ctx: Counter, story: Story): Promise<Offer> {
  const { desk, locale } = ctx.here;
  const view = viewFor(ctx);
  const style = view.style === 'full' ? 'summary' : view.style;
  const shared = renderStory(
    story,
    { ...view, style, shared: true, buttons: false, neutral: false },
    desk.locales,
  );
  const { title, description } = listLines(story, view, desk.locales);
  const buttons = [[{ text: locale.text('story-read'), url: deepLink(ctx.me.username, story.id) }]];
  const blocks = await blocksFor(ctx, story);
  return {
    id: story.id,
    title,
    ...(description ? { description } : {}),
    message: { ...shared, buttons, ...(blocks ? { rich: { blocks, buttons } } : {}) },
  };
}

/** The whole story, for who reads articles: only where Telegram has all its pictures, for here nothing is uploaded. */
async function blocksFor(ctx: Counter, story: Story): Promise<Rich['blocks'] | undefined> {
  const { desk } = ctx.here;
  const view = viewFor(ctx);
  if (!view.articles || view.hide || knownAbility(desk, 'rich') === false) return undefined;
  const blocks = storyArticle(story, { ...view, shared: true, neutral: false }, desk.locales);
  if (!blocks) return undefined;
  const { rich } = await withKnownFiles(desk, { text: '', rich: { blocks } });
  return rich && !picturesOf(rich.blocks).some((media) => /^https?:/.test(media)) ? rich.blocks : undefined;
}
