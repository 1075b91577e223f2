/** Feeds of every kind to items. rss-parser reads first; feedsmith reads what rss-parser refuses or would garble. */
import { createHash } from 'node:crypto';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import Parser from 'rss-parser';
import { fail, ok, type Result } from '../errors.ts';
import type { Picture } from '../news/story.ts';
import { parseDate } from './dates.ts';
import { plain } from './html.ts';
import type { Item, Reading, SourceKind } from './item.ts';
import { absoluteLink, linkKey } from './links.ts';
import { isPaidLabel, withoutPaidLabel } from './selectors.ts';
import { clip, tidy } from './text.ts';
import { isTree, listed, nodesOf, type Tree, treeText } from './tree.ts';

/** Items of one feed that are looked at; a newsroom writes a few tens a day. */
const MOST_ITEMS = 500;
/** Longest headline; longer ones are cut. */
const LONGEST_HEADLINE = 500;
/** Larger feeds are parsed in slices, a little slower, so that others can run in between. */
const SLICED_FROM = 512 * 1024;

/** One entry of a feed, whatever its format: texts are as written, HTML or not. */
interface Raw {
  readonly title: string;
  readonly links: readonly string[];
  readonly guid: string;
  readonly summary: string;
  readonly content: string;
  readonly dates: readonly string[];
  readonly media: readonly Media[];
  readonly categories: readonly string[];
}

interface Media {
  readonly url: string;
  readonly type: string;
  readonly medium: string;
  readonly width: number;
  readonly credit: string;
}

interface RawFeed {
  readonly kind: SourceKind;
  readonly title: string;
  readonly home: string;
  readonly entries: readonly Raw[];
}

