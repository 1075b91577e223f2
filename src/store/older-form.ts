/**
 * What the first release wrote stands in hashes, which keep the order in which readers came and wrote: it is put into the
 * present form, key by key, each in one step, so that a start that is cut short is gone on with by the next one.
 */
import { EDITIONS } from '../news/edition.ts';
import { botKeys, everyKey, RECORD_BLOCK } from './keys.ts';
import type { Store } from './redis.ts';
import { keysLike } from './scan.ts';

/** Puts into the present form what is not in it yet, unless `signal` aborts. */
export async function takeOlderForm(
  { store }: { readonly store: Store },
  signal: AbortSignal,
): Promise<void> {
  const keys = botKeys(store.botId);
  const take = (key: string, firstSlot: number | '') => store.run('take-older-hash', [key], [firstSlot]);
  for (const key of [keys.highest, ...EDITIONS.map((edition) => keys.cursor(edition))]) await take(key, '');
  const finds = keys.find(0).replace(/0$/, '');
  const chats = keys.chat(0).replace(/0$/, '');
  for await (const page of keysLike(store, everyKey(store.botId))) {
    const steps = page.flatMap((key) => {
      if (key.startsWith(finds)) return [take(key, '')];
      return key.startsWith(chats) ? [take(key, Number(key.slice(chats.length)) * RECORD_BLOCK)] : [];
    });
    await Promise.all(steps);
    if (signal.aborted) return;
  }
}
