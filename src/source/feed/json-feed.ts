/** JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/ */
import { mended, parsed } from '../json.ts';
import { present } from '../../present.ts';
import { isTree, listed, textIn, type Tree } from '../tree.ts';
import type { Raw, RawFeed } from './raw-feed.ts';
import { escaped } from './xml.ts';

/** Undefined where the text is no JSON, or lists no entries. */
export function readJson(text: string): RawFeed | undefined {
  const { value: feed, isCut } = valueIn(text);
  const items = isTree(feed) ? itemsIn(feed) : undefined;
  if (!isTree(feed) || !items) return undefined;
  const hub = listed(feed['hubs'])
    .filter(isTree)
    .find(({ type }) => /^websub$/i.test(textIn(type)));
  return present({
    kind: 'json',
    title: textIn(feed['title']),
    home: textIn(feed['home_page_url']),
    logos: [textIn(feed['icon']), textIn(feed['favicon'])].filter(Boolean),
    entries: items.filter(isTree).map(entryOf),
    next: textIn(feed['next_url']),
    hub: textIn(hub?.['url']),
    self: textIn(feed['feed_url']),
    isCut,
  });
}

/** The text, or the feed in what a server's warnings and remarks stand around, where something calls itself one. */
function valueIn(text: string): ReturnType<typeof mended> {
  const whole = /^\s*\{/.test(text) ? parsed(text) : undefined;
  if (whole !== undefined || !/jsonfeed\.org/i.test(text)) return { value: whole, isCut: false };
  const start = Math.max(text.search(/\{\s*"/), 0);
  const within = parsed(text.slice(start, text.lastIndexOf('}') + 1));
  return within === undefined ? mended(text.slice(start)) : { value: within, isCut: false };
}

/** A list that lost some of its rows is an object of numbers to some programs. */
function itemsIn({ items, version }: Tree): readonly unknown[] | undefined {
  if (Array.isArray(items)) return items;
  return isTree(items) && /jsonfeed\.org/i.test(textIn(version)) ? Object.values(items) : undefined;
}

function entryOf(entry: Tree): Raw {
  const texts = (...names: string[]) => names.map((name) => wordIn(entry[name])).filter(Boolean);
  const language = wordIn(entry['language']).trim().toLowerCase();
  const pictures = ['image', 'banner_image']
    .map((name) => wordIn(isTree(entry[name]) ? entry[name]['url'] : entry[name]))
    .filter(Boolean);
  return {
    title: wordIn(entry['title']),
    links: texts('url', 'external_url', 'id').filter((link) => !/^\d*$/.test(link)),
    guid: wordIn(entry['id']),
    summary: wordIn(entry['summary']),
    content: wordIn(entry['content_html']) || escaped(wordIn(entry['content_text'])),
    dates: texts('date_published', 'date_modified'),
    media: [
      ...pictures.map((url) => ({ url, medium: 'image' })),
      ...listed(entry['attachments'])
        .filter(isTree)
        .map((file) => ({ url: textIn(file['url']), type: textIn(file['mime_type']) })),
    ],
    categories: listed(entry['tags']).map(textIn),
    ...(language ? { language } : {}),
  };
}

/** Ids are numbers in some feeds. */
const wordIn = (value: unknown): string => (typeof value === 'number' ? String(value) : textIn(value));
