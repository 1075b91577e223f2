/** Builds desk and bot from the configuration, starts what runs for ever, and stops it in the reverse order. */
import type { RequestListener } from 'node:http';
import { createBot, type PozirkBot } from '../bot/bot.ts';
import { introduceBot } from '../bot/profile.ts';
import { tellOwners } from '../bot/places/tell-owners.ts';
import { ALLOWED_UPDATES, handleUpdate, runUpdates } from '../bot/updates.ts';
import type { Config } from '../config/config.ts';
import { alertOperators } from '../desk/intake/alert.ts';
import { watchPlaces } from '../desk/chats/membership.ts';
import { correct } from '../desk/delivery/correct.ts';
import { deliver } from '../desk/delivery/dispatch.ts';
import type { Desk } from '../desk/desk.ts';
import { erase } from '../desk/chats/erase.ts';
import { pollEdition } from '../desk/intake/poll.ts';
import { beginWithKey, type NextKey, rotate, watchKey } from '../desk/operator/rotate.ts';
import { createMemory } from '../desk/memory.ts';
import { createTrace } from '../desk/trace.ts';
import { PozirkError } from '../errors.ts';
import { type HttpServer, startHttp, type Webhook } from '../http.ts';
import { type KeyFiles, keepNextKey, readNextKey } from '../config/keys.ts';
import type { Logger } from '../log.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { loadLocales } from '../render/locale.ts';
import { createFetcher, type Fetcher } from '../source/fetch/fetch.ts';
import { createReadiness, createStatus, type Readiness } from '../status.ts';
import { highestId } from '../store/deliveries.ts';
import { type Embedded, startEmbedded } from '../store/embedded/embedded.ts';
import { rememberWait, rememberedWait } from '../store/wait.ts';
import { holdLease, type Lease, leaseHeld } from '../store/lease.ts';
import { isStoreTrouble, openStore, refusalOf, type Store } from '../store/redis.ts';
import { createSeal, type Seal } from '../store/seal.ts';
import type { Outcome } from '../telegram/outcome.ts';
import { createPace } from '../telegram/pace.ts';
import { patiently } from '../telegram/patient.ts';
import { createTelegram } from '../telegram/send.ts';
import { onSchedule, realClock, scheduleInterval, SECOND } from '../time.ts';

export interface AppOptions {
  /** Aborts when the app is to stop. */
  readonly signal: AbortSignal;
  /** Answers the addresses that the bot itself does not know (the sandbox's page). */
  readonly page?: RequestListener;
  /** Told the address of the HTTP server once it listens. */
  readonly onListening?: (url: string) => void;
}

const clock = realClock;
const CONDITIONS = ['redis', 'telegram', 'updates', ...EDITIONS.map((edition) => `source ${edition}`)];
/** Between tries while Telegram or Redis is away. */
const RETRY_MS = SECOND;
const FOR_EVER = { forMs: Number.POSITIVE_INFINITY } as const;

/**
 * Runs the bot until `signal` aborts, then stops everything it started.
 *
 * @throws PozirkError where it cannot start or go on: the key, the token, the port, the folder.
 */
export async function runApp(
  config: Config,
  log: Logger,
  { signal, page, onListening }: AppOptions,
): Promise<void> {
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const stack = new AsyncDisposableStack();
  try {
    const readiness = createReadiness(CONDITIONS);
    const store = await openShelf(config, log, stack, stop);
    const desk = await openDesk(config, log, store, stack);
    const bot = createBot(desk, { token: config.token.reveal(), apiRoot: config.telegram.apiRoot });
    const http = await openHttp(config, desk, bot, readiness, page);
    stack.defer(() => http.close());
    log.info({ port: http.port }, 'listening');
    onListening?.(http.url);

    await Promise.all([
      watchStore(desk, readiness, stop),
      watchKey(desk, nextKeyOf(config.keyFiles), stop),
      whileWell(async () => {
        // Nothing is written before it is certain that the key is the right one.
        await checkKeyOnce(desk, stop);
        await Promise.all([
          greetTelegram(desk, bot, readiness, stop),
          serveReaders(config, desk, bot, readiness, stop),
          readSources(config, desk, readiness, stop),
        ]);
      }),
    ]);
  } finally {
    ending.abort();
    await stack.disposeAsync();
    log.info('stopped');
  }

  /** What fails for good ends the others too. */
  async function whileWell(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      ending.abort();
      throw error;
    }
  }
}

