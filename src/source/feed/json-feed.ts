/** JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/ */
import { isTree, listed, textIn, type Tree } from '../tree.ts';
import type { Raw, RawFeed } from './raw-feed.ts';

/** Undefined where the text is no JSON, or lists no entries. */
export function readJson(text: string): RawFeed | undefined {
  const feed = /^\s*\{/.test(text) ? (parsed(text) ?? parsed(within(text))) : parsed(within(text));
  if (!isTree(feed) || !Array.isArray(feed['items'])) return undefined;
  return {
    kind: 'json',
    title: textIn(feed['title']),
    home: textIn(feed['home_page_url']),
    entries: feed['items'].filter(isTree).map(entryOf),
  };
}

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
