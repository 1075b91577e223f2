/** Builds desk and bot from the configuration, starts what runs for ever, and stops it in the reverse order. */
import { join } from 'node:path';
import { createBot } from '../bot/bot.ts';
import { tellOwners } from '../bot/places/tell-owners.ts';
import { takeUpdates } from '../bot/updates.ts';
import type { Config } from '../config/config.ts';
import { type KeyFiles, keepNextKey, readNextKey } from '../config/keys.ts';
import type { Desk } from '../desk/desk.ts';
import { createMemory } from '../desk/memory/memory.ts';
import { type NextKey, watchKey } from '../desk/operator/rotate.ts';
import { createTrace } from '../desk/trace.ts';
import { type HttpServer, startHttp, type Webhook } from '../http.ts';
import { present } from '../present.ts';
import { noSpareInbox, openSpareInbox, spareInboxPath } from '../spare-inbox.ts';
import { openJournal } from '../journal.ts';
import type { Logger } from '../log.ts';
import { openNewsroom } from '../newsroom/current.ts';
import { loadWords } from '../render/locale.ts';
import { createStatus } from '../status.ts';
import { startEmbedded } from '../store/embedded/embedded.ts';
import { botKeys } from '../store/keys.ts';
import { openStoreIn } from '../store/open.ts';
import type { Store } from '../store/redis.ts';
import { isSealing } from '../store/proof.ts';
import { createSeal } from '../store/seal.ts';
import { rememberWait } from '../store/wait.ts';
import { createPace } from '../telegram/pace.ts';
import { createTelegram } from '../telegram/send.ts';
import { corrected } from '../telegram/contact.ts';
import { type Clock, realClock } from '../time.ts';
import type { Built } from './built.ts';
import { readSources } from './newsroom.ts';
import { createDoorbell } from './doorbell.ts';
import { createWebSub, type WebSub } from './websub.ts';
import { refuseDangerous } from './findings.ts';
import { beatHeart, createRinger, type Outside } from './outside.ts';
import { createOperatorCode, type OperatorCode } from './operator-code.ts';
import { greetTelegram, serveReaders } from './readers.ts';
import { takeNews } from './stamp-news.ts';
import { checkData, onceRedisAnswers, watchSchema } from './standby.ts';
import { type SystemdSettings, tellSystemd } from './systemd.ts';
import { type Charge, tellTroubles } from './tell-troubles.ts';
import { tellLive } from './tell-live.ts';
import { freeIn, memoryFor, watchStore } from './watch.ts';
import { watchTelegram } from './watch-telegram.ts';

export interface AppOptions {
  readonly signal: AbortSignal;
  /** Default: the machine's own. */
  readonly clock?: Clock;
  /** systemd's settings for this process; absent: it did not start this process. */
  readonly systemd?: SystemdSettings;
  /** Takes a line for whoever has started it. */
  readonly say?: (line: string) => void;
  /** Writes a new operator into the settings; throws where it cannot. */
  readonly keepOperator?: (chatId: number) => void;
  /** Told the address of the HTTP server once it listens. */
  readonly onListening?: (url: string) => void;
}

/** Runs the bot until `signal` aborts, then stops everything it started. Throws where it cannot start or go on. */
export async function runApp(
  config: Config,
  log: Logger,
  { signal, clock = realClock, systemd, onListening, say, keepOperator = cannotKeep }: AppOptions,
): Promise<void> {
  openNewsroom(config.source.newsroom);
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const stack = new AsyncDisposableStack();
  try {
    const store = await openStoreIn(config, { log, signal: stop }, stack, startEmbedded);
    const outside: Outside = { clock, log, signal: stop };
    const { built, operatorCode, http } = await build(config, store, outside, keepOperator, stack);
    const { desk } = built;
    log.info({ port: http.port, version: desk.status.version }, 'listening');
    onListening?.(http.url);

    const charge: Charge = { isOurs: true, serves: false };
    const nextKey = nextKeyOf(config.keyFiles, desk);
    await Promise.all([
      watchStore(desk, () => freeIn(config.dataDir), stop, clock, memoryFor(config)),
      watchTelegram(desk, stop),
      tellTroubles(desk, charge, stop),
      config.heartbeatUrl && beatHeart(config.heartbeatUrl.reveal(), desk.status.conditions, charge, outside),
      systemd && tellSystemd(systemd, desk.status.conditions, clock, stop),
      watchKey(desk, nextKey, stop),
      whileWell(ending, async () => {
        // Nothing that lasts is written before it is certain that form and key are the right ones.
        await onceRedisAnswers(desk, stop, () => refuseDangerous(desk), 'end');
        await checkData(desk, stop, 'end');
        await Promise.all([
          watchSchema(desk, stop),
          greetTelegram(built, stop),
          say && tellLive(desk, () => (charge.isOurs ? operatorCode.code : undefined), say, stop),
          takeNews(built, stop).then(() =>
            Promise.all([serveReaders(built, nextKey, charge, stop), readSources(built, stop)]),
          ),
        ]);
      }),
    ]);
  } finally {
    ending.abort();
    await stack.disposeAsync();
    log.info('stopped');
  }
}

/** A part that fails for good ends the others too. */
async function whileWell(ending: AbortController, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    ending.abort();
    throw error;
  }
}

