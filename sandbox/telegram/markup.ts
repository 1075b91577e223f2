/** Reply markup: what Telegram takes, what it cuts without a word, and what it refuses. */
import { checkedLink } from './links.ts';
import { isObject, jsonOf, textOf, type Params } from './params.ts';
import type { AnyChat } from './chat.ts';
import type { ServerAge, World } from './world.ts';
import { badRequest, type WireButton, type WireMarkup } from './wire.ts';

/** An inline keyboard, another kind of markup that is only passed on, or nothing. */
export interface Markup {
  readonly inline: WireMarkup | undefined;
  readonly other: Readonly<Record<string, unknown>> | undefined;
}

const NONE: Markup = { inline: undefined, other: undefined };
const ROW_LIMIT = 12;
const BUTTON_LIMIT = 300;
/** callback_data in bytes of UTF-8. */
const DATA_LIMIT = 64;
const COPY_LIMIT = 256;
/** Whole inline keyboard, bytes of JSON; about what the backend takes. */
const MARKUP_BYTES = 10_240;

/** Reads `reply_markup`; shape errors are refused here, its fit to a chat in `fitMarkup`. */
export function readMarkup({ server }: World, params: Params): Markup {
  const given = jsonOf(params, 'reply_markup', "can't parse reply keyboard markup JSON object");
  if (given === undefined) return NONE;
  if (!isObject(given)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in given)
    return { inline: readKeyboard(given['inline_keyboard'], server), other: undefined };
  if ('keyboard' in given && !isRows(given['keyboard']))
    throw badRequest('Field "keyboard" must be an Array of Arrays');
  const other = ['keyboard', 'remove_keyboard', 'force_reply'].some((name) => name in given);
  return other ? { inline: undefined, other: given } : NONE;
}

const isRows = (value: unknown): value is unknown[][] => Array.isArray(value) && value.every(Array.isArray);

function readKeyboard(value: unknown, server: ServerAge): WireMarkup | undefined {
  if (!isRows(value)) throw badRequest('Field "inline_keyboard" must be an Array of Arrays');
  const rows: WireButton[][] = [];
  let total = 0;
  for (const row of value) {
    const kept: WireButton[] = [];
    for (const item of row) {
      const button = readButton(item, server);
      if (button.text === '' || kept.length >= ROW_LIMIT || total >= BUTTON_LIMIT) continue;
      kept.push(button);
      total++;
    }
    if (kept.length > 0) rows.push(kept);
  }
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

const cannot = (reason: string) => badRequest(`can't parse inline keyboard button: ${reason}`);

function readButton(item: unknown, server: ServerAge): WireButton {
  if (!isObject(item)) throw cannot('InlineKeyboardButton must be an Object');
  const text = textOf(item, 'text');
  const extra = {
    ...styleOf(item),
    ...(typeof item['icon_custom_emoji_id'] === 'string' && {
      icon_custom_emoji_id: item['icon_custom_emoji_id'],
    }),
  };
  if (item['url'] !== undefined) return { text, url: textOf(item, 'url'), ...extra };
  if (item['callback_data'] !== undefined)
    return { text, callback_data: textOf(item, 'callback_data'), ...extra };
  if (isObject(item['copy_text']))
    return { text, copy_text: { text: textOf(item['copy_text'], 'text') }, ...extra };
  if (item['switch_inline_query'] !== undefined)
    return { text, switch_inline_query: textOf(item, 'switch_inline_query'), ...extra };
  if (item['switch_inline_query_current_chat'] !== undefined)
    return {
      text,
      switch_inline_query_current_chat: textOf(item, 'switch_inline_query_current_chat'),
      ...extra,
    };
  if (isObject(item['switch_inline_query_chosen_chat']))
    return { text, switch_inline_query_chosen_chat: item['switch_inline_query_chosen_chat'], ...extra };
  if (isObject(item['web_app'])) return { text, web_app: { url: textOf(item['web_app'], 'url') }, ...extra };
  if (isObject(item['login_url'])) return { text, login_url: item['login_url'], ...extra };
  if (isObject(item['disabled']) && server === 'today') return { text, disabled: {}, ...extra };
  throw cannot('Text buttons are unallowed in the inline keyboard');
}

const STYLES = new Set(['danger', 'success', 'primary']);

function styleOf(item: Readonly<Record<string, unknown>>): { style?: string } {
  const style = textOf(item, 'style');
  if (style === '') return {};
  if (!STYLES.has(style)) throw cannot('invalid button style specified');
  return { style };
}

/** Checks the markup against the chat that it goes to, and gives it the form in which it is kept. */
export function fitMarkup(markup: Markup, chat: AnyChat): Markup {
  const { inline, other } = markup;
  if (other && chat.kind === 'channel') throw badRequest('inline keyboard expected');
  if (other) checkRequests(other, chat);
  if (!inline) return markup;
  const fitted = {
    inline_keyboard: inline.inline_keyboard.map((row) => row.map((button) => fitButton(button, chat))),
  };
  if (Buffer.byteLength(JSON.stringify(fitted)) > MARKUP_BYTES) throw badRequest('reply markup is too long');
  return { inline: fitted, other: undefined };
}

function fitButton(button: WireButton, chat: AnyChat): WireButton {
  if (button.url !== undefined) return { ...button, url: buttonLink(button.url, '') };
  if (button.web_app && chat.kind !== 'private') throw badRequest('BUTTON_TYPE_INVALID');
  if (button.web_app) buttonLink(button.web_app.url, 'Web App ');
  checkSwitch(button, chat);
  return button;
}

function buttonLink(link: string, kind: string): string {
  const checked = checkedLink(link);
  if (checked.ok) return checked.url;
  throw badRequest(`inline keyboard button ${kind}URL '${link}' is invalid: ${checked.error}`);
}

function checkSwitch(button: WireButton, chat: AnyChat): void {
  if (chat.kind !== 'channel') return;
  const name = (
    ['switch_inline_query', 'switch_inline_query_current_chat', 'switch_inline_query_chosen_chat'] as const
  ).find((key) => button[key] !== undefined);
  if (name === undefined) return;
  const shown = name === 'switch_inline_query_chosen_chat' ? 'switch_inline_query' : name;
  throw badRequest(
    `can't use ${shown} button in a channel chat, because users will not be able to use the button without knowing bot's username`,
  );
}

function checkRequests(markup: Readonly<Record<string, unknown>>, chat: AnyChat): void {
  if (chat.kind === 'private' || !isRows(markup['keyboard'])) return;
  for (const button of markup['keyboard'].flat()) {
    if (!isObject(button)) continue;
    if (button['request_chat']) throw badRequest('chats can be requested in private chats only');
    if (button['request_users']) throw badRequest('users can be requested in private chats only');
    if (button['request_location']) throw badRequest('location can be requested in private chats only');
    if (button['request_contact']) throw badRequest('phone number can be requested in private chats only');
  }
}

/** Checked by the backend alone: the size of the data behind a button. */
export function checkButtonData(inline: WireMarkup | undefined): void {
  for (const row of inline?.inline_keyboard ?? [])
    for (const { callback_data, copy_text } of row) {
      if (callback_data !== undefined && !fits(callback_data, DATA_LIMIT))
        throw badRequest('BUTTON_DATA_INVALID');
      if (copy_text && !fits(copy_text.text, COPY_LIMIT * 4)) throw badRequest('BUTTON_COPY_TEXT_INVALID');
    }
}

const fits = (text: string, limit: number): boolean => text.length > 0 && Buffer.byteLength(text) <= limit;
