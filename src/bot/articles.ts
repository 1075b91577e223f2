/**
 * `/articles`: whole stories and digests as rich messages. An old app shows none of it and Telegram never tells, so the
 * button that switches it on stands inside a rich message: only who sees it can press it, and nothing changes before.
 */
import { viewFrom } from '../desk/chat-view.ts';
import { latestStories } from '../desk/stories.ts';
import type { Message } from '../news/message.ts';
import { changeFor } from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import type { RichBlock } from '../news/rich.ts';
import { storyArticle } from '../render/rich.ts';
import { line, redraw, say } from './answer.ts';
import { changeOwn, onOwn, own, settingsOf } from './chat-view.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { button } from './rows.ts';
import { setUpLine, settingsRow } from './set-up-link.ts';
import { subscribeFirst } from './subscribe.ts';
import type { Target } from './target.ts';

export const articlesPart: Part = {
  commands: { articles: onArticles },
  presses: {
    articles: onOwn(async (ctx, target) => {
      if (target.subscriber.settings.hide) return offerArticles(ctx, target);
      await target.change({ articles: true });
      await redraw(ctx, changedLine(ctx));
    }),
  },
};

async function onArticles(ctx: Counter, argument: string): Promise<void> {
  const { chat, subscribed } = ctx.here;
  if (isPlace(chat)) return say(ctx, setUpLine(ctx));
  if (!subscribed) return say(ctx, subscribeFirst(ctx));
  const asked = argument === '' ? undefined : changeFor('articles', argument)?.articles;
  if (asked === false) {
    await changeOwn(ctx, { articles: false });
    return say(ctx, changedLine(ctx));
  }
  const { articles, hide } = settingsOf(ctx.here);
  if (asked === true || hide) return offerArticles(ctx, own(ctx));
  const { locale } = ctx.here;
  const other = button(locale.text(articles ? 'button-articles-off' : 'button-articles-on'), {
    on: 'set',
    field: 'articles',
    value: articles ? 'off' : 'on',
  });
  await say(ctx, line(locale.html(articles ? 'articles-are-on' : 'articles-are-off'), [[other]]));
}

function changedLine(ctx: Counter): Message {
  const { articles } = settingsOf(ctx.here);
  return line(ctx.here.locale.html(articles ? 'set-articles-on' : 'set-articles-off'), [settingsRow(ctx)]);
}

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
