/** feedsmith: the second reader, for feeds that rss-parser refuses or would garble. */
import type { SourceKind } from '../item.ts';
import type { Raw, RawFeed } from './raw-feed.ts';
import { isTree, listed, type Tree } from '../tree.ts';

/** The same from feedsmith's typed shapes, which differ by format. */
export async function feedsmithFeed(text: string): Promise<RawFeed | undefined> {
  // Loaded where it is needed: most sources never do, and it is large.
  const { parseFeed: parseWithFeedsmith } = await import('feedsmith');
  let parsed: { format: string; feed: unknown };
  try {
    parsed = parseWithFeedsmith(text) as { format: string; feed: unknown };
  } catch {
    return undefined;
  }
  const feed = isTree(parsed.feed) ? parsed.feed : {};
  const kinds: Readonly<Record<string, SourceKind>> = { rss: 'rss', rdf: 'rdf', atom: 'atom', json: 'json' };
  const kind = kinds[parsed.format];
  if (!kind) return undefined;
  const entries = listed(feed['items'] ?? feed['entries']).filter(isTree);
  return {
    kind,
    title: valueOf(feed['title']),
    home: valueOf(feed['link']) || valueOf(feed['home_page_url']) || hrefs(feed['links'])[0] || '',
    entries: entries.map(smithEntry),
  };
}

const valueOf = (node: unknown): string =>
  typeof node === 'string' ? node : isTree(node) ? valueOf(node['value'] ?? node['encoded']) : '';

const hrefs = (links: unknown): string[] =>
  listed(links)
    .filter(isTree)
    .filter((link) => (link['rel'] ?? 'alternate') === 'alternate')
    .map((link) => valueOf(link['href']));

function smithEntry(entry: Tree): Raw {
  const media = isTree(entry['media']) ? entry['media'] : {};
  const dc = isTree(entry['dc']) ? entry['dc'] : {};
  const rdf = isTree(entry['rdf']) ? entry['rdf'] : {};
  const burner = isTree(entry['feedburner']) ? entry['feedburner'] : {};
  const groups = [media['group'], ...listed(media['groups'])].filter(isTree);
  const pictures = [
    ...listed(entry['enclosures']),
    ...listed(media['contents']),
    ...groups.flatMap((group) => listed(group['contents'])),
    ...listed(media['thumbnails']),
  ];
  const guid = valueOf(entry['guid']) || valueOf(entry['id']) || valueOf(rdf['about']);
  return {
    title: valueOf(entry['title']) || valueOf(dc['title']),
    links: [
      valueOf(burner['origLink']),
      ...hrefs(entry['links']),
      valueOf(entry['link']),
      valueOf(entry['url']),
      valueOf(rdf['about']),
      /^https?:/i.test(guid) ? guid : '',
    ].filter(Boolean),
    guid,
    summary: valueOf(entry['description']) || valueOf(entry['summary']),
    content: valueOf(entry['content']) || valueOf(entry['content_html']) || valueOf(entry['content_text']),
    dates: [
      entry['pubDate'],
      ...listed(dc['dates']),
      dc['date'],
      entry['published'],
      entry['date_published'],
      entry['updated'],
      entry['date_modified'],
    ]
      .map(valueOf)
      .filter(Boolean),
    media: pictures.filter(isTree).map((picture) => ({
      url: valueOf(picture['url']),
      type: valueOf(picture['type']),
      medium: valueOf(picture['medium']),
      width: Number(picture['width'] ?? 0),
      credit: '',
    })),
    categories: [...listed(entry['categories']), ...listed(entry['tags']), ...listed(dc['subjects'])].map(
      (category) =>
        isTree(category)
          ? valueOf(category['label'] ?? category['name'] ?? category['term'])
          : valueOf(category),
    ),
  };
}
