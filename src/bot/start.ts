/** The greeting, and what a deep link brings: a language or one story. */
import { findStory } from '../desk/stories.ts';
import { changeSettings } from '../desk/chats/subscribe.ts';
import { EDITION_NAMES, type Edition, isEdition } from '../news/edition.ts';
import type { Message } from '../news/message.ts';
import { isPlace } from '../news/subscriber.ts';
import { renderStory } from '../render/message.ts';
import { line, say } from './answer.ts';
import type { Counter } from './context.ts';
import { withLatest } from './latest.ts';
import type { Part } from './parts.ts';
import { button, cancelRow, subscribeRow, subscribeRows } from './rows.ts';
import { opened, readInPlace } from './story.ts';
import { subscribedScreen } from './subscribe.ts';
import { viewFor } from './chat-view.ts';

export const startPart: Part = {
  commands: {
    start: (ctx, words) => {
      const payload = words.toLowerCase();
      if (isEdition(payload)) return startIn(ctx, payload);
      if (payload.startsWith('s_')) return startStory(ctx, payload.slice('s_'.length));
      if (payload.startsWith('op_')) return startOperator(ctx, payload.slice('op_'.length));
      return greet(ctx);
    },
  },
  presses: {
    show: (ctx, { story }) =>
      isPlace(ctx.here.chat) ? readInPlace(ctx, story) : startStory(ctx, story, true),
  },
};

/** The code of the terminal; any other is greeted like everybody. */
async function startOperator(ctx: Counter, code: string): Promise<void> {
  const { chat, desk, locale } = ctx.here;
  const admitted = isPlace(chat) ? undefined : desk.admit(code, chat.id);
  if (admitted === undefined) return greet(ctx);
  const id = String(chat.id);
  const word = admitted === 'kept' ? 'operator-admitted' : 'operator-admitted-now';
  await say(ctx, line(locale.html(word, { id })));
}

const greet = (ctx: Counter): Promise<void> => say(ctx, greetingScreen(ctx));

/** Introduces the bot, tells how to know the true one, and gives each edition one tap to subscribe. */
export function greetingScreen(ctx: Counter): Message {
  return line(welcome(ctx, 'greeting'), subscribeRows());
}

const WELCOME = {
  greeting: ['start-greeting', 'start-greeting-neutral'],
  link: ['start-link', 'start-link-neutral'],
} as const;

function welcome(ctx: Counter, by: keyof typeof WELCOME): string {
  const { locale, subscriber } = ctx.here;
  const [usual, neutral] = WELCOME[by];
  return [locale.html(subscriber?.settings.neutral ? neutral : usual), trueBot(ctx)].join('\n\n');
}

function trueBot(ctx: Counter): string {
  const { locale, desk } = ctx.here;
  const link = desk.policy.officialLink;
  const name = locale.html('start-true-bot', { username: ctx.me.username });
  return link ? `${name} ${locale.html('start-official', { link })}` : name;
}

/**
 * A deep link with a language. It may come from anybody, so it never changes what a chat has set without a tap; a
 * new chat keeps the language, the first that was chosen for it.
 */
async function startIn(ctx: Counter, edition: Edition): Promise<void> {
  const { here } = ctx;
  const known = here.subscriber;
  if (known && known.settings.edition !== edition) return say(ctx, askToSwitch(ctx, edition));
  if (here.subscribed) return say(ctx, await subscribedScreen(ctx));
  if (!known) here.subscriber = await changeSettings(here.desk, here.chat, { edition }, edition);
  await say(ctx, line(welcome(ctx, 'link'), [subscribeRow(here.locale, here.edition)]));
}

function askToSwitch(ctx: Counter, edition: Edition): Message {
  const { locale, subscribed } = ctx.here;
  return line(locale.html('start-ask'), [
    [
      button(
        EDITION_NAMES[edition],
        subscribed ? { on: 'subscribe', edition } : { on: 'language', edition, screen: 'greeting' },
      ),
      ...cancelRow(locale),
    ],
  ]);
}

/** One story opened, from a shared link or by its number in a list; who came by a link can subscribe by one tap. */
async function startStory(ctx: Counter, id: string, listed = false): Promise<void> {
  const { chat, desk, locale, subscribed } = ctx.here;
  const story = await findStory(desk, id);
  if (!story || story.withdrawn) return say(ctx, withLatest(ctx, 'start-story-gone'));
  const view = viewFor(ctx);
  const message = isPlace(chat)
    ? renderStory(story, view, desk.locales)
    : opened(ctx, story, { page: 0, alone: true }, view);
  await say(ctx, message);
  if (!subscribed && !listed) await say(ctx, line(locale.html('start-story-offer'), subscribeRows()));
}
