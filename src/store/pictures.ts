/** Telegram's ids of pictures that it has fetched: the same picture is named by its id from then on, in every chat. */
import { createHash } from 'node:crypto';
import { DAY } from '../time.ts';
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';

/** As long as a story can be corrected in the places that show it, and somewhat longer. */
const KEPT_MS = 40 * DAY;

const nameOf = (url: string): string => createHash('sha256').update(url).digest('base64url').slice(0, 16);

export async function keepFiles(store: Store, files: readonly (readonly [string, string])[]): Promise<void> {
  await Promise.all(
    files.map(([url, id]) => store.redis.set(botKeys(store.botId).picture(nameOf(url)), id, 'PX', KEPT_MS)),
  );
}

/** The members of `urls` that Telegram has, with their ids. */
export async function knownFiles(store: Store, urls: readonly string[]): Promise<[string, string][]> {
  const ids = await Promise.all(
    urls.map((url) => store.redis.get(botKeys(store.botId).picture(nameOf(url)))),
  );
  return urls.flatMap((url, at): [string, string][] => {
    const id = ids[at];
    return id ? [[url, id]] : [];
  });
}
