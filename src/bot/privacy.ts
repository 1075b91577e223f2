/** Shows all that is stored about a chat, and how it is deleted. */
import { isDeepStrictEqual } from 'node:util';
import { emptyChat, FAREWELL_MS, forgetChat } from '../desk/chats/erase.ts';
import { drawCode, forgetByCode } from '../desk/chats/forget-code.ts';
import { isWithFormer } from '../desk/chats/former.ts';
import { knownIds } from '../desk/chats/known-messages.ts';
import { countOwned, ownersOf } from '../desk/chats/owners.ts';
import { removeIfWeDie, removeLater } from '../desk/chats/remove.ts';
import type { UnwrittenForget } from '../desk/memory/memory.ts';
import { isOutOfUse } from '../desk/trouble.ts';
import type { Message } from '../news/message.ts';
import { isPlace, type Subscriber } from '../news/subscriber.ts';
import { DEFAULT_SETTINGS, type Settings } from '../news/settings.ts';
import { MINUTE, SECOND } from '../time.ts';
import { answerPress, line, say, sayForId } from './answer.ts';
import type { Counter } from './context.ts';
import { isOperator } from './help.ts';
import { rowOrSetUp } from './set-up-link.ts';
import type { Part } from './parts.ts';
import { button, languageRow } from './rows.ts';
import { describe } from './settings.ts';
import { goesLine } from './subscribe.ts';
import { timerLine } from './timer.ts';

/** A code for the operator is to be noted down elsewhere: it stays in the chat this long. */
const CODE_MS = 5 * 60_000;

export const privacyPart: Part = {
  commands: {
    forget: (ctx, words) => (words !== '' && isOperator(ctx) ? forgetFor(ctx, words) : forget(ctx)),
    privacy: async (ctx) => say(ctx, await privacyScreen(ctx)),
  },
  presses: { forget, code: showCode },
};

async function forget(ctx: Counter): Promise<void> {
  const { here } = ctx;
  const { locale } = here;
  const asked = ctx.message?.message_id ?? ctx.callbackQuery?.message?.message_id;
  // From here on nothing of this update may be noted, not even if Telegram or Redis fails half-way.
  here.forgotten = true;
  const { forgetting } = here.desk.memory;
  const { update_id: update } = ctx.update;
  const waiting = forgetting.get(update);
  // It is tried until Redis takes it; its button is answered once.
  here.answered ||= waiting !== undefined;
  const toast = answerPress(ctx, locale.text('forgetting'));
  const own = asked === undefined ? [] : [asked];
  const farewell = async (gone: boolean) => {
    await toast;
    const word = await sayForId(ctx, line(locale.html(gone ? 'forgotten' : 'forgotten-soon')));
    // One that was sent again may stand there twice.
    return here.said.some(({ perhaps }) => perhaps) ? undefined : word;
  };
  try {
    await forgetChat(here.desk, here.chat, own, farewell, waiting?.before ?? askedLongAgo(ctx));
  } catch (error) {
    const { clock, telegram } = here.desk;
    const begun = waiting ?? { began: clock.ticks(), before: telegram.sequence.highest };
    forgetting.set(update, begun);
    if (isOutOfUse(here.desk, error)) await emptyMeanwhile(ctx, own, begun);
    throw error;
  }
}

/** The message that asks, where another process may have said something of it already. */
function askedLongAgo({ message, here }: Counter): number | undefined {
  if (message === undefined) return undefined;
  return here.desk.clock.now() - message.date * SECOND > MINUTE ? message.message_id : undefined;
}

/**
 * To be called each time that Redis has taken nothing of a `/forget`, which is tried until it does: what can be named goes from
 * the chat now, and the word that says so goes soon after it.
 */
async function emptyMeanwhile(ctx: Counter, asked: readonly number[], begun: UnwrittenForget): Promise<void> {
  const { desk, chat, locale } = ctx.here;
  const { forgetting, strangers } = desk.memory;
  const { update_id: update } = ctx.update;
  const { began, emptiedAt, refusedAt = Number.NEGATIVE_INFINITY } = begun;
  const now = desk.clock.ticks();
  const isReadable = emptiedAt !== undefined && now - emptiedAt < FAREWELL_MS;
  const isEmpty = emptiedAt !== undefined && strangers.of(chat).length === 0;
  // Where Telegram refuses, it is asked again after a minute, and ever more rarely.
  const isTooSoon = now - refusedAt < Math.max(MINUTE, refusedAt - began);
  if (isPlace(chat) || isReadable || isEmpty || isTooSoon) return;
  if (!(await emptyChat(desk, chat, asked)))
    return forgetting.set(update, { ...begun, refusedAt: desk.clock.ticks() });
  strangers.take(chat);
  if (emptiedAt !== undefined) return;
  forgetting.set(update, { ...begun, emptiedAt: desk.clock.ticks() });
  const word = await sayForId(ctx, line(locale.html('forgotten-later')));
  if (word !== undefined) strangers.add(chat, [word], desk.clock.now());
}

