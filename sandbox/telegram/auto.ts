/**
 * Entities that Telegram finds in a text by itself: links, mentions, hashtags, bot commands, e-mail addresses. Cashtags, phone
 * numbers and bank cards are not looked for here.
 */
import type { Piece } from './html.ts';

/** Top-level domains that make a bare `name.tld` a link; with a scheme any alphabetic one of 2 letters or more does. */
const DOMAINS = new Set(
  'com org net info biz edu gov int mil online site news app dev media press live world today blog press io me tv bot xyz club shop store бел рф укр онлайн сайт москва'.split(
    ' ',
  ),
);
const URL_LIKE =
  /(?<![\p{L}\p{N}_~-])(?<scheme>(?:https?|ftp):\/\/)?(?<host>(?:[\p{L}\p{N}_~-]+\.)+(?<tld>\p{L}{2,}))(?<port>:\d{1,5}(?!\d))?(?<path>[/?#][^\s"<>«»“”\u2018\u2019]*)?/giu;
const MENTION = /(?<![\p{L}\p{N}_])@[A-Za-z0-9_]{2,32}(?![\p{L}\p{N}_])/gu;
const COMMAND = /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>@])/gu;
const HASHTAG =
  /(?<![\p{L}\p{N}_\u00b7\u200c])#(?=[\p{N}_\u00b7\u200c]*\p{L})[\p{L}\p{N}_\u00b7\u200c]{1,256}(?![\p{L}\p{N}_\u00b7\u200c]*#)/gu;
const EMAIL =
  /(?<![\p{L}\p{N}_.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,8}(?![\p{L}\p{N}_])/gu;

/** The automatic entities of `text`, in order, none overlapping another. */
export function autoEntities(text: string): Piece[] {
  const found: Piece[] = [];
  const add = (type: string, offset: number, length: number) => {
    if (
      length > 0 &&
      !found.some((other) => offset < other.offset + other.length && other.offset < offset + length)
    )
      found.push({ type, offset, length });
  };
  if (text.includes('@'))
    for (const match of text.matchAll(EMAIL)) add('email', match.index, match[0].length);
  addLinks(text, add);
  if (text.includes('@'))
    for (const match of text.matchAll(MENTION)) add('mention', match.index, match[0].length);
  if (text.includes('/'))
    for (const match of text.matchAll(COMMAND)) add('bot_command', match.index, match[0].length);
  if (text.includes('#'))
    for (const match of text.matchAll(HASHTAG)) add('hashtag', match.index, match[0].length);
  return found.sort((a, b) => a.offset - b.offset);
}

const isSpace = (code: number): boolean => code <= 0x20 || code === 0xa0;

/** Looks only at the words around dots: most of a text has none, and the pattern is a dear one. */
function addLinks(text: string, add: (type: string, offset: number, length: number) => void): void {
  for (let dot = text.indexOf('.'); dot >= 0; ) {
    let start = dot;
    let end = dot + 1;
    while (start > 0 && !isSpace(text.charCodeAt(start - 1))) start--;
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
    if (end > dot + 1) {
      const word = text.slice(start, end);
      for (const match of word.matchAll(URL_LIKE)) add('url', start + match.index, linkLength(word, match));
    }
    dot = text.indexOf('.', end);
  }
}

/** Length of the link in the match, 0 where it is none. */
function linkLength(text: string, match: RegExpExecArray): number {
  const { scheme, tld = '', path = '' } = match.groups ?? {};
  const before = text.slice(0, match.index).at(-1) ?? '';
  if (!scheme && /[\p{L}\p{N}_/#@]/u.test(before)) return 0;
  const known = DOMAINS.has(tld.toLowerCase()) || /^[a-z]{2}$/i.test(tld);
  if (!scheme && !known) return 0;
  const cut = path.length - path.replace(/[.:;,('?!`]+$/, '').length;
  return match[0].length - (path.length > 1 ? cut : 0);
}
