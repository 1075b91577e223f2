/** A message of ours as parameters of the Bot API: the only place where one becomes the other. */
import type { Button, Message, Offer } from '../news/message.ts';
import { plainRich, type RichBlock } from '../news/rich.ts';
import type { Chat } from '../news/subscriber.ts';

export const methodOf = ({ rich }: Message): string => (rich ? 'sendRichMessage' : 'sendMessage');

export const sendParams = (chat: Chat, message: Message): object => ({
  ...placeParams(chat),
  ...messageParams(message),
});

const placeParams = ({ id, thread }: Chat): object =>
  thread === undefined ? { chat_id: id } : { chat_id: id, message_thread_id: thread };

/** All but where to. */
const messageParams = (message: Message): object => ({
  ...contentParams(message),
  ...(message.silent ? { disable_notification: true } : {}),
  ...(message.protect ? { protect_content: true } : {}),
  ...(message.replyTo === undefined
    ? {}
    : { reply_parameters: { message_id: message.replyTo, allow_sending_without_reply: true } }),
});

/** The part of a message that is the same in each chat, as JSON; it stays for as long as the message does. */
const written = new WeakMap<Message, Buffer>();
/** Characters; more is a digest, of which each is for few: written for each chat, it does not lie beside its message. */
const MOST_KEPT = 16_384;

/**
 * `sendParams` as JSON, of which a message that goes to thousands is written once. `keyboard`: instead of buttons under it, a
 * keyboard as the Bot API has it. `isPaid`: to be paid for where it is too much for all.
 */
export function sendBody(chat: Chat, message: Message, isPaid: boolean, keyboard?: object): Buffer {
  const own = { ...placeParams(chat), ...(isPaid ? { allow_paid_broadcast: true } : {}) };
  if (keyboard)
    return Buffer.from(JSON.stringify({ ...messageParams(message), ...own, reply_markup: keyboard }));
  return Buffer.concat([Buffer.from(`${JSON.stringify(own).slice(0, -1)},`), restOf(message)]);
}

function restOf(message: Message): Buffer {
  const known = written.get(message);
  if (known) return known;
  const json = JSON.stringify(messageParams(message)).slice(1);
  if (json.length > MOST_KEPT) return Buffer.from(json);
  const bytes = alone(json);
  written.set(message, bytes);
  return bytes;
}

/** Text as bytes that keep no others in memory. */
function alone(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** A picture of ours with its `caption`, HTML, as a form: JSON cannot bring a file. */
export function pictureForm(chat: Chat, png: Uint8Array<ArrayBuffer>, caption: string): FormData {
  const form = new FormData();
  form.set('chat_id', String(chat.id));
  if (chat.thread !== undefined) form.set('message_thread_id', String(chat.thread));
  form.set('photo', new Blob([png], { type: 'image/png' }), 'chart.png');
  form.set('caption', caption);
  form.set('parse_mode', 'HTML');
  return form;
}

/** A message that one person sees, in answer to a press of theirs. */
export const whisperParams = (
  chat: Chat,
  { person, press }: { readonly person: number; readonly press: string },
  message: Message,
): object => ({
  ...sendParams(chat, message),
  ephemeral_message_parameters: { receiver_user_id: person, callback_query_id: press },
});

export function editParams(chatId: number, messageId: number, message: Message): object {
  return { chat_id: chatId, message_id: messageId, ...contentParams(message) };
}

export function offerParams({ id, title, description, message }: Offer): object {
  const { text, reply_markup, ...content } = contentParams(message);
  return {
    type: 'article',
    id,
    title,
    ...(description ? { description } : {}),
    input_message_content: text === undefined ? content : { message_text: text, ...content },
    ...(reply_markup ? { reply_markup } : {}),
  };
}

interface Content {
  readonly text?: string;
  readonly parse_mode?: 'HTML';
  readonly link_preview_options?: object;
  readonly rich_message?: object;
  readonly reply_markup?: object;
}

function contentParams({ text, preview, buttons, rich }: Message): Content {
  if (rich) {
    const rich_message = { blocks: rich.blocks, ...(isTagged(rich.blocks) ? {} : AS_WRITTEN) };
    return { rich_message, ...keyboardOf(rich.buttons) };
  }
  return {
    text,
    parse_mode: 'HTML',
    link_preview_options: preview
      ? { url: preview.url, prefer_large_media: preview.large, show_above_text: preview.above }
      : { is_disabled: true },
    ...keyboardOf(buttons),
  };
}

/** Telegram would make a cashtag of a sum, and a card number of any long one. */
const AS_WRITTEN = { skip_entity_detection: true };

/** Hashtags of ours are found by Telegram alone, as in plain text. */
const isTagged = (blocks: readonly RichBlock[]): boolean =>
  blocks.some((block) => block.type === 'footer' && plainRich(block.text).startsWith('#'));

const keyboardOf = (buttons: Message['buttons']): Pick<Content, 'reply_markup'> =>
  buttons ? { reply_markup: { inline_keyboard: buttons.map((row) => row.map(toButton)) } } : {};

function toButton(button: Button): object {
  if ('press' in button) return { text: button.text, callback_data: button.press };
  if ('url' in button) return { text: button.text, url: button.url };
  if ('disabled' in button) return { text: button.text, disabled: {} };
  return { text: button.text, switch_inline_query: button.inline };
}
