/**
 * Rich messages (Bot API 10.1, blocks since 10.2): read, counted and refused as Telegram does. Limits and their order as
 * the official clients count; words of refusal from live reports.
 */
import { isObject, jsonOf, textOf, type Params } from './params.ts';
import { detected } from './rich-auto.ts';
import { eachPhoto, readMedia, withPhotos } from './rich-photos.ts';
import { checkLinks, depthOf, linksOf, readRichText, visibleRichText } from './rich-text.ts';
import type { RichBlock, RichCaption, RichCell, RichMessage, RichText } from './rich-wire.ts';
import type { World } from './world.ts';
import { badRequest } from './wire.ts';

/** `rich_message_*_limit` of Telegram's app configuration. */
const RICH_LIMITS = {
  /** UTF-16 units of all visible text. */
  length: 32_768,
  /** List items and table rows count too. */
  blocks: 500,
  /** Levels of blocks and texts in one another. */
  depth: 16,
  media: 50,
  columns: 20,
  /** Bytes of JSON. */
  size: 262_144,
  /** Buttons of one row. */
  buttons: 8,
} as const;

/** Reads `rich_message`; undefined where the call has none. Blocks win over Markdown, and that over HTML. */
export function readRich(world: World, params: Params): RichMessage | undefined {
  const given = jsonOf(params, 'rich_message', "can't parse rich message JSON object");
  if (given === undefined) return undefined;
  if (!isObject(given)) throw badRequest('object expected as rich message');
  const blocks = world.server === '10.1' ? undefined : given['blocks'];
  const written = textOf(given, 'markdown') || textOf(given, 'html');
  if (blocks === undefined && written === '') throw badRequest('rich message must be non-empty');
  // An empty list of blocks swallows what is written beside it.
  if (Array.isArray(blocks) && blocks.length === 0) throw badRequest('rich message must be non-empty');
  if (blocks !== undefined && !Array.isArray(blocks))
    throw badRequest('can\'t parse rich message JSON object: Field "blocks" must be of type Array');
  const read = Array.isArray(blocks)
    ? eachPhoto(blocks.map(readBlock), readMedia(given['media']))
    : [{ type: 'paragraph', text: written.replace(/<[^>]*>/g, '') }];
  return {
    blocks: given['skip_entity_detection'] === true ? read : detected(read),
    ...(given['is_rtl'] === true && { is_rtl: true as const }),
  };
}

const cannot = (reason: string) => badRequest(`can't parse InputRichBlock: ${reason}`);

function readBlock(value: unknown): RichBlock {
  if (!isObject(value)) throw cannot('expected an Object');
  const type = textOf(value, 'type');
  if (type === '') throw cannot('Can\'t find field "type"');
  const text = () => ({ text: readRichText(value['text']) });
  const inner = () => ({ blocks: readBlocks(value['blocks']) });
  const credit = () => (value['credit'] === undefined ? {} : { credit: readRichText(value['credit']) });
  switch (type) {
    case 'paragraph':
    case 'footer':
      return { type, ...text() };
    case 'pre':
      return { type, ...text() };
    case 'heading':
      return { type, ...text(), size: sizeOf(value) };
    case 'divider':
      return { type };
    case 'anchor':
      return { type, name: textOf(value, 'name') };
    case 'list':
      return { type, items: readItems(value['items']) };
    case 'blockquote':
      return { type, ...inner(), ...credit() };
    case 'expandable_blockquote':
    case 'pullquote':
      return { type, ...text(), ...credit() };
    case 'details':
      return {
        type,
        summary: readRichText(value['summary']),
        ...inner(),
        ...(value['is_open'] === true && { is_open: true }),
      };
    case 'table':
      return readTable(value);
    case 'photo':
      return readPhoto(value);
    case 'collage':
    case 'slideshow':
      return { type, ...inner(), ...captionOf(value) };
    case 'buttons':
      return {
        type,
        buttons: readButtons(value['buttons']),
        ...(value['align'] ? { align: value['align'] } : {}),
      };
    default:
      throw cannot(`type "${type}" is unsupported`);
  }
}

const readBlocks = (value: unknown): RichBlock[] => {
  if (!Array.isArray(value)) throw cannot('Can\'t find field "blocks"');
  return value.map(readBlock);
};