/** Redis: our own or the operator's; the key is checked as soon as it answers. */
async function openShelf(
  config: Config,
  log: Logger,
  stack: AsyncDisposableStack,
  stop: AbortSignal,
): Promise<Store> {
  let embedded: Embedded | undefined;
  if (config.store.kind === 'embedded') {
    embedded = await startEmbedded({ folder: config.store.folder, log, signal: stop });
    const started = embedded;
    stack.defer(() => started.stop());
  }
  const url = config.store.kind === 'remote' ? config.store.url.reveal() : (embedded?.url ?? '');
  const store = openStore({ url, botId: config.botId, log });
  stack.defer(() => store.close());
  return store;
}

async function openDesk(
  config: Config,
  log: Logger,
  store: Store,
  stack: AsyncDisposableStack,
): Promise<Desk> {
  const status = createStatus();
  const pace = createPace(clock, config.sendRate);
  const telegram = createTelegram({
    token: config.token.reveal(),
    apiRoot: config.telegram.apiRoot,
    ...(config.telegram.proxyUrl ? { proxyUrl: config.telegram.proxyUrl.reveal() } : {}),
    clock,
    pace,
    onFlood: (until) => void rememberWait(store, until, clock.now()).catch(() => undefined),
  });
  stack.defer(() => telegram.close());
  const desk: Desk = {
    clock,
    log,
    status,
    store,
    seal: openSeal(config),
    telegram,
    locales: loadLocales(),
    trace: createTrace(store),
    memory: createMemory(),
    policy: config.policy,
    onTrouble: (place, why) => tellOwners(desk, place, why),
  };
  return desk;
}

/** The seal of the configured keys, which are wiped: nothing else needs them. */
function openSeal(config: Config): Seal {
  const key = config.dataKey.reveal();
  const previous = config.previousKey?.reveal();
  const seal = createSeal(key, config.botId, previous);
  key.fill(0);
  previous?.fill(0);
  return seal;
}

const nextKeyOf = (files: KeyFiles): NextKey => ({
  read() {
    const key = readNextKey(files);
    return key && 'reveal' in key ? key.reveal() : undefined;
  },
  keep: () => keepNextKey(files),
});

async function openHttp(
  config: Config,
  desk: Desk,
  bot: PozirkBot,
  readiness: Readiness,
  page: RequestListener | undefined,
): Promise<HttpServer> {
  const { updates } = config;
  const webhook: Webhook | undefined =
    updates.mode === 'webhook'
      ? {
          path: new URL(updates.url).pathname,
          secret: updates.secret.reveal(),
          receive: (update) => handleUpdate(bot, desk, update as Parameters<typeof handleUpdate>[2]),
        }
      : undefined;
  return startHttp({
    ...config.http,
    readiness,
    metrics: () => desk.status.page(),
    log: desk.log,
    ...(webhook ? { webhook } : {}),
    ...(page ? { page } : {}),
  });
}

/** Keeps `/readyz` true about Redis, and writes the counts down. */
async function watchStore(desk: Desk, readiness: Readiness, stop: AbortSignal): Promise<void> {
  let answered = true;
  while (!stop.aborted) {
    const answers = await desk.store.redis.ping().then(
      () => true,
      () => false,
    );
    readiness.set('redis', answers);
    if (answers !== answered) {
      if (answers) desk.log.info('Redis answers again');
      else desk.log.warn({ err: desk.store.trouble() }, 'Redis does not answer');
      answered = answers;
    }
    if (answers) await desk.trace.flush().catch(() => undefined);
    await desk.clock.sleep(SECOND, stop);
  }
  await desk.trace.flush().catch(() => undefined);
}

