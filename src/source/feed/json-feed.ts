/** JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/ */
import { isTree, listed, textIn, type Tree } from '../tree.ts';
import type { Raw, RawFeed } from './raw-feed.ts';

/** Undefined where the text is no JSON, or lists no entries. */
export function readJson(text: string): RawFeed | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isTree(feed) || !Array.isArray(feed['items'])) return undefined;
  return {
    kind: 'json',
    title: textIn(feed['title']),
    home: textIn(feed['home_page_url']),
    entries: feed['items'].filter(isTree).map(entryOf),
  };
}

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
    content: texts('content_html', 'content_text')[0] ?? '',
    dates: texts('date_published', 'date_modified'),
    media: pictures.filter(isTree).map((file) => ({
      url: textIn(file['url']),
      type: textIn(file['mime_type']),
      medium: '',
      width: 0,
      credit: '',
    })),
    categories: listed(entry['tags']).map(textIn),
  };
}

/** Ids are numbers in some feeds. */
const wordIn = (value: unknown): string => (typeof value === 'number' ? String(value) : textIn(value));
