import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { openStore } from '#src/store/redis.ts';
import { silentLogger } from '#testing/log.ts';
import { freePort, SERVER } from '#testing/redis.ts';

const PASSWORD = 'an-invented-password-1';
/** A Redis that is not there. */
const NOBODY = `redis://:${PASSWORD}@127.0.0.1:1`;
/** The line of docs/operations.md with which an operator makes the bot's user. */
const ACL_LINE = /^ACL SETUSER (.+)$/m.exec(
  readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8'),
)?.[1];

const speaksTls =
  spawnSync('openssl', ['version']).status === 0 &&
  spawnSync(SERVER, ['--port', '0', '--tls-port', '1']).stdout.includes('tls-cert-file');

let folder: string;
let town: Awaited<ReturnType<typeof openTown>>;
let redis: ChildProcess;
let tlsPort: number;
let plainPort: number;
let bots: BotProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-door-'));
  if (speaksTls) makeCertificates();
  [town, tlsPort, plainPort] = [await openTown(), await freePort(), await freePort()];
  writeFileSync(
    join(folder, 'users.acl'),
    [
      `user ${ACL_LINE?.replace('<password>', PASSWORD)}`,
      `user guest on >${PASSWORD} ~* +@all -evalsha -eval`,
      'user default off',
    ].join('\n'),
  );
  const tls = ['--tls-port', tlsPort, '--tls-auth-clients', 'no', '--tls-ca-cert-file', 'ca.pem'];
  const pair = ['--tls-cert-file', 'redis.pem', '--tls-key-file', 'redis.key'];
  redis = spawn(
    SERVER,
    [
      '--port',
      plainPort,
      '--save',
      '',
      '--aclfile',
      'users.acl',
      ...(speaksTls ? [...tls, ...pair] : []),
    ].map(String),
    { cwd: folder, stdio: 'ignore' },
  );
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
  bots = [];
});
afterAll(async () => {
  redis.kill('SIGKILL');
  await Promise.all([town.close(), once(redis, 'exit')]);
  rmSync(folder, { recursive: true, force: true });
});

/** An authority of the test's own, and a certificate of it for 127.0.0.1 only. */
function makeCertificates(): void {
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '2',
    '-subj',
    '/CN=An invented authority',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  openssl('req', ...key, '-subj', '/CN=redis', '-keyout', 'redis.key', '-out', 'redis.csr');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1');
  openssl(
    'x509',
    '-req',
    '-in',
    'redis.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-days',
    '2',
    '-extfile',
    'names',
    '-out',
    'redis.pem',
  );
}

function start(url: string, env: Record<string, string> = {}, args: readonly string[] = []): BotProcess {
  const bot = startBot(
    {
      ...town.env,
      DATA_DIR: join(folder, 'data'),
      DATA_KEY: Buffer.alloc(32, 5).toString('base64'),
      REDIS_URL: url,
      LOG_LEVEL: 'debug',
      ...env,
    },
    args,
  );
  bots.push(bot);
  return bot;
}

