/** JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/ */
import { isTree, listed, textIn, type Tree } from '../tree.ts';
import type { Raw, RawFeed } from './raw-feed.ts';

/** Undefined where the text is no JSON, or lists no entries. */
export function readJson(text: string): RawFeed | undefined {
  const whole = /^\s*\{/.test(text) ? (parsed(text) ?? parsed(within(text))) : parsed(within(text));
  const { feed, isCut } = whole === undefined ? mended(text) : { feed: whole, isCut: false };
  if (!isTree(feed) || !Array.isArray(feed['items'])) return undefined;
  return {
    kind: 'json',
    title: textIn(feed['title']),
    home: textIn(feed['home_page_url']),
    logos: [textIn(feed['icon']), textIn(feed['favicon'])].filter(Boolean),
    entries: feed['items'].filter(isTree).map(entryOf),
    ...(isCut ? { isCut } : {}),
  };
}

/** A feed that JSON itself refuses: line ends within its texts, commas before a bracket, no end. */
function mended(text: string): { feed: unknown; isCut: boolean } {
  if (!/jsonfeed\.org/i.test(text)) return { feed: undefined, isCut: false };
  const from = text.slice(Math.max(text.search(/\{\s*"/), 0)).replace(TOKENS, allowedIn);
  const { end, lastEntry } = extentOf(from);
  if (end) return { feed: parsed(from.slice(0, end)), isCut: false };
  return lastEntry
    ? { feed: parsed(`${from.slice(0, lastEntry)}]}`), isCut: true }
    : { feed: undefined, isCut: false };
}

/** Where the first object of a text ends, and the last whole entry of its list; 0: nowhere. */
function extentOf(text: string): { end: number; lastEntry: number } {
  let [depth, lastEntry] = [0, 0];
  for (TOKENS.lastIndex = 0; TOKENS.test(text); ) {
    const last = text[TOKENS.lastIndex - 1];
    if (last === '{' || last === '[') depth++;
    else if (last === '}' || last === ']') depth--;
    if (depth === 0) return { end: TOKENS.lastIndex, lastEntry };
    if (last === '}' && depth === 2) lastEntry = TOKENS.lastIndex;
  }
  return { end: 0, lastEntry };
}

/** A string without what JSON forbids in it; a comma that stands before the end of its list is left out. */
const allowedIn = (token: string): string =>
  token.startsWith('"')
    ? token.replace(CONTROLS, (control) => (control === '\n' ? '\\n' : ' '))
    : token.startsWith(',')
      ? token.slice(1)
      : token;
/** Strings, of which the last may have no end, brackets, and commas before the end of a list. */
const TOKENS = /"[^"\\]*(?:\\.?[^"\\]*)*(?:"|$)|[{}[\]]|,(?=\s{0,200}[}\]])/gs;
// oxlint-disable-next-line no-control-regex -- JSON forbids them within a string
const CONTROLS = /[\u0000-\u001f]/g;

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** The feed in what a server's warnings and remarks stand around; '' where nothing calls itself one. */
const within = (text: string): string =>
  /jsonfeed\.org/i.test(text)
    ? text.slice(Math.max(text.search(/\{\s*"/), 0), text.lastIndexOf('}') + 1)
    : '';

function entryOf(entry: Tree): Raw {
  const texts = (...names: string[]) => names.map((name) => wordIn(entry[name])).filter(Boolean);
  const pictures = [
    ...texts('image', 'banner_image').map((url) => ({ url, mime_type: 'image/*' })),
    ...listed(entry['attachments']),
  ];
  return {
    title: wordIn(entry['title']),
    links: texts('url', 'external_url', 'id').filter((link) => !/^\d*$/.test(link)),
    guid: wordIn(entry['id']),
    summary: wordIn(entry['summary']),
    content: wordIn(entry['content_html']) || literal(wordIn(entry['content_text'])),
    dates: texts('date_published', 'date_modified'),
    media: pictures.filter(isTree).map((file) => ({
      url: textIn(file['url']),
      type: textIn(file['mime_type']),
      medium: '',
      width: 0,
      height: 0,
      credit: '',
    })),
    categories: listed(entry['tags']).map(textIn),
  };
}

/** Plain text as HTML. */
const literal = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Ids are numbers in some feeds. */
const wordIn = (value: unknown): string => (typeof value === 'number' ? String(value) : textIn(value));
