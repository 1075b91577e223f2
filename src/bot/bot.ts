/** The counter: every part of the conversation, put together in one place. */
import { Bot, type MiddlewareFn, type Transformer } from 'grammy';
import { deal } from '../desk/memory/dealings.ts';
import type { Desk } from '../desk/desk.ts';
import { isOutOfUse } from '../desk/trouble.ts';
import { noteMessages } from '../desk/letters/notes.ts';
import { editionFor } from '../news/edition.ts';
import { oncePerAlbum } from './album.ts';
import { answerPress } from './answer.ts';
import { onChannelsCommand, onPlacePress, onSetUp } from './places/channels.ts';
import { chatLife } from './places/member-updates.ts';
import { type Counter, meet } from './context.ts';
import { followPart } from './follow.ts';
import { answerUnknown, helpPart } from './help.ts';
import { answerInline } from './inline.ts';
import { latestPart } from './latest.ts';
import { locatePart, onLocation } from './locate.ts';
import { meansForget } from './means-forget.ts';
import { remember } from './remember.ts';
import { operatorPart } from './operator.ts';
import { answering, type Part } from './parts.ts';
import { createGuards, permit, permitPress } from './permit.ts';
import { privacyPart } from './privacy.ts';
import { screensPart } from './screens.ts';
import { articlesPart } from './articles.ts';
import { settingsPart } from './settings.ts';
import { startPart } from './start.ts';
import { storyPart } from './story.ts';
import { subscribePart } from './subscribe.ts';

export interface BotOptions {
  readonly token: string;
  /** Root of the Bot API, without a slash at its end. */
  readonly apiRoot: string;
}

export type PozirkBot = Bot<Counter>;

/** Builds the bot over `desk`; it does nothing until it is given updates (`runUpdates`, `handleUpdate`). */
export function createBot(desk: Desk, { token, apiRoot }: BotOptions): PozirkBot {
  const bot = new Bot<Counter>(token, { client: { apiRoot } });
  bot.api.config.use(refuseCalls);
  const guards = createGuards();
  bot.use(asDealing(desk), withoutFailing(desk), meet(desk), remember(), oncePerAlbum());
  bot.use(permit(guards), permitPress(guards));
  bot.use(chatLife(), onChannelsCommand, onPlacePress, onSetUp);
  bot.on('inline_query', answerInline);
  bot.use(...PARTS.map(answering));
  bot.on('message:location', onLocation);
  bot.on('message', answerUnknown);
  bot.on('callback_query', (ctx) => answerPress(ctx, ctx.here.locale.text('toast-stale')));
  return bot;
}

/** grammY brings updates in; what goes out has one door, `desk.telegram`. */
const refuseCalls: Transformer = (_call, method) =>
  Promise.reject(new Error(`${method} does not go through desk.telegram`));

const PARTS: readonly Part[] = [
  startPart,
  subscribePart,
  latestPart,
  storyPart,
  followPart,
  articlesPart,
  settingsPart,
  locatePart,
  privacyPart,
  helpPart,
  operatorPart,
  screensPart,
];

/** The outermost layer: who wants to be forgotten waits for what their updates still write down, all but this wish itself. */
const asDealing =
  (desk: Desk): MiddlewareFn<Counter> =>
  (ctx, next) =>
    deal(desk, meansForget(ctx.update) ? [] : [ctx.chat?.id, ctx.from?.id], (dealing) => {
      ctx.dealing = dealing;
      return next();
    });

/**
 * Around everything that may fail: an update that fails is told to who waits for it, logged by its kind and fault, and
 * over; whose turn it is learns of it only where Redis could not be used and somebody wants to be forgotten, and tries
 * again. The log line has nothing of the update itself.
 */
const withoutFailing =
  (desk: Desk): MiddlewareFn<Counter> =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (isOutOfUse(desk, error) && meansForget(ctx.update)) throw error;
      const kind = Object.keys(ctx.update).find((key) => key !== 'update_id') ?? 'unknown';
      desk.log.error({ kind, err: error }, 'an update could not be handled');
      await apologise(desk, ctx).catch(() => undefined);
    }
  };

/** Before the chat's record could be read there is only Telegram's language to speak in. */
async function apologise(desk: Desk, ctx: Counter): Promise<void> {
  const { here } = ctx as Partial<Counter>;
  if (here?.isTooLateFor(here.chat)) return;
  const locale = here?.locale ?? desk.locales.for(editionFor(ctx.from?.language_code));
  if (ctx.callbackQuery) {
    if (here?.answered) return;
    const answer = { callback_query_id: ctx.callbackQuery.id, text: locale.text('toast-trouble') };
    await desk.telegram.call('answerCallbackQuery', answer);
  } else if (ctx.chat?.type === 'private' && ctx.message) {
    const chat = { id: ctx.chat.id, kind: 'person' } as const;
    // The word of trouble to somebody who has waited in line waits as any answer to them would.
    const asker = { account: chat.id, reads: here?.subscribed ?? false, patient: here?.patient ?? false };
    const outcome = await desk.telegram.answer(asker, chat, { text: locale.html('trouble') });
    const answered = outcome.kind === 'done' ? [outcome.result.message_id] : [];
    await noteMessages(desk, chat, [ctx.message.message_id, ...answered]);
  }
}
