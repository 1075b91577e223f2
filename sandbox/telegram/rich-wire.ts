/** Parts of rich messages, as the Bot API shows them; as far as the local Telegram speaks it. */
/** As the Bot API shows it: a string, a list, or a piece that holds more. */
export type RichText = string | readonly RichText[] | RichPiece;

export interface RichPiece {
  readonly type: string;
  readonly text?: RichText;
  readonly url?: string;
  readonly [field: string]: unknown;
}

/** A block as the Bot API shows it; `blocks`, `items` and `cells` hold more of them. */
export interface RichBlock {
  readonly type: string;
  readonly text?: RichText;
  readonly summary?: RichText;
  readonly credit?: RichText;
  readonly caption?: RichText | RichCaption;
  readonly blocks?: readonly RichBlock[];
  readonly items?: readonly { readonly blocks: readonly RichBlock[]; readonly [field: string]: unknown }[];
  readonly cells?: readonly (readonly RichCell[])[];
  readonly photo?: unknown;
  readonly buttons?: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

export interface RichCaption {
  readonly text: RichText;
  readonly credit?: RichText;
}

export interface RichCell {
  readonly text?: RichText;
  readonly colspan?: number;
  readonly [field: string]: unknown;
}

export interface RichMessage {
  readonly blocks: readonly RichBlock[];
  readonly is_rtl?: true;
}
