/** Telegram's ids of pictures that it has fetched: the same picture is named by its id from then on, in every chat. */
import { createHash } from 'node:crypto';
import { DAY } from '../time.ts';
import type { Shelf } from './shelf.ts';
import { withStamp } from './stamps.ts';

/** As long as a story can be corrected in the places that show it, and somewhat longer. */
const KEPT_MS = 40 * DAY;

const keyOf = ({ store }: Shelf, url: string): string =>
  store.keys.picture(createHash('sha256').update(url).digest('base64url').slice(0, 16));

export async function keepFiles(shelf: Shelf, files: readonly (readonly [string, string])[]): Promise<void> {
  await Promise.all(
    files.map(([url, id]) => {
      const key = keyOf(shelf, url);
      return shelf.store.redis.set(key, withStamp(shelf, key, id), 'PX', KEPT_MS);
    }),
  );
}

/** The members of `urls` that Telegram has, with their ids. What a key stamped that is gone is fetched once more. */
export async function knownFiles(shelf: Shelf, urls: readonly string[]): Promise<[string, string][]> {
  const values = await Promise.all(urls.map((url) => shelf.store.redis.get(keyOf(shelf, url))));
  return urls.flatMap((url, at): [string, string][] => {
    const [stamp = '', id = ''] = (values[at] ?? '').split(' ');
    return shelf.seal.isStamped(keyOf(shelf, url), id, stamp) ? [[url, id]] : [];
  });
}
