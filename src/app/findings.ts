/**
 * A check of everything that the bot stands on: Redis, the machine, Telegram, operators, places, sources. Each finding that
 * is not well says what to do. Counts only, never a chat.
 */
import { readFile } from 'node:fs/promises';
import { type Config, dataAt } from '../config/config.ts';
import { isThere, mayPost } from '../desk/chats/permission.ts';
import type { Desk } from '../desk/desk.ts';
import { faultMeaning, PozirkError } from '../errors.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { createThreads } from '../source/threads.ts';
import { placeSlots } from '../store/places.ts';
import { hasKeys, neededProofs } from '../store/proof.ts';
import { checkSchema } from '../store/schema.ts';
import { askServers, isOpenToAll, judgeServers, type ServerFacts, versionOf } from '../store/server.ts';
import { loadSlots } from '../store/subscribers.ts';
import { HOUR, SECOND } from '../time.ts';
import { openFetcher } from './newsroom.ts';
import { diskFault, freeIn, megabytes, memoryFor } from './watch.ts';
import { clockFault, silenceOfTelegram } from './watch-telegram.ts';
import { undelivered, type WebhookInfo } from './watch-updates.ts';

export interface Finding {
  readonly isWell: boolean;
  /** One line: what is there; or what is wrong, and what to do. */
  readonly words: string;
}

const well = (words: string): Finding => ({ isWell: true, words });
const wrong = (words: string): Finding => ({ isWell: false, words });
const either = (fault: string | undefined, otherwise: string): Finding =>
  fault === undefined ? well(otherwise) : wrong(fault);

/** Refuses a Redis that would lose readers or cannot do what is needed. Throws `store.refused`. */
export async function refuseDangerous(desk: Desk): Promise<void> {
  const { version, evicts } = judgeServers((await askServers(desk.store)).facts);
  const danger = version ?? evicts;
  if (danger !== undefined) throw new PozirkError('store.refused', danger);
}

export async function examineStore(desk: Desk, config: Config): Promise<Finding[]> {
  const { dataDir, store } = config;
  const { facts } = await askServers(desk.store);
  const faults = [
    ...Object.values(judgeServers(facts, memoryFor(config))),
    replicaFault(facts),
    await overcommitFault(facts),
    (await isOpenToAll(desk.store)) ? OPEN : undefined,
    await formFault(desk),
  ];
  const isMaster = facts.every((one) => one.get('role') !== 'slave');
  const name = `${[...new Set(facts.map(versionOf))].join(', ')}${store.kind === 'embedded' ? ', the bot’s own' : ''}`;
  const free = await freeIn(dataDir);
  return [
    well(name),
    ...faults.filter((fault) => fault !== undefined).map(wrong),
    either(
      isMaster ? undefined : 'Redis is a replica: REDIS_URL must lead to the master',
      'it is the master',
    ),
    await examineKey(desk, dataAt(config)),
    either(diskFault(free), `${megabytes(free)} are free where DATA_DIR is`),
  ];
}

/** Data on which no bot starts: those of a newer release, or half of a restore. */
async function formFault(desk: Desk): Promise<string | undefined> {
  try {
    await checkSchema(desk);
    return undefined;
  } catch (error) {
    if (error instanceof PozirkError) return error.message;
    throw error;
  }
}

/** A password that only the bot gives protects nobody. */
const OPEN =
  'Redis asks others for no password, whatever REDIS_URL has: set requirepass, or switch its user default off, or whoever reaches it can delete readers and write as the newsroom';

/** A master may lose its replicas for a moment; what it takes until they follow again dies with it. */
export function replicaFault(facts: readonly ServerFacts[]): string | undefined {
  const goesOn = (one: ServerFacts) =>
    Number(one.get('connected_slaves') ?? 0) > 0 && !one.has('min_slaves_good_slaves');
  if (!facts.some(goesOn)) return undefined;
  return 'a master without its replicas goes on, and what it takes then is lost if it dies: give it two, and set min-replicas-to-write 1 on all of them';
}

/** A rewrite of Redis' file forks; where the kernel promises only memory that is there, that fails with half of it used. */
async function overcommitFault(facts: readonly ServerFacts[]): Promise<string | undefined> {
  // A Redis on another machine does not tell.
  const isHere = facts.some((one) => one.get('os')?.startsWith('Linux')) && process.platform === 'linux';
  const setting = await readFile('/proc/sys/vm/overcommit_memory', 'utf8').catch(() => '1');
  if (!isHere || setting.trim() === '1') return undefined;
  return 'where Redis runs here, it may not be able to rewrite its file: sysctl vm.overcommit_memory=1, and the same line in /etc/sysctl.d';
}

async function examineKey({ store, seal }: Desk, where: string): Promise<Finding> {
  const needed = (await neededProofs(store)).filter((proof) => proof !== '');
  if (needed.length === 0)
    return well(
      `nothing of this bot is stored in ${where} yet: right before its first start; later it runs with another DATA_DIR, REDIS_URL or token`,
    );
  return either(
    hasKeys(seal, needed) ? undefined : 'DATA_KEY does not open what is stored: put the right one back',
    `DATA_KEY opens what is stored in ${where}`,
  );
}

