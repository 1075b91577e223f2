import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { readConfig, ENV_SETTINGS } from '#src/config/config.ts';
import { hashOf, linkKey } from '#src/source/links.ts';
import { addAliases, getRecords, saveOrigin } from '#src/store/stories.ts';
import { nextDigestOf, storyFacts } from '#src/trial/facts.ts';
import { createFleet } from '#src/trial/fleet.ts';
import { createMachine } from '#src/trial/machine.ts';
import { apartFrom, openTrialStore, refuseOthers } from '#src/trial/store.ts';
import { TRIAL_CONFIG, trialSettings } from '#src/trial/trial.ts';
import { openStage, publish } from '#testing/desk.ts';
import { silentLogger } from '#testing/log.ts';
import { startRedis } from '#testing/redis.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-trial-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filed = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  return path;
};

const KEY = Buffer.alloc(32, 1).toString('base64');

function configOf(env: Readonly<Record<string, string>>) {
  const result = readConfig(trialSettings({ DATA_DIR: join(folder, 'data'), ...env }), TRIAL_CONFIG);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.config;
}

it('the sandbox stays out of the bot’s database, in whatever form its address is given', () => {
  const apart = (url: string) => apartFrom({ REDIS_URL: url })['REDIS_URL'];
  expect(
    [
      'redis://db',
      'redis://db/15',
      'rediss://u:p?q@db:6380/015?family=6',
      'redis://db?db=15',
      'unix:/run/r.sock',
      '/run/r.sock?db=15',
      '/run/r.sock?password=p&db=15',
      'redis-sentinel://:p@a,b,c/15#news',
      'redis-cluster://a,b,c',
    ].map(apart),
  ).toEqual([
    'redis://db/15',
    'redis://db/14',
    'rediss://u:p?q@db:6380/14?family=6',
    'redis://db/14?db=15',
    'unix:/run/r.sock?db=15',
    '/run/r.sock?db=14',
    '/run/r.sock?password=p&db=14',
    'redis-sentinel://:p@a,b,c/14#news',
    '',
  ]);
});

it('an address in a file is moved to the database of the sandbox too, and a token in a file stands in no way', () => {
  const { store, botId, dataKey } = configOf({
    BOT_TOKEN_FILE: filed('token', `123456:${'Ab-_9'.repeat(7)}`),
    REDIS_URL_FILE: filed('redis', 'redis://:p@db'),
    DATA_KEY_FILE: filed('key', KEY),
  });
  expect(store).toMatchObject({ kind: 'remote' });
  if (store.kind === 'remote') expect(store.url.reveal()).toBe('redis://:p@db/15');
  expect(botId).not.toBe('123456');
  expect(dataKey.reveal().toString('base64')).toBe(KEY);
});

it('nothing that leads out of the sandbox gets in', () => {
  const given = Object.fromEntries(Object.keys(ENV_SETTINGS).map((name) => [name, 'given']));
  const own = Object.keys(trialSettings(given));
  for (const name of [
    'ALARM_URL',
    'HEARTBEAT_URL',
    'FORMER_BOT',
    'ADMIN_IDS',
    'TELEGRAM_API_ROOT',
    'PROXY_URL',
    'SOURCE_PROXY_URL',
    'SOURCE_BE',
    'NEWSROOM',
    'WEBHOOK_URL',
    'HOOK_SECRET',
    'SECRETS_FILE',
    'BOT_TOKEN_FILE',
  ])
    expect(own).not.toContain(name);
  expect(trialSettings(given)['BOT_TOKEN']).not.toBe('given');
});

it('what the page’s counter takes for due is due to the bot, and at once, whatever a real one is set to', () => {
  const { source, policy } = configOf({
    PAID: 'skip',
    POLL_SCHEDULE: '0 * * * *',
    SOURCE_GAP_MS: '60000',
    STALE_HOURS: '1',
  });
  expect(source).toMatchObject({ schedule: '*/2 * * * * *', gapMs: 20 });
  expect(policy).toMatchObject({ paid: 'mark', staleMs: 365 * 86_400_000 });
});

