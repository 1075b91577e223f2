/**
 * All that befalls a bot in its years, as a table: each row strikes, lasts for about `ms` and mends what it broke. A Redis that
 * evicts is none of them: what it has thrown away no bot can know, so this one refuses to start on it.
 */
import { type FaultRule, LATE_MS } from '#sandbox/telegram/faults.ts';
import type { Params } from '#sandbox/telegram/params.ts';
import { type Outage, OUTAGES } from '#sandbox/newsroom/outage.ts';
import { DAY, HOUR, SECOND } from '#src/time.ts';
import type { BotProcess } from '../process.ts';
import type { SoakTown } from './town.ts';

export interface Trouble {
  readonly name: string;
  /** A message on its way to private chats meanwhile may come twice. */
  readonly repeats?: true;
  /** Takes a server of Redis away: with two away at once the third may be one that does not know what they had taken. */
  readonly isAlone?: true;
  strike(town: SoakTown, ms: number): Promise<unknown>;
}

const pick = <T>({ chance }: SoakTown, from: readonly T[]): T =>
  from[Math.floor(chance() * from.length)] as T;

const end =
  (signal: NodeJS.Signals): Trouble['strike'] =>
  (town) =>
    town.end(pick(town, town.bots), signal);

/** Telegram fails by these rules until the time is over. */
const failing =
  (...rules: readonly FaultRule[]): Trouble['strike'] =>
  async ({ telegram, clock }, ms) => {
    const removals = rules.map((rule) => telegram.faults.add(rule));
    await clock.sleep(ms);
    for (const remove of removals) remove();
  };

/** Sending and editing, each at this chance a call. */
const posting = (kind: FaultRule['kind'], probability: number, more: Partial<FaultRule> = {}) =>
  failing(...['sendMessage', 'editMessageText'].map((method) => ({ kind, method, probability, ...more })));

/** Everything that is asked of Telegram. */
const everything = (kind: FaultRule['kind'], more: Partial<FaultRule> = {}) =>
  failing({ kind, ...more }, { kind, method: 'getUpdates', ...more });

/** Redis is told something, and something else when the time is over. */
const redisTold =
  (begin: readonly string[], over?: readonly string[]): Trouble['strike'] =>
  async ({ redis, clock }, ms) => {
    await redis.tell(begin);
    await clock.sleep(ms);
    if (over) await redis.tell(over);
  };

const HOSTILE: readonly Outage[] = ['drip', 'flood', 'bomb', 'maze'];
const BROKEN = OUTAGES.filter((outage) => !HOSTILE.includes(outage));

/** The newsroom fails in one of these ways until the time is over. */
const source =
  (outages: readonly Outage[]): Trouble['strike'] =>
  async (town, ms) => {
    town.newsroom.outage(pick(town, outages));
    await town.clock.sleep(ms);
    town.newsroom.outage('off');
  };

const STEPS: readonly number[] = [20 * SECOND, HOUR, DAY].flatMap((step) => [step, -step]);

const setClock = ({ child }: BotProcess, ahead: number): unknown => child.stdin?.write(`${ahead}\n`);

/** Somebody else has the token; other troubles strike them too. */
const asStranger = ({ telegram }: SoakTown, method: string, params: Params) =>
  telegram.handle(telegram.token, method, params).catch(() => undefined);

/** Accounts of strangers, far from the readers. */
const FIRST_STRANGER = 9_000_001;

async function flood(town: SoakTown, ms: number): Promise<void> {
  const { telegram, clock } = town;
  const ends = clock.ticks() + ms;
  const strangers = Array.from({ length: 20 }, (_, index) =>
    telegram.person({ id: FIRST_STRANGER + index, language: 'en' }),
  );
  const words = ['/help', '/latest', '/search river', '/forget', '/start', 'What is new?'];
  while (clock.ticks() < ends) {
    const stranger = pick(town, strangers);
    stranger.send(pick(town, words));
    if (town.chance() < 0.3) void stranger.inline(`bridge ${town.chance()}`);
    await clock.sleep(40);
  }
}

