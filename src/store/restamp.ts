/** The stamps of all the news: given once to what a release before them wrote, and anew under a new key. */
import { EDITIONS } from '../news/edition.ts';
import { newsKeys } from './keys.ts';
import { restampLog } from './logs.ts';
import { keysLike } from './scan.ts';
import type { Shelf } from './shelf.ts';
import { restamped, withStamp } from './stamps.ts';

const STRINGS = [newsKeys.stamped, newsKeys.source('*' as never, '*'), newsKeys.health('*' as never)];

/** Stamps what is not under the key that stamps now; answers how much. `isTrusted`: see `restamped`. May be cut short, done by two. */
export async function restampNews(shelf: Shelf, isTrusted: boolean, signal?: AbortSignal): Promise<number> {
  const { store } = shelf;
  let changed = 0;
  for (const edition of EDITIONS) changed += await restampLog(shelf, edition, isTrusted);
  for await (const keys of keysLike(store, newsKeys.story('*'))) {
    if (signal?.aborted) return changed;
    const done = keys.map(async (key) => {
      const json = await store.redis.hget(key, 'json');
      const anew = json === null ? undefined : restamped(shelf, key, json, isTrusted);
      if (anew === undefined) return 0;
      return Number(await store.run('swap-field', [key], ['json', json ?? '', anew]));
    });
    changed += (await Promise.all(done)).reduce((sum, one) => sum + one, 0);
  }
  for (const pattern of STRINGS) {
    for await (const keys of keysLike(store, pattern)) {
      for (const key of keys) changed += await restampString(shelf, key, isTrusted);
    }
  }
  return changed;
}

async function restampString(shelf: Shelf, key: string, isTrusted: boolean): Promise<number> {
  const { redis } = shelf.store;
  const [value, left] = await Promise.all([redis.get(key), redis.pttl(key)]);
  const anew = value === null ? undefined : restamped(shelf, key, value, isTrusted);
  if (value === null || anew === undefined) return 0;
  return Number(await shelf.store.run('swap-value', [key], [value, anew, ...(left > 0 ? [left] : [])]));
}

/** Whose stamps the news has: `nobody's` where a release before stamps wrote it, or it is only begun. */
export async function whoseNews({ store, seal }: Shelf): Promise<'ours' | "nobody's" | "another key's"> {
  const value = await store.redis.get(newsKeys.stamped);
  if (value === null) return "nobody's";
  const [stamp = '', text = ''] = value.split(' ');
  return seal.isStamped(newsKeys.stamped, text, stamp) ? 'ours' : "another key's";
}

/** From here on what has no stamp is nobody's. */
export async function noteStamped(shelf: Shelf): Promise<void> {
  await shelf.store.redis.set(newsKeys.stamped, withStamp(shelf, newsKeys.stamped, 'all'));
}
