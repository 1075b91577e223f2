/** The store for a command beside the bot: that of a bot that runs, or one that the command starts for itself. */
import type { Config } from '../config/config.ts';
import { PozirkError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { borrowEmbedded } from '../store/embedded/embedded.ts';
import { checkKey } from '../store/proof.ts';
import { isStoreTrouble, openStore, refusalOf, type Store } from '../store/redis.ts';
import { checkSchema } from '../store/schema.ts';
import { createSeal } from '../store/seal.ts';
import type { Shelf } from '../store/subscribers.ts';

/** Opens the store; it is closed, and what was started for it stopped, with `stack`. */
export async function storeOf(
  config: Config,
  log: Logger,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Store> {
  const store = openStore({ url: await storeUrl(config, log, stack, signal), botId: config.botId, log });
  stack.defer(() => store.close());
  return store;
}

/** The store with the seal of the configured keys, which are wiped; form and key are those of what is stored. */
export async function checkedStore(
  config: Config,
  log: Logger,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Shelf> {
  const store = await storeOf(config, log, stack, signal);
  const seal = sealOf(config);
  try {
    await checkSchema({ store });
    await checkKey(store, seal);
  } catch (error) {
    throw troubleOf(store, error);
  }
  return { store, seal };
}

export function sealOf(config: Config): Shelf['seal'] {
  const current = config.dataKey.reveal();
  const previous = config.previousKey?.reveal();
  const seal = createSeal(current, config.botId, previous);
  current.fill(0);
  previous?.fill(0);
  return seal;
}

/** An error of the store, for the terminal. */
export function troubleOf(store: Store, error: unknown): unknown {
  const refusal = refusalOf(store, error);
  if (refusal || !isStoreTrouble(error)) return refusal ?? error;
  return new PozirkError('store.unreachable', 'REDIS_URL: Redis does not answer; nothing was changed');
}

async function storeUrl(
  { store }: Config,
  log: Logger,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<string> {
  if (store.kind === 'remote') return store.url.reveal();
  const own = await borrowEmbedded({ folder: store.folder, log, signal });
  stack.defer(() => own.stop());
  return own.url;
}
