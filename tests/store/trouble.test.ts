import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import { silentLogger } from '#testing/log.ts';
import { isStoreTrouble, openStore, refusalOf, type Store } from '#src/store/redis.ts';
import { isOpenToAll } from '#src/store/server.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { startOldRedis, type OldRedis } from '#testing/old-redis.ts';
import { pass, publish, startCorrecting, subscribeAll, until } from '#testing/delivery.ts';
import { openDesk, openStage, type Stage } from '#testing/desk.ts';

const scripted = (said: string) =>
  `ERR Error running script (call to f_0123abcd): @user_script:12: @user_script: 12: -${said}`;

/** As Redis 6.2, 7 and Valkey word what passes; within a script of 6.2 the code is not at the front. */
const PASSING = [
  "READONLY You can't write against a read only replica.",
  "OOM command not allowed when used memory > 'maxmemory'.",
  'LOADING Redis is loading the dataset in memory',
  'LOADING Valkey is loading the dataset in memory',
  'MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.',
  'MISCONF Errors writing to the AOF file: No space left on device',
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'NOREPLICAS Not enough good replicas to write.',
  'CLUSTERDOWN Hash slot not served',
  'CLUSTERDOWN The cluster is down',
  'TRYAGAIN Multiple keys request during rehashing of slot',
  'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
  'UNKILLABLE Sorry the script already executed write commands against the dataset.',
  'NOSCRIPT No matching script. Please use EVAL.',
  // Somebody changes the password: what is to be written waits.
  'NOAUTH Authentication required.',
  'WRONGPASS invalid username-password pair or user is disabled.',
  'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
];

/** As the client words that a server is away, in ioredis 6.0.0 (built/redis, built/cluster). */
const AWAY = [
  'Connection is closed.',
  'Command aborted due to connection close',
  'Command timed out',
  "Socket timeout. Expecting data, but didn't receive any in 5000ms.",
  'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
  "Stream isn't writeable and enableOfflineQueue options is false",
  'connect ETIMEDOUT',
  'connect ECONNREFUSED 127.0.0.1:6379',
  'read ECONNRESET',
  'All sentinels are unreachable. Retrying from scratch after 10ms.',
  'Cluster is ended.',
  'Cluster is disconnected.',
  'Cluster is disconnecting.',
  "Cluster isn't ready and enableOfflineQueue options is false",
  'Too many Cluster redirections. Last error: Error: Connection is closed.',
  'None of startup nodes is available',
  'Failed to refresh slots cache.',
  'Node is disconnected',
  'No master node is available for the pipeline',
];

const LASTING = [
  'WRONGTYPE Operation against a key holding the wrong kind of value',
  'ERR unknown command `XYZ`, with args beginning with: ',
  'ERR DB index is out of range',
  "NOPERM this user has no permissions to run the 'hset' command or its subcommand",
];

describe('what Redis says', () => {
  it.each(PASSING)('passes: %s', (said) => {
    expect(isStoreTrouble(new Error(said))).toBe(true);
    expect(isStoreTrouble(new Error(scripted(said)))).toBe(true);
    const givenUp = new Error('EXECABORT Transaction discarded because of previous errors.');
    expect(isStoreTrouble(Object.assign(givenUp, { previousErrors: [new Error(said)] }))).toBe(true);
  });

  it.each(AWAY)('is an outage: %s', (said) => {
    expect(isStoreTrouble(new Error(said))).toBe(true);
  });

  it.each(LASTING)('does not pass by itself: %s', (said) => {
    expect(isStoreTrouble(new Error(said))).toBe(false);
    expect(isStoreTrouble(new Error(scripted(said)))).toBe(false);
  });

  it.each([
    scripted("NOPERM this user has no permissions to run the 'hset' command or its subcommand"),
    "ERR Error running script (call to f_01): @user_script:3: The user executing the script can't run this command or subcommand",
    "NOPERM User bot has no permissions to run the 'hset' command script: 0123, on @user_script:3.",
  ])('is its operator\u2019s to mend: %s', (said) => {
    const store = { trouble: () => undefined } as unknown as Store;
    expect(refusalOf(store, new Error(said))?.message).toMatch(/REDIS_URL: Redis does not let this user run/);
  });
});