export const TROUBLES: readonly Trouble[] = [
  { name: 'kill -9', repeats: true, strike: end('SIGKILL') },
  { name: 'SIGTERM', strike: end('SIGTERM') },
  { name: 'SIGHUP', strike: end('SIGHUP') },
  {
    name: 'SIGSTOP',
    repeats: true,
    async strike(town, ms) {
      const { child } = pick(town, town.bots);
      child.kill('SIGSTOP');
      await town.clock.sleep(ms);
      child.kill('SIGCONT');
    },
  },
  {
    name: 'a clock that is set',
    async strike(town, ms) {
      const bot = pick(town, town.bots);
      for (const ahead of [pick(town, STEPS), 0]) {
        setClock(bot, ahead);
        await town.clock.sleep(ms / 2);
      }
    },
  },
  {
    name: 'a master of Redis that dies',
    repeats: true,
    isAlone: true,
    async strike({ redis, clock }, ms) {
      await redis.failOver('');
      await clock.sleep(ms);
      await redis.mend();
    },
  },
  { name: 'a master of Redis that is replaced', isAlone: true, strike: ({ redis }) => redis.replace() },
  {
    name: 'a Redis that is started again',
    repeats: true,
    isAlone: true,
    strike: ({ redis }) => redis.restart(''),
  },
  { name: 'a Redis that hangs', repeats: true, strike: redisTold(['CLIENT', 'PAUSE', '900', 'ALL']) },
  {
    name: 'broken connections to Redis',
    repeats: true,
    strike: redisTold(['CLIENT', 'KILL', 'TYPE', 'normal']),
  },
  { name: 'a Redis without scripts', strike: redisTold(['SCRIPT', 'FLUSH']) },
  {
    name: 'a full Redis',
    repeats: true,
    strike: redisTold(['CONFIG', 'SET', 'maxmemory', '1mb'], ['CONFIG', 'SET', 'maxmemory', '0']),
  },
  {
    name: 'a Redis whose disk is full',
    repeats: true,
    isAlone: true,
    async strike({ redis, clock }, ms) {
      const over = await redis.fillDisk('');
      await clock.sleep(ms);
      over();
      // As a replica, which a hanging master may have become meanwhile, it ends where it cannot write.
      await redis.mend();
    },
  },
  {
    name: 'a Redis without its replica',
    repeats: true,
    strike: redisTold(
      ['CONFIG', 'SET', 'min-replicas-to-write', '5'],
      ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
    ),
  },
  { name: '429 to all', strike: posting('too-many', 0.3, { retryAfter: 2 }) },
  {
    name: 'slow mode',
    async strike(town, ms) {
      const group = pick(town, town.groups);
      group.setSlowMode(10);
      await town.clock.sleep(ms);
      group.setSlowMode(0);
    },
  },
  { name: 'answers that are lost', repeats: true, strike: posting('reset-after', 0.15) },
  { name: '504 for what was done', repeats: true, strike: posting('gateway-timeout', 0.15) },
  { name: 'answers that break off', repeats: true, strike: posting('malformed', 0.15) },
  { name: 'answers that never come', repeats: true, strike: posting('hang-after', 0.03) },
  { name: 'questions that get lost', repeats: true, strike: posting('reset-before', 0.15) },
  {
    name: 'messages that are posted late',
    repeats: true,
    async strike(town, ms) {
      await failing({ kind: 'late', method: 'sendMessage', probability: 0.15 })(town, ms);
      // The last of them arrives.
      await town.clock.sleep(LATE_MS);
    },
  },
  { name: '500', strike: posting('server-error', 0.3) },
  { name: 'a Telegram that answers 502', strike: everything('bad-gateway') },
  { name: 'somebody who answers for Telegram', strike: everything('forbidden') },
  {
    name: 'a Telegram that nobody can connect to',
    repeats: true,
    async strike({ gate, clock }, ms) {
      await gate.shut();
      await clock.sleep(ms);
      await gate.open();
    },
  },
  {
    name: 'a token that is refused for a while',
    strike: everything('refuse', { code: 401, description: 'Unauthorized' }),
  },
  {
    name: 'a Telegram that does not know the bot',
    strike: everything('refuse', { code: 404, description: 'Not Found' }),
  },
  {
    name: 'readers whom Telegram does not find',
    strike: posting('refuse', 0.02, { description: 'Bad Request: chat not found' }),
  },
  {
    name: 'a Telegram that finds nobody',
    strike: posting('refuse', 1, { description: 'Bad Request: chat not found' }),
  },
  {
    name: 'a webhook instead of polling, or polling again',
    async strike(town) {
      town.changeMode();
      for (const bot of town.bots) await town.end(bot, 'SIGTERM');
    },
  },
  {
    name: 'a webhook that nobody answers',
    async strike({ hook, clock }, ms) {
      await hook.shut();
      await clock.sleep(ms);
      await hook.open();
    },
  },
  {
    name: 'a foreign webhook',
    strike: (town) => asStranger(town, 'setWebhook', { url: 'https://elsewhere.example/hook' }),
  },
  {
    name: 'another reader of the updates',
    async strike(town, ms) {
      for (let time = 0; time < 3; time += 1) {
        await asStranger(town, 'getUpdates', { timeout: 0, limit: 1 });
        await town.clock.sleep(ms / 3);
      }
    },
  },
  { name: 'a broken source', strike: source(BROKEN) },
  { name: 'a hostile source', strike: source(HOSTILE) },
  {
    name: 'a right that is taken and given back',
    async strike(town, ms) {
      const channel = pick(town, town.channels);
      const rights = channel === town.channels[0] ? [] : ['can_post_messages'];
      channel.setBotRights([]);
      await town.clock.sleep(ms);
      channel.setBotRights(['can_post_messages', ...rights]);
    },
  },
  { name: 'a flood of strangers', strike: flood },
  {
    name: 'a reader who forgets',
    async strike({ leaving, gone }) {
      const person = leaving.pop();
      if (!person) return;
      person.send('/forget');
      gone.push(person);
    },
  },
];
