/**
 * `npm start` without a token: the bot on a Telegram and a newsroom of our own, as a process of its own that the page can
 * kill. This process holds what outlives it: the page, the invented world, Redis.
 */
import { SANDBOX_TOKEN, startSandbox } from '#sandbox/sandbox.ts';
import type { Config, ConfigOptions, Environment } from '../config/config.ts';
import type { EnvName } from '../config/settings.ts';
import { startHttp } from '../http.ts';
import type { Logger } from '../log.ts';
import { createSeal } from '../store/seal.ts';
import { realClock } from '../time.ts';
import { createMachine } from './machine.ts';
import { troubleOf } from '../store/redis.ts';
import { apartFrom, forgetIntroduction, openTrialStore, refuseOthers, TRIAL_STORE } from './store.ts';

export interface TrialOptions {
  readonly signal: AbortSignal;
  /** Data of an earlier sandbox stay. */
  readonly keep: boolean;
  /** Told the address of the page, and in one line each what was started. */
  readonly say: (line: string) => void;
}

/** Settings of a real bot that the sandbox may have: none leads to its Telegram, newsroom, operators or alarms. */
const MAY_HAVE: ReadonlySet<string> = new Set<EnvName>([
  'DATA_DIR',
  'DATA_KEY',
  'DATA_KEY_FILE',
  'REDIS_URL',
  'REDIS_URL_FILE',
  'SOURCE_ROBOTS',
  'SOURCE_MAX_MB',
  'SOURCE_RECHECK',
  'SOURCE_VALIDATORS',
  'KEEP_DEFAULT',
  'URGENT_MARKS',
  'PAID_BROADCAST',
  'PAID_FLOOR',
  'SEND_RATE',
  'HTTP_HOST',
  'HTTP_PORT',
  'LOG_LEVEL',
]);

export const trialSettings = (env: Environment): Environment => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => MAY_HAVE.has(name))),
  BOT_TOKEN: SANDBOX_TOKEN,
  // A story tried on the page should arrive at once, and this newsroom minds no visits.
  POLL_SCHEDULE: '*/2 * * * * *',
  SOURCE_GAP_MS: '20',
  // However far the time is moved while the bot cannot read it: the counter takes it for news.
  STALE_HOURS: '8760',
});

/** Its data lie apart from a real bot's, under the key that is given, or its own. */
export const TRIAL_CONFIG = {
  ...TRIAL_STORE,
  move: apartFrom,
} as const satisfies ConfigOptions;

/** Runs until `signal` aborts, or an instance fails. Gives the exit code. */
export async function runTrial(
  config: Config,
  env: Environment,
  log: Logger,
  { signal, keep, say }: TrialOptions,
): Promise<number> {
  const stack = new AsyncDisposableStack();
  try {
    const shelf = await openTrialStore(config, log, signal);
    stack.defer(() => shelf.stop());
    const dataKey = config.dataKey.reveal();
    const previous = config.previousKey?.reveal();
    const seal = createSeal(dataKey, config.botId, previous);
    const own: Environment = {
      ...env,
      // During a rotation the bot finds the new one beside it.
      DATA_KEY: (previous ?? dataKey).toString('base64'),
      DATA_KEY_FILE: '',
      REDIS_URL_FILE: '',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
    };
    try {
      await (keep ? refuseOthers(shelf.store) : shelf.clear());
      await forgetIntroduction(shelf.store);
    } catch (error) {
      throw troubleOf(shelf.store, error);
    }
    let ahead = () => 0;
    const machine = createMachine({ shelf, seal, env: own, ahead: () => ahead() });
    stack.defer(() => machine.stop());
    const world = await startSandbox({ machine, log: say });
    ahead = () => world.ahead();
    stack.defer(() => world.stop());
    const http = await startHttp({
      ...config.http,
      waiting: () => (machine.instances().some(({ state }) => state === 'serving') ? [] : ['bot']),
      metrics: () => machine.metrics(),
      log,
      page: world.handle,
    });
    stack.defer(() => http.close());
    say(`Open the sandbox in a browser: ${http.url}`);
    void world.begin();
    return await Promise.race([machine.failed, untilAborted(signal)]);
  } finally {
    await stack.disposeAsync();
  }
}

const untilAborted = async (signal: AbortSignal): Promise<number> => {
  while (!signal.aborted) await realClock.sleep(Number.POSITIVE_INFINITY, signal);
  return 0;
};
