import type { Result } from '../errors.ts';
import { parseFeed } from './feed/parse.ts';
import type { Page } from './fetch/fetch.ts';
import type { Reading } from './item.ts';
import { parseListing } from './page/listing.ts';

/** Reads a source address by what it turns out to be: a feed if it can be read as one, else a page that lists stories. */
export async function readSource(page: Pick<Page, 'text' | 'address'>): Promise<Result<Reading>> {
  const feed = await parseFeed(page.text, page.address);
  return feed.ok || !/<(?:html|head|body|div|a)[\s>]/i.test(page.text)
    ? feed
    : parseListing(page.text, page.address);
}
