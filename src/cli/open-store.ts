/** The store for a command beside the bot: that of a bot that runs, or one that the command starts for itself. */
import { type Config, dataAt } from '../config/config.ts';
import { refuseStranger } from '../config/data-dir.ts';
import { PozirkError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { borrowEmbedded } from '../store/embedded/embedded.ts';
import { openStoreIn } from '../store/open.ts';
import { checkKey, type KeyState, neededProofs } from '../store/proof.ts';
import { type Store, troubleOf } from '../store/redis.ts';
import { checkSchema } from '../store/schema.ts';
import { createSeal } from '../store/seal.ts';
import type { Shelf } from '../store/shelf.ts';

/** The person at a command. */
export interface Terminal {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** A command would report success about nothing beside the bot's own data. Throws `config.invalid` where no bot has stored any. */
export async function refuseUnused(config: Config, store: Store): Promise<void> {
  if ((await neededProofs(store)).some((proof) => proof !== '')) return;
  throw new PozirkError(
    'config.invalid',
    `nothing of this bot is stored in ${dataAt(config)}: does the bot run with another DATA_DIR, REDIS_URL or token? Nothing was changed`,
  );
}

/** Opens the store; it is closed, and what was started for it stopped, with `stack`. */
export async function storeOf(
  config: Config,
  log: Logger,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Store> {
  refuseStranger(config.dataDir);
  return openStoreIn(config, { log, signal }, stack, borrowEmbedded);
}

/** The store with the seal of the configured keys, which are wiped; form and key are those of what is stored. `state`: of the key. */
export async function checkedStore(
  config: Config,
  log: Logger,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Shelf & { readonly state: KeyState }> {
  const store = await storeOf(config, log, stack, signal);
  const seal = sealOf(config);
  try {
    await refuseUnused(config, store);
    await checkSchema({ store });
    return { store, seal, state: await checkKey(store, seal) };
  } catch (error) {
    throw troubleOf(store, error);
  }
}

export function sealOf(config: Config): Shelf['seal'] {
  const current = config.dataKey.reveal();
  const previous = config.previousKey?.reveal();
  const seal = createSeal(current, config.botId, previous);
  current.fill(0);
  previous?.fill(0);
  return seal;
}
