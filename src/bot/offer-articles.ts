/**
 * A sample of an article. An old app shows none of it and Telegram never tells, so the button that switches articles on stands
 * inside it: only who sees it can press it, and nothing changes before.
 */
import { viewFrom } from '../desk/chat-view.ts';
import { latestStories } from '../desk/stories.ts';
import type { Message } from '../news/message.ts';
import type { RichBlock } from '../news/rich.ts';
import { storyArticle } from '../render/rich.ts';
import { line, redraw, say } from './answer.ts';
import type { Counter } from './context.ts';
import type { Target } from './target.ts';

/** An article cannot be hidden: its words would stand in the chat list. */
const hiddenScreen = ({ locale, button, besides }: Target): Message =>
  line(locale.html('articles-hidden'), [
    [button(locale.text('door-safety'), { on: 'go', screen: 'safety' })],
    besides('articles'),
  ]);

/** Sends the sample whose own button switches articles on, or says that they cannot be hidden. */
export async function offerArticles(ctx: Counter, target: Target): Promise<void> {
  const { byCard, subscriber } = target;
  const { desk } = ctx.here;
  if (subscriber.settings.hide) return (byCard ? redraw : say)(ctx, hiddenScreen(target));
  const { stories } = await latestStories(desk, subscriber.settings.edition, { limit: 1 });
  const view = { ...viewFrom(desk, subscriber), articles: true };
  await say(ctx, sample(target, stories[0] && storyArticle(stories[0], view, desk.locales)));
}

/** A story as an article, what is to be known about it, and the button inside. */
function sample({ byCard, button, locale }: Target, article: readonly RichBlock[] | undefined): Message {
  const { text, press } = button(locale.text('button-articles-confirm'), { on: 'articles' });
  const blocks: RichBlock[] = [
    ...(article ?? []),
    ...(article ? [{ type: 'divider' } as const] : []),
    { type: 'paragraph', text: locale.text(byCard ? 'articles-place' : 'articles-sample') },
    { type: 'buttons', buttons: [{ text, callback_data: press }] },
  ];
  return { text: locale.html('articles-not-here'), rich: { blocks } };
}
