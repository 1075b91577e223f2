/** From the bytes of a server to their meaning: the only place that parses the bytes of others. */
import { fail, ok, type Result } from '../errors.ts';
import { parseFeed } from './feed/parse.ts';
import { decode } from './charset.ts';
import type { Page } from './fetch/fetch.ts';
import { textsOf } from '../news/article.ts';
import type { Article, Item, Reading } from './item.ts';
import { itemText } from './item-text.ts';
import { isLossy } from './loss.ts';
import { ANOTHER_EDITION, areInOther } from './other-edition.ts';
import { parseArticle } from './page/article.ts';
import { parseListing } from './page/listing.ts';
import { checkPicture } from './picture-file.ts';
import { clip, fold } from './text.ts';
import { unescaped } from './feed/xml.ts';

/** A document as it came, and where from. */
export type Sent = Pick<Page, 'address' | 'bytes' | 'contentType' | 'at'>;

/** Reads documents; how, and on which thread, is the maker's choice. */
export interface Reader {
  /** A source address by what it turns out to be: a feed of any kind, or a page that lists stories. */
  source(sent: Sent): Promise<Result<Reading>>;
  /** The page of a story; `expected` is the headline under which it was listed. */
  article(sent: Sent, expected?: string): Promise<Result<Article>>;
  /** Whether a file, of which only its opening may be there, is a picture that readers can be shown. */
  picture(sent: Sent): Promise<Result<undefined>>;
  /** Ends what is under way; later documents fail. */
  close(): Promise<void>;
}

/** Reads on the thread that asks, without a limit: for tests, and inside the threads of `threads.ts`. */
export const readHere: Reader = {
  source: ({ bytes, contentType, ...from }) => readSource({ text: decode(bytes, contentType).text, ...from }),
  article: ({ bytes, contentType, address, at }, expected) =>
    parseArticle(decode(bytes, contentType).text, address, expected, at),
  picture: async (sent) => checkPicture(sent),
  close: async () => undefined,
};

const IS_PAGE = /<(?:html|head|body|div|a)[\s>]/i;
/** Begins as XML or JSON does. */
const IS_DATA = /^\s*(?:<\?xml|<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b|[{[])/i;

/** A decoded document by what it turns out to be. */
export async function readSource({
  text,
  address,
  at,
}: Pick<Sent, 'address' | 'at'> & { readonly text: string }): Promise<Result<Reading>> {
  const feed = await parseFeed(text, address, at);
  const isPage = !feed.ok && (IS_PAGE.test(text) || !IS_DATA.test(text));
  const listing = isPage ? await parseListing(text, address, at) : feed;
  const within = listing.ok ? undefined : feedWithin(text);
  const shown = within === undefined ? feed : await parseFeed(within, address, at);
  const reading = shown.ok ? shown : listing;
  if (!reading.ok) return reading;
  return areInOther(reading.value.items, address)
    ? fail('source.unreadable', ANOTHER_EDITION)
    : ok(withTexts(reading.value));
}

const FEED_WITHIN = /<(?:rss|feed|rdf:rdf)[\s>]/i;
const ESCAPED_WITHIN = /&lt;(?:rss|feed|rdf:rdf)[\s&]/i;

/** The feed that a page only shows: what a browser makes of one, kept by whatever lies between. */
function feedWithin(text: string): string | undefined {
  const [start, escapedStart] = [text.search(FEED_WITHIN), text.search(ESCAPED_WITHIN)];
  if (start >= 0) return text.slice(start);
  return escapedStart < 0 ? undefined : unescaped(text.slice(escapedStart));
}

/** The texts of a feed's entries are mark-up of others too; what is lost of them is said. */
function withTexts(reading: Reading): Reading {
  const told = reading.items.map((item) =>
    item.content === undefined && item.summary === undefined ? item : { ...item, text: itemText(item) },
  );
  const items = withoutNotices(told);
  const lossy = told
    .filter(({ content, summary, text }) => text && isLossy(content ?? summary ?? '', text))
    .map(({ headline }) => headline);
  const [first] = lossy;
  if (first === undefined) return { ...reading, items };
  const note = `${lossy.length} texts come out much shorter than they went in, as that of "${clip(first, 60)}"`;
  return { ...reading, items, lossy, notes: [...reading.notes, note] };
}

/** A text that stands under so many headlines is a notice of the site, such as that one has to log in, and no story's. */
const LEAST_HEADLINES = 3;

function withoutNotices(items: readonly Item[]): readonly Item[] {
  const under = Map.groupBy(items, ({ text }) =>
    text ? fold([text.lead, ...text.body.flatMap(textsOf)].join(' ')) : '',
  );
  const isNotice = (rows: readonly Item[]) =>
    new Set(rows.map(({ headline }) => fold(headline))).size >= LEAST_HEADLINES;
  const notices = new Set([...under].flatMap(([words, rows]) => (words && isNotice(rows) ? rows : [])));
  return items.map((item) =>
    notices.has(item)
      ? { ...item, text: { lead: '', body: (item.text?.body ?? []).filter(({ kind }) => kind === 'figure') } }
      : item,
  );
}
