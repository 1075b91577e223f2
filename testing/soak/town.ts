/** A newsroom, its readers and places, and a bot of two processes under Sentinels: what a soak troubles, and what it judges. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatClient, Person } from '#sandbox/telegram/telegram.ts';
import { openStore } from '#src/store/redis.ts';
import { countQueues } from '#src/store/subscribers.ts';
import type { Clock } from '#src/time.ts';
import type { Told } from '../oracle.ts';
import { type BotProcess, eventually, openTown, startBot } from '../process.ts';
import { silentLogger } from '../log.ts';
import { type Gate, openGate, openWebhookGate } from '../gate.ts';
import { type SentinelGroup, startSentinels } from '../redis-groups.ts';
import { chances, randomStory } from '../texts.ts';
import { clockSince } from './clock.ts';

export interface SoakTown {
  readonly telegram: Awaited<ReturnType<typeof openTown>>['telegram'];
  /** The way by which the bot reaches Telegram, and that by which Telegram reaches the process that serves. */
  readonly gate: Gate;
  readonly hook: Gate;
  readonly newsroom: Awaited<ReturnType<typeof openTown>>['newsroom'];
  readonly redis: SentinelGroup;
  readonly clock: Clock;
  /** Numbers from 0 to 1 that follow from the seed. */
  readonly chance: () => number;
  readonly bots: readonly BotProcess[];
  readonly readers: readonly Person[];
  readonly channels: readonly ChatClient[];
  readonly groups: readonly ChatClient[];
  /** People whose next word is `/forget`; whoever said it stands in `gone`. */
  readonly leaving: Person[];
  readonly gone: Person[];
  readonly told: Told[];
  /** Words of processes that ended although nobody ended them. */
  readonly fallen: string[];
  publish(): void;
  /** Corrects or withdraws one of the latest stories that was not changed yet. */
  revise(): void;
  /** Processes that start from now on have their updates brought, or read them again where they had them brought. */
  changeMode(): void;
  /** Kills a process; it is started again as a service manager would. */
  end(bot: BotProcess, signal: NodeJS.Signals): Promise<void>;
  close(): Promise<void>;
}

export const MARK = /№\d+:/g;
const READERS = 60;
const LEAVING = 12;
const CHANNELS = 8;
const GROUPS = 4;
/** Rights that Telegram's app switches on together; every other channel gives one alone. */
const USUAL = ['can_post_messages', 'can_edit_messages', 'can_delete_messages'];
/** A service manager waits for so long before it starts a process again, ms. */
const REST_MS = 1000;
/** A busy machine starts two processes, and answers everybody, within, ms. */
const MOST_START_MS = 180_000;
/** Stories that still stand on the first page of the newsroom's list. */
const LISTED = 12;

