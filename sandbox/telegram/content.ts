/** The text of a message, a caption or an edit: read early, measured late, as Telegram orders its checks. */
import { parseHtml, type Piece } from './html.ts';
import { checkedLink } from './links.ts';
import { flagOf, isObject, jsonOf, textOf, type Params } from './params.ts';
import { codePoints, entityBytes, finishText } from './text.ts';
import type { World } from './world.ts';
import { badRequest, type WireEntity, type WirePreview } from './wire.ts';

export interface Draft {
  readonly text: string;
  readonly entities: readonly Piece[];
}

export interface Body {
  readonly text: string;
  readonly entities: readonly WireEntity[];
}

/** Bytes of raw text with its tags. */
const RAW_LIMIT = 32_768;
/** Bytes that the entities of one message may weigh, about. */
const ENTITY_BYTES = 9500;

/** Reads `text` (or `caption`) with its parse mode or entities. */
export function readDraft(params: Params, name: 'text' | 'caption'): Draft {
  const raw = textOf(params, name);
  if (raw === '' && name === 'text') throw badRequest('message text is empty');
  if (!raw.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  return formatted(params, raw, name === 'text' ? 'entities' : 'caption_entities');
}

/** Text by its parse mode, or with the entities given beside it. */
export function formatted(params: Params, raw: string, entitiesName: string): Draft {
  if (raw.length * 3 > RAW_LIMIT && Buffer.byteLength(raw) > RAW_LIMIT) throw badRequest('text is too long');
  const mode = textOf(params, 'parse_mode').toLowerCase();
  if (raw !== '' && mode !== '' && mode !== 'none') return parsed(raw, mode);
  const given = jsonOf(params, entitiesName, "can't parse entities JSON object");
  return { text: raw, entities: Array.isArray(given) ? given.flatMap((item) => readEntity(item, raw)) : [] };
}

function parsed(raw: string, mode: string): Draft {
  if (mode !== 'html' && mode !== 'markdown' && mode !== 'markdownv2')
    throw badRequest('unsupported parse_mode');
  // Markdown is not spoken here: its marks stay as text.
  if (mode !== 'html') return { text: raw, entities: [] };
  const result = parseHtml(raw);
  if (!result.ok) throw badRequest(`can't parse entities: ${result.error}`);
  return result;
}

const GIVEN = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
]);

/** One entity of a list; kinds that Telegram finds by itself are passed over. */
function readEntity(item: unknown, text: string): Piece[] {
  if (!isObject(item)) throw badRequest("can't parse MessageEntity: expected an Object");
  const { type, offset, length } = item;
  if (typeof type !== 'string' || typeof offset !== 'number' || typeof length !== 'number')
    throw badRequest("can't parse MessageEntity: field is missing");
  if (!GIVEN.has(type) || length === 0) return [];
  if (!Number.isInteger(offset) || !Number.isInteger(length))
    throw badRequest("can't parse MessageEntity: field must be an Integer");
  if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`);
  if (offset + length > text.length)
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
    );
  if (isInside(text, offset)) throw badRequest('entity begins in a middle of a UTF-16 symbol');
  if (isInside(text, offset + length))
    throw badRequest(`entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`);
  if (type === 'text_link') {
    const checked = checkedLink(textOf(item, 'url'));
    return checked.ok ? [{ type, offset, length, url: checked.url }] : [];
  }
  if (type === 'text_mention') return [{ type, offset, length, userId: userId(item['user']) }];
  return [
    {
      type,
      offset,
      length,
      ...(type === 'pre' && typeof item['language'] === 'string' && { language: item['language'] }),
      ...(type === 'custom_emoji' && { custom_emoji_id: textOf(item, 'custom_emoji_id') }),
      ...(type === 'date_time' && { unix_time: Number(item['unix_time']) }),
    },
  ];
}

/** Whether the offset falls between the halves of a surrogate pair. */
const isInside = (text: string, offset: number): boolean => (text.charCodeAt(offset) & 0xfc00) === 0xdc00;

const userId = (user: unknown): number => (isObject(user) && typeof user['id'] === 'number' ? user['id'] : 0);

/** Cleans, trims and measures a draft; `limit` in code points. */
export function finishDraft(world: World, draft: Draft, limit: number, kind: 'message' | 'caption'): Body {
  const finished = finishText(draft.text, draft.entities);
  if (!finished && kind === 'message') throw badRequest('text must be non-empty');
  if (!finished) return { text: '', entities: [] };
  if (finished.text.length > limit && codePoints(finished.text) > limit)
    throw badRequest(kind === 'message' ? 'message is too long' : 'message caption is too long');
  return { text: finished.text, entities: finished.entities.flatMap((piece) => toWire(world, piece)) };
}

/** Measures known to the backend only. */
export function checkEntityBytes(entities: readonly WireEntity[]): void {
  if (entityBytes(entities) > ENTITY_BYTES) throw badRequest('ENTITIES_TOO_LONG');
}

/** Mentions of people whom nobody knows are dropped. */
function toWire(world: World, piece: Piece): WireEntity[] {
  if (piece.userId === undefined) return [piece];
  const user = world.people.get(piece.userId)?.user ?? world.botsById.get(piece.userId)?.user;
  return user ? [{ type: 'text_mention', offset: piece.offset, length: piece.length, user }] : [];
}

/** Reads `link_preview_options` and its older brother. */
export function readPreview(params: Params): WirePreview | undefined {
  const given = jsonOf(params, 'link_preview_options', "can't parse link preview options JSON object");
  if (given === undefined)
    return flagOf(params, 'disable_web_page_preview') ? { is_disabled: true } : undefined;
  if (!isObject(given)) throw badRequest('object expected as link preview options');
  const set = (name: string) => given[name] === true || given[name] === 'true';
  if (set('is_disabled')) return { is_disabled: true };
  const url = typeof given['url'] === 'string' && given['url'] !== '' ? given['url'] : undefined;
  const preview: WirePreview = {
    ...(url !== undefined && { url }),
    ...(set('prefer_small_media') && { prefer_small_media: true as const }),
    ...(set('prefer_large_media') && { prefer_large_media: true as const }),
    ...(set('show_above_text') && { show_above_text: true as const }),
  };
  return Object.keys(preview).length === 0 ? undefined : preview;
}