it('a database with another bot’s data is neither emptied nor written to', async () => {
  const redis = await startRedis();
  const other = new Redis(redis.url.replace('unix:', ''), { db: 15 });
  const shelf = await openTrialStore(
    configOf({ REDIS_URL: redis.url, DATA_KEY: KEY }),
    silentLogger,
    new AbortController().signal,
  );
  try {
    await other.mset({ 'pozirk:{news}:schema': '9', 'pozirk:{123456}:proof': 'p' });
    await expect(shelf.clear()).rejects.toThrow('nothing was changed');
    await expect(refuseOthers(shelf.store)).rejects.toMatchObject({ code: 'store.refused' });
    expect(await other.dbsize()).toBe(2);
    await other.del('pozirk:{123456}:proof');
    await shelf.clear();
    expect(await other.dbsize()).toBe(0);
  } finally {
    other.disconnect();
    await shelf.stop();
    await redis.stop();
  }
});

it('a sandbox that is stopped as soon as it starts leaves no bot behind', async () => {
  const stage = await openStage();
  const { store, seal } = stage.desk;
  const shelf = {
    store,
    url: stage.redisUrl,
    setAway: () => true,
    clear: async () => {},
    stop: async () => {},
  };
  const machine = createMachine({ shelf, seal, env: {}, ahead: () => 0 });
  try {
    const started = machine.start({});
    await machine.stop();
    await started;
    expect(machine.instances()).toEqual([]);
  } finally {
    await machine.stop();
    await stage.close();
  }
});

it('a bot of a name that is alive is not launched again: nobody could end it', async () => {
  const fleet = createFleet(
    () => ({}),
    () => 0,
  );
  fleet.launch('A');
  const [first] = fleet.all();
  fleet.launch('A');
  expect(fleet.all()).toEqual([first]);
  await fleet.endAll();
  expect(fleet.all()).toEqual([]);
});

it('a bot that is ended and wanted again at once lives', async () => {
  const fleet = createFleet(
    () => ({}),
    () => 0,
  );
  fleet.launch('B');
  const [first] = fleet.all();
  const ended = [fleet.end('B'), fleet.end('B')];
  fleet.launch('B');
  await Promise.all(ended);
  expect(fleet.all()).toHaveLength(1);
  expect(fleet.all()).not.toEqual([first]);
  await fleet.endAll();
  expect(fleet.all()).toEqual([]);
});

it('the next digest is the first of anybody who gets the news, by their own clock and after their quiet hours', async () => {
  const stage = await openStage();
  const people = ['one', 'two', 'three', 'four'].map(() => stage.telegram.person({ language: 'en' }));
  const [early, late, gone, other] = people as [Person, Person, Person, Person];
  const say = async (person: Person, ...texts: string[]) => {
    for (const text of texts) {
      person.send(text);
      await stage.settle();
    }
  };
  const next = () => nextDigestOf(stage.desk, Date.parse('2026-08-22T11:05:00Z'));
  try {
    for (const person of people) await say(person, '/subscribe en');
    expect(await next()).toBeUndefined();
    await say(late, '/digest 08:00');
    expect(await next()).toBe(Date.parse('2026-08-23T05:00:00Z'));
    await say(early, '/digest 20:00', '/quiet 19:30-22:00');
    expect(await next()).toBe(Date.parse('2026-08-22T19:00:00Z'));
    await say(other, '/timezone London', '/digest 19:00');
    expect(await next()).toBe(Date.parse('2026-08-22T18:00:00Z'));
    await say(gone, '/digest 15:00', '/unsubscribe');
    expect(await next()).toBe(Date.parse('2026-08-22T18:00:00Z'));
  } finally {
    await stage.close();
  }
});

it('a story counts as read once more than its headline is known', async () => {
  const stage = await openStage();
  const { desk } = stage;
  try {
    const id = await publish(stage, 'en', { headline: 'The bridge opens' });
    const [record] = await getRecords(desk, [id]);
    if (!record) throw new Error('it is not stored');
    const { link } = record.story;
    await addAliases(desk.store, 'en', id, [hashOf(linkKey(link))]);
    expect(await storyFacts(desk, link)).toMatchObject({ read: true });
    await saveOrigin(desk.store, record, { ...record.origin, from: 'headline' });
    expect(await storyFacts(desk, link)).toMatchObject({ read: false });
  } finally {
    await stage.close();
  }
});
