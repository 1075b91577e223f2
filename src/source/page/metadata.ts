/** A page's metadata for machines: JSON-LD, OpenGraph and other meta, canonical. None of it is needed. */
import { present } from '../../present.ts';
import type { Document, Element } from 'domhandler';
import { parseDate, type SlashOrder, slashOrder } from '../dates.ts';
import { attribute, elementsNamed, ownText, plain } from '../html.ts';
import { fold } from '../text.ts';
import { baseOf } from './base.ts';
import { bestOf, firstPicture } from './pictures.ts';
import { absoluteLink } from '../links.ts';
import { mended, parsed } from '../json.ts';
import { isTree, listed, textIn, type Tree } from '../tree.ts';

export interface Metadata {
  readonly headline?: string;
  readonly publishedAt?: number;
  /** The day, where it says no time. */
  readonly publishedOn?: string;
  readonly picture?: string;
  readonly rubrics: readonly string[];
  readonly paid: boolean;
  readonly canonical?: string;
  /** The text of its article, as the page names it to machines; '' where it does not. */
  readonly text: string;
  /** Feeds that the page links. */
  readonly feeds: readonly string[];
  readonly title: string;
  /** Titles that the page gives its story, one for each that may ask. */
  readonly names: readonly string[];
  /** The page says that it is an article. */
  readonly isArticle: boolean;
  /** How it writes dates. */
  readonly slashes: SlashOrder;
}

const ARTICLE_TYPES = /^(?:https?:\/\/schema\.org\/)?(?:\w*NewsArticle|Article|(?:Live)?BlogPosting)$/;

/** Names under which pages say when they were published. */
const PUBLISHED =
  /^(?:(?:og:)?article:published(?:_time)?|(?:dc|dcterms)\.(?:date(?:\.(?:issued|created|published))?|created|issued)|pub(?:lish|lication)?[-_.]?date|date(?:[-_.]?published)?|sailthru\.date|parsely-pub-date|(?:mediator|lh)_published_time|cxenseparse:recs:publishtime)$/;

/** Properties in which a page names its picture to others, the surest first. */
const PICTURES =
  'og:image og:image:secure_url og:image:url twitter:image twitter:image:src image image_src'.split(' ');
const MOST_PICTURES = 20;

/** Larger or deeper JSON-LD is not read: it is for search engines, not for us. */
const LARGEST_JSON = 200_000;

/** A page's elements as they were read, before they are weighed. */
function elementsSay(document: Document, base: string) {
  const metas = elementsNamed(document, 'meta').map((element) => {
    const name = (attribute(element, 'property') || attribute(element, 'name')).toLowerCase();
    return {
      name,
      names: [name, attribute(element, 'itemprop')],
      content: attribute(element, 'content').trim(),
    };
  });
  const linked = (rel: string) =>
    elementsNamed(document, 'link').filter((link) =>
      attribute(link, 'rel').toLowerCase().split(/\s+/).includes(rel),
    );
  const leadTo = (links: readonly Element[]) =>
    links.flatMap((link) => absoluteLink(attribute(link, 'href'), base) ?? []);
  return {
    contents: metas.filter(({ name, content }) => name && content),
    pictures: [
      ...PICTURES.flatMap((from) => metas.filter(({ names }) => names.includes(from))).map(
        ({ content }) => content,
      ),
      ...linked('image_src').map((link) => attribute(link, 'href')),
      ...linked('preload')
        .filter((link) => attribute(link, 'as') === 'image')
        .map((link) => bestOf(attribute(link, 'imagesrcset'))?.address ?? attribute(link, 'href')),
    ].slice(0, MOST_PICTURES),
    feeds: leadTo(linked('alternate').filter((link) => FEED.test(attribute(link, 'type')))),
    times: elementsNamed(document, 'time').map((time) => attribute(time, 'datetime') || ownText(time)),
    canonical: leadTo(linked('canonical'))[0],
    title: plain(elementsNamed(document, 'title').map(ownText).find(Boolean) ?? ''),
    articles: elementsNamed(document, 'script')
      .filter((script) => /ld\+json/i.test(attribute(script, 'type')))
      .flatMap((script) => articlesIn(ownText(script))),
  };
}
const FEED = /(?:rss|atom)\+xml|feed\+json/i;

