/** How the counter answers: a new message, the same message drawn again, or a word on the button. */
import { knowsEphemeral } from '../desk/abilities.ts';
import { answerForm, redrawForm, whisperForm } from '../desk/articles.ts';
import { removeLater } from '../desk/chats/remove.ts';
import { unheardIds } from '../desk/letters/notes.ts';
import { askerFor } from '../desk/serve.ts';
import { filled, type Message } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { SECOND } from '../time.ts';
import type { Counter } from './context.ts';

/** The account that wrote or pressed; one that writes in the name of a chat is that chat: Telegram shows one for all. */
export const writerOf = ({ here: { chat }, message, from }: Counter): number =>
  message?.sender_chat?.id ?? from?.id ?? chat.id;

/** The account that caused this update, to count what it costs. */
export const askerOf = (ctx: Counter): ReturnType<typeof askerFor> => ({
  ...askerFor(ctx.here.desk, writerOf(ctx), ctx.here.subscriber),
  patient: ctx.here.patient,
});

/** Sends a message to the chat of the update. `keyboard`: instead of buttons, as the Bot API has it. */
export async function say(ctx: Counter, message: Message, keyboard?: object): Promise<void> {
  await sayForId(ctx, message, keyboard);
}

/**
 * Sends a message to the chat of the update; its id, or undefined where nothing may be written (a channel) or it cannot
 * be (blocked meanwhile, too much at once).
 */
export async function sayForId(
  ctx: Counter,
  message: Message,
  keyboard?: object,
): Promise<number | undefined> {
  const { chat, subscriber } = ctx.here;
  if (chat.kind === 'channel') return undefined;
  const protect = message.protect ?? subscriber?.settings.protect ?? false;
  return sayTo(ctx, chat, { ...message, protect }, keyboard);
}

/** Answers in another chat than that of the update. */
export async function sayTo(
  ctx: Counter,
  chat: Chat,
  message: Message,
  keyboard?: object,
): Promise<number | undefined> {
  return noted(ctx, chat, () => answerForm(ctx.here.desk, askerOf(ctx), chat, message, keyboard));
}

/** Answers an operator with a picture, PNG. `caption`: HTML. */
export async function sayPicture(ctx: Counter, png: Uint8Array<ArrayBuffer>, caption: string): Promise<void> {
  const { chat, desk } = ctx.here;
  await noted(ctx, chat, () => desk.telegram.answerWithPicture(askerOf(ctx), chat, png, caption));
}

/** Rests before an answer that met broken connections is sent again, ms: twice is less bad than never. */
const RESTS_MS = [SECOND / 2, 2 * SECOND, 5 * SECOND] as const;

/** Sends, and notes what stands in the chat now; its id where it is known. */
async function noted(
  ctx: Counter,
  chat: Chat,
  send: () => ReturnType<typeof answerForm>,
): Promise<number | undefined> {
  const { desk, said } = ctx.here;
  const perhaps = new Set<number>();
  let sent: number | undefined;
  for (const rest of [0, ...RESTS_MS]) {
    if (rest > 0) await desk.clock.sleep(rest);
    if (ctx.here.isTooLateFor(chat)) break;
    const { highest } = desk.telegram.sequence;
    const outcome = await send();
    if (outcome.kind === 'done') sent = outcome.result.message_id;
    if (outcome.kind !== 'unknown') break;
    // Should it stand in the chat, it goes with the others.
    for (const id of unheardIds(desk, chat, highest)) perhaps.add(id);
    if (!outcome.isBroken) break;
  }
  if (sent !== undefined) perhaps.delete(sent);
  if (ctx.here.isTooLateFor(chat)) {
    const ids = sent === undefined ? [...perhaps] : [...perhaps, sent];
    await removeLater(desk, chat, ids, desk.clock.now());
    return undefined;
  }
  for (const one of perhaps) said.push({ chat: chat.id, message: one, perhaps: true });
  if (sent !== undefined) said.push({ chat: chat.id, message: sent });
  return sent;
}

/**
 * Shows a message to the presser alone, in the place where they pressed: others do not see it, nothing keeps it, and it
 * has no message id. False: Telegram does not do it (before Bot API 10.2) or not now.
 */
export async function sayToPresser(ctx: Counter, message: Message): Promise<boolean> {
  const { chat, desk } = ctx.here;
  const query = ctx.callbackQuery;
  if (!query || !(await knowsEphemeral(desk, chat.id))) return false;
  const to = { person: query.from.id, press: query.id };
  const outcome = await whisperForm(desk, askerOf(ctx), chat, to, message);
  return outcome.kind === 'done';
}

/** Draws the pressed message again, with `toast` on the button; sends a new one where that message can't change. */
export async function redraw(ctx: Counter, message: Message, toast?: string): Promise<void> {
  const pressed = ctx.callbackQuery?.message;
  if (!pressed) return say(ctx, message);
  // The button's answer does not wait for the edit, which may have to queue behind the chat's pace.
  const [outcome] = await Promise.all([
    redrawForm(ctx.here.desk, askerOf(ctx), ctx.here.chat, pressed.message_id, message),
    answerPress(ctx, toast),
  ]);
  if (outcome.kind === 'refused' && outcome.why !== 'not_modified') await say(ctx, message);
}

/** Answers a press, once; with a toast, or with an address that it opens. One that does not arrive changes nothing. */
export async function answerPress(ctx: Counter, toast?: string, url?: string): Promise<void> {
  if (!ctx.callbackQuery || ctx.here.answered) return;
  ctx.here.answered = true;
  await ctx.here.desk.telegram.call('answerCallbackQuery', {
    callback_query_id: ctx.callbackQuery.id,
    ...(toast ? { text: toast } : {}),
    ...(url ? { url } : {}),
  });
}

/** Takes a message of a person out of the chat, where the bot may. */
export async function takeAway(ctx: Counter, messageId: number): Promise<void> {
  const { desk, chat } = ctx.here;
  await desk.telegram.call('deleteMessage', { chat_id: chat.id, message_id: messageId });
}

/** A plain line with rows of buttons under it; a row without buttons is none. */
export function line(text: string, rows: Message['buttons'] = []): Message {
  const buttons = filled(rows);
  return buttons.length > 0 ? { text, buttons } : { text };
}