export async function openSoakTown({
  seed,
  faster,
  logs,
}: {
  readonly seed: number;
  readonly faster: number;
  readonly logs: string | undefined;
}): Promise<SoakTown> {
  const epoch = Date.now();
  const clock = clockSince(epoch, faster);
  const chance = chances(seed);
  const redis = await startSentinels({ password: 'a-long-password', replicas: 2, logs });
  const town = await openTown({ clock, seed, limits: true, latency: [20, 120] });
  const { telegram, newsroom } = town;
  const gate = await openGate(telegram.url);
  const bots: BotProcess[] = [];
  const hook = await openWebhookGate(() => bots.filter(isUp).flatMap((bot) => bot.url() ?? []));
  const webhook = {
    MODE: 'webhook',
    WEBHOOK_URL: `${hook.url}/telegram`,
    WEBHOOK_SECRET: 'a-secret-of-twenty-and-more-letters',
  };
  const env = {
    ...town.env,
    TELEGRAM_API_ROOT: gate.url,
    SOURCE_BE: 'off',
    SOURCE_RU: 'off',
    REDIS_URL: redis.url,
    DATA_KEY: Buffer.alloc(32, 6).toString('base64'),
    KEEP_DEFAULT: 'off',
    EPOCH: String(epoch),
    FASTER: String(faster),
  };
  let isBrought = false;
  const doomed = new Set<BotProcess>();
  const fallen: string[] = [];
  let isClosing = false;

  async function keepUp(slot: number): Promise<void> {
    while (!isClosing) {
      const bot = startBot({ ...env, ...(isBrought && webhook) }, [], ['testing/soak/bot.ts']);
      bots[slot] = bot;
      const code = await bot.ended;
      if (logs) writeFileSync(join(logs, `${slot}-${Date.now()}.log`), bot.output());
      if (!doomed.has(bot)) fallen.push(`${code ?? bot.child.signalCode}: ${bot.output().slice(-500)}`);
      await clock.sleep(REST_MS);
    }
  }

  const running = Promise.all([keepUp(0), keepUp(1)]);
  await Promise.all(bots.map((bot) => bot.ready(MOST_START_MS)));
  const crowd = await settleIn(telegram, redis.url);
  const told: Told[] = [];
  const ids = new Map<Told, number>();
  const change = (one: Told, next: Partial<Told>) => {
    told[told.indexOf(one)] = { ...one, ...next };
  };

  const soakTown: SoakTown = {
    telegram,
    gate,
    hook,
    newsroom,
    redis,
    clock,
    chance,
    bots,
    ...crowd,
    gone: [],
    told,
    fallen,
    publish() {
      const { headline, lead, body } = randomStory(seed * 100_000 + told.length);
      const mark = `№${told.length + 1}:`;
      const one = { mark, headline: `${mark} ${headline}`, withdrawn: false };
      const text = body.map((block) => ('text' in block ? block.text : '')).join('\n');
      const { en } = newsroom.publish({
        en: { headline: one.headline, lead, body: text, rubric: 'Society' },
      });
      ids.set(one, Number(en));
      told.push(one);
    },
    revise() {
      const open = told.slice(-LISTED).filter((one) => ids.has(one));
      const one = open[Math.floor(chance() * open.length)];
      const id = one && ids.get(one);
      if (!one || id === undefined) return;
      ids.delete(one);
      if (chance() < 0.15) {
        newsroom.withdraw(id);
        return change(one, { withdrawn: true });
      }
      const headline = `${one.headline} after all`;
      newsroom.correct(id, { headline });
      change(one, { headline });
    },
    changeMode() {
      isBrought = !isBrought;
    },
    async end(bot, signal) {
      doomed.add(bot);
      await bot.end(signal);
    },
    async close() {
      isClosing = true;
      for (const bot of bots) doomed.add(bot);
      await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
      await running;
      await Promise.all([gate.shut(), hook.shut(), town.close(), redis.stop()]);
    },
  };
  // The first reading of a list sends one story of it: nothing else may stand there then, and no trouble begin before.
  soakTown.publish();
  const { readers, leaving, channels, groups } = crowd;
  const hasNews = (chat: Person | ChatClient) => chat.messages().some(({ text }) => text.includes('№1:'));
  await eventually(() => [...readers, ...leaving, ...channels, ...groups].every(hasNews), MOST_START_MS);
  return soakTown;
}

const isUp = ({ child }: BotProcess): boolean => child.exitCode === null && child.signalCode === null;

async function settleIn(telegram: SoakTown['telegram'], redisUrl: string) {
  const join = (count: number) => Array.from({ length: count }, () => telegram.person({ language: 'en' }));
  const [readers, leaving, [owner]] = [join(READERS), join(LEAVING), join(1)];
  if (!owner) throw new Error('an owner');
  owner.start();
  const channels = Array.from({ length: CHANNELS }, (_, index) => {
    const channel = telegram.channel({ owner });
    channel.addBot(index % 2 === 0 ? USUAL : USUAL.slice(0, 1), owner);
    return channel;
  });
  const groups = Array.from({ length: GROUPS }, (_, index) => {
    const group = index % 2 === 0 ? telegram.group({ owner }) : telegram.supergroup({ owner });
    group.addBot(undefined, owner);
    return group;
  });
  for (const person of [...readers, ...leaving]) person.send('/subscribe en');
  for (const channel of channels) channel.post(owner, '/subscribe en');
  for (const group of groups) group.say(owner, '/subscribe en');
  // A command in a channel has no answer there: only Redis knows that it is obeyed.
  const store = openStore({ url: redisUrl, botId: telegram.token.split(':')[0] ?? '', log: silentLogger });
  await eventually(
    async () => (await countQueues(store)).en.waiting === READERS + LEAVING + CHANNELS + GROUPS,
    MOST_START_MS,
  );
  await store.close();
  return { readers, leaving, channels, groups };
}
