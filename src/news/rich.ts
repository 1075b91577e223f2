/**
 * A rich message (Bot API 10.2): an article with its pictures, or many, in one. Blocks stand here as Telegram takes them,
 * so that what is measured is what is sent.
 */
export type RichText =
  | string
  | readonly RichText[]
  | { readonly type: 'bold' | 'italic' | 'strikethrough'; readonly text: RichText }
  | { readonly type: 'url'; readonly text: string; readonly url: string }
  | RichTime;

/** Words that are a moment: a tap tells it by the reader's own clock. Without a format the words stay as they are. */
export interface RichTime {
  readonly type: 'date_time';
  readonly text: string;
  /** Seconds since the epoch. */
  readonly unix_time: number;
  readonly date_time_format: '';
}

export type RichBlock =
  | { readonly type: 'heading'; readonly text: RichText; readonly size: 1 | 2 | 3 | 4 | 5 | 6 }
  | { readonly type: 'paragraph' | 'footer'; readonly text: RichText }
  | { readonly type: 'divider' }
  | { readonly type: 'list'; readonly items: readonly { readonly blocks: readonly RichBlock[] }[] }
  | { readonly type: 'blockquote'; readonly blocks: readonly RichBlock[]; readonly credit?: RichText }
  | {
      readonly type: 'details';
      readonly summary: RichText;
      readonly blocks: readonly RichBlock[];
      readonly is_open?: true;
    }
  | {
      readonly type: 'table';
      readonly cells: readonly (readonly { readonly text: RichText; readonly is_header?: true }[])[];
      readonly is_bordered: true;
    }
  | RichPhoto
  | {
      readonly type: 'buttons';
      readonly buttons: readonly { readonly text: string; readonly callback_data: string }[];
    };

export interface RichPhoto {
  readonly type: 'photo';
  /** `media`: a public address, or the file id of a picture that Telegram has. */
  readonly photo: { readonly type: 'photo'; readonly media: string };
  readonly caption?: { readonly text: RichText; readonly credit?: RichText };
}

/**
 * Limits of a message of ours, below those of Telegram, which can change: 32,768 UTF-16 units, 500 blocks (list items and
 * table rows count), 50 pictures, 20 columns; the difference is room for how Telegram counts.
 */
export const RICH_LIMITS = { length: 30_000, blocks: 400, pictures: 20, columns: 20 } as const;

/** How much blocks take of the limits. `length` in UTF-16 units of all that is seen. */
export interface RichSize {
  readonly length: number;
  readonly blocks: number;
  readonly pictures: number;
}

/** `times` is -1 where the second is taken away. */
export const addSizes = (a: RichSize, b: RichSize, times: 1 | -1 = 1): RichSize => ({
  length: a.length + times * b.length,
  blocks: a.blocks + times * b.blocks,
  pictures: a.pictures + times * b.pictures,
});

const NO_SIZE: RichSize = { length: 0, blocks: 0, pictures: 0 };

export const fitsRich = ({ length, blocks, pictures }: RichSize): boolean =>
  length <= RICH_LIMITS.length && blocks <= RICH_LIMITS.blocks && pictures <= RICH_LIMITS.pictures;

/** Text of a rich text, without its looks. */
export function plainRich(text: RichText | undefined): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  if (isTexts(text)) return text.map(plainRich).join('');
  return plainRich(text.text);
}

const isTexts = (text: RichText): text is readonly RichText[] => Array.isArray(text);

/** Texts that a block itself shows. */
function ownTexts(block: RichBlock): readonly (RichText | undefined)[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'footer':
      return [block.text];
    case 'blockquote':
      return [block.credit];
    case 'details':
      return [block.summary];
    case 'table':
      return block.cells.flat().map(({ text }) => text);
    case 'photo':
      return [block.caption?.text, block.caption?.credit];
    case 'buttons':
      return block.buttons.map(({ text }) => text);
    case 'divider':
    case 'list':
      return [];
  }
}