/** Whether the text begins like a feed rather than like a page. */
export function looksLikeFeed(text: string): boolean {
  const start = text.slice(0, 4096);
  if (/^\s*\{/.test(start)) return /"https:\/\/jsonfeed\.org\//.test(start);
  return /<(?:rss|feed|rdf:RDF|channel)[\s>]/i.test(start) && !/<(?:html|!doctype\s+html)[\s>]/i.test(start);
}

/** Reads a feed. `address` is where it was found: relative links are meant from there. */
export async function parseFeed(text: string, address: string): Promise<Result<Reading>> {
  const notes: string[] = [];
  const feed = await readFeed(text, notes);
  if (!feed) return fail('source.unreadable', 'a feed that neither reader understands');
  const base = absoluteLink(feed.home, address) ?? address;
  const skipped = new Map<string, number>();
  const items: Item[] = [];
  for (const [position, raw] of feed.entries.slice(0, MOST_ITEMS).entries()) {
    const item = itemOf(raw, position, base, address);
    if (typeof item === 'string') skipped.set(item, (skipped.get(item) ?? 0) + 1);
    else items.push(item);
  }
  return ok({
    kind: feed.kind,
    isWhole: !notes.includes(CUT_OFF),
    title: plain(feed.title),
    items: oneEach(items, skipped),
    skipped,
    offers: [],
    notes,
  });
}

async function readFeed(text: string, notes: string[]): Promise<RawFeed | undefined> {
  if (/^\s*\{/.test(text)) return feedsmithFeed(text);
  const repaired = repair(text);
  await letOthersRun();
  const first = await rssParserFeed(repaired).catch(() => undefined);
  if (first && !first.garbled) return first.feed;
  notes.push(
    first
      ? 'markup within texts: read with the second reader'
      : 'not well-formed: read with the second reader',
  );
  return feedsmithFeed(repaired) ?? first?.feed ?? (await salvage(repaired, notes));
}

/** A feed that breaks off, up to its last whole entry. */
async function salvage(xml: string, notes: string[]): Promise<RawFeed | undefined> {
  const end = Math.max(xml.lastIndexOf('</item>'), xml.lastIndexOf('</entry>'));
  const root = /<(rss|feed|rdf:RDF)[\s>]/i.exec(xml.slice(0, 4096))?.[1];
  if (end < 0 || root === undefined) return undefined;
  const whole = xml.slice(0, xml.indexOf('>', end) + 1);
  const closed = `${whole}${root.toLowerCase() === 'rss' ? '</channel>' : ''}</${root}>`;
  const read = await rssParserFeed(closed).catch(() => undefined);
  if (read) notes.push(CUT_OFF);
  return read?.feed;
}

/** The note of a feed that broke off: what it does not list may still be there. */
const CUT_OFF = 'cut off in the middle: read up to the last whole entry';

/** Named entities that XML does not know but newsrooms write, as characters. */
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  copy: '©',
  reg: '®',
  trade: '™',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  bdquo: '„',
  bull: '•',
  middot: '·',
  deg: '°',
  euro: '€',
  sect: '§',
  shy: '',
  thinsp: ' ',
  ensp: ' ',
  emsp: ' ',
  times: '×',
  minus: '−',
  plusmn: '±',
  frac12: '½',
  eacute: 'é',
};

/**
 * What keeps an otherwise readable feed from being XML is mended: bytes before the declaration, a document type (no
 * entity of its own is ever expanded), named entities, bare ampersands, characters that XML forbids.
 */
export function repair(text: string): string {
  const body = text
    .slice(Math.max(text.indexOf('<'), 0))
    .replace(/^<\?xml[^>]{0,500}\?>/i, '')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return withoutDoctype(body)
    .split(/(<!\[CDATA\[)/)
    .map((piece, index, pieces) => {
      if (pieces[index - 1] !== '<![CDATA[') return mend(piece);
      const end = piece.indexOf(']]>');
      return end < 0 ? piece : piece.slice(0, end) + mend(piece.slice(end));
    })
    .join('');
}

const mend = (xml: string): string =>
  xml.includes('&')
    ? xml.replace(
        /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)(?:(\w{2,8});)?/gi,
        (whole, name?: string) =>
          name === undefined ? '&amp;' : (ENTITIES[name] ?? `&amp;${whole.slice(1)}`),
      )
    : xml;

/** A document type may hold an internal subset in brackets; all of it goes. */
function withoutDoctype(xml: string): string {
  const start = xml.slice(0, 4096).search(/<!DOCTYPE/i);
  if (start < 0) return xml;
  const close = xml.indexOf('>', start);
  const open = xml.indexOf('[', start);
  const end = open >= 0 && open < close ? xml.indexOf(']', open) : start;
  const after = end < 0 ? -1 : xml.indexOf('>', end);
  return after < 0 ? '' : xml.slice(0, start) + xml.slice(after + 1);
}

/** What `rss-parser` gives us of its inside: the entry's own tree. */
interface Entry {
  tree: Tree;
}

/** Builders that `rss-parser` calls on itself, which its types do not name. */
interface Inside {
  parseItemRss(entry: Tree, fields: unknown): unknown;
  parseItemAtom(entry: Tree): unknown;
  buildRSS(channel: Tree, items: unknown): unknown;
  buildAtomFeed(document: Tree): unknown;
}

/**
 * rss-parser recognises the format and gives each entry's tree; the texts within are read by us, because its own
 * shortening of them takes quadratic time on hostile ones, and a bad date in Atom makes it throw.
 */
function createReader(isLarge: boolean): Parser<unknown, Entry> {
  const parser = new Parser<unknown, Entry>({
    defaultRSS: 2,
    ...(isLarge ? { xml2js: { async: true } } : {}),
  });
  const inside = parser as unknown as Inside;
  inside.parseItemRss = (tree) => ({ tree });
  inside.parseItemAtom = (tree) => ({ tree });
  const { buildRSS } = inside;
  inside.buildRSS = (channel, items) =>
    isTree(channel)
      ? { channel, ...guarded(() => buildRSS.call(parser, { title: channel['title'] }, items)) }
      : { items: [] };
  inside.buildAtomFeed = (document) => {
    const feed = document['feed'];
    const entries = isTree(feed) ? nodesOf(feed, 'entry') : [];
    return { channel: feed, isAtom: true, items: entries.map((tree) => ({ tree })) };
  };
  return parser;
}

/** Whatever goes wrong inside must not be thrown: the XML reader would swallow it and never answer. */
function guarded(build: () => unknown): object {
  try {
    return build() as object;
  } catch {
    return { items: [] };
  }
}

async function rssParserFeed(xml: string): Promise<{ feed: RawFeed; garbled: boolean } | undefined> {
  const answer: unknown = await createReader(xml.length > SLICED_FROM).parseString(xml);
  if (!isTree(answer)) return undefined;
  const trees = listed(answer['items']).flatMap((entry) =>
    isTree(entry) && isTree(entry['tree']) ? [entry['tree']] : [],
  );
  const channel = isTree(answer['channel']) ? answer['channel'] : {};
  const isAtom = answer['isAtom'] === true;
  const kind = isAtom
    ? 'atom'
    : trees.some((tree) => isTree(tree['$']) && tree['$']['rdf:about'])
      ? 'rdf'
      : 'rss';
  const feed = {
    kind,
    title: treeText(channel, 'title'),
    home: homeOf(channel),
    entries: trees.map(entryOf),
  } as const;
  return { feed, garbled: trees.some(isGarbled) };
}

/** Texts with elements in them: the order of words is lost in the tree. */
function isGarbled(tree: Tree): boolean {
  return ['title', 'description', 'content', 'summary', 'pubDate'].some((name) =>
    nodesOf(tree, name).some((node) => Object.keys(node).some((key) => key !== '_' && key !== '$')),
  );
}

const homeOf = (channel: Tree): string =>
  nodesOf(channel, 'link')
    .map(({ $ }) => $)
    .find(
      (link) =>
        isTree(link) && (link['rel'] ?? 'alternate') === 'alternate' && typeof link['href'] === 'string',
    )?.['href' as never] ?? treeText(channel, 'link');

function entryOf(tree: Tree): Raw {
  const attributes = isTree(tree['$']) ? tree['$'] : {};
  const links = nodesOf(tree, 'link').flatMap(({ $ }) =>
    isTree($) && ($['rel'] ?? 'alternate') === 'alternate' && typeof $['href'] === 'string'
      ? [$['href']]
      : [],
  );
  const text = (...names: string[]) => names.map((name) => treeText(tree, name)).find(Boolean) ?? '';
  return {
    title: text('title', 'media:title', 'dc:title'),
    links: [
      text('feedburner:origLink', 'pheedo:origLink'),
      ...links,
      text('link'),
      String(attributes['rdf:about'] ?? ''),
      permalink(tree),
    ].filter(Boolean),
    guid: text('guid', 'id') || String(attributes['rdf:about'] ?? ''),
    summary: text('description', 'summary', 'media:description'),
    content: text('content:encoded', 'yandex:full-text', 'content', 'turbo:content'),
    dates: ['pubDate', 'dc:date', 'published', 'issued', 'created', 'updated', 'modified']
      .map((name) => treeText(tree, name))
      .filter(Boolean),
    media: mediaOf(tree),
    categories: nodesOf(tree, 'category')
      .map((node) =>
        isTree(node.$) && typeof node.$['term'] === 'string'
          ? String(node.$['label'] ?? node.$['term'])
          : (node._ ?? ''),
      )
      .concat(nodesOf(tree, 'dc:subject').map(({ _ }) => _ ?? '')),
  };
}

/** A guid that says, or does not deny, that it is the address. */
function permalink(tree: Tree): string {
  const [guid] = nodesOf(tree, 'guid');
  return guid && /^https?:/i.test(guid._ ?? '') ? (guid._ ?? '') : '';
}

function mediaOf(tree: Tree): Media[] {
  const groups = nodesOf(tree, 'media:group');
  const nodes = [
    ...nodesOf(tree, 'enclosure'),
    ...nodesOf(tree, 'media:content'),
    ...groups.flatMap((group) => nodesOf(group, 'media:content')),
    ...nodesOf(tree, 'media:thumbnail'),
  ];
  return nodes.flatMap((node) => {
    if (!isTree(node.$)) return [];
    const { url, type, medium, width } = node.$;
    const credit = treeText(node, 'media:credit');
    return [
      {
        url: String(url ?? ''),
        type: String(type ?? ''),
        medium: String(medium ?? ''),
        width: Number(width ?? 0),
        credit,
      },
    ];
  });
}

/** The same from feedsmith's typed shapes, which differ by format. */
function feedsmithFeed(text: string): RawFeed | undefined {
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

/** An item, or in words why this is no story. */
function itemOf(raw: Raw, position: number, base: string, address: string): Item | string {
  const headline = clip(plain(plain(raw.title)), LONGEST_HEADLINE);
  if (!headline || headline.includes('\ufffd\ufffd\ufffd')) return 'no headline';
  const link = raw.links
    .map((written) => absoluteLink(written, base))
    .find((found) => found && !isHome(found, base));
  if (!link) return 'no usable link';
  if (isAdvertisement(headline, link)) return 'advertisement';
  const dated = raw.dates.map(parseDate).find(Boolean);
  const picture = pictureOf(raw.media, address);
  // The longer text is the whole one, whichever field a feed puts it into.
  const [summary, content] =
    raw.content && raw.content.length < raw.summary.length
      ? [raw.content, raw.summary]
      : [raw.summary, raw.content];
  const guid = tidy(raw.guid);
  return {
    link,
    key: linkKey(link),
    ...(guid ? { guid } : {}),
    headline: withoutPaidLabel(headline),
    ...(summary ? { summary } : {}),
    ...(content ? { content } : {}),
    ...(dated?.at === undefined ? {} : { publishedAt: dated.at }),
    ...(dated ? { day: dated.day } : {}),
    ...(picture ? { picture } : {}),
    rubrics: [...new Set(raw.categories.map(plain).filter((rubric) => rubric && rubric.length <= 60))].slice(
      0,
      10,
    ),
    paid: isPaidLabel(raw.title) || raw.categories.some(isPaidLabel),
    position,
  };
}

const isHome = (link: string, base: string): boolean => {
  const { host, pathname, search } = new URL(link);
  return pathname === '/' && !search && host === new URL(base).host;
};

const isAdvertisement = (headline: string, link: string): boolean =>
  /^(?:featured advertiser|advertisement|sponsored|реклама|рэклама)\b/i.test(headline) ||
  /^(?:ads?|adserver)\./.test(new URL(link).hostname);

/** The widest picture that is not an author's face; a sound or a film is none. */
function pictureOf(media: readonly Media[], address: string): Picture | undefined {
  const pictures = media.flatMap(({ url, type, medium, width, credit }) => {
    const link = absoluteLink(url, address);
    const isPicture =
      /^image\//i.test(type) ||
      medium === 'image' ||
      (!type && !medium) ||
      /\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(url);
    if (!link || !isPicture || /^(?:video|audio)\//i.test(type) || /gravatar\.com|\/avatar/i.test(url))
      return [];
    return [{ link, width, credit: plain(credit) }];
  });
  const [best] = pictures.sort((a, b) => b.width - a.width);
  return best && { url: best.link, ...(best.credit ? { credit: best.credit } : {}) };
}

/**
 * One item for each identity: what a feed lists twice is one story, told by the longer headline. A guid that more than
 * two items share is no identity.
 */
function oneEach(items: readonly Item[], skipped: Map<string, number>): Item[] {
  const uses = Map.groupBy(
    items.filter(({ guid }) => guid !== undefined),
    ({ guid }) => guid,
  );
  const kept: Item[] = [];
  const index = new Map<string, number>();
  for (const written of items) {
    const { guid, ...rest } = written;
    const item: Item = guid !== undefined && (uses.get(guid)?.length ?? 0) > 2 ? rest : written;
    const at = index.get(item.key) ?? index.get(`guid ${item.guid}`);
    const earlier = at === undefined ? undefined : kept[at];
    if (at !== undefined && earlier) {
      skipped.set('listed twice', (skipped.get('listed twice') ?? 0) + 1);
      if (item.headline.length > earlier.headline.length) kept[at] = { ...item, position: earlier.position };
      continue;
    }
    index.set(item.key, kept.length);
    if (item.guid !== undefined) index.set(`guid ${item.guid}`, kept.length);
    kept.push(item);
  }
  return kept;
}

/** A hash of all that an item says, to see whether it changed. */
export const itemHash = (item: Item): string =>
  createHash('sha256')
    .update(JSON.stringify([item.headline, item.summary ?? '', item.content ?? '', item.paid]))
    .digest('base64url')
    .slice(0, 16);