function sizeOf(value: Readonly<Record<string, unknown>>): number {
  const { size } = value;
  if (size === undefined) throw cannot('Can\'t find field "size"');
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 6)
    throw badRequest('invalid section heading size specified');
  return size;
}

function readItems(value: unknown): NonNullable<RichBlock['items']> {
  if (!Array.isArray(value) || value.length === 0) throw badRequest('list must be non-empty');
  return value.map((item: unknown) => {
    if (!isObject(item)) throw badRequest('object expected as InputRichBlockListItem');
    const blocks = readBlocks(item['blocks']);
    if (blocks.length === 0) throw badRequest('list item must be non-empty');
    return { label: '•', blocks };
  });
}

function readTable(value: Readonly<Record<string, unknown>>): RichBlock {
  const rows = value['cells'];
  if (!Array.isArray(rows)) throw cannot('Can\'t find field "cells"');
  const cells = rows.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest('richBlockTableCell must be an object');
    return row.map((cell: unknown): RichCell => {
      if (!isObject(cell)) throw badRequest('richBlockTableCell must be an object');
      return {
        ...(cell['text'] === undefined ? {} : { text: readRichText(cell['text']) }),
        ...(cell['is_header'] === true && { is_header: true }),
        ...(typeof cell['colspan'] === 'number' && { colspan: cell['colspan'] }),
        align: textOf(cell, 'align') || 'left',
        valign: textOf(cell, 'valign') || 'top',
      };
    });
  });
  const flags = Object.fromEntries(
    ['is_bordered', 'is_striped', 'is_compact']
      .filter((name) => value[name] === true)
      .map((name) => [name, true]),
  );
  return { type: 'table', cells, ...flags };
}

function captionOf(value: Readonly<Record<string, unknown>>): { caption?: RichCaption } {
  const caption = value['caption'];
  if (caption === undefined) return {};
  if (!isObject(caption)) throw badRequest('richBlockCaption must be an object');
  return {
    caption: {
      text: readRichText(caption['text'] ?? ''),
      ...(caption['credit'] === undefined ? {} : { credit: readRichText(caption['credit']) }),
    },
  };
}

function readPhoto(value: Readonly<Record<string, unknown>>): RichBlock {
  const photo = value['photo'];
  if (!isObject(photo)) throw cannot('Can\'t find field "photo"');
  const kind = textOf(photo, 'type');
  if (kind !== 'photo') throw badRequest(`unexpected media type "${kind}" for block "photo"`);
  return {
    type: 'photo',
    photo: textOf(photo, 'media'),
    ...(photo['has_spoiler'] === true && { has_spoiler: true }),
    ...captionOf(value),
  };
}

const STYLES = new Set(['danger', 'success', 'primary', 'link']);

function readButtons(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value) || value.length === 0) throw badRequest('button row must be non-empty');
  if (value.length > RICH_LIMITS.buttons) throw badRequest('RICH_MESSAGE_BUTTONS_TOO_MANY');
  return value.map((button: unknown) => {
    if (!isObject(button)) throw badRequest('inlineButton must be an Object');
    const style = textOf(button, 'style');
    if (style !== '' && !STYLES.has(style)) throw badRequest('invalid button style specified');
    if (style === 'link' && button['callback_data'] === undefined)
      throw badRequest('invalid button style specified');
    const data = textOf(button, 'callback_data');
    if (button['callback_data'] !== undefined && (data === '' || Buffer.byteLength(data) > 64))
      throw badRequest('BUTTON_DATA_INVALID');
    return { ...button, text: visibleRichText(readRichText(button['text'])) };
  });
}

/** Texts of a block itself, without those of blocks in it. */
function ownTexts(block: RichBlock): (RichText | undefined)[] {
  const caption = block.caption as RichCaption | undefined;
  return [
    block.text,
    block.summary,
    block.credit,
    ...(caption ? [caption.text, caption.credit] : []),
    ...(block.cells?.flat().map(({ text }) => text) ?? []),
    ...(block.buttons?.map(({ text }) => String(text)) ?? []),
  ];
}

const innerBlocks = (block: RichBlock): readonly RichBlock[] => [
  ...(block.blocks ?? []),
  ...(block.items?.flatMap(({ blocks }) => blocks) ?? []),
];

/** Every block, in reading order. */
export const allBlocks = (blocks: readonly RichBlock[]): RichBlock[] =>
  blocks.flatMap((block) => [block, ...allBlocks(innerBlocks(block))]);

