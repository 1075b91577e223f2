/** How the counter answers: a new message, the same message drawn again, or a word on the button. */
import { GrammyError } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions } from 'grammy/types';
import { knowsEphemeral } from '../desk/abilities.ts';
import { afterRefusal, formFor, observeArticle, withKnownFiles } from '../desk/articles.ts';
import { type Button, type Message, type Rich, simpler } from '../news/message.ts';
import { SECOND } from '../time.ts';
import type { Counter } from './context.ts';

/**
 * Sends a message to the chat of the update; its id, or undefined where nothing may be written (a channel) or nobody
 * can read it any more (blocked meanwhile).
 */
export async function say(ctx: Counter, message: Message): Promise<number | undefined> {
  const { chat } = ctx.here;
  if (chat.kind === 'channel') return undefined;
  const sent = await inSimplerForms(ctx, message, (form) =>
    sendCall(ctx, form, {
      ...(chat.thread === undefined ? {} : { message_thread_id: chat.thread }),
      ...((form.protect ?? ctx.here.subscriber?.settings.protect) ? { protect_content: true } : {}),
      ...(form.silent ? { disable_notification: true } : {}),
    }),
  );
  return typeof sent === 'object' ? sent.message_id : undefined;
}

/** `place`: topic, sound and protection. */
function sendCall(ctx: Counter, form: Message, place: object): Promise<{ message_id: number }> {
  const { id } = ctx.here.chat;
  if (!form.rich) return ctx.api.sendMessage(id, form.text, { ...bodyOf(form), ...place });
  return ctx.api.raw.sendRichMessage({ chat_id: id, ...richBody(form.rich), ...place } as RichCall);
}

type RichCall = Parameters<Counter['api']['raw']['sendRichMessage']>[0];
type RichEdit = Parameters<Counter['api']['raw']['editMessageText']>[0];

const richBody = ({ blocks, buttons }: Rich): object => ({
  rich_message: { blocks, skip_entity_detection: true },
  ...(buttons ? { reply_markup: keyboardOf(buttons) } : {}),
});

/** An answer to a press may come this long (ms) after it for the presser alone; Telegram takes it up to 15 s. */
const PRESSER_MS = 8 * SECOND;

/**
 * Shows a message to the presser alone, in the place where they pressed: others do not see it, nothing keeps it, and it
 * has no message id. False: Telegram does not do it (before Bot API 10.2) or not now. It is no message of the chat,
 * so it waits for no turn of the chat's.
 */
export async function sayToPresser(ctx: Counter, message: Message): Promise<boolean> {
  const { chat, desk } = ctx.here;
  const query = ctx.callbackQuery;
  if (!query || !(await knowsEphemeral(desk, chat.id))) return false;
  await desk.telegram.pace.turn('answer');
  const outcome = await desk.telegram.call(
    'sendMessage',
    {
      chat_id: chat.id,
      ...(chat.thread === undefined ? {} : { message_thread_id: chat.thread }),
      ephemeral_message_parameters: { receiver_user_id: query.from.id, callback_query_id: query.id },
      ...contentOf(message),
      ...(message.protect ? { protect_content: true } : {}),
    },
    PRESSER_MS,
  );
  return outcome.kind === 'done';
}

/** Draws the pressed message again, with `toast` on the button; sends a new one where that message can't change. */
export async function redraw(ctx: Counter, message: Message, toast?: string): Promise<void> {
  const pressed = ctx.callbackQuery?.message;
  if (!pressed) {
    await say(ctx, message);
    return;
  }
  // The button's answer does not wait for the edit, which may have to queue behind the chat's pace.
  const [edited] = await Promise.all([
    inSimplerForms(ctx, message, (form) => editCall(ctx, pressed.chat.id, pressed.message_id, form)),
    answerPress(ctx, toast),
  ]);
  if (edited === undefined) await say(ctx, message);
}

function editCall(ctx: Counter, chatId: number, messageId: number, form: Message): Promise<unknown> {
  if (!form.rich) return ctx.api.editMessageText(chatId, messageId, form.text, bodyOf(form));
  const params = { chat_id: chatId, message_id: messageId, ...richBody(form.rich) };
  return ctx.api.raw.editMessageText(params as unknown as RichEdit);
}

/** Answers a press, once. Never rejects: a toast that does not arrive changes nothing. */
export async function answerPress(ctx: Counter, toast?: string): Promise<void> {
  if (!ctx.callbackQuery || ctx.here.answered) return;
  ctx.here.answered = true;
  await ctx.answerCallbackQuery(toast ? { text: toast } : {}).catch(() => undefined);
}

/** Sends a plain line with, under it, rows of buttons. */
export const line = (text: string, buttons: Message['buttons'] = []): Message =>
  buttons.length > 0 ? { text, buttons } : { text };

/** A call's result, or undefined when Telegram refuses it for a reason that is no fault of ours. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    unlessRefused(error);
    return undefined;
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof GrammyError) || (error.error_code !== 400 && error.error_code !== 403)) throw error;
}

/**
 * Tries a message in simpler and simpler forms while Telegram refuses its content; undefined: the chat or the message
 * is gone. "Not modified" counts as done.
 */
async function inSimplerForms<T>(
  ctx: Counter,
  message: Message,
  call: (form: Message) => Promise<T>,
): Promise<T | true | undefined> {
  const { desk, chat } = ctx.here;
  let form: Message | undefined = formFor(desk, message);
  while (form) {
    try {
      const sent = await call(await withKnownFiles(desk, form));
      await observeArticle(desk, chat, message, form, sent);
      return sent;
    } catch (error) {
      if (!isUnknownMethod(error)) unlessRefused(error);
      const reason = error instanceof GrammyError ? error.description : '';
      if (/message is not modified/i.test(reason)) return true;
      if (!SIMPLER_HELPS.test(reason)) return undefined;
      form = form.rich ? afterRefusal(desk, form, { description: reason }) : simpler(form);
    }
  }
  return undefined;
}

/** Refusals of a message's form. */
const SIMPLER_HELPS =
  /can't parse|button|reply markup|entities|web ?page|URL|RICH_|rich message|method not found|text is empty/i;

/** A server that is too old for rich messages. */
const isUnknownMethod = (error: unknown): boolean =>
  error instanceof GrammyError && /method not found/i.test(error.description);

/** A message's text and looks, as the Bot API takes them. */
export const contentOf = (message: Message): { text: string } & ReturnType<typeof bodyOf> => ({
  text: message.text,
  ...bodyOf(message),
});

function bodyOf(message: Message): {
  parse_mode: 'HTML';
  link_preview_options: LinkPreviewOptions;
  reply_markup?: InlineKeyboardMarkup;
} {
  const { preview, buttons } = message;
  return {
    parse_mode: 'HTML',
    link_preview_options: preview
      ? {
          url: preview.url,
          show_above_text: preview.above,
          ...(preview.large ? { prefer_large_media: true } : {}),
        }
      : { is_disabled: true },
    ...(buttons ? { reply_markup: keyboardOf(buttons) } : {}),
  };
}

const keyboardOf = (buttons: NonNullable<Message['buttons']>): InlineKeyboardMarkup => ({
  inline_keyboard: buttons.map((row) => row.map(keyOf)),
});

function keyOf(button: Button): InlineKeyboardButton {
  if ('press' in button) return { text: button.text, callback_data: button.press };
  if ('url' in button) return { text: button.text, url: button.url };
  if ('disabled' in button) return { text: button.text, disabled: {} };
  return { text: button.text, switch_inline_query: button.inline };
}