/** An operator's own chat is never meant by words that are no code. */
async function forgetFor(ctx: Counter, code: string): Promise<void> {
  const { desk, chat, locale } = ctx.here;
  const outcome = await forgetByCode(desk, chat, code);
  await say(ctx, line(locale.html(`operator-forget-${outcome}`)));
  const asked = ctx.message?.message_id;
  if (asked !== undefined) await removeLater(desk, chat, [asked], desk.clock.now());
}

/** Shows a new code once; the message goes by itself. */
async function showCode(ctx: Counter): Promise<void> {
  const { desk, chat, locale, said } = ctx.here;
  const code = await drawCode(desk, chat);
  if (code === undefined) return answerPress(ctx, locale.text('toast-stale'));
  const due = desk.clock.now() + CODE_MS;
  const isHeardOf = await removeIfWeDie(desk, chat, desk.telegram.sequence.highest, due);
  const shown = await sayForId(ctx, line(locale.html('privacy-code', { code })));
  if (shown !== undefined) await removeLater(desk, chat, [shown], due);
  if (!said.some(({ perhaps }) => perhaps)) await isHeardOf();
}

/** Every value that is stored about this chat, the honest line, and the way out. */
export async function privacyScreen(ctx: Counter): Promise<Message> {
  const { locale, edition, subscribed } = ctx.here;
  const text = [
    ...(await stored(ctx)),
    ...(await owned(ctx)),
    locale.html('privacy-never'),
    locale.html('privacy-honest'),
    locale.html('privacy-how'),
    ...(isPlace(ctx.here.chat) ? [] : [await timerLine(ctx)]),
  ].filter(Boolean);
  return line(text.join('\n\n'), [
    [button(locale.text('button-forget'), { on: 'go', screen: 'forget' })],
    subscribed ? rowOrSetUp(ctx, [button(locale.text('button-keep'), { on: 'go', screen: 'keep' })]) : [],
    subscribed && !isPlace(ctx.here.chat) ? [button(locale.text('button-code'), { on: 'code' })] : [],
    languageRow(edition, 'privacy'),
  ]);
}

/** Data kept with the channels and groups that the person set up. */
async function owned({ here: { desk, chat, locale } }: Counter): Promise<string[]> {
  const count = isPlace(chat) ? 0 : await countOwned(desk, chat.id);
  return count > 0 ? [locale.html('privacy-owner', { count })] : [];
}

/** People whose numbers are kept with this channel or group. */
async function owners({ here: { desk, locale } }: Counter, place: Subscriber): Promise<string[]> {
  const { length: count } = isPlace(place.chat) ? await ownersOf(desk, place) : [];
  return count > 0 ? [locale.html('privacy-owners', { count })] : [];
}

async function stored(ctx: Counter): Promise<string[]> {
  const { desk, chat, locale, subscriber, subscribed } = ctx.here;
  const former = (await isWithFormer(desk, chat)) ? [locale.html('privacy-former')] : [];
  const first = locale.html('privacy-first');
  if (!subscriber) return [first, ...(former.length > 0 ? former : [locale.html('privacy-nothing')])];
  if (subscribed) {
    const besides = [...goesLine(ctx), ...(await owners(ctx, subscriber)), locale.html('privacy-messages')];
    return [first, listed(ctx, subscriber), ...besides, ...former];
  }
  const numbers = (await knownIds(desk, subscriber)).length > 0 ? [locale.html('privacy-numbers')] : [];
  if (isOnlyLanguage(subscriber.settings) && numbers.length + former.length === 0)
    return [locale.html('privacy-language-only')];
  return [first, listed(ctx, subscriber), locale.html('privacy-leaving'), ...numbers, ...former];
}

function listed(ctx: Counter, { code }: Subscriber): string {
  const { locale } = ctx.here;
  const drawn = code === undefined ? [] : [locale.html('privacy-code-kept')];
  return [locale.html('privacy-list'), ...describe(ctx), ...drawn].join('\n');
}

/** Whether nothing was ever set in the chat but its language. */
const isOnlyLanguage = (settings: Settings): boolean =>
  isDeepStrictEqual(settings, { ...DEFAULT_SETTINGS, edition: settings.edition });

/** The button asks once; the typed command does not. */
export function forgetScreen(ctx: Counter): Message {
  const { locale } = ctx.here;
  return line(locale.html('forget-ask'), [
    [button(locale.text('button-forget'), { on: 'forget' })],
    [button(locale.text('button-cancel'), { on: 'go', screen: 'privacy' })],
  ]);
}
