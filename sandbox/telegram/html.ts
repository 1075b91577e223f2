/**
 * HTML parse mode, by the grammar of Telegram's own parser: which tags it takes, what it forgives, and the sentence
 * with which it refuses the rest. Offsets in those sentences are bytes of the raw text in UTF-8.
 */
import type { WireEntity } from './wire.ts';
import { checkedLink, userOfLink } from './links.ts';

/** A formatted piece before it is put in order; `userId` stands for a mention that still has to be looked up. */
export interface Piece extends Omit<WireEntity, 'offset' | 'length'> {
  offset: number;
  length: number;
  userId?: number;
}

export type Parsed =
  | { readonly ok: true; readonly text: string; readonly entities: Piece[] }
  | { readonly ok: false; readonly error: string };

/** Where the reader of the markup stands. */
interface Reader {
  readonly raw: string;
  at: number;
}

interface Open {
  readonly tag: string;
  argument: string;
  date: number;
  readonly offset: number;
}

const STYLES: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
};
const TAGS = new Set([...Object.keys(STYLES), 'a', 'code', 'pre', 'blockquote', 'tg-emoji', 'tg-time']);
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** An error of the markup: thrown by the steps below, caught by `parseHtml` and by nobody else. */
class Broken extends Error {}

/** Parses `raw`; never throws. The text is neither trimmed nor cleaned yet, its entities are in order of their start. */
export function parseHtml(raw: string): Parsed {
  try {
    return read({ raw, at: 0 });
  } catch (error) {
    if (error instanceof Broken) return { ok: false, error: error.message };
    throw error;
  }
}

function read(reader: Reader): Parsed {
  const { raw } = reader;
  const entities: Piece[] = [];
  const open: Open[] = [];
  let text = '';
  while (reader.at < raw.length) {
    const next = nextMark(raw, reader.at);
    text += raw.slice(reader.at, next);
    reader.at = next;
    if (next >= raw.length) break;
    if (raw[next] === '&') text += decodeReference(reader) ?? raw[reader.at++];
    else if (raw[next + 1] === '/') closeTag(reader, open, entities, text);
    else open.push(openTag(reader, text.length));
  }
  const last = open.at(-1);
  if (last) throw new Broken(`Can't find end tag corresponding to start tag "${last.tag}"`);
  // Half a surrogate pair made of numeric references; a proper pair is a character like any other.
  if (!text.isWellFormed())
    throw new Broken(
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    );
  for (const entity of entities)
    if (entity.type === 'code') delete (entity as { language?: string }).language;
  return { ok: true, text, entities };
}

function nextMark(raw: string, from: number): number {
  for (let at = from; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === 0x3c || code === 0x26) return at;
  }
  return raw.length;
}

const broken = (reader: Reader, reason: string, at: number, rest = ''): Broken =>
  new Broken(`${reason} at byte offset ${Buffer.byteLength(reader.raw.slice(0, at))}${rest}`);

/** Space for this grammar; the end of the text counts as one, as it does for Telegram. */
const isSpace = (char: string | undefined): boolean =>
  char === undefined ||
  char === ' ' ||
  char === '\t' ||
  char === '\n' ||
  char === '\r' ||
  char === '\v' ||
  char === '\0';
const isEnd = (reader: Reader): boolean => reader.at >= reader.raw.length || reader.raw[reader.at] === '\0';
const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

function skipSpace(reader: Reader): void {
  while (!isEnd(reader) && isSpace(reader.raw[reader.at])) reader.at++;
}

/**
 * The character of a reference at `reader.at`, which then stands behind it; undefined where it is none, and the
 * ampersand stays what it is. The semicolon may be missing.
 */
function decodeReference(reader: Reader): string | undefined {
  const found = /^&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?/.exec(
    reader.raw.slice(reader.at, reader.at + 16),
  );
  if (!found) return undefined;
  const [whole, hex, decimal, name] = found;
  let char: string | undefined;
  if (name !== undefined) {
    char = NAMED.get(name);
  } else {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const length = whole.endsWith(';') ? whole.length - 1 : whole.length;
    if (code > 0 && code < 0x10ffff && length < 10) char = String.fromCodePoint(code);
  }
  if (char !== undefined) reader.at += whole.length;
  return char;
}

function openTag(reader: Reader, offset: number): Open {
  const { raw } = reader;
  const begin = reader.at++;
  while (!isSpace(raw[reader.at]) && raw[reader.at] !== '>') reader.at++;
  if (isEnd(reader)) throw broken(reader, 'Unclosed start tag', begin);
  const tag = lower(raw.slice(begin + 1, reader.at));
  if (!TAGS.has(tag)) throw broken(reader, `Unsupported start tag "${tag}"`, begin);
  const opened: Open = { tag, argument: '', date: 0, offset };
  while (raw[reader.at] !== '>') {
    skipSpace(reader);
    if (raw[reader.at] === '>') break;
    readAttribute(reader, opened, begin);
  }
  reader.at++;
  if (tag === 'span' && opened.argument !== 'spoiler')
    throw broken(reader, 'Tag "span" must have class "tg-spoiler"', begin);
  return opened;
}