/** Blocks within a block. */
const within = (block: RichBlock): readonly RichBlock[] =>
  block.type === 'list' ? block.items.flatMap(({ blocks }) => blocks) : 'blocks' in block ? block.blocks : [];

/** All texts of `blocks`, in reading order. */
export const richTexts = (blocks: readonly RichBlock[]): string[] =>
  blocks.flatMap((block) => [...ownTexts(block).map(plainRich).filter(Boolean), ...richTexts(within(block))]);

export const sizeOfRich = (blocks: readonly RichBlock[]): RichSize =>
  blocks.reduce((sum, block) => {
    const rows = block.type === 'list' ? block.items.length : block.type === 'table' ? block.cells.length : 0;
    const own = {
      length: ownTexts(block).reduce((length: number, text) => length + plainRich(text).length, 0),
      blocks: 1 + rows,
      pictures: block.type === 'photo' ? 1 : 0,
    };
    return addSizes(addSizes(sum, own), sizeOfRich(within(block)));
  }, NO_SIZE);

/** The blocks with every one of them, innermost too, put through `change`; undefined leaves it out. */
function mapped(
  blocks: readonly RichBlock[],
  change: (block: RichBlock) => RichBlock | undefined,
): RichBlock[] {
  return blocks.flatMap((block): RichBlock[] => {
    const changed = change(block);
    if (!changed) return [];
    if (changed.type === 'list')
      return [{ ...changed, items: changed.items.map((item) => ({ blocks: mapped(item.blocks, change) })) }];
    if (changed.type === 'blockquote' || changed.type === 'details')
      return [{ ...changed, blocks: mapped(changed.blocks, change) }];
    return [changed];
  });
}

/** Addresses or file ids of all pictures, in reading order. */
export const picturesOf = (blocks: readonly RichBlock[]): string[] =>
  blocks.flatMap((block) => (block.type === 'photo' ? [block.photo.media] : picturesOf(within(block))));

/** The blocks with `fileOf` each picture, where it has one. */
export const withFiles = (
  blocks: readonly RichBlock[],
  fileOf: (url: string) => string | undefined,
): RichBlock[] =>
  mapped(blocks, (block) =>
    block.type === 'photo'
      ? { ...block, photo: { type: 'photo', media: fileOf(block.photo.media) ?? block.photo.media } }
      : block,
  );

/** Without pictures, or those that `goes` picks by address or file id; what stands under them stays as text. */
export const withoutPictures = (
  blocks: readonly RichBlock[],
  goes: (media: string) => boolean = () => true,
): RichBlock[] =>
  mapped(blocks, (block) => {
    if (block.type !== 'photo' || !goes(block.photo.media)) return block;
    const said = [block.caption?.text, block.caption?.credit].map(plainRich).filter(Boolean).join(' ');
    return said === '' ? undefined : { type: 'paragraph', text: { type: 'italic', text: said } };
  });

const withoutLinks = (blocks: readonly RichBlock[]): RichBlock[] =>
  mapped(blocks, (block) => {
    if (block.type === 'paragraph' || block.type === 'footer' || block.type === 'heading')
      return { ...block, text: unlinked(block.text) };
    return block.type === 'details' ? { ...block, summary: unlinked(block.summary) } : block;
  });

function unlinked(text: RichText): RichText {
  if (typeof text === 'string') return text;
  if (isTexts(text)) return text.map(unlinked);
  if (text.type === 'url' || text.type === 'date_time') return text.text;
  return { type: text.type, text: unlinked(text.text) };
}

/** Links, and moments, which a tap tells as well. */
const hasLinks = (blocks: readonly RichBlock[]): boolean =>
  /"type":"(?:url|date_time)"/.test(JSON.stringify(blocks));

/** The blocks in the next simpler form, for when Telegram refuses them: without pictures, then without links. */
export function simplerBlocks(blocks: readonly RichBlock[]): readonly RichBlock[] | undefined {
  if (picturesOf(blocks).length > 0) return withoutPictures(blocks);
  return hasLinks(blocks) ? withoutLinks(blocks) : undefined;
}
