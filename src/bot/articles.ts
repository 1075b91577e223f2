/** `/articles`: whole stories and digests as rich messages. */
import type { Message } from '../news/message.ts';
import { changeFor } from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import { line, redraw, say } from './answer.ts';
import { changeOwn, onOwn, own, settingsOf } from './chat-view.ts';
import type { Counter } from './context.ts';
import { offerArticles } from './offer-articles.ts';
import type { Part } from './parts.ts';
import { button } from './rows.ts';
import { setUpLine, settingsRow } from './set-up-link.ts';
import { subscribeFirst } from './subscribe.ts';

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