/** `at`: when the page came, ms. */
export function metadataOf(document: Document, address: string, at?: number): Metadata {
  const base = baseOf(document, address);
  const { contents, pictures, feeds, times, canonical, title, articles } = elementsSay(document, base);
  const meta = (name: string) => contents.find((each) => each.name === name)?.content ?? '';
  const titles = [meta('og:title'), title].map(fold);
  // A page may speak of other stories as well.
  const isOwn = (one: Tree) => {
    const headline = fold(plain(textIn(one['headline'])));
    return headline !== '' && titles.some((name) => name.includes(headline));
  };
  const article = articles.find(isOwn) ?? articles[0];
  const named =
    textIn(listed(article?.['datePublished'])[0]) ||
    meta('article:published_time') ||
    (contents.find(({ name }) => PUBLISHED.test(name))?.content ?? '');
  const slashes = slashOrder([named, ...times], at);
  const published = parseDate(named, slashes);
  const picture = firstPicture(
    [...picturesIn(article?.['image']), ...pictures, ...picturesIn(article?.['thumbnailUrl'])],
    base,
  );
  const headline = plain(textIn(article?.['headline']) || meta('og:title'));
  const names = [headline, plain(meta('og:title')), title].filter(Boolean);
  const free = article?.['isAccessibleForFree'];
  return present({
    headline: headline || undefined,
    publishedAt: published?.at,
    publishedOn: published?.day,
    picture: picture || undefined,
    rubrics: listed(article?.['articleSection'] ?? meta('article:section'))
      .flatMap((section) => textIn(section).split(','))
      .map(plain)
      .filter(Boolean),
    paid: free === false || /^false$/i.test(textIn(free)),
    canonical,
    text: textIn(article?.['articleBody']),
    feeds: [...new Set(feeds)],
    title,
    names,
    slashes,
    isArticle: article !== undefined || /^article$/i.test(meta('og:type')),
  });
}

/** Addresses of pictures in JSON-LD: as they are, of an object, in a list. */
const picturesIn = (image: unknown): string[] =>
  listed(image)
    .slice(0, MOST_PICTURES)
    .flatMap((each) =>
      isTree(each) ? picturesIn(each['url'] ?? each['contentUrl'] ?? each['@list']) : textIn(each),
    );

/** The articles of a JSON-LD block, alone, in a list or in a graph; none where the block is broken beyond mending. */
function articlesIn(json: string): Tree[] {
  if (json.length > LARGEST_JSON) return [];
  const things = listed(parsed(json) ?? mendedIn(json)).filter(isTree);
  const graph = [...things, ...things.flatMap((thing) => listed(thing['@graph']).filter(isTree))];
  const all = [...graph, ...graph.flatMap((thing) => listed(thing['mainEntity']).filter(isTree))];
  return all
    .filter((thing) => listed(thing['@type']).some((type) => ARTICLE_TYPES.test(textIn(type))))
    .map((article) => ({ ...article, image: listed(article['image']).map((image) => named(image, graph)) }));
}

/** JSON that is not quite any, in whatever stands around it. */
function mendedIn(json: string): unknown {
  const start = json.search(/\{\s*"/);
  if (start < 0) return undefined;
  const isList = /(?<!CDATA)\[$/.test(json.slice(0, start).trimEnd());
  return mended(`${isList ? '[' : ''}${json.slice(start)}`).value;
}

/** A thing of the graph by the name under which another one speaks of it. */
function named(thing: unknown, graph: readonly Tree[]): unknown {
  const id = isTree(thing) && !('url' in thing) ? thing['@id'] : undefined;
  return id === undefined ? thing : (graph.find((other) => other['@id'] === id && other !== thing) ?? thing);
}
