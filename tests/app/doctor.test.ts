import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  examineChats,
  replicaFault,
  examineStore,
  examineTelegram,
  refuseDangerous,
} from '#src/app/findings.ts';
import type { Config } from '#src/config/config.ts';
import { askServers, isOpenToAll, isTooOld, judgeServers } from '#src/store/server.ts';
import { MINUTE } from '#src/time.ts';
import { until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { openTown, startBot } from '#testing/process.ts';
import { subscriber } from '../bot/talk.ts';

const wrongOf = (findings: readonly { isWell: boolean; words: string }[]) =>
  findings.filter(({ isWell }) => !isWell).map(({ words }) => words);

describe('the doctor', () => {
  let stage: Stage;
  const config = {
    updates: { mode: 'polling' },
    dataDir: tmpdir(),
    store: { kind: 'remote' },
  } as unknown as Config;
  beforeEach(async () => {
    stage = await openStage({ adminIds: [77, 78], redisFlags: ['--appendonly', 'yes'] });
    stage.telegram.person({ id: 77 }).start();
    await stage.settle();
  });
  afterEach(() => stage.close());

  it('finds nothing wrong with Redis and Telegram where nothing is', async () => {
    const found = [
      ...(await examineStore(stage.desk, config)),
      ...(await examineTelegram(stage.desk, config)),
    ];
    expect(wrongOf(found).filter((words) => !words.includes('overcommit'))).toEqual([]);
    expect(found.map(({ words }) => words).join('|')).toMatch(
      /Redis \d.*the master.*the token is that of @pozirk/,
    );
  });

  it('says of each trouble what to do', async () => {
    const { desk, clock } = stage;
    await desk.store.redis.config('SET', 'maxmemory-policy', 'volatile-lru', 'maxmemory', '1gb');
    await desk.store.redis.config('SET', 'appendonly', 'no');
    clock.set(-2 * MINUTE);
    const webhook = { ...config, updates: { mode: 'webhook', url: 'https://bot.example/hook' } } as Config;
    const found = [...(await examineStore(desk, config)), ...(await examineTelegram(desk, webhook))];
    const words = wrongOf(found).join('|');
    for (const fix of ['maxmemory-policy noeviction', 'appendonly yes', 'timedatectl', 'WEBHOOK_URL'])
      expect(words).toContain(fix);
  });

  it.each([
    ['a newer release wrote', 'schema', 'written by a newer release'],
    ['a restore left half of', 'restoring', 'a restore into this Redis is not finished'],
  ] as const)('finds data that %s, on which no bot starts', async (_, key, words) => {
    const { redis, keys } = stage.desk.store;
    await redis.set(keys[key], '99');
    expect(wrongOf(await examineStore(stage.desk, config)).join()).toContain(words);
  });

  it('finds a Redis that lets everybody in, although the bot has a password', async () => {
    const { redis } = stage.desk.store;
    const { path = '' } = redis.options;
    await redis.acl('SETUSER', 'pozirk', 'on', '>secret', '~*', '+@all');
    const own = new Redis({ path, username: 'pozirk', password: 'secret' });
    const isOpen = () => isOpenToAll({ servers: () => [own] });
    expect([await isOpen(), await isOpenToAll(stage.desk.store)]).toEqual([true, false]);
    const desk = { ...stage.desk, store: { ...stage.desk.store, servers: () => [own] } };
    expect(wrongOf(await examineStore(desk, config)).join()).toContain('asks others for no password');
    await own.acl('SETUSER', 'default', '-@all', '+ping', '+info');
    expect(await isOpen()).toBe(false);
    await own.acl('SETUSER', 'default', '+@all', 'off', 'resetpass');
    expect(await isOpen()).toBe(false);
    await own.acl('SETUSER', 'default', 'on', 'nopass');
    own.disconnect();
  });

  it('asks every master of a Cluster: one that is ill is no matter of chance', async () => {
    const node = (info: string) => ({ info: async () => info }) as Redis;
    const silent = { info: () => Promise.reject(new Error('away')) } as unknown as Redis;
    const well = node('redis_version:7.2.0\r\naof_enabled:1\r\n');
    const ill = node('redis_version:7.2.0\r\naof_enabled:1\r\naof_last_write_status:err\r\n');
    const ask = (...nodes: Redis[]) => askServers({ redis: well, servers: () => nodes });
    expect(judgeServers((await ask(well, ill, well)).facts).persists).toContain('cannot write to its disk');
    expect(await ask(well, silent)).toMatchObject({ isWhole: false });
    expect(await ask()).toMatchObject({
      isWhole: true,
      facts: [
        new Map([
          ['redis_version', '7.2.0'],
          ['aof_enabled', '1'],
        ]),
      ],
    });
    await expect(ask(silent)).rejects.toThrow('away');
  });

  it('says how a master is to wait for its replicas, where it has some and does not', () => {
    const found = (...facts: [string, string][]) => replicaFault([new Map(), new Map(facts)]);
    expect(found(['connected_slaves', '0'])).toBeUndefined();
    expect(found(['connected_slaves', '2'])).toContain('min-replicas-to-write 1');
    expect(found(['connected_slaves', '2'], ['min_slaves_good_slaves', '2'])).toBeUndefined();
  });

  it('tells a token that is refused from a Telegram that is away', async () => {
    stage.telegram.revoke(stage.telegram.token);
    expect(wrongOf(await examineTelegram(stage.desk, config))).toEqual([
      'Telegram refuses the token: check BOT_TOKEN in @BotFather',
    ]);
  });

  it('finds a webhook wrong while something waits that Telegram cannot bring, and not for a failure of once', async () => {
    const { telegram, desk, clock } = stage;
    let answer = 500;
    const proxy = createServer((request, response) => void response.writeHead(answer).end(request.method));
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/telegram`;
    const examine = () => examineTelegram(desk, { ...config, updates: { mode: 'webhook', url } } as Config);
    await telegram.handle(telegram.token, 'setWebhook', { url });
    telegram.person({ id: 79 }).send('/start');
    const unbrought = expect.stringContaining('Telegram cannot bring messages to WEBHOOK_URL');
    await until(clock, async () => wrongOf(await examine()).length > 0, MINUTE);
    expect(wrongOf(await examine())).toEqual([unbrought]);
    answer = 200;
    await until(clock, async () => wrongOf(await examine()).length === 0, MINUTE);
    proxy.close();
  });

  it('counts operators who cannot be reached and places that are closed to the bot, and names none', async () => {
    const owner = await subscriber(stage, 'en');
    const channel = stage.telegram.channel({ title: 'Town news', owner });
    channel.addBot({ can_post_messages: true });
    await stage.settle();
    const found = wrongOf(await examineChats(stage.desk, {}));
    expect(found).toEqual([
      '1 of 2 operators of ADMIN_IDS cannot be reached: each must press Start in the bot',
    ]);
  });

  it('refuses a start on a Redis that evicts, or counts how often each key is used', async () => {
    const { desk } = stage;
    await refuseDangerous(desk);
    await desk.store.redis.config('SET', 'maxmemory-policy', 'volatile-lfu');
    await expect(refuseDangerous(desk)).rejects.toThrow('how often readers write');
    await desk.store.redis.config('SET', 'maxmemory-policy', 'allkeys-lru', 'maxmemory', '1gb');
    await expect(refuseDangerous(desk)).rejects.toMatchObject({ code: 'store.refused' });
  });
});

describe('a Redis', () => {
  it.each([
    ['6.0.16', true],
    ['5.0.14', true],
    ['6.2.0', false],
    ['7.0.15', false],
    ['8.0.2', false],
  ])('of version %s is too old: %s', (version, old) => expect(isTooOld(version)).toBe(old));

  it('that cannot rewrite its file, or is nearly full, is told with its figures', () => {
    const judged = judgeServers([
      new Map([
        ['redis_version', '7.0.15'],
        ['aof_enabled', '1'],
        ['aof_last_write_status', 'ok'],
        ['aof_last_bgrewrite_status', 'err'],
        ['maxmemory', '1000'],
        ['used_memory', '950'],
      ]),
    ]);
    expect(judged).toMatchObject({ version: undefined, evicts: undefined, persists: undefined });
    expect(judged.memory).toContain('95 %');
    expect(judged.rewrite).toContain('vm.overcommit_memory');
  });

  it('of our own is full by the limit that it shares with the bot, and not by the machine’s memory', () => {
    const used = (megabytes: number, ours = 1e9) =>
      judgeServers(
        [
          new Map([
            ['total_system_memory', '64000000000'],
            ['used_memory', `${megabytes}000000`],
            ['tcp_port', '0'],
          ]),
        ],
        ours,
      ).memory;
    expect([used(350), used(370)]).toEqual([undefined, expect.stringContaining('93 %')]);
    expect(used(900, 0)).toBe(undefined);
  });
});

describe('npm start', () => {
  let town: Awaited<ReturnType<typeof openTown>>;
  beforeEach(async () => {
    town = await openTown();
  });
  afterEach(() => town.close());

  it('-- doctor tells what it found line by line, and ends', async () => {
    const story = { headline: 'The town has news', lead: 'All of it.', body: 'More.', rubric: 'Society' };
    town.newsroom.publish({ be: story, ru: story, en: story });
    const doctor = startBot(town.env, ['doctor']);
    const code = await doctor.ended;
    expect(doctor.output()).toContain('ok    the token is that of @');
    expect(doctor.output()).toMatch(/ok {4}be: \d+ stories listed/);
    expect(doctor.output()).toContain('WRONG nobody hears of a trouble');
    expect(code).toBe(1);
    // Room for updates belongs to the bot that reads them.
    expect(readdirSync(town.env.DATA_DIR).filter((name) => name.startsWith('inbox'))).toEqual([]);
  });

  it('-- doctor says why Telegram does not answer, and nothing of operators whom it could not ask about', async () => {
    const away = { ...town.env, ADMIN_IDS: '77', TELEGRAM_API_ROOT: 'http://127.0.0.1:1' };
    const doctor = startBot(away, ['doctor']);
    await doctor.ended;
    expect(doctor.output()).toContain('WRONG Telegram does not answer (ECONNREFUSED)');
    expect(doctor.output()).not.toMatch(/operator|channel/);
  });

  it('with the redis-server of Debian 11 is one line that says how to replace it, and 78', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pozirk-old-'));
    const old = '#!/bin/sh\necho "Redis server v=6.0.16 sha=00000000:0"\n';
    for (const name of ['redis-server', 'valkey-server'])
      writeFileSync(join(folder, name), old, { mode: 0o755 });
    const bot = startBot({ ...town.env, PATH: `${folder}:${process.env['PATH']}` });
    const code = await bot.ended;
    expect(code).toBe(78);
    expect(bot.output()).toContain('redis-server 6.0.16 is too old, the bot needs 6.2 or newer');
    rmSync(folder, { recursive: true });
  });
});
