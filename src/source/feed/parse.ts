/** Feeds of every kind to items. rss-parser reads first; feedsmith reads what rss-parser refuses or would garble. */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import Parser from 'rss-parser';
import { fail, ok, type Result } from '../../errors.ts';
import { plain } from '../html-blocks.ts';
import type { Reading } from '../item.ts';
import { itemsOf, MOST_ITEMS } from './items.ts';
import { nextOfFeed } from '../page/next-page.ts';
import type { Media, Raw, RawFeed } from './raw-feed.ts';
import { closeAfter, repair, withoutMiddle } from './repair.ts';
import { feedsmithFeed } from './second-reader.ts';
import { isTree, listed, nodesOf, textIn, type Tree, treeText } from '../tree.ts';

/** Larger feeds are parsed in slices, a little slower, so that others can run in between. */
const SLICED_FROM = 512 * 1024;

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
  const { items, skipped } = itemsOf(feed, address);
  const isWhole = !notes.includes(CUT_OFF);
  const next = nextOfFeed(text, address);
  return ok({
    kind: feed.kind,
    isWhole,
    title: plain(feed.title),
    items,
    skipped,
    offers: [],
    notes,
    ...(next ? { next } : {}),
  });
}

async function readFeed(text: string, notes: string[]): Promise<RawFeed | undefined> {
  if (/^\s*\{/.test(text)) return feedsmithFeed(text);
  const whole = repair(text);
  await letOthersRun();
  // A feed of many more entries than are read is cut before it is parsed, so that it costs no more than they do; its new
  // ones may stand at either end.
  const repaired = whole.length > SLICED_FROM ? withoutMiddle(whole, MOST_ITEMS) : whole;
  const first = await rssParserFeed(repaired).catch(() => undefined);
  if (first && !first.garbled) return first.feed;
  notes.push(
    first
      ? 'markup within texts: read with the second reader'
      : 'not well-formed: read with the second reader',
  );
  return (await feedsmithFeed(repaired)) ?? first?.feed ?? (await salvage(repaired, notes));
}
/** A feed that breaks off, up to its last whole entry. */
async function salvage(xml: string, notes: string[]): Promise<RawFeed | undefined> {
  const closed = closeAfter(xml);
  const read = closed && (await rssParserFeed(closed).catch(() => undefined));
  if (!read) return undefined;
  notes.push(CUT_OFF);
  return read.feed;
}

/** The note of a feed that broke off: what it does not list may still be there. */
const CUT_OFF = 'cut off in the middle: read up to the last whole entry';
/** What `rss-parser` gives us of its inside: the entry's own tree. */
interface FeedEntry {
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
function createReader(isLarge: boolean): Parser<unknown, FeedEntry> {
  const parser = new Parser<unknown, FeedEntry>({
    defaultRSS: 2,
    ...(isLarge ? { xml2js: { async: true } } : {}),
  });
  const inside = parser as unknown as Inside;
  inside.parseItemRss = (tree) => ({ tree });
  inside.parseItemAtom = (tree) => ({ tree });
  const build = inside.buildRSS.bind(parser) as Inside['buildRSS'];
  inside.buildRSS = (channel, items) =>
    isTree(channel)
      ? { channel, ...guarded(() => build({ title: channel['title'] }, items)) }
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
      textIn(attributes['rdf:about']),
      permalink(tree),
    ].filter(Boolean),
    guid: text('guid', 'id') || textIn(attributes['rdf:about']),
    summary: text('description', 'summary', 'media:description'),
    content: text('content:encoded', 'yandex:full-text', 'content', 'turbo:content'),
    dates: ['pubDate', 'dc:date', 'published', 'issued', 'created', 'updated', 'modified']
      .map((name) => treeText(tree, name))
      .filter(Boolean),
    media: mediaOf(tree),
    categories: nodesOf(tree, 'category')
      .map((node) =>
        isTree(node.$) && typeof node.$['term'] === 'string'
          ? textIn(node.$['label'] ?? node.$['term'])
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
        url: textIn(url),
        type: textIn(type),
        medium: textIn(medium),
        width: Number(width ?? 0),
        credit,
      },
    ];
  });
}