function readAttribute(reader: Reader, opened: Open, begin: number): void {
  const { raw } = reader;
  const from = reader.at;
  while (!isSpace(raw[reader.at]) && !'=>/"\''.includes(raw[reader.at] ?? '>')) reader.at++;
  const name = raw.slice(from, reader.at);
  if (name === '') throw broken(reader, `Empty attribute name in the tag "${opened.tag}"`, begin);
  skipSpace(reader);
  if (raw[reader.at] !== '=') {
    if (isEnd(reader)) throw broken(reader, `Unclosed start tag "${opened.tag}"`, begin);
    if (opened.tag === 'blockquote' && name === 'expandable') opened.argument = '1';
    return;
  }
  reader.at++;
  skipSpace(reader);
  if (isEnd(reader)) throw broken(reader, `Unclosed start tag "${opened.tag}"`, begin);
  const value = readValue(reader);
  if (isEnd(reader)) throw broken(reader, 'Unclosed start tag', begin);
  takeAttribute(opened, name, value);
}

function readValue(reader: Reader): string {
  const { raw } = reader;
  const quote = raw[reader.at];
  if (quote !== '"' && quote !== "'") {
    const from = reader.at;
    while (/[A-Za-z0-9.-]/.test(raw[reader.at] ?? '')) reader.at++;
    if (!isSpace(raw[reader.at]) && raw[reader.at] !== '>')
      throw broken(reader, 'Unexpected end of name token', from);
    return lower(raw.slice(from, reader.at));
  }
  reader.at++;
  let value = '';
  while (!isEnd(reader) && raw[reader.at] !== quote) {
    const char = raw[reader.at] === '&' ? decodeReference(reader) : undefined;
    value += char ?? raw[reader.at++] ?? '';
  }
  if (raw[reader.at] === quote) reader.at++;
  return value;
}

function takeAttribute(opened: Open, name: string, value: string): void {
  const { tag } = opened;
  if (tag === 'a' && name === 'href') opened.argument = value;
  else if (tag === 'code' && name === 'class' && value.startsWith('language-'))
    opened.argument = value.slice(9);
  else if (tag === 'span' && name === 'class' && value.startsWith('tg-')) opened.argument = value.slice(3);
  else if (tag === 'tg-emoji' && name === 'emoji-id') opened.argument = value;
  else if (tag === 'blockquote' && name === 'expandable') opened.argument = '1';
  else if (tag === 'tg-time' && name === 'unix') opened.date = Number.parseInt(value, 10) || 0;
  else if (tag === 'tg-time' && name === 'format') opened.argument = value;
}

function closeTag(reader: Reader, open: Open[], entities: Piece[], text: string): void {
  const { raw } = reader;
  const begin = reader.at++;
  const opened = open.at(-1);
  if (!opened) throw broken(reader, 'Unexpected end tag', begin);
  while (!isSpace(raw[reader.at]) && raw[reader.at] !== '>') reader.at++;
  const tag = lower(raw.slice(begin + 2, reader.at));
  skipSpace(reader);
  if (raw[reader.at] !== '>') throw broken(reader, 'Unclosed end tag', begin);
  if (tag !== '' && tag !== opened.tag)
    throw broken(reader, 'Unmatched end tag', begin, `, expected "</${opened.tag}>", found "</${tag}>"`);
  reader.at++;
  open.pop();
  const length = text.length - opened.offset;
  if (length > 0) addEntity(opened, length, entities, text);
}

function addEntity(opened: Open, length: number, entities: Piece[], text: string): void {
  const { tag, argument, offset } = opened;
  const style = STYLES[tag];
  const last = entities.at(-1);
  const wraps = (type: string) => last?.type === type && last.offset === offset && last.length === length;
  if (style !== undefined) entities.push({ type: style, offset, length });
  else if (tag === 'blockquote')
    entities.push({ type: argument ? 'expandable_blockquote' : 'blockquote', offset, length });
  else if (tag === 'tg-emoji') {
    if (!/^-?\d+$/.test(argument) || /^-?0+$/.test(argument))
      throw new Broken('Invalid custom emoji identifier specified');
    entities.push({ type: 'custom_emoji', offset, length, custom_emoji_id: argument });
  } else if (tag === 'tg-time') addTime(opened, length, entities);
  else if (tag === 'a') addLink(argument || text.slice(offset), offset, length, entities);
  else if (tag === 'pre' && last && wraps('code') && last.language) Object.assign(last, { type: 'pre' });
  else if (tag === 'code' && last && wraps('pre') && argument) Object.assign(last, { language: argument });
  else if (tag === 'code' && argument) entities.push({ type: 'code', offset, length, language: argument });
  else entities.push({ type: tag, offset, length });
}

function addTime({ date, argument, offset }: Open, length: number, entities: Piece[]): void {
  if (date < 0) throw new Broken('Invalid date specified');
  if (!/^(?:r|w?[dD]?[tT]?)$/.test(argument)) throw new Broken('Invalid date format used');
  if (date > 0)
    entities.push({
      type: 'date_time',
      offset,
      length,
      unix_time: date,
      ...(argument && { date_time_format: argument }),
    });
}

/** A link that is none is dropped without a word: the text stays. */
function addLink(link: string, offset: number, length: number, entities: Piece[]): void {
  const userId = userOfLink(link);
  if (userId !== undefined) {
    entities.push({ type: 'text_mention', offset, length, userId });
    return;
  }
  const checked = checkedLink(link);
  if (checked.ok) entities.push({ type: 'text_link', offset, length, url: checked.url });
}