/** Asks Telegram who we are, for as long as it takes; then tells it what the bot says about itself. */
async function greetTelegram(
  desk: Desk,
  bot: PozirkBot,
  readiness: Readiness,
  stop: AbortSignal,
): Promise<void> {
  let told = false;
  const ask = async (): Promise<Outcome<PozirkBot['botInfo']>> => {
    const outcome = await desk.telegram.call<PozirkBot['botInfo']>('getMe', {}, undefined, stop);
    const refused = outcome.kind === 'refused' && (outcome.code === 401 || outcome.code === 404);
    if (refused)
      throw new PozirkError('telegram.unauthorized', 'Telegram refuses the token: check BOT_TOKEN');
    if (outcome.kind === 'done') return outcome;
    if (!told) desk.log.warn({ outcome: outcome.kind }, 'Telegram does not answer yet');
    told = true;
    return neverFinal(outcome);
  };
  const outcome = await patiently(desk.clock, ask, { ...FOR_EVER, restMs: RETRY_MS, signal: stop });
  if (outcome.kind !== 'done') return;
  bot.botInfo = outcome.result;
  readiness.set('telegram', true);
  return introduceBot(desk, stop);
}

/** What the start needs is asked for until it is granted: another refusal may be a proxy's, or a name not known yet. */
const neverFinal = <T>(outcome: Outcome<T>): Outcome<T> =>
  outcome.kind === 'refused' ? { kind: 'unreached', detail: outcome.description } : outcome;

/** Delivers, corrects, erases and answers while this process holds the lease; otherwise stands by. */
async function serveReaders(
  config: Config,
  desk: Desk,
  bot: PozirkBot,
  readiness: Readiness,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const lease = await standBy(desk, 'owner', stop, () => readiness.set('updates', true));
    if (!lease) return;
    desk.log.info({ fence: Number(lease.holder) }, 'this process serves the readers now');
    desk.status.lease.set({ name: 'owner' }, 1);
    const work = AbortSignal.any([stop, lease.signal]);
    try {
      // The key may have been changed while this process stood by.
      await checkKeyOnce(desk, work);
      await takeOver(desk);
      await Promise.all([
        deliver(desk, lease, work),
        correct(desk, work),
        watchPlaces(desk, work),
        erase(desk, work),
        rotate(desk, nextKeyOf(config.keyFiles), work),
        readUpdates(config, desk, bot, work, () => readiness.set('updates', true)),
      ]);
    } finally {
      desk.status.lease.set({ name: 'owner' }, 0);
      await lease.release();
    }
  }
}

/** What the last owner knew of Telegram's pace and message ids. */
async function takeOver(desk: Desk): Promise<void> {
  try {
    desk.telegram.pace.waitUntil(await rememberedWait(desk.store));
    desk.telegram.sequence.observe(0, await highestId(desk.store, 'private'));
  } catch (error) {
    if (!isStoreTrouble(error)) throw error;
  }
}

async function readUpdates(
  config: Config,
  desk: Desk,
  bot: PozirkBot,
  signal: AbortSignal,
  onReading: () => void,
): Promise<void> {
  if (config.updates.mode === 'polling') return runUpdates(bot, desk, signal, onReading);
  const { url, secret } = config.updates;
  const params = {
    url,
    secret_token: secret.reveal(),
    allowed_updates: ALLOWED_UPDATES,
    max_connections: 40,
  };
  const set = async () => {
    const outcome = await desk.telegram.call('setWebhook', params, undefined, signal);
    if (outcome.kind === 'done') return outcome;
    const said = outcome.kind === 'refused' ? outcome.description : outcome.kind;
    desk.log.warn({ said }, 'the webhook could not be set yet');
    return neverFinal(outcome);
  };
  const outcome = await patiently(desk.clock, set, { ...FOR_EVER, restMs: RETRY_MS, signal });
  if (outcome.kind === 'done') onReading();
}

