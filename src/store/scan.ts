/** The names of keys, wherever they lie. */
import type { Store } from './redis.ts';

/** Names asked at once: more would hold others up. */
const AT_ONCE = 1000;

/** The keys that match `pattern`, in pages; one that comes or goes meanwhile may be missing, one that stays may come twice. */
export async function* keysLike(store: Store, pattern: string): AsyncGenerator<string[]> {
  for (const server of store.servers()) {
    let cursor = '0';
    do {
      const [next, keys] = await server.scan(cursor, 'MATCH', pattern, 'COUNT', AT_ONCE);
      if (keys.length > 0) yield keys;
      cursor = next;
    } while (cursor !== '0');
  }
}
