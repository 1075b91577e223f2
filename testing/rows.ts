/** Feeds of numbered stories, each row as a test wishes it. */

/** A row of a feed: what it says follows from `n`. */
export interface Row {
  readonly n: number;
  readonly link?: string;
  readonly guid?: string;
  /** ms; absent: the row has no date. */
  readonly at?: number;
  readonly headline?: string;
  /** Absent: the text of `n`; empty: none. */
  readonly text?: string;
  /** The text as a summary alone, and no picture: its page is read. */
  readonly isBrief?: boolean;
}

const NOUNS =
  'bridge market library school museum tram park river forest court bakery cinema harbour station theatre'.split(
    ' ',
  );
const VERBS =
  'opens moves closes buys wins finds paints repairs sells counts loses keeps builds cleans names greets'.split(
    ' ',
  );
const nth = (words: readonly string[], n: number): string => words[n % words.length] ?? '';

/** Alike in form, as the headlines of one newsroom are. */
export const headlineOf = (n: number): string =>
  `The ${nth(NOUNS, n)} ${nth(VERBS, n * 7 + 3)} something on street ${n * 17}`;

export const textOf = (n: number): string =>
  `The ${nth(NOUNS, n)} ${nth(VERBS, n * 7 + 3)} it again after ${n + 3} weeks, said its keeper, who is ${20 + (n % 60)}. ` +
  `People from street ${n * 17} came to see the ${nth(NOUNS, n * 5 + 1)} in the ${n % 2 ? 'morning' : 'evening'}.`;

export const linkOf = (n: number): string => `https://news.example/en/news/${n}`;

export function rowsFeed(rows: readonly Row[]): string {
  const items = rows.map((row) => {
    const { n, link = linkOf(n), guid, at, headline = headlineOf(n), text = textOf(n), isBrief } = row;
    const said = isBrief
      ? `<description>${text}</description>`
      : `<enclosure url="https://news.example/${n}.jpg" type="image/jpeg"/>${text && `<content:encoded><![CDATA[<p>${text}</p>]]></content:encoded>`}`;
    return `<item><title>${headline}</title><link>${link.replaceAll('&', '&amp;')}</link>${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}${at === undefined ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`}${said}</item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title><link>https://news.example/</link>${items.join('')}</channel></rss>`;
}
