import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import type { Built } from '#src/app/built.ts';
import { createDoorbell } from '#src/app/doorbell.ts';
import { pollOnce } from '#src/app/newsroom.ts';
import { greetTelegram, serveReaders } from '#src/app/readers.ts';
import { watchSchema } from '#src/app/standby.ts';
import { tellTroubles } from '#src/app/tell-troubles.ts';
import { watchStore } from '#src/app/watch.ts';
import { watchTelegram } from '#src/app/watch-telegram.ts';
import { CONDITION_ENDINGS, type ConditionName } from '#src/conditions.ts';
import { Secret } from '#src/config/values.ts';
import { reportAlarms } from '#src/desk/letters/alarms.ts';
import { isPaused } from '#src/desk/pause.ts';
import { readHere } from '#src/source/reading.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { pass, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { createSite, type Site } from '#testing/site.ts';

const OPERATOR = 77;
const WEBHOOK = 'http://127.0.0.1:9/telegram';

interface Play {
  readonly stage: Stage;
  readonly site: Site;
  freeBytes: number;
  /** Ends with a fault where the bot does. */
  readonly running: Promise<unknown>;
  /** Alarms that the operator or `ALARM_URL` heard, in order. */
  readonly heard: string[];
  config(name: string, value: string): Promise<unknown>;
}

let close: () => Promise<void>;
afterEach(() => close());

/** The bot as `app.ts` puts it together, on a clock that is moved; everything is well. `before`: what another one has left. */
async function begin(
  mode: 'polling' | 'webhook' = 'polling',
  before: (stage: Stage) => Promise<void> = async () => undefined,
): Promise<Play> {
  const stage = await openStage({ adminIds: [OPERATOR], redisFlags: ['--appendonly', 'yes'] });
  const { desk: plain, bot, clock } = stage;
  const site = createSite();
  site.publish('en', { headline: 'The first' }, clock.now() - HOUR);
  stage.telegram.person({ id: OPERATOR }).start();
  await stage.settle();
  await before(stage);
  const stop = new AbortController();
  const heard: string[] = [];
  const desk = { ...plain, onAlarm: (words: string) => void heard.push(words) };
  const updates = mode === 'polling' ? { mode } : { mode, url: WEBHOOK, secret: new Secret('w'.repeat(20)) };
  const built: Built = { config: { updates } as Built['config'], desk, bot, doorbell: createDoorbell(desk) };
  const charge = { isOurs: true, serves: true };
  const play = { freeBytes: 1e9 };
  for (const edition of ['be', 'ru'] as const) desk.status.conditions.holds(`source ${edition}`);
  const pollForEver = async () => {
    const source = {
      edition: 'en',
      addresses: [site.listing('en')],
      fetcher: site.fetcher,
      reader: readHere,
      pictures: site.pictures,
      intervalMs: 10 * SECOND,
    } as const;
    while (!stop.signal.aborted) {
      await pollOnce(desk, source);
      await clock.sleep(10 * SECOND, stop.signal);
    }
  };
  const running = Promise.all([
    watchStore(desk, async () => play.freeBytes, stop.signal),
    watchTelegram(desk, stop.signal),
    tellTroubles(desk, charge, stop.signal),
    greetTelegram(built, stop.signal),
    watchSchema(desk, stop.signal),
    serveReaders(built, { read: () => undefined, keep: () => true }, charge, stop.signal),
    pollForEver(),
  ]);
  close = async () => {
    stop.abort();
    let over = false;
    void running.catch(() => undefined).finally(() => (over = true));
    await until(clock, () => over);
    servers.get(stage)?.disconnect();
    await stage.close();
  };
  running.catch(() => undefined);
  await until(clock, () => desk.status.conditions.waiting().length === 0, MINUTE);
  return Object.assign(play, {
    stage,
    site,
    running,
    heard,
    config: (name: string, value: string) => desk.store.redis.config('SET', name, value),
  });
}

const isReady = ({ stage }: Play) => stage.desk.status.conditions.waiting().length === 0;

