/** Rich text of rich messages (Bot API 10.1): plain strings, lists of them, and pieces with a type. */
import { checkedLink } from './links.ts';
import { isObject, textOf } from './params.ts';
import type { RichPiece, RichText } from './rich-wire.ts';
import { badRequest } from './wire.ts';

/** Pieces that hold text and nothing else of their own. */
const WRAPS = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'marked',
  'subscript',
  'superscript',
]);
/** Pieces that are passed on as they are given. */
const OTHERS = new Set(['anchor', 'anchor_link', 'reference', 'reference_link', 'date_time', 'custom_emoji']);

/** Reads a text; what a text cannot be is refused in the words of the server. */
export function readRichText(value: unknown): RichText {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
    return value;
  }
  if (Array.isArray(value)) return merged(value.map(readRichText));
  if (!isObject(value)) throw badRequest('invalid rich text specified');
  const type = textOf(value, 'type');
  if (WRAPS.has(type)) return { type, text: readRichText(value['text']) };
  if (type === 'url') return { type, text: readRichText(value['text']), url: textOf(value, 'url') };
  if (type === 'date_time') checkTime(value);
  if (OTHERS.has(type))
    return value['text'] === undefined
      ? { ...value, type }
      : { ...value, type, text: readRichText(value['text']) };
  throw badRequest('unsupported rich text type');
}

/** Letters of the words of a moment, without a format and with one. */
const MOMENT_WORDS = 128;
const FORMATTED_WORDS = 32;
/** Days ahead that a moment may be. */
const MOMENT_AHEAD = 1098;

function checkTime(value: Readonly<Record<string, unknown>>): void {
  const { unix_time: date, date_time_format: format = '' } = value;
  if (typeof format !== 'string' || !/^(?:r|w?[dD]?[tT]?)$/.test(format))
    throw badRequest('invalid date-time format specified');
  if (typeof date !== 'number' || !Number.isInteger(date) || date < 0)
    throw badRequest('invalid date specified');
  const latest = Date.now() / 1000 + MOMENT_AHEAD * 86_400;
  const words = visibleRichText(readRichText(value['text'] ?? ''));
  if (date > latest || words.length > (format === '' ? MOMENT_WORDS : FORMATTED_WORDS))
    throw badRequest('RICH_MESSAGE_DATE_INVALID');
}

/** Neighbouring plain runs come back as one. */
function merged(parts: readonly RichText[]): RichText {
  const result: RichText[] = [];
  for (const part of parts.flat() as RichText[]) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  const [only] = result;
  return result.length === 1 && only !== undefined ? only : result;
}

/** All that a reader sees of it. */
export function visibleRichText(text: RichText | undefined): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return (text as readonly RichText[]).map(visibleRichText).join('');
  return visibleRichText((text as RichPiece).text);
}

/** How deep pieces stand in one another; a plain text is 0 deep. */
export function depthOf(text: RichText | undefined): number {
  if (text === undefined || typeof text === 'string') return 0;
  if (Array.isArray(text)) return Math.max(0, ...(text as readonly RichText[]).map(depthOf));
  return 1 + depthOf((text as RichPiece).text);
}

/** Addresses of all links in it. */
export function linksOf(text: RichText | undefined): string[] {
  if (text === undefined || typeof text === 'string') return [];
  if (Array.isArray(text)) return (text as readonly RichText[]).flatMap(linksOf);
  const piece = text as RichPiece;
  return [...(piece.url === undefined ? [] : [piece.url]), ...linksOf(piece.text)];
}

export function checkLinks(addresses: readonly string[]): void {
  if (addresses.some((address) => !checkedLink(address).ok)) throw badRequest('RICH_MESSAGE_URL_INVALID');
}
