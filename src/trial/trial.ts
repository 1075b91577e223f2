/**
 * `npm start` without a token: the bot on a Telegram and a newsroom of our own, as a process of its own that the page can
 * kill. This process holds what outlives it: the page, the invented world, Redis.
 */
import { startSandbox } from '#sandbox/sandbox.ts';
import type { Config, Environment } from '../config/config.ts';
import { startHttp } from '../http.ts';
import type { Logger } from '../log.ts';
import { createSeal } from '../store/seal.ts';
import { realClock } from '../time.ts';
import { createMachine } from './machine.ts';
import { forgetIntroduction, openTrialStore } from './store.ts';

/** The local Telegram's first bot: the sandbox has no other. */
export { SANDBOX_TOKEN } from '#sandbox/sandbox.ts';
export { apartFrom } from './store.ts';

export interface TrialOptions {
  readonly signal: AbortSignal;
  /** What an earlier sandbox stored stays. */
  readonly keep: boolean;
  /** Told the address of the page, and in one line each what was started. */
  readonly say: (line: string) => void;
}

/** Settings that lead to the real Telegram and the real newsroom have no effect here. */
export const trialSettings = (env: Environment): Environment => ({
  ...env,
  TELEGRAM_API_ROOT: '',
  ADMIN_IDS: '',
  NEWSROOM: '',
  SOURCE_BE: '',
  SOURCE_RU: '',
  SOURCE_EN: '',
  // A story tried on the page should arrive at once, and this newsroom minds no visits.
  POLL_SCHEDULE: env['POLL_SCHEDULE'] || '*/2 * * * * *',
  SOURCE_GAP_MS: env['SOURCE_GAP_MS'] || '20',
  MODE: 'polling',
  LINK_HOST: '',
  OFFICIAL_LINK: '',
  PROXY_URL: '',
  SOURCE_PROXY_URL: '',
});

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
    const seal = createSeal(dataKey, config.botId);
    const own: Environment = {
      ...env,
      DATA_KEY: dataKey.toString('base64'),
      DATA_KEY_FILE: '',
      REDIS_URL_FILE: '',
      BOT_TOKEN_FILE: '',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
    };
    if (!keep && !(await shelf.clear()))
      say('This database of Redis holds what is not the sandbox’s: nothing in it was cleared');
    await forgetIntroduction(shelf.store);
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
