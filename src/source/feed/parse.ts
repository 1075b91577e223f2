/** Feeds of every kind to items: JSON as it is, everything else straightened and read by rss-parser. */
import { fail, ok, type Result } from '../../errors.ts';
import { present } from '../../present.ts';
import { plain } from '../html.ts';
import type { Hub, Reading } from '../item.ts';
import { absoluteLink } from '../links.ts';
import { onSameHost } from '../page/next-page.ts';
import { itemsOf, MOST_ITEMS } from './items.ts';
import type { RawFeed } from './raw-feed.ts';
import { readJson } from './json-feed.ts';
import { straighten } from './straighten.ts';
import { readXml } from './xml-feed.ts';

/** Reads a feed. `address` is where it was found: relative links are meant from there; `at`, when (ms). */
export async function parseFeed(written: string, address: string, at?: number): Promise<Result<Reading>> {
  const text = written.replace(INLINED, 'data:,');
  const straight = await straighten(text, MOST_ITEMS);
  const feed = straight ? await readXml(straight) : readJson(text);
  if (!feed) return fail('source.unreadable', 'no feed: neither RSS, Atom, JSON Feed nor a sitemap');
  if (feed.isCut && feed.entries.length === 0)
    return fail('source.unreadable', 'a feed that is cut off before its first entry');
  const offers = feed.kind === 'index' ? sitemapsOf(feed, address) : [];
  const { items, skipped } = itemsOf(offers.length ? { ...feed, entries: [] } : feed, address, at);
  const reading: Reading = present({
    kind: feed.kind,
    isWhole: !feed.isCut,
    title: plain(feed.title.slice(0, LONGEST_TITLE)),
    items,
    skipped,
    offers,
    notes: feed.isCut ? ['cut off in the middle: read up to the last whole entry'] : [],
    next: onSameHost(feed.next, address),
    hub: hubOf(feed, address),
  });
  return ok(reading);
}

function hubOf({ hub, self }: RawFeed, address: string): Hub | undefined {
  const found = hub && absoluteLink(hub, address);
  return found ? { hub: found, topic: (self && absoluteLink(self, address)) || address } : undefined;
}

/** Pictures that stand in a text letter by letter: each is longer than all its words, and nobody can be shown one. */
const INLINED = /data:[\w.+/\\-]{1,60}(?:;[\w=.-]{1,40}){0,5};base64,(?:[\w+/=%\r\n]+|\\[nr/])*/gi;

const LONGEST_TITLE = 1000;
/** Sitemaps of an index that are named. */
const MOST_OFFERS = 20;

function sitemapsOf({ entries }: RawFeed, address: string): string[] {
  const links = entries.flatMap(({ links: [link = ''] }) => absoluteLink(link, address) ?? []);
  const isOfNews = (link: string) => Number(/news/i.test(new URL(link).pathname));
  return links.toSorted((a, b) => isOfNews(b) - isOfNews(a)).slice(0, MOST_OFFERS);
}
