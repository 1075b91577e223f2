/** Starting, stopping, and the language, which is the edition too. */
import { mayPost } from '../desk/chats/permission.ts';
import { changeSettings, subscribe, unsubscribe } from '../desk/chats/subscribe.ts';
import { EDITION_NAMES, EDITIONS, type Edition, isEdition } from '../news/edition.ts';
import { isOff } from '../desk/intake/health.ts';
import type { Message } from '../news/message.ts';
import { keepOf } from '../news/subscriber.ts';
import { answerPress, line, redraw, say } from './answer.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { button, languageRow, latestRow, subscribeRow, subscribeRows } from './rows.ts';

export const subscribePart: Part = {
  commands: {
    subscribe: onSubscribe,
    unsubscribe: async (ctx) => say(ctx, await stop(ctx)),
    language: onLanguage,
  },
  presses: {
    subscribe: async (ctx, { edition }) => redraw(ctx, await start(ctx, edition)),
    unsubscribe: async (ctx) => redraw(ctx, await stop(ctx)),
  },
};

/** The edition that words name: its code, or the language's own name in any case. */
export function editionNamed(words: string): Edition | undefined {
  const name = words.trim().toLowerCase();
  return isEdition(name) ? name : EDITIONS.find((edition) => EDITION_NAMES[edition].toLowerCase() === name);
}

async function onSubscribe(ctx: Counter, argument: string): Promise<void> {
  const { here } = ctx;
  const edition = argument === '' ? here.edition : editionNamed(argument);
  if (!edition) return say(ctx, line(here.locale.html('subscribe-usage'), subscribeRows()));
  // A channel that cannot be posted to gets no subscription that would only pause.
  if (here.chat.kind === 'channel' && (await mayPost(here.desk, here.chat)) !== true) return;
  await say(ctx, await start(ctx, edition));
}

async function start(ctx: Counter, edition: Edition): Promise<Message> {
  const { here } = ctx;
  if (await isOff(here.desk, edition)) return offScreen(ctx, edition);
  const { subscriber, fresh } = await subscribe(here.desk, here.chat, edition);
  here.subscriber = subscriber;
  return subscribedScreen(ctx, fresh);
}

/** That there is no news in this language, in words of it; the others one tap away. */
const offScreen = ({ here: { desk } }: Counter, edition: Edition): Message =>
  line(desk.locales.for(edition).html('edition-off'), subscribeRows(edition));

/** That news comes, in which language; the latest and each other edition one tap away. */
export async function subscribedScreen(ctx: Counter, fresh = false): Promise<Message> {
  const { desk, edition, locale } = ctx.here;
  if (await isOff(desk, edition)) return offScreen(ctx, edition);
  const goes = goesLine(ctx);
  const stay = button(locale.text('button-stay'), { on: 'set', field: 'keep', value: 'off' });
  const state = locale.html(fresh ? 'subscribed' : 'subscribed-already');
  return line([state, ...goes, locale.html('subscribed-more')].join('\n'), [
    latestRow(locale),
    goes.length > 0 ? [stay] : [],
    subscribeRows().flat(),
  ]);
}

/** That what stands in this chat goes by itself, where that is so although nobody chose it. */
export function goesLine({ here: { chat, subscriber, desk, locale } }: Counter): string[] {
  if (!subscriber || subscriber.settings.keep !== undefined) return [];
  const hours = keepOf(chat, subscriber.settings, desk.policy.keepHours);
  return hours > 0 ? [locale.html('subscribed-keep', { hours })] : [];
}

async function stop(ctx: Counter): Promise<Message> {
  const { here } = ctx;
  const stopped = await unsubscribe(here.desk, here.chat);
  if (stopped) here.subscriber = stopped;
  return unsubscribedScreen(ctx, stopped !== undefined);
}

export function unsubscribedScreen(ctx: Counter, stopped = true): Message {
  const { locale, edition } = ctx.here;
  const again = subscribeRow(locale, edition);
  return stopped
    ? line(locale.html('unsubscribed'), [
        again,
        [button(locale.text('button-forget'), { on: 'go', screen: 'forget' })],
        languageRow(edition, 'unsubscribed'),
      ])
    : line(locale.html('unsubscribe-not'), [again, languageRow(edition, 'greeting')]);
}

/** Without a subscription only a language is stored. */
export const subscribeFirst = (ctx: Counter): Message =>
  line(ctx.here.locale.html('subscribe-first'), subscribeRows());

async function onLanguage(ctx: Counter, argument: string): Promise<void> {
  const edition = editionNamed(argument);
  if (edition)
    return say(ctx, (await speak(ctx, edition)) ? await languageDone(ctx) : offScreen(ctx, edition));
  const { locale } = ctx.here;
  const rows = EDITIONS.map((each) => [
    button(EDITION_NAMES[each], { on: 'language', edition: each, screen: 'language' }),
  ]);
  await say(ctx, line(locale.html(argument === '' ? 'language-ask' : 'language-usage'), rows));
}

/**
 * Changes the chat's language and edition; of a stranger it is all that is kept. False: who gets the news keeps it rather than
 * a language in which there is none, and their press is answered.
 */
export async function speak(ctx: Counter, edition: Edition): Promise<boolean> {
  const { desk, chat, subscribed } = ctx.here;
  if (subscribed && (await isOff(desk, edition))) {
    await answerPress(ctx, desk.locales.for(edition).text('edition-off'));
    return false;
  }
  ctx.here.subscriber = await changeSettings(desk, chat, { edition }, edition);
  return true;
}

/** That the language is set, and what comes next: the news of it, or the subscription. */
export async function languageDone(ctx: Counter): Promise<Message> {
  const { desk, locale, edition, subscribed } = ctx.here;
  if (await isOff(desk, edition)) return line(locale.html('language-off'), subscribeRows(edition));
  return line(locale.html('language-done'), [
    subscribed ? latestRow(locale) : subscribeRow(locale, edition),
    languageRow(edition, 'language'),
  ]);
}
