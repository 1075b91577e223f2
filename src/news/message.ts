/** A message as we mean it, before it is a Bot API call: what `render/` makes and `telegram/` sends. */
export interface Message {
  /** Telegram HTML, at most 4096 characters once parsed. */
  readonly text: string;
  /** Page or picture shown as a preview; absent: no preview at all. */
  readonly preview?: Preview;
  /** Rows of buttons under the message; absent: none. */
  readonly buttons?: readonly (readonly Button[])[];
  /** Delivered without a sound. */
  readonly silent?: boolean;
  /** Cannot be forwarded or saved. */
  readonly protect?: boolean;
  /** Message id in the same chat that this one replies to, where it is still there. */
  readonly replyTo?: number;
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
);

/** Rows of `wide` buttons; the last may have fewer. */
export const inRows = (buttons: readonly Button[], wide: number): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / wide) }, (_, row) =>
    buttons.slice(row * wide, (row + 1) * wide),
  );

/** Callback data of the buttons that travel under news; `bot/buttons.ts` answers them. */
export const press = {
  /** Opens page `page` (from 0) of a story in place. */
  read: (story: string, page: number): string => `read:${story}:${page}`,
  /** Closes it again. */
  close: (story: string): string => `close:${story}`,
  /** Sends a story of a list as a message of its own. */
  show: (story: string): string => `show:${story}`,
};

/**
 * The same message in the next simpler form, for when Telegram refuses its content: without preview, then without
 * buttons, then as plain text. Nothing simpler is left: undefined.
 */
export function simpler(message: Message): Message | undefined {
  const { preview, buttons, ...rest } = message;
  if (preview) return buttons ? { ...rest, buttons } : rest;
  if (buttons) return rest;
  const plain = message.text.replace(/<[^>]*>/g, '');
  return plain === message.text ? undefined : { ...rest, text: plain };
}
