/** A sitemap's index lists no stories: the sitemaps of news that it names do. */
import type { Item, Reading } from '../../source/item.ts';
import type { Poll } from './context.ts';

/** Sitemaps of one index that are read at each poll. */
const MOST_FOLLOWED = 2;

/** Sitemaps of news where the index names some. */
function followed(offers: readonly string[]): readonly string[] {
  const ofNews = offers.filter((address) => /news/i.test(new URL(address).pathname));
  return (ofNews.length ? ofNews : offers).slice(0, MOST_FOLLOWED);
}

/** The stories of the sitemaps that an index names; one that cannot be read now makes the reading incomplete. */
export async function followIndex(poll: Poll, index: Reading): Promise<Reading> {
  const items = new Map<string, Item>();
  let { isWhole } = index;
  for (const address of followed(index.offers)) {
    const answer = await poll.source.fetcher.read(address, { urgency: 'poll' });
    const page = answer.ok && answer.value.kind === 'page' ? answer.value : undefined;
    const reading = page && (await poll.source.reader.source(page));
    if (reading?.ok) for (const item of reading.value.items) items.set(item.key, item);
    isWhole &&= reading?.ok === true && reading.value.isWhole;
  }
  const listed = [...items.values()].map((item, position) => ({ ...item, position }));
  return { ...index, items: listed, isWhole, offers: [] };
}