/** Polls every edition on schedule while this process holds the newsroom's lease. */
async function readSources(
  config: Config,
  desk: Desk,
  readiness: Readiness,
  stop: AbortSignal,
): Promise<void> {
  const { source } = config;
  const open = EDITIONS.filter((edition) => source.addresses[edition].length > 0);
  for (const edition of EDITIONS) if (!open.includes(edition)) readiness.set(`source ${edition}`, true);
  const everySource = () => open.forEach((edition) => readiness.set(`source ${edition}`, true));
  while (!stop.aborted) {
    const lease = await standBy(desk, 'source', stop, everySource);
    if (!lease) return;
    const work = AbortSignal.any([stop, lease.signal]);
    const fetcher = createFetcher({
      clock: desk.clock,
      gapMs: source.gapMs,
      addresses: open.flatMap((edition) => source.addresses[edition]),
      ...(source.contact === undefined ? {} : { contact: source.contact }),
      ...(source.proxyUrl ? { proxyUrl: source.proxyUrl.reveal() } : {}),
    });
    // Reads that are under way end at once; what they were to bring is read again by the next owner.
    work.addEventListener('abort', () => void fetcher.close(), { once: true });
    await Promise.all(open.map((edition) => keepPolling(config, desk, readiness, fetcher, edition, work)));
    await fetcher.close();
    await lease.release();
  }
}

async function keepPolling(
  config: Config,
  desk: Desk,
  readiness: Readiness,
  fetcher: Fetcher,
  edition: Edition,
  work: AbortSignal,
): Promise<void> {
  const { addresses, schedule } = config.source;
  const intervalMs = scheduleInterval(schedule);
  let polling: Promise<void> | undefined;
  const poll = async () => {
    const ended = desk.status.pollSeconds.startTimer({ edition });
    try {
      const report = await pollEdition(desk, {
        edition,
        addresses: addresses[edition],
        fetcher,
        intervalMs,
      });
      desk.status.polls.inc({ edition, outcome: report.outcome });
      desk.status.stories.inc({ edition }, report.pushed.length);
      desk.status.corrections.inc({ edition, kind: 'correction' }, report.corrected.length);
      desk.status.corrections.inc({ edition, kind: 'withdrawal' }, report.withdrawn.length);
      await alertOperators(desk, edition, report.alarms, report.ended);
      if (report.outcome !== 'failed') desk.status.lastPoll.set({ edition }, desk.clock.now());
    } catch (error) {
      desk.status.polls.inc({ edition, outcome: 'error' });
      if (isStoreTrouble(error)) desk.log.warn({ edition, err: error }, 'a poll was given up: Redis is away');
      else desk.log.error({ edition, err: error }, 'a poll failed');
    } finally {
      ended();
      readiness.set(`source ${edition}`, true);
    }
  };
  const once = () => (polling ??= poll().finally(() => (polling = undefined)));
  onSchedule(schedule, once, work);
  await once();
  await new Promise<void>((resolve) => {
    if (work.aborted) resolve();
    else work.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([polling, desk.clock.sleep(5 * SECOND)]);
}

/** Waits for the lease; `onStandby` is called where another process holds it. */
async function standBy(
  desk: Desk,
  name: 'owner' | 'source',
  stop: AbortSignal,
  onStandby: () => void,
): Promise<Lease | undefined> {
  const won = new AbortController();
  const watch = (async () => {
    while (!won.signal.aborted && !stop.aborted) {
      await desk.clock.sleep(SECOND, AbortSignal.any([won.signal, stop]));
      if (!won.signal.aborted && (await leaseHeld(desk.store, name).catch(() => false))) onStandby();
    }
  })();
  try {
    return await holdLease(desk.store, name, desk.clock, stop);
  } finally {
    won.abort();
    await watch;
  }
}

/** Refuses to go on with a key that does not open what is stored. */
async function checkKeyOnce(desk: Desk, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      return await beginWithKey(desk);
    } catch (error) {
      const refusal = refusalOf(desk.store, error);
      if (refusal ?? !isStoreTrouble(error)) throw refusal ?? error;
      await desk.clock.sleep(RETRY_MS, stop);
    }
  }
}
