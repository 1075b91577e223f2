/** A message as we mean it, before it is a Bot API call: what `render/` makes and `telegram/` sends. */
import { type RichBlock, simplerBlocks } from './rich.ts';

export interface Message {
  /** Telegram HTML, at most 4096 characters once parsed. */
  readonly text: string;
  /** Page or picture shown as a preview; absent: no preview at all. */
  readonly preview?: Preview;
  /** The message as an article, for chats that can show it; where Telegram will not take it, the text stands in. */
  readonly rich?: Rich;
  /** Rows of buttons under the message; absent: none. */
  readonly buttons?: readonly (readonly Button[])[];
  /** Delivered without a sound. */
  readonly silent?: boolean;
  /** Cannot be forwarded or saved. */
  readonly protect?: boolean;
  /** Message id in the same chat that this one replies to, where it is still there. */
  readonly replyTo?: number;
}

/** A message as an article, with its own rows of buttons under it. */
export interface Rich {
  readonly blocks: readonly RichBlock[];
  readonly buttons?: readonly (readonly Button[])[];
}

export interface Preview {
  readonly url: string;
  readonly large: boolean;
  readonly above: boolean;
}

export type Button = { readonly text: string } & (
  | { readonly press: string } // callback data, at most 64 bytes
  | { readonly url: string }
  | { readonly inline: string } // opens a chat picker with this inline query; never in channels
  | { readonly disabled: true } // says something, does nothing; servers before Bot API 10.3 refuse it
);

/** A story offered to somebody who types the bot's name in any chat. */
export interface Offer {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Text written into the chat where it is chosen. No picture: Telegram's apps may fetch that themselves, from the newsroom. */
  readonly message: Message;
}

/** Rows of `wide` buttons; the last may have fewer. */
export const inRows = (buttons: readonly Button[], wide: number): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / wide) }, (_, row) =>
    buttons.slice(row * wide, (row + 1) * wide),
  );

/** Callback data of the buttons that travel under news; `bot/buttons.ts` answers them. */
export const press = {
  /** Opens page `page` (from 0) of a story in place. `alone`: in a message that never was anything but the whole text. */
  read: (story: string, page: number, alone = false): string => `read:${story}:${page}${alone ? ':a' : ''}`,
  /** Closes it again. */
  close: (story: string): string => `close:${story}`,
  /** Sends a story of a list as a message of its own. */
  show: (story: string): string => `show:${story}`,
};

/** The text that stands in for an article. */
export function withoutRich(message: Message): Message {
  const { rich: _, ...text } = message;
  return text;
}

/** Rows without those in which there is no button. */
export const filled = <Row extends readonly unknown[]>(rows: readonly Row[]): Row[] =>
  rows.filter((row) => row.length > 0);

/**
 * The next simpler form of a message, for when Telegram refuses its content: an article without pictures, then
 * without links, then as text; text without preview and what only new servers know (moments, buttons that do nothing), then
 * without buttons, then bare.
 * Nothing simpler is left: undefined.
 */
export function simpler(message: Message): Message | undefined {
  if (message.rich) {
    const blocks = simplerBlocks(message.rich.blocks);
    return blocks ? { ...message, rich: { ...message.rich, blocks } } : withoutRich(message);
  }
  const { preview, buttons, ...whole } = message;
  const rest = { ...whole, text: message.text.replace(/<\/?tg-time[^>]*>/g, '') };
  const lasting = buttons?.map((row) => row.filter((button) => !('disabled' in button)));
  const isNew = lasting?.some((row, index) => row.length < (buttons?.[index]?.length ?? 0));
  if (preview || isNew || rest.text !== message.text)
    return lasting ? { ...rest, buttons: filled(lasting) } : rest;
  if (buttons) return rest;
  const plain = rest.text.replace(/<[^>]*>/g, '');
  return plain === message.text ? undefined : { ...rest, text: plain };
}
