/** Names in feeds, whatever prefix or case a newsroom gives them: lower case, one prefix for each vocabulary. */

/** Vocabularies by a part of their address, with the prefix that stands for each here; '' is the feed's own. */
const VOCABULARIES: readonly [RegExp, string][] = [
  [/purl\.org\/rss\/1\.0\/modules\/content/i, 'content'],
  [/search\.yahoo\.com\/mrss/i, 'media'],
  [/purl\.org\/dc\/elements/i, 'dc'],
  [/purl\.org\/dc\/terms/i, 'dcterms'],
  [/1999\/xhtml/i, 'xhtml'],
  [/22-rdf-syntax/i, 'rdf'],
  [/schemas\/sitemap-news/i, 'news'],
  [/schemas\/sitemap-image/i, 'image'],
  [/w3\.org\/2005\/atom|purl\.org\/atom\/ns|purl\.org\/(?:rss\/1\.0\/?$|net\/rss)/i, ''],
  [/netscape\.com|userland\.com\/rss|schemas\/sitemap\//i, ''],
];

/** Prefixes that are the feed's own even where nothing declares them. */
const OWN = ['', 'atom', 'rss'];

/** The whole text, which each aggregator has newsrooms write under a prefix of its own. */
const FULL = /^full-?text$/;

/** `content:encoded`, whose prefix is often lost. */
const ENCODED = /^(?:content[_-]?)?encoded$/;

export interface Names {
  /** Takes the declarations of an element. */
  readonly declare: (attributes: Readonly<Record<string, string>>) => void;
  /** The name as it is called here. */
  readonly of: (written: string) => string;
  /** Takes the prefix of the feed's root as the feed's own. */
  readonly root: (written: string) => void;
}

export function createNames(): Names {
  const prefixes = new Map(OWN.map((prefix) => [prefix, '']));
  return {
    declare(attributes) {
      for (const [name, address] of Object.entries(attributes)) {
        const prefix = /^xmlns:(.+)$/.exec(name)?.[1];
        const found = prefix && VOCABULARIES.find(([pattern]) => pattern.test(address.slice(0, 200)));
        if (prefix && found) prefixes.set(prefix, found[1]);
      }
    },
    root(written) {
      const [, prefix] = /^(.*):(?!rdf$)/.exec(written) ?? [];
      if (prefix) prefixes.set(prefix, '');
    },
    of(written) {
      const [local = '', prefix = ''] = written.split(':', 2).reverse();
      const own = prefixes.get(prefix) ?? prefix;
      if (ENCODED.test(local)) return 'content:encoded';
      return own && !FULL.test(local) ? `${own}:${local}` : local;
    },
  };
}

/** Elements of an entry that hold a text, as they are called in what `straighten` gives. */
export const TEXT_ELEMENTS: readonly string[] = (
  'title link guid id about base summary content category pubdate published issued created updated ' +
  'modified date loc lastmod description fullitem fulltext full-text body content:encoded xhtml:body ' +
  'turbo:content dc:title dc:date dc:language dc:description dc:subject dcterms:created dcterms:issued ' +
  'dcterms:modified feedburner:origlink pheedo:origlink itunes:summary media:title media:description ' +
  'news:title news:publication_date news:language news:keywords image:loc'
).split(' ');
