/** Links and tags that Telegram finds in the texts of a rich message by itself, unless it is told not to look. */
import { autoEntities } from './auto.ts';
import type { RichBlock, RichCaption, RichText } from './rich-wire.ts';

/** The field in which a piece found by itself says what it is. */
const FIELDS: Readonly<Record<string, string>> = {
  hashtag: 'hashtag',
  mention: 'username',
  bot_command: 'bot_command',
  email: 'email_address',
  url: 'url',
};

/** The blocks with hashtags, names, commands and addresses in them as pieces of their own. */
export const detected = (blocks: readonly RichBlock[]): RichBlock[] =>
  blocks.map((block) => ({
    ...block,
    ...found(block, ['text', 'summary', 'credit']),
    ...(block.type === 'photo' && block.caption
      ? {
          caption: {
            ...(block.caption as RichCaption),
            ...found(block.caption as RichCaption, ['text', 'credit']),
          },
        }
      : {}),
    ...(block.blocks ? { blocks: detected(block.blocks) } : {}),
    ...(block.items
      ? { items: block.items.map((item) => ({ ...item, blocks: detected(item.blocks) })) }
      : {}),
    ...(block.cells
      ? { cells: block.cells.map((row) => row.map((cell) => ({ ...cell, ...found(cell, ['text']) }))) }
      : {}),
  }));

function found(holder: object, names: readonly string[]): Readonly<Record<string, RichText>> {
  const texts = Object.entries(holder).filter(([name, text]) => names.includes(name) && text !== undefined);
  return Object.fromEntries(texts.map(([name, text]) => [name, inText(text as RichText)]));
}

/** Only plain runs are looked at: a link or a moment is one already. */
function inText(text: RichText): RichText {
  if (typeof text === 'string') return parted(text);
  if (!Array.isArray(text)) return text;
  const parts = (text as readonly RichText[]).flatMap((part) => inText(part));
  return parts as readonly RichText[];
}

function parted(text: string): RichText {
  const parts: RichText[] = [];
  let at = 0;
  for (const { type, offset, length } of autoEntities(text)) {
    const said = text.slice(offset, offset + length);
    if (offset > at) parts.push(text.slice(at, offset));
    parts.push({ type: type === 'email' ? 'email_address' : type, text: said, [FIELDS[type] ?? type]: said });
    at = offset + length;
  }
  if (parts.length === 0) return text;
  return at < text.length ? [...parts, text.slice(at)] : parts;
}