/** The visible text, one line for each text. */
export const visibleRich = ({ blocks }: RichMessage): string =>
  allBlocks(blocks)
    .flatMap((block) => ownTexts(block).map(visibleRichText))
    .filter(Boolean)
    .join('\n');

const weightOf = (block: RichBlock): number => 1 + (block.items?.length ?? 0) + (block.cells?.length ?? 0);

/** Levels of blocks and texts in one another. */
const levels = (blocks: readonly RichBlock[]): number =>
  Math.max(
    0,
    ...blocks.map((block) => 1 + Math.max(levels(innerBlocks(block)), ...ownTexts(block).map(depthOf))),
  );

const columnsOf = ({ cells = [] }: RichBlock): number =>
  Math.max(0, ...cells.map((row) => row.reduce((sum, { colspan = 1 }) => sum + colspan, 0)));

/** Refuses what is beyond a limit or built wrongly, in the order in which Telegram's clients report it. */
export function checkRich(rich: RichMessage): void {
  const blocks = allBlocks(rich.blocks);
  const texts = blocks.flatMap(ownTexts);
  const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
  if (sum(texts.map((text) => visibleRichText(text).length)) > RICH_LIMITS.length)
    throw badRequest('RICH_MESSAGE_TEXT_TOO_LONG');
  if (sum(blocks.map(weightOf)) > RICH_LIMITS.blocks) throw badRequest('RICH_MESSAGE_BLOCKS_TOO_MANY');
  if (levels(rich.blocks) > RICH_LIMITS.depth) throw badRequest('RICH_MESSAGE_DEPTH_INVALID');
  if (blocks.filter(({ type }) => type === 'photo').length > RICH_LIMITS.media)
    throw badRequest('RICH_MESSAGE_MEDIA_TOO_MANY');
  if (blocks.some((block) => columnsOf(block) > RICH_LIMITS.columns))
    throw badRequest('RICH_MESSAGE_TABLE_COLS_TOO_MANY');
  if (Buffer.byteLength(JSON.stringify(rich.blocks)) > RICH_LIMITS.size)
    throw badRequest('RICH_MESSAGE_TOO_LARGE');
  if (
    !texts.some((text) => visibleRichText(text).trim() !== '') &&
    !blocks.some(({ type }) => type === 'photo')
  )
    throw badRequest('RICH_MESSAGE_EMPTY');
  checkEdges(rich.blocks);
  checkLinks(texts.flatMap(linksOf));
}

const needsText = new Set(['paragraph', 'heading', 'footer', 'pullquote', 'expandable_blockquote']);

/** Headings, quotes and footers have text, and so have the first and the last paragraph of whatever holds them. */
function checkEdges(blocks: readonly RichBlock[]): void {
  blocks.forEach((block, at) => {
    const isEdge = at === 0 || at === blocks.length - 1;
    const isEmpty = needsText.has(block.type) && visibleRichText(block.text).trim() === '';
    if (isEmpty && (block.type !== 'paragraph' || isEdge)) throw badRequest('RICH_MESSAGE_EMPTY');
    if (block.blocks) {
      if (block.blocks.length === 0) throw badRequest('RICH_MESSAGE_EMPTY');
      checkEdges(block.blocks);
    }
    for (const item of block.items ?? []) checkEdges(item.blocks);
  });
}

/** The backend's last step: keeps pictures, and where told to, fails or cuts. The message as it stands then. */
export function settleRich(world: World, rich: RichMessage): RichMessage {
  const texts = allBlocks(rich.blocks).flatMap(ownTexts);
  if (world.rich.linksFail && texts.flatMap(linksOf).length > 0) throw badRequest('RICH_MESSAGE_URL_INVALID');
  const blocks = withPhotos(world, rich.blocks);
  const kept = world.rich.cuts ? blocks.slice(0, Math.ceil(blocks.length / 2)) : blocks;
  return { ...rich, blocks: kept };
}

/** Two rich messages in a row to one chat can be told to wait 8 s. */
export function crowded(world: World, chatId: number): number | undefined {
  if (!world.rich.floods) return undefined;
  const recent = (world.rich.sentAt.get(chatId) ?? []).filter((at) => world.clock.now() - at < 8000);
  if (recent.length >= 2) return 8;
  world.rich.sentAt.set(chatId, [...recent, world.clock.now()]);
  return undefined;
}
