/** rss-parser: reads the straightened feed, whatever it was before. */
import Parser from 'rss-parser';
import { present } from '../../present.ts';
import type { SourceKind } from '../item.ts';
import { isTree, listed, nodesOf, textIn, type Tree } from '../tree.ts';
import { TEXT_ELEMENTS } from './names.ts';
import type { Media, Raw, RawFeed } from './raw-feed.ts';
import type { Straight } from './straighten.ts';
import { PLACE } from './xml.ts';

/** Larger feeds are parsed in slices, a little slower, so that others can run in between. */
const SLICED_FROM = 512 * 1024;

/** Every element of an entry is kept, with its attributes. */
const ITEM = [...TEXT_ELEMENTS, 'media', 'own:description', 'own:encoded'].map(
  (name): [string, string, { keepArray: true }] => [name, name, { keepArray: true }],
);

export async function readXml({ kind, xml, texts, logos, links, isCut }: Straight): Promise<RawFeed> {
  const parser = new Parser<Tree, Tree>({
    customFields: { item: ITEM },
    ...(xml.length > SLICED_FROM ? { xml2js: { async: true } } : {}),
  });
  const feed: Tree = await parser.parseString(xml);
  const linked = (relation: string) =>
    links.find(({ rel = '', href }) => href && rel.toLowerCase().split(/\s+/).includes(relation))?.['href'];
  return present({
    kind,
    title: textIn(feed['title']),
    home: alternates(feed)[0] ?? '',
    logos,
    entries: listed(feed['items'])
      .filter(isTree)
      .map((entry) => entryOf(withTexts(entry, texts), kind)),
    isCut,
    next: linked('next'),
    hub: linked('hub'),
    self: linked('self'),
  });
}

/** The entry with the long texts that were kept beside its XML. */
function withTexts(entry: Tree, texts: readonly string[]): Tree {
  const whole = (node: unknown): unknown => {
    const place = isTree(node) ? attributeOf(node['$'], PLACE) : '';
    return isTree(node) && place ? { ...node, _: texts[Number(place)] } : node;
  };
  return Object.fromEntries(
    Object.entries(entry).map(([name, nodes]) => [name, Array.isArray(nodes) ? nodes.map(whole) : nodes]),
  );
}

function entryOf(entry: Tree, kind: SourceKind): Raw {
  const first = (names: string) => all(entry, names)[0] ?? '';
  const guid = first('guid id about');
  return present({
    title: first('title media:title dc:title news:title'),
    links: [
      ...all(entry, 'feedburner:origlink pheedo:origlink'),
      ...alternates(entry),
      ...all(entry, 'loc about'),
      ...sourcesOf(entry),
      ...(LEADS_SOMEWHERE.test(guid) && kind !== 'atom' ? [guid] : []),
      ...alternates(entry, /^(?:self|via)$/i),
      ...(kind === 'atom' && LEADS_SOMEWHERE.test(guid) ? [guid] : []),
    ],
    base: first('base') || undefined,
    guid,
    summary: first('own:description summary media:description dc:description itunes:summary'),
    content: first('own:encoded content turbo:content xhtml:body fulltext full-text fullitem body'),
    dates: all(entry, DATES),
    media: mediaOf(entry),
    categories: [
      ...nodesOf(entry, 'category').map(
        ({ $, _ }) => attributeOf($, 'label') || attributeOf($, 'term') || (_ ?? ''),
      ),
      ...all(entry, 'dc:subject'),
      ...all(entry, 'news:keywords').flatMap((words) => words.split(',')),
    ],
    language: first('news:language dc:language').trim().toLowerCase() || undefined,
  });
}

/** An identity that is an address as well, whole or of the newsroom's own host. */
const LEADS_SOMEWHERE = /^(?:https?:|\/(?!\/)|(?:[\w-]+\.)+[a-z]{2,}\/)/i;

/** The best first: the moment of publication before that of a change. */
const DATES =
  'pubdate dc:date published news:publication_date issued dcterms:issued date created dcterms:created ' +
  'updated modified dcterms:modified lastmod';

/** The texts of elements, whose names are parted by blanks. */
const all = (entry: Tree, names: string): string[] =>
  names
    .split(' ')
    .flatMap((name) => nodesOf(entry, name).map(({ _ }) => _ ?? ''))
    .filter((text) => text.trim());

const attributeOf = (attributes: unknown, name: string): string =>
  isTree(attributes) ? textIn(attributes[name]) : '';

/** Links that are no pictures, no other formats and no other pages. */
const ALTERNATE = /^(?:|.*\balternate)$/i;

/** Where an entry leads by its links of one relation, pages for people first. */
function alternates(tree: Tree, relation = ALTERNATE): string[] {
  const links = nodesOf(tree, 'link').filter(({ $ }) => relation.test(attributeOf($, 'rel').trim()));
  const isPage = ({ $ }: (typeof links)[number]) =>
    /^(?:|text\/html|application\/xhtml\+xml)$/i.test(attributeOf($, 'type'));
  return [...links.filter(isPage), ...links.filter((link) => !isPage(link))]
    .map(({ $, _ }) => attributeOf($, 'href') || (_ ?? ''))
    .filter(Boolean);
}

/** Pages that an entry of Atom names in place of its text. */
const sourcesOf = (entry: Tree): string[] =>
  nodesOf(entry, 'content')
    .filter(({ $ }) => !/^(?:image|audio|video)\//i.test(attributeOf($, 'type')))
    .map(({ $ }) => attributeOf($, 'src'))
    .filter(Boolean);

function mediaOf(entry: Tree): Media[] {
  const enclosures = nodesOf(entry, 'link').filter(({ $ }) => attributeOf($, 'rel') === 'enclosure');
  const named = [...nodesOf(entry, 'media'), ...enclosures].map(({ $ }) => ({
    url: attributeOf($, 'url') || attributeOf($, 'href'),
    type: attributeOf($, 'type'),
    medium: attributeOf($, 'medium'),
    width: Number.parseInt(attributeOf($, 'width'), 10) || 0,
    height: Number.parseInt(attributeOf($, 'height'), 10) || 0,
    credit: attributeOf($, 'credit'),
  }));
  return [...named, ...all(entry, 'image:loc').map((url) => ({ url, medium: 'image' }))];
}
