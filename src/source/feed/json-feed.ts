/** JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/ */
import { isTree, listed, textIn, type Tree } from '../tree.ts';
import type { Raw, RawFeed } from './raw-feed.ts';
import { escaped } from './xml.ts';

/** Undefined where the text is no JSON, or lists no entries. */
export function readJson(text: string): RawFeed | undefined {
  const whole = /^\s*\{/.test(text) ? (parsed(text) ?? parsed(within(text))) : parsed(within(text));
  const { feed, isCut } = whole === undefined ? mended(text) : { feed: whole, isCut: false };
  const items = isTree(feed) ? itemsIn(feed) : undefined;
  if (!isTree(feed) || !items) return undefined;
  const next = textIn(feed['next_url']);
  return {
    kind: 'json',
    title: textIn(feed['title']),
    home: textIn(feed['home_page_url']),
    logos: [textIn(feed['icon']), textIn(feed['favicon'])].filter(Boolean),
    entries: items.filter(isTree).map(entryOf),
    ...(next ? { next } : {}),
    ...(isCut ? { isCut } : {}),
  };
}

/** A list that lost some of its rows is an object of numbers to some programs. */
function itemsIn({ items, version }: Tree): readonly unknown[] | undefined {
  if (Array.isArray(items)) return items;
  return isTree(items) && /jsonfeed\.org/i.test(textIn(version)) ? Object.values(items) : undefined;
}

/** Strings, brackets and commas that are looked at: twice those of five megabytes of news. */
const MOST_MARKS = 300_000;

/** A feed that JSON itself refuses: line ends and lone backslashes within its texts, remarks, commas before a bracket, no end. */
function mended(text: string): { feed: unknown; isCut: boolean } {
  if (!/jsonfeed\.org/i.test(text)) return { feed: undefined, isCut: false };
  const written = text.slice(Math.max(text.search(/\{\s*"/), 0));
  const pieces: string[] = [];
  let [done, depth, lastEntry] = [0, 0, 0];
  const take = (to: number) => {
    pieces.push(written.slice(done, to));
    done = to;
  };
  const marks = new RegExp(MARK);
  for (let count = 0; count < MOST_MARKS; count++) {
    const [mark] = marks.exec(written) ?? [];
    if (mark === undefined) break;
    const at = marks.lastIndex - 1;
    if (mark === '"') {
      take(at);
      marks.lastIndex = endOfString(written, at);
      pieces.push(allowedString(written.slice(at, marks.lastIndex)));
      done = marks.lastIndex;
    } else if (mark === '/') {
      take(at);
      done = marks.lastIndex = endOfRemark(written, at);
    } else if (mark === ',') {
      take(at);
      if (isLastComma(written, at)) done++;
    } else {
      depth += mark === '{' || mark === '[' ? 1 : -1;
      take(at + 1);
      if (depth === 0) return { feed: parsed(pieces.join('')), isCut: false };
      if (mark === '}' && depth === 2) lastEntry = pieces.length;
    }
  }
  return lastEntry
    ? { feed: parsed(`${pieces.slice(0, lastEntry).join('')}]}`), isCut: true }
    : { feed: undefined, isCut: false };
}

const MARK = /["{}[\],/]/g;

/** Behind the string that opens at `start`; the last one of a text that was cut has no end. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text[before] === '\\') before--;
    if ((end - before) % 2) return end + 1;
  }
  return text.length;
}

/** Behind a remark that opens at `start`. */
function endOfRemark(text: string, start: number): number {
  const [end, size] =
    text[start + 1] === '*' ? [text.indexOf('*/', start + 2), 2] : [text.indexOf('\n', start), 1];
  return end < 0 ? text.length : end + size;
}

/** Whether a list or an object ends behind the comma. */
const isLastComma = (text: string, at: number): boolean => /^\s*[}\]]/.test(text.slice(at + 1, at + 200));

/** UTF-16 units of one text that is mended. */
const LONGEST_TEXT = 300_000;

/** A string without what JSON forbids in it; a backslash that escapes nothing is one, before an apostrophe none. */
const allowedString = (token: string): string =>
  token.length > LONGEST_TEXT
    ? token
    : token
        .replace(ESCAPE, (all, known?: string, quoted?: string) => (known ? all : (quoted ?? '\\\\')))
        .replaceAll('\n', '\\n')
        .replace(CONTROLS, ' ');
const ESCAPE = /\\(?:(["\\/bfnrt]|u[\da-fA-F]{4})|(')|)/g;
// oxlint-disable-next-line no-control-regex -- JSON forbids them within a string
const CONTROLS = /[\u0000-\u001f]/g;

/** Lists and objects within each other: a feed has four, and a million of them take seconds. */
const DEEPEST = 100;

function isDeep(text: string): boolean {
  let [depth, isWithin] = [0, false];
  for (let at = 0; at < text.length && depth < DEEPEST; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '"') isWithin = !isWithin;
    else if (isWithin) continue;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
  }
  return depth >= DEEPEST;
}

function parsed(text: string): unknown {
  try {
    return text && !isDeep(text) ? JSON.parse(text) : undefined;
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
  const language = wordIn(entry['language']).trim().toLowerCase();
  const pictures = [
    ...texts('image', 'banner_image').map((url) => ({ url, mime_type: 'image/*' })),
    ...listed(entry['attachments']),
  ];
  return {
    title: wordIn(entry['title']),
    links: texts('url', 'external_url', 'id').filter((link) => !/^\d*$/.test(link)),
    guid: wordIn(entry['id']),
    summary: wordIn(entry['summary']),
    content: wordIn(entry['content_html']) || escaped(wordIn(entry['content_text'])),
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
    ...(language ? { language } : {}),
  };
}

/** Ids are numbers in some feeds. */
const wordIn = (value: unknown): string => (typeof value === 'number' ? String(value) : textIn(value));
