/** Opens the store where the settings say: in a Redis of our own, or in the operator's. */
import type { Logger } from '../log.ts';
import type { startEmbedded } from './embedded/embedded.ts';
import { openStore, type Store } from './redis.ts';

interface StorePlace {
  readonly store:
    | { readonly kind: 'embedded'; readonly folder: string }
    | { readonly kind: 'remote'; readonly url: { reveal(): string } };
  readonly botId: string;
}

/** Closed with `stack`, which then ends a Redis of our own that `serve` starts, or borrows where a bot runs. Throws as `serve` does. */
export async function openStoreIn(
  { store: place, botId }: StorePlace,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
  stack: AsyncDisposableStack,
  serve: typeof startEmbedded,
): Promise<Store> {
  const own = place.kind === 'embedded' ? await serve({ folder: place.folder, log, signal }) : undefined;
  if (own) stack.defer(() => own.stop());
  const url = place.kind === 'remote' ? place.url.reveal() : (own?.url ?? '');
  const store = openStore({ url, botId, log, isOwn: own !== undefined });
  stack.defer(() => store.close());
  return store;
}
