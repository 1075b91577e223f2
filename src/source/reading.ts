import type { Result } from '../errors.ts';
import type { Page } from './fetch/fetch.ts';
import type { Reading } from './item.ts';
import { parseListing } from './page/listing.ts';
import { looksLikeFeed, parseFeed } from './feed/parse.ts';

/** Reads a source address by what it turns out to be: a feed of any kind, or a page that lists stories. */
export function readSource(page: Pick<Page, 'text' | 'address'>): Promise<Result<Reading>> {
  return looksLikeFeed(page.text)
    ? parseFeed(page.text, page.address)
    : parseListing(page.text, page.address);
}