const ofSentinels = 'All sentinels are unreachable. Retrying from scratch after 50ms. Last error: ';
it.each([
  [`${ofSentinels}ERR No such master with that name`, 'a Sentinel knows no master'],
  [`${ofSentinels}NOAUTH Authentication required.`, 'a Sentinel refuses the name or password'],
  [`${ofSentinels}ERR unknown command 'sentinel', with args`, 'a Sentinel is a plain Redis'],
  [
    `${ofSentinels}NOPERM User pozirk has no permissions to run the 'sentinel|get-master-addr-by-name' command`,
    'a Sentinel does not let this user run sentinel|get-master-addr-by-name;',
  ],
  ['CERT_NOT_YET_VALID', 'Redis has a certificate that is not valid today'],
  ['CERT_HAS_EXPIRED', 'Redis has a certificate that is not valid today'],
])(
  'a refusal that may be over without another setting is told and does not end a start: %s',
  (said, words) => {
    const store = { trouble: () => new Error(said) } as unknown as Store;
    const refusal = refusalOf(store, new Error('Connection is closed.'));
    expect(refusal).toMatchObject({ code: 'store.unreachable', message: expect.stringContaining(words) });
  },
);

/** A server that answers as `answerTo` has it, else as if all were well; it notes what it was asked. `said`: all that came with it. */
async function openServer(answerTo: (command: string, said: string, port: number) => string | undefined) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', (bytes) => {
      // The name of a command is the first of its words.
      const words = [...bytes.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)].map(([, word = '']) => word);
      heard.push(...words);
      const { port } = server.address() as AddressInfo;
      socket.write(words.map((word) => `${answerTo(word, bytes.toString(), port) ?? '+OK'}\r\n`).join(''));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { at: `127.0.0.1:${(server.address() as AddressInfo).port}`, heard, sockets, close };
}

describe('an address that leads elsewhere', () => {
  const unknown = "ERR unknown command 'info', with args beginning with: ";
  it.each([
    ['redis://@/99', 'select', 'ERR DB index is out of range', 'no database of the number'],
    ['redis://@', 'info', unknown, 'it is a Sentinel'],
    ['redis://@', 'get', 'MOVED 5798 10.0.0.1:6379', 'redis-cluster:// in the place'],
    ['redis-cluster://@', 'cluster', 'ERR This instance has cluster support disabled', 'is no Cluster'],
  ])(
    '%s, where %s is answered otherwise, is told in one line, and nothing is done there',
    async (url, asked, error, words) => {
      const { at, heard, close } = await openServer((word) => (word === asked ? `-${error}` : undefined));
      const store = openStore({ url: url.replace('@', at), botId: '1', log: silentLogger });
      const refused = await store.redis.get('key').catch((reason: unknown) => refusalOf(store, reason));
      expect(refused).toMatchObject({ code: 'store.refused', message: expect.stringContaining(words) });
      await store.redis.get('key').catch(() => undefined);
      expect(heard.filter((word) => word === 'get' && word !== asked)).toEqual([]);
      store.redis.disconnect();
      close();
    },
  );

  it.each(['redis-cluster://@', 'redis-sentinel://@#town'])(
    '%s, where nobody is, keeps nothing for later',
    async (url) => {
      const store = openStore({ url: url.replace('@', '127.0.0.1:1'), botId: '1', log: silentLogger });
      await expect(store.redis.get('key')).rejects.toThrow('Connection is closed');
      store.redis.disconnect();
    },
  );
});

describe('Sentinels that ask for a password', () => {
  /** A Sentinel that answers once it was told `secret`, and the master that it names. */
  const sentinelWithPassword = () => {
    let isKnown = false;
    return openServer((word, said, port) => {
      isKnown ||= said.includes('secret');
      if (word !== 'sentinel') return undefined;
      return isKnown
        ? `*2\r\n$9\r\n127.0.0.1\r\n$${String(port).length}\r\n${port}`
        : '-NOAUTH Authentication required.';
    });
  };

  it('are given that of Redis, and what waits for them is carried out', async () => {
    const { at, sockets, close } = await sentinelWithPassword();
    const url = `redis-sentinel://:secret@${at}#town`;
    const store = openStore({ url, botId: '1', log: silentLogger });
    expect(await store.redis.get('key')).toBe('OK');
    const before = sockets.size;
    expect(await isOpenToAll(store)).toBe(true);
    // A question to the Sentinel and one to the master: nobody stays to hear of another one.
    expect(sockets.size).toBe(before + 2);
    store.redis.disconnect();
    close();
  });

  it('are given it also where another Sentinel, asked after them, is away', async () => {
    const { at, close } = await sentinelWithPassword();
    const url = `redis-sentinel://:secret@${at},127.0.0.1:1#town`;
    const store = openStore({ url, botId: '1', log: silentLogger });
    expect(await store.redis.get('key')).toBe('OK');
    store.redis.disconnect();
    close();
  });
});