async function metric({ stage }: Play, name: ConditionName): Promise<string | undefined> {
  const page = await stage.desk.status.page();
  return new RegExp(`pozirk_condition\\{name="${name}"\\} (\\d)`).exec(page)?.[1];
}

interface Trouble {
  readonly condition: ConditionName;
  readonly mode?: 'webhook';
  begin(play: Play): unknown;
  end?(play: Play): unknown;
  /** Words of its alarm, and of its end. */
  readonly says: RegExp;
  readonly ends?: RegExp;
}

/** The operator's own connection. */
const servers = new WeakMap<Stage, Redis>();
async function server(stage: Stage): Promise<Redis> {
  const admin = servers.get(stage) ?? new Redis(stage.redisUrl.replace(/^unix:/, ''));
  servers.set(stage, admin);
  await admin.ping();
  return admin;
}

/** Changes what the bot's user may do. */
async function mayDo({ stage }: Pick<Play, 'stage'>, ...rights: readonly string[]): Promise<void> {
  const admin = await server(stage);
  await admin.call('ACL', 'SETUSER', 'admin', 'on', 'nopass', '~*', '+@all');
  await admin.call('AUTH', 'admin', 'any');
  await admin.call('ACL', 'SETUSER', 'default', ...rights);
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  'Telegram answers 502': {
    condition: 'telegram',
    begin({ stage }) {
      stage.telegram.faults.add({ kind: 'bad-gateway' });
      stage.telegram.faults.add({ kind: 'bad-gateway', method: 'getUpdates' });
    },
    end: ({ stage }) => stage.telegram.faults.clear(),
    says: /Telegram does not answer \(an answer 502/,
  },
  'Redis is full': {
    condition: 'writes',
    begin: (play) => play.config('maxmemory', '1mb'),
    end: (play) => play.config('maxmemory', '0'),
    says: /Redis is full/,
  },
  'Redis takes the rights of its user away': {
    condition: 'redis',
    begin: (play) => mayDo(play, '-@all'),
    end: (play) => mayDo(play, '+@all'),
    says: /Redis does not let this user run/,
  },
  'Redis evicts': {
    condition: 'evicts',
    async begin(play) {
      await play.config('maxmemory-policy', 'allkeys-lru');
      await play.config('maxmemory', '1gb');
    },
    end: (play) => play.config('maxmemory', '0'),
    says: /maxmemory-policy allkeys-lru/,
  },
  'the token is used twice': {
    condition: 'token',
    begin({ stage }) {
      const description = 'Conflict: terminated by other getUpdates request';
      stage.telegram.faults.add({ kind: 'refuse', code: 409, description, method: 'getUpdates', times: 20 });
    },
    says: /read by another process/,
  },
  'the webhook is taken away': {
    condition: 'updates',
    mode: 'webhook',
    begin: ({ stage }) => stage.telegram.handle(stage.telegram.token, 'deleteWebhook', {}),
    says: /webhook was taken away/,
  },
  'what Telegram would bring does not arrive': {
    condition: 'updates',
    mode: 'webhook',
    begin: ({ stage }) => stage.telegram.person({ id: OPERATOR }).send('/health'),
    end: ({ stage }) =>
      stage.telegram.handle(stage.telegram.token, 'setWebhook', { url: WEBHOOK, drop_pending_updates: true }),
    says: /Telegram cannot bring messages to WEBHOOK_URL/,
  },
  'the clock is wrong': {
    condition: 'clock',
    begin: ({ stage }) => stage.clock.set(-MINUTE),
    end: ({ stage }) => stage.clock.set(MINUTE),
    says: /60 s behind Telegram's/,
  },
  'the disk is full': {
    condition: 'disk',
    begin: (play) => (play.freeBytes = 1e6),
    end: (play) => (play.freeBytes = 1e9),
    says: /only 1 MB/,
  },
  'the source cannot be read': {
    condition: 'source en',
    begin: ({ site }) => site.faults.set('/en/news/', 'source.status'),
    end: ({ site }) => site.faults.clear(),
    says: /en: the source cannot be read/,
    ends: /the source can be read again/,
  },
};

describe.each(Object.entries(TROUBLES))('when %s', (_, trouble) => {
  it('the bot is not ready within a minute, shows it, tells a person, and tells the end', async () => {
    const play = await begin(trouble.mode);
    const { clock } = play.stage;
    const { heard } = play;
    const hears = (words: RegExp) => heard.some((line) => words.test(line));
    expect(heard).toEqual([]);
    await trouble.begin(play);
    let unready = false;
    let shown: string | undefined;
    const watch = async () => {
      unready ||= !isReady(play);
      if (shown !== '0') shown = await metric(play, trouble.condition);
      return unready && shown === '0' && hears(trouble.says);
    };
    await until(clock, watch, MINUTE + SECOND);
    await trouble.end?.(play);
    const over = trouble.ends ?? new RegExp(CONDITION_ENDINGS[trouble.condition] ?? '');
    await until(clock, async () => isReady(play) && hears(over), 3 * MINUTE);
    expect(await metric(play, trouble.condition)).toBe('1');
    expect(heard.filter((line) => trouble.says.test(line))).toHaveLength(1);
    // Telegram brings the same words to the operator, if later.
    const operator = play.stage.telegram.person({ id: OPERATOR });
    const told = (words: RegExp) => operator.messages().filter(({ text }) => words.test(text)).length;
    await until(clock, () => told(over) > 0, 6 * MINUTE);
    expect(told(trouble.says)).toBe(1);
  });
});

describe('a Redis that takes what is written, but no scripts', () => {
  it('does not hold for who waits for its turn either', async () => {
    const stage = await openStage();
    const stop = new AbortController();
    await mayDo({ stage }, '-eval', '-evalsha');
    const watching = watchStore(stage.desk, async () => 1e9, stop.signal);
    close = async () => {
      stop.abort();
      await watching;
      servers.get(stage)?.disconnect();
      await stage.close();
    };
    const { conditions } = stage.desk.status;
    const why = expect.stringContaining('Redis does not let this user run eval');
    await until(stage.clock, () => conditions.failing().length > 0);
    expect(conditions.failing()).toEqual([{ name: 'redis', why }]);
  });
});

describe('an alarm of the process before this one', () => {
  it('is over once who serves the readers has seen that, and by no standby before', async () => {
    const stage = await openStage({ adminIds: [OPERATOR] });
    const stop = new AbortController();
    const heard: string[] = [];
    const desk = { ...stage.desk, onAlarm: (words: string) => void heard.push(words) };
    const known = ['disk', 'token', 'foreign', 'memory'] as const;
    await reportAlarms(
      desk,
      'bot',
      known.map((kind) => ({ kind, words: kind })),
    );
    heard.length = 0;
    const charge = { isOurs: true, serves: false };
    const { conditions } = desk.status;
    const running = tellTroubles(desk, charge, stop.signal);
    close = async () => {
      stop.abort();
      await running;
      await stage.close();
    };
    conditions.holds('disk');
    conditions.presume('token');
    await pass(stage.clock, 30 * SECOND);
    expect(heard).toEqual([]);
    charge.serves = true;
    await pass(stage.clock, 30 * SECOND);
    expect(heard).toEqual([CONDITION_ENDINGS['disk']]);
    conditions.fails('memory', 'Redis uses 95 %');
    await pass(stage.clock, 30 * SECOND);
    conditions.holds('token');
    await pass(stage.clock, 2 * SECOND);
    expect(heard.slice(1)).toEqual([CONDITION_ENDINGS['token']]);
  });
});

describe('a Telegram that has the whole bot wait', () => {
  it('of which an earlier version has told is over, says this one once', async () => {
    const words = 'Telegram asks the whole bot to wait';
    const { stage, heard } = await begin('polling', ({ desk }) =>
      reportAlarms(desk, 'telegram', [{ kind: 'flood', words }]),
    );
    const { redis, keys } = stage.desk.store;
    await until(stage.clock, () => heard.length > 0, MINUTE);
    await until(stage.clock, async () => (await redis.exists(keys.alarms('telegram'))) === 0, MINUTE);
    expect(heard).toEqual(['Telegram takes messages again']);
  });

  it('is an alarm where that lasts for minutes, and nobody is kept from anything but speed', async () => {
    const play = await begin();
    const { stage, heard } = play;
    const readers = ['en', 'en', 'en'].map((language) => stage.telegram.person({ language }));
    for (const reader of readers) reader.send('/subscribe en');
    await until(stage.clock, () =>
      readers.every((reader) => reader.messages().some(({ fromBot }) => fromBot)),
    );
    stage.telegram.faults.add({ kind: 'too-many', method: 'sendMessage', retryAfter: 20 });
    play.site.publish('en', { headline: 'A story that waits' }, stage.clock.now());
    await until(stage.clock, () => heard.length > 0);
    expect(heard[0]).toContain('Telegram has had the whole bot wait');
    expect([await metric(play, 'pace'), isReady(play)]).toEqual(['0', true]);
    stage.telegram.faults.clear();
    await until(stage.clock, () => heard.includes(CONDITION_ENDINGS['pace'] ?? ''));
    const hasStory = (reader: (typeof readers)[number]) =>
      reader.messages().some(({ text }) => text.includes('A story that waits'));
    await until(stage.clock, () => readers.every(hasStory));
  });
});

describe('an operator who stops all news', () => {
  it('with an earlier version, which wrote down no moment, has stopped it just now', async () => {
    const play = await begin();
    const { clock, desk } = play.stage;
    const { redis, keys } = desk.store;
    await redis.set(keys.paused, '1');
    await pass(clock, 58 * MINUTE, MINUTE);
    expect([await metric(play, 'paused'), play.heard]).toEqual(['1', []]);
    await until(clock, async () => (await metric(play, 'paused')) === '0', 5 * MINUTE);
  });

  it('and forgets it is reminded after an hour, and told the end', async () => {
    const play = await begin();
    const { stage, heard } = play;
    const operator = stage.telegram.person({ id: OPERATOR });
    const hears = (words: RegExp) => heard.some((line) => words.test(line));
    operator.send('/pause');
    await until(stage.clock, () => isPaused(stage.desk));
    await pass(stage.clock, 58 * MINUTE, MINUTE);
    expect(await metric(play, 'paused')).toBe('1');
    expect(heard).toEqual([]);
    await until(stage.clock, () => hears(/stopped all news over an hour ago/), 5 * MINUTE);
    expect(await metric(play, 'paused')).toBe('0');
    expect(isReady(play)).toBe(true);
    operator.send('/resume');
    await until(stage.clock, () => hears(new RegExp(CONDITION_ENDINGS['paused'] ?? '')), 5 * MINUTE);
    expect(heard).toHaveLength(2);
  });
});

describe('a token that is refused', () => {
  it('for a while is an alarm, and does no harm', async () => {
    const play = await begin();
    play.stage.telegram.faults.add({
      kind: 'refuse',
      code: 404,
      description: 'Not Found',
      method: 'getUpdates',
      times: 8,
    });
    await until(
      play.stage.clock,
      () => play.heard.some((line) => line.includes('refuses the token')),
      MINUTE,
    );
    expect(isReady(play)).toBe(false);
    await until(play.stage.clock, () => isReady(play), HOUR);
  });
});

it('an alarm that its process could not write down is ended by the one that has taken over', async () => {
  const stage = await openStage({ adminIds: [OPERATOR] });
  close = () => stage.close();
  const stop = new AbortController();
  const heard: string[] = [];
  const desk = { ...stage.desk, onAlarm: (words: string) => void heard.push(words) };
  const told = new Map([['redis', { words: 'Redis does not answer', toldAt: stage.clock.now() }]]);
  const before = { ...stage.desk, memory: { ...stage.desk.memory, alarms: new Map([['bot', told]]) } };
  desk.status.conditions.holds('redis');
  const running = Promise.all([
    tellTroubles(before, { isOurs: false, serves: false }, stop.signal),
    tellTroubles(desk, { isOurs: true, serves: true }, stop.signal),
  ]);
  await until(stage.clock, () => heard.length > 0, MINUTE);
  stop.abort();
  await running;
  expect(heard).toEqual([CONDITION_ENDINGS['redis']]);
  expect(before.memory.alarms.size).toBe(0);
});
