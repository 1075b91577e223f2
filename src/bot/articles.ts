/**
 * `/articles`: whole stories and digests as rich messages. An old app shows none of it and Telegram never tells, so the
 * button that switches it on stands inside a rich message: only who sees it can press it, and nothing changes before.
 */
import { latestStories } from '../desk/stories.ts';
import type { Message } from '../news/message.ts';
import { changeFor } from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import type { RichBlock } from '../news/rich.ts';
import type { Story } from '../news/story.ts';
import { storyArticle } from '../render/rich.ts';
import type { Locale } from '../render/locale.ts';
import type { View } from '../render/view.ts';
import { line, redraw, say } from './answer.ts';
import { writePress, type Press } from './buttons.ts';
import { changeOwn, settingsOf, viewFor } from './chat-view.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { button } from './rows.ts';
import { setUpLine, settingsRow } from './set-up-link.ts';
import { subscribeFirst } from './subscribe.ts';

export const articlesPart: Part = {
  commands: { articles: onArticles },
  presses: {
    articles: async (ctx) => {
      if (!ctx.here.subscribed) return redraw(ctx, subscribeFirst(ctx));
      if (settingsOf(ctx.here).hide) return say(ctx, hiddenLine(ctx));
      await changeOwn(ctx, { articles: true });
      await redraw(ctx, changedLine(ctx));
    },
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
  if (asked === true || hide) return offerArticles(ctx);
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
const hiddenLine = ({ here: { locale } }: Counter): Message =>
  line(locale.html('articles-hidden'), [
    [button(locale.text('door-safety'), { on: 'go', screen: 'safety' })],
  ]);

/** Sends the sample whose own button switches articles on, or says that they cannot be hidden. */
export async function offerArticles(ctx: Counter): Promise<void> {
  const { desk, edition, locale } = ctx.here;
  if (settingsOf(ctx.here).hide) return say(ctx, hiddenLine(ctx));
  const { stories } = await latestStories(desk, edition, { limit: 1 });
  await say(
    ctx,
    sample(ctx, locale, stories[0], viewFor(ctx), locale.text('articles-sample'), { on: 'articles' }),
  );
}

/** A story as `view` would see it as an article, what is to be known about it, and the button inside. */
export function sample(
  ctx: Counter,
  locale: Locale,
  story: Story | undefined,
  view: View,
  said: string,
  press: Press,
): Message {
  const { desk } = ctx.here;
  const article = story && storyArticle(story, { ...view, articles: true }, desk.locales);
  const blocks: RichBlock[] = [
    ...(article ?? []),
    ...(article ? [{ type: 'divider' } as const] : []),
    { type: 'paragraph', text: said },
    {
      type: 'buttons',
      buttons: [{ text: locale.text('button-articles-confirm'), callback_data: writePress(press) }],
    },
  ];
  return { text: locale.html('articles-not-here'), rich: { blocks } };
}