/** Token, clock and the way of updates; where Telegram does not answer only that. */
export async function examineTelegram(desk: Desk, { updates }: Config): Promise<Finding[]> {
  const me = await desk.telegram.call<{ username?: string }>('getMe', {});
  if (me.kind === 'refused' || (me.kind === 'unreached' && me.deaf))
    return [wrong('Telegram refuses the token: check BOT_TOKEN in @BotFather')];
  if (me.kind !== 'done') return [wrong(silenceOfTelegram(desk.telegram.contact.failing?.why))];
  const info = await desk.telegram.call<WebhookInfo>('getWebhookInfo', {});
  return [
    well(`the token is that of @${me.result.username ?? '?'}`),
    either(clockFault(desk), 'the clock agrees with Telegram’s'),
    ...(info.kind === 'done' ? [examineUpdates(desk, updates, info.result)] : []),
  ];
}

/** An update that Telegram could not bring within this time, and brought later, is no trouble any more. */
const LATELY_MS = HOUR;

function examineUpdates({ telegram }: Desk, updates: Config['updates'], info: WebhookInfo): Finding {
  if (updates.mode === 'polling')
    return either(
      info.url
        ? 'a webhook is set for this token; the bot takes it away when it starts (MODE=polling)'
        : undefined,
      'messages are fetched from Telegram',
    );
  if (info.url !== updates.url)
    return wrong('the webhook is not the one of WEBHOOK_URL yet; the bot sets it when it starts');
  return either(undelivered(info, telegram.contact.now - LATELY_MS), 'the webhook is set');
}

/** Calls to Telegram about places at once: they cost no turn, but are answered only so fast. */
const AT_ONCE = 10;

/** Operators who cannot be reached, and places where the bot may not post. */
export async function examineChats(
  desk: Desk,
  { alarmUrl }: Pick<Config, 'alarmUrl'>,
  most = Number.POSITIVE_INFINITY,
): Promise<Finding[]> {
  const operators = await countOf(desk.policy.adminIds, async (id) => {
    const there = await isThere(desk, { id, kind: id > 0 ? 'person' : 'group' });
    return there === true;
  });
  const slots = await placeSlots(desk.store);
  const places = (await loadSlots(desk, slots.slice(0, most))).filter((place) => place?.state === 'active');
  const open = await countOf(places, async (place) => place && (await mayPost(desk, place.chat)) !== false);
  const silent = desk.policy.adminIds.length - operators;
  const closed = places.length - open;
  return [
    desk.policy.adminIds.length === 0 && !alarmUrl
      ? wrong('nobody hears of a trouble: put your chat id into ADMIN_IDS, or set ALARM_URL')
      : either(silent === 0 ? undefined : unreachable(silent, desk), 'every operator can be reached'),
    either(
      closed === 0
        ? undefined
        : `in ${closed} of ${places.length} channels and groups the bot may not post: their owners have been told`,
      'the bot may post in every channel and group that it serves',
    ),
  ];
}

const unreachable = (silent: number, { policy }: Desk): string =>
  `${silent} of ${policy.adminIds.length} operators of ADMIN_IDS cannot be reached: each must press Start in the bot`;

async function countOf<T>(all: readonly T[], holds: (one: T) => Promise<unknown>): Promise<number> {
  let count = 0;
  for (let index = 0; index < all.length; index += AT_ONCE) {
    const some = await Promise.all(all.slice(index, index + AT_ONCE).map(holds));
    count += some.filter(Boolean).length;
  }
  return count;
}

export async function examineSources(desk: Desk, { source }: Config): Promise<Finding[]> {
  const fetcher = openFetcher(desk, source);
  const reader = createThreads();
  const look = async (edition: Edition, address: string): Promise<Finding> => {
    const page = await fetcher.read(address, { withinMs: 20 * SECOND });
    if (!page.ok) return unread(edition, faultMeaning(page.fault.code));
    if (page.value.kind !== 'page') return well(`${edition}: nothing new`);
    const reading = await reader.source(page.value);
    if (!reading.ok) return unread(edition, faultMeaning(reading.fault.code));
    const count = reading.value.items.length;
    return count > 0 ? well(`${edition}: ${count} stories listed`) : unread(edition, 'it lists nothing');
  };
  const looks = EDITIONS.flatMap((edition) =>
    source.addresses[edition].map((address) => look(edition, address)),
  );
  const findings = await Promise.all(looks);
  await Promise.all([fetcher.close(), reader.close()]);
  return findings;
}

const unread = (edition: Edition, why: string): Finding =>
  wrong(`${edition}: the source cannot be read, ${why}: npm start -- source says more`);

/** A start does not ask about more places than this: their life is watched anyway. */
const MOST_AT_START = 200;

/** The checks of the doctor at a start, but of the sources, which are polled anyway: logged where something is wrong. */
export async function tellFindings(desk: Desk, config: Config): Promise<void> {
  const checks = [
    () => examineStore(desk, config),
    () => examineTelegram(desk, config),
    () => examineChats(desk, config, MOST_AT_START),
  ];
  for (const check of checks) {
    try {
      for (const { isWell, words } of await check())
        if (!isWell) desk.log.warn({ detail: words }, 'the check at the start found something');
    } catch (err) {
      desk.log.warn({ err }, 'a check at the start could not be made');
    }
  }
}