describe('Sentinels of which one hangs', () => {
  /** A Sentinel that is connected to and never says a word. */
  const silentSentinel = async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, at: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  it('are asked one after the other', async () => {
    const silent = await silentSentinel();
    const { at, close } = await openServer((word, _, port) =>
      word === 'sentinel' ? `*2\r\n$9\r\n127.0.0.1\r\n$${String(port).length}\r\n${port}` : undefined,
    );
    const url = `redis-sentinel://${silent.at},${at}#town`;
    const asked = once(silent.server, 'connection');
    const { redis } = openStore({ url, botId: '1', log: silentLogger });
    const [socket] = (await asked) as [Socket];
    await new Promise<void>((resolve) => redis.once('ready', resolve));
    expect(await redis.get('key')).toBe('OK');
    redis.disconnect();
    socket.destroy();
    silent.server.close();
    close();
  });

  it('are spoken to with TLS where the address says so', async () => {
    const silent = await silentSentinel();
    const asked = once(silent.server, 'connection');
    const store = openStore({ url: `rediss-sentinel://${silent.at}#town`, botId: '1', log: silentLogger });
    const [socket] = (await asked) as [Socket];
    const [[handshake]] = (await once(socket, 'data')) as [Buffer];
    // A record of TLS that begins a connection (RFC 8446, 5.1).
    expect(handshake).toBe(22);
    store.redis.disconnect();
    socket.destroy();
    silent.server.close();
  });
});

describe('a slot of a Cluster that moves', () => {
  it.each([true, false])(
    'is a wrong address for a client of a single server alone; a Cluster: %s',
    (isCluster) => {
      const store = { redis: { isCluster }, trouble: () => undefined } as unknown as Store;
      const refusal = refusalOf(store, new Error('MOVED 5798 10.0.0.1:6379'));
      expect(refusal === undefined).toBe(isCluster);
    },
  );
});

describe('a master of version 6.2 that becomes a replica amid a broadcast', () => {
  let stage: Stage;
  let old: OldRedis;
  let desk: Desk;
  const lines: string[] = [];
  const note = (level: string) => (_: unknown, said: string) => lines.push(`${level}: ${said}`);
  const log = { ...silentLogger, warn: note('warn'), error: note('error') } as unknown as Desk['log'];

  beforeEach(async () => {
    stage = await openStage();
    old = await startOldRedis(stage.desk.store.redis.options.path ?? '');
    desk = openDesk({ clock: stage.clock, telegram: stage.telegram, redisUrl: old.url, log });
  });
  afterEach(async () => {
    await desk.store.close();
    await desk.telegram.close();
    await stage.close();
    await old.close();
  });

  it('makes the bot pause with one warning and go on, nothing lost and nothing twice', async () => {
    const { telegram, clock } = stage;
    const readers = telegram.people(60);
    await subscribeAll(desk, readers, 'en');
    telegram.setLatency(200);
    await stage.deliver(desk);
    const stopCorrecting = startCorrecting(desk);
    await publish(desk, 'en');
    await until(clock, () => telegram.deliveries().length >= 10);
    const { redis } = openStore({ url: old.url, botId: '1', log: silentLogger });
    await redis.call('REPLICAOF', '127.0.0.1', '1');
    await pass(clock, 20 * SECOND);
    expect(old.reworded()).toBeGreaterThan(0);
    await redis.call('REPLICAOF', 'NO', 'ONE');
    await pass(clock, MINUTE);
    await until(clock, () => new Set(telegram.deliveries().map(({ chatId }) => chatId)).size === 60);
    expect(telegram.deliveries()).toHaveLength(60);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(lines.filter((line) => line.includes('sending pauses'))).toHaveLength(1);
    await stopCorrecting();
    redis.disconnect();
  });
});