const withAuthority = () => ({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') });

async function refusal(bot: BotProcess): Promise<string> {
  expect(await bot.ended).toBe(78);
  expect(bot.output()).not.toContain(PASSWORD);
  expect(bot.output()).not.toMatch(/^\s+at |crashed/m);
  return (
    bot
      .output()
      .split('\n')
      .findLast((line) => line.startsWith('REDIS_URL')) ?? bot.output()
  );
}

/** A reader, a channel and what they do with the bot in a day. */
async function aDay(bot: BotProcess, secure: boolean): Promise<void> {
  await bot.ready();
  const reader = town.telegram.person({ language: 'en' });
  const answered = async (text: string) => {
    const before = reader.messages().length;
    reader.send(text);
    await eventually(() =>
      reader
        .messages()
        .slice(before)
        .some(({ fromBot }) => fromBot),
    );
  };
  for (const text of [
    '/subscribe en',
    '/follow river',
    '/keep 6h',
    '/digest 08:00',
    '/digest off',
    '/follow',
    '/unfollow river',
    '/latest',
    '/search story',
    '/privacy',
  ])
    await answered(text);
  const headline = secure ? 'A bridge opens over the river' : 'A library closes for the winter';
  town.newsroom.publish({
    en: { headline, lead: `${headline}, told at length.`, body: 'More of it.', rubric: 'Society' },
  });
  const shows = (text: string) =>
    reader.messages().some((message) => message.fromBot && message.text.includes(text));
  await eventually(() => shows(headline));
  reader.send('/forget');
  await eventually(() => !shows(headline));
  expect(bot.output()).not.toMatch(/NOPERM|permission|failed/i);
}

describe('the user of docs/operations.md', () => {
  it('can do all that the bot needs', async () => {
    expect(ACL_LINE).toBeDefined();
    await aDay(start(`redis://pozirk:${PASSWORD}@127.0.0.1:${plainPort}`), false);
  });

  it('with a wrong password is one clear line', async () => {
    const line = await refusal(start(`redis://pozirk:wrong@127.0.0.1:${plainPort}`));
    expect(line).toContain('name or password');
    expect(line).not.toContain('wrong@');
  });

  it('or none at all is one clear line', async () => {
    expect(await refusal(start(`redis://127.0.0.1:${plainPort}`))).toContain('name or password');
  });

  it('that may do less is one clear line that names what it may not', async () => {
    expect(await refusal(start(`redis://guest:${PASSWORD}@127.0.0.1:${plainPort}`))).toContain('eval');
  });
});

describe.skipIf(!speaksTls)('Redis over TLS', () => {
  const url = () => `rediss://pozirk:${PASSWORD}@127.0.0.1:${tlsPort}`;

  it('is used where its authority is named', async () => {
    await aDay(start(url(), withAuthority()), true);
  });

  it('of an authority that nobody named is one clear line', async () => {
    expect(await refusal(start(url()))).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('under another name than its certificate’s is one clear line', async () => {
    const line = await refusal(start(url().replace('127.0.0.1', 'localhost'), withAuthority()));
    expect(line).toContain('another name');
  });

  it('asked of a port without it is one clear line', async () => {
    const other = createServer((socket) => socket.end('-ERR unknown command\r\n')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const line = await refusal(start(`rediss://:${PASSWORD}@127.0.0.1:${port}`));
    expect(line).toContain('redis:// and not rediss://');
    other.close();
  });
});

it.each(['rotate-key', 'sandbox'])(
  '%s does not begin where Redis does not answer, in one clear line',
  async (name) => {
    const command = start(NOBODY, {}, [name]);
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('REDIS_URL: Redis does not answer; nothing was changed');
    expect(command.output()).not.toMatch(/^\s+at |crashed/m);
    expect(existsSync(join(folder, 'data', 'key.new'))).toBe(false);
  },
);

it('the doctor says with a word of the network that Redis does not answer', async () => {
  const doctor = start(NOBODY, {}, ['doctor']);
  await doctor.ended;
  expect(doctor.output()).toContain('WRONG REDIS_URL: Redis does not answer (ECONNREFUSED)');
  expect(doctor.output()).toContain('ok    the token is that of @');
});

it('a Redis that is not there is said once, and waited for', async () => {
  const bot = start(NOBODY);
  await eventually(() => bot.output().includes('Redis does not answer'));
  expect(bot.output()).toContain('ECONNREFUSED');
  expect(await bot.status('/healthz')).toBe(200);
  expect(await bot.status('/readyz')).toBe(503);
  expect(bot.output().split('Redis does not answer')).toHaveLength(2);
});

it('Sentinels that are told of their master only later are waited for, and the bot says of what name', async () => {
  const port = await freePort();
  writeFileSync(join(folder, 'sentinel.conf'), `port ${port}\n`);
  const sentinel = spawn(SERVER, ['sentinel.conf', '--sentinel'], { cwd: folder, stdio: 'ignore' });
  const bot = start(`redis-sentinel://pozirk:${PASSWORD}@127.0.0.1:${port}/0#town`);
  await eventually(() => bot.output().includes('a Sentinel knows no master of the name behind #'));
  const { redis } = openStore({ url: `redis://127.0.0.1:${port}`, botId: '1', log: silentLogger });
  await redis.call('SENTINEL', 'MONITOR', 'town', '127.0.0.1', String(plainPort), '1');
  await bot.ready();
  redis.disconnect();
  sentinel.kill('SIGKILL');
  await once(sentinel, 'exit');
});