/** Desk, bot and everything that hears the outside, on a store that is open. */
async function build(
  config: Config,
  store: Store,
  outside: Outside,
  keepOperator: (chatId: number) => void,
  stack: AsyncDisposableStack,
): Promise<{ built: Built; operatorCode: OperatorCode; http: HttpServer }> {
  const adminIds = [...config.policy.adminIds];
  const operatorCode = createOperatorCode(outside.clock, adminIds, keepOperator);
  const opened = openDesk(config, store, outside, stack);
  const alarmsPath = join(config.dataDir, `alarms-${config.botId}`);
  const spare = store.isOwn ? openSpareInbox(spareInboxPath(config)) : noSpareInbox;
  stack.defer(() => spare.close());
  const desk = {
    ...opened,
    spare,
    policy: { ...config.policy, adminIds },
    admit: operatorCode.take,
    ...(config.alarmUrl && {
      onAlarm: createRinger(config.alarmUrl.reveal(), alarmsPath, { ...outside, clock: opened.clock }),
    }),
  };
  const bot = createBot(desk, { token: config.token.reveal(), apiRoot: config.telegram.apiRoot });
  const websub = openWebSub(config, desk);
  const built: Built = present({ config, desk, bot, doorbell: createDoorbell(desk), websub });
  const http = await openHttp(built);
  stack.defer(() => http.close());
  return { built, operatorCode, http };
}

/** Everything that the verbs of the newsroom need. */
export function openDesk(config: Config, store: Store, outside: Outside, stack: AsyncDisposableStack): Desk {
  const { clock, log } = outside;
  const status = createStatus();
  const pace = createPace(clock, config.sendRate);
  const onWait = (whom: 'chat' | 'all') => {
    status.toldToWait.inc({ whom });
    if (whom === 'chat') return;
    const ms = pace.floodMs;
    log.warn({ ms }, 'Telegram asks the whole bot to wait');
    void rememberWait(store, ms).catch(() => undefined);
  };
  const { apiRoot, proxyUrl } = config.telegram;
  const telegram = createTelegram(
    present({ token: config.token.reveal(), apiRoot, proxyUrl: proxyUrl?.reveal(), clock, pace, onWait }),
  );
  stack.defer(() => telegram.close());
  const desk: Desk = {
    // How old something is, and when it goes, must not be told by a clock that somebody has set.
    clock: corrected(clock, telegram.contact),
    log,
    status,
    store,
    ...openSeals(config, store),
    telegram,
    locales: loadWords(),
    trace: createTrace(store),
    memory: createMemory(),
    policy: config.policy,
    admit: () => undefined,
    onAlarm: () => undefined,
    journal: openJournal(config.journal),
    spare: noSpareInbox,
    onTrouble: (place, why) => tellOwners(desk, place, why),
  };
  return desk;
}

/** The seals of the configured keys, which are wiped: nothing else needs them. */
function openSeals(config: Config, store: Store): Pick<Desk, 'seal' | 'former'> {
  const key = config.dataKey.reveal();
  const previous = config.previousKey?.reveal();
  const seal = createSeal(key, config.botId, previous);
  const { formerBot } = config;
  const former = formerBot && {
    store: { ...store, botId: formerBot, keys: botKeys(formerBot) },
    seal: createSeal(key, formerBot, previous),
  };
  key.fill(0);
  previous?.fill(0);
  return { seal, ...(former ? { former } : {}) };
}

const cannotKeep = (): never => {
  throw new Error('nowhere to write a setting');
};

const nextKeyOf = (files: KeyFiles, desk: Desk): NextKey => ({
  read() {
    const key = readNextKey(files);
    return key && 'reveal' in key ? key.reveal() : undefined;
  },
  keep: () => keepNextKey(files, (key) => isSealing(desk, key)),
});

/** Only where the world can reach this process by an address. */
function openWebSub({ updates }: Config, { clock, log }: Desk): WebSub | undefined {
  if (updates.mode !== 'webhook') return undefined;
  return createWebSub(new URL('/hook/source', updates.url).href, updates.secret.reveal(), clock, log);
}

function webhookOf({ config: { updates }, desk, bot }: Built): Webhook | undefined {
  if (updates.mode !== 'webhook') return undefined;
  return {
    path: new URL(updates.url).pathname,
    secret: updates.secret.reveal(),
    async receive(update) {
      const { hearing } = desk.memory;
      // Only who serves the readers knows what is under way to a chat that is to be forgotten.
      if (!hearing.takes) return false;
      const taken = await takeUpdates(bot, desk, [update as Parameters<typeof takeUpdates>[2][number]]);
      if (taken) hearing.broughtAt = desk.telegram.contact.now;
      return taken;
    },
  };
}

function openHttp(built: Built): Promise<HttpServer> {
  const { config, desk, doorbell, websub } = built;
  const { hookSecret } = config;
  return startHttp(
    present({
      ...config.http,
      waiting: () => desk.status.conditions.waiting(),
      metrics: () => desk.status.page(),
      log: desk.log,
      webhook: webhookOf(built),
      hub: websub && {
        verify: (query) => websub.verify(query),
        async heard(query, signature, body) {
          const edition = await websub.heard(query, signature, body);
          return edition ? doorbell.ring(edition) : 'unsigned';
        },
      },
      bell: hookSecret && { secret: hookSecret.reveal(), ring: () => doorbell.ring() },
    }),
  );
}
