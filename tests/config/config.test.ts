import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Config,
  type Environment,
  mistakeLine,
  readConfig,
  readSourceConfig,
  ENV_SETTINGS,
} from '#src/config/config.ts';

const TOKEN = `123456:${'Ab-_9'.repeat(7)}`;
const KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const withBasics = (env: Environment): Environment => ({
  BOT_TOKEN: TOKEN,
  DATA_DIR: join(folder, 'data'),
  ...env,
});

function read(env: Environment = {}): Config {
  const result = readConfig(withBasics(env));
  if (!result.ok) throw new Error(result.mistakes.map(mistakeLine).join('\n'));
  return result.config;
}

function mistakes(env: Environment): string[] {
  const result = readConfig(withBasics(env));
  return result.ok ? [] : result.mistakes.map(mistakeLine);
}

const names = (env: Environment): string[] => mistakes(env).map((line) => line.split(':')[0] ?? '');

/** Settings that, understood, call for others. */
const ASKS_FOR: Partial<Record<string, readonly string[]>> = {
  REDIS_URL: ['DATA_KEY'],
  MODE: ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
  BOT_TOKEN_FILE: ['BOT_TOKEN'],
  REDIS_URL_FILE: ['DATA_KEY'],
};

describe('the environment', () => {
  it('needs nothing but a token', () => {
    const config = read();
    expect(config.botId).toBe('123456');
    expect(config.telegram).toEqual({ apiRoot: 'https://api.telegram.org' });
    expect(config.updates).toEqual({ mode: 'polling' });
    expect(config.source.addresses).toEqual({
      be: ['https://pozirk.online/be/news/'],
      ru: ['https://pozirk.online/ru/news/'],
      en: ['https://pozirk.online/en/news/'],
    });
    expect(config.source.schedule).toBe('*/30 * * * * *');
    expect(config.policy.recheckSeconds).toEqual([300, 900, 3600, 10_800, 21_600, 86_400, 172_800]);
    expect(config.policy.urgentMarks).toEqual(['Срочно', 'Тэрмінова', 'Urgent', 'Breaking']);
    expect(config.policy.staleMs).toBe(86_400_000);
    expect(config.sendRate).toBe(25);
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8080, fixed: false });
    expect(config.store).toEqual({ kind: 'embedded', folder: join(folder, 'data', 'redis') });
  });

  it('says every mistake at once, each with what would be right', () => {
    const lines = mistakes({
      BOT_TOKEN: 'hunter2',
      SEND_RATE: 'fast',
      POLL_SCHEDULE: 'every minute',
      SOURCE_RU: 'ftp://example.org/',
      LOG_LEVEL: 'loud',
      HTTP_PORT: '70000',
      ADMIN_IDS: '@somebody',
    });
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line).toMatch(/^[A-Z_]+: .+; right: .+/);
  });

  it('treats an empty value as not set', () => {
    const config = read({ SEND_RATE: '', SOURCE_BE: '  ', REDIS_URL: '', HTTP_PORT: '', LINK_HOST: '' });
    expect(config.sendRate).toBe(25);
    expect(config.http.fixed).toBe(false);
    expect(config.source.addresses.be).toEqual(['https://pozirk.online/be/news/']);
  });

  it('cannot be changed afterwards', () => {
    const config = read();
    expect(() => Object.assign(config.source.addresses, { be: [] })).toThrow(TypeError);
    expect(() => Object.assign(config, { sendRate: 1 })).toThrow(TypeError);
  });

  it.each([
    ['BOT_TOKEN', '1234:abcdefghijklmnopqrstuvwxyzabcdefgh'],
    ['BOT_TOKEN', '123456:short'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['SOURCE_EN', 'https://example.org/feed nonsense'],
    ['SOURCE_EN', 'https://reader:hunter2@example.org/feed'],
    ['SOURCE_EN', 'https://example.org/a https://reader@example.org/feed'],
    ['SOURCE_GAP_MS', '-1'],
    ['SOURCE_GAP_MS', '1.5'],
    ['SOURCE_RECHECK', '900,300'],
    ['SOURCE_RECHECK', '0'],
    ['SOURCE_RECHECK', '300,,900'],
    ['STALE_HOURS', '0'],
    ['STALE_HOURS', '1e3'],
    ['PAID', 'hide'],
    ['LINK_HOST', 'https://mirror.example.org'],
    ['LINK_HOST', 'mirror.example.org/news'],
    ['LINK_HOST', '*.example.org'],
    ['LINK_HOST', '.example.org'],
    ['LINK_HOSTS', 'a.example; b.example'],
    ['LINK_HOSTS', 'a.*.example'],
    ['REDIS_URL', 'localhost:6379'],
    ['DATA_KEY', 'c2hvcnQ='],
    ['DATA_KEY', 'not base64!'],
    ['SEND_RATE', '0'],
    ['SEND_RATE', '0x10'],
    ['MODE', 'push'],
    ['HTTP_HOST', 'http://localhost'],
    ['HTTP_PORT', '80.5'],
    ['PROXY_URL', 'proxy.example.org'],
    ['SOURCE_PROXY_URL', 'ftp://proxy.example.org'],
    ['ADMIN_IDS', '12,0'],
  ])('refuses %s=%s', (name, value) => {
    expect(names({ [name]: value })).toContain(name);
  });

  it('accepts what people write', () => {
    const config = read({
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      SEND_RATE: '0',
      SOURCE_BE: 'https://example.org/a  https://example.org/b https://example.org/a',
      SOURCE_RU: 'OFF',
      SOURCE_RECHECK: 'off',
      URGENT_MARKS: ' Молния ,, Breaking ',
      LINK_HOST: 'Mirror.example.org:8443',
      LINK_HOSTS: '*.a.example .b.example, 203.0.113.7:81',
      ADMIN_IDS: '123, 456 -100789,123',
      HTTP_PORT: '0',
    });
    expect(config.telegram.apiRoot).toBe('http://127.0.0.1:8081');
    expect(config.sendRate).toBe(0);
    expect(config.source.addresses).toMatchObject({
      be: ['https://example.org/a', 'https://example.org/b'],
      ru: [],
    });
    expect(config.policy).toMatchObject({ recheckSeconds: [], urgentMarks: ['Молния', 'Breaking'] });
    expect(config.policy.linkHosts).toEqual(
      expect.arrayContaining(['a.example', 'b.example', '203.0.113.7']),
    );
    expect(config.policy.linkHost).toBe('mirror.example.org:8443');
    expect(config.policy.adminIds).toEqual([123, 456, -100_789]);
    expect(config.http).toMatchObject({ port: 0, fixed: true });
  });

  it('never breaks the reader of it, whatever is written there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(ENV_SETTINGS)),
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('/', '0', 'off', 'webhook', '127.0.0.1')),
        (name, value) => {
          // A folder of any name would be made.
          if (name === 'DATA_DIR') return;
          const answerable = [name, ...(ASKS_FOR[name] ?? [])];
          expect(answerable).toEqual(expect.arrayContaining(names({ [name]: value })));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses to run without any edition', () => {
    expect(names({ SOURCE_BE: 'off', SOURCE_RU: 'off', SOURCE_EN: 'off' })).toEqual(['SOURCE_BE']);
  });
});

describe('webhook mode', () => {
  it('needs an address and a secret', () => {
    expect(names({ MODE: 'webhook' })).toEqual(['WEBHOOK_URL', 'WEBHOOK_SECRET']);
    expect(names({ MODE: 'webhook', WEBHOOK_URL: 'http://example.org/hook', WEBHOOK_SECRET: 'x' })).toEqual([
      'WEBHOOK_URL',
    ]);
    const { updates } = read({
      MODE: 'webhook',
      WEBHOOK_URL: 'https://example.org/hook',
      WEBHOOK_SECRET: 'secret-1',
    });
    expect(updates).toMatchObject({ mode: 'webhook', url: 'https://example.org/hook' });
  });

  it('is not half on: in polling mode there is no address and no secret', () => {
    const result = readConfig(withBasics({ WEBHOOK_URL: 'https://example.org/hook' }));
    expect(result).toMatchObject({ ok: true, config: { updates: { mode: 'polling' } } });
    expect(result.ok && result.warnings.join()).toContain('WEBHOOK_URL');
  });
});

describe('the data key', () => {
  it('is made once for the embedded store, readable by nobody else, with a word about where', () => {
    const first = readConfig(withBasics({}));
    const path = join(folder, 'data', 'key');
    expect(first.ok && first.warnings.join()).toContain(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    const second = readConfig(withBasics({}));
    expect(second.ok && second.warnings).toEqual([expect.stringContaining('npm start -- key move')]);
    const sandbox = readConfig(withBasics({}), { sandboxFolder: 'sandbox' });
    expect(sandbox.ok && sandbox.warnings).toEqual([]);
    expect(
      first.ok && second.ok && first.config.dataKey.reveal().equals(second.config.dataKey.reveal()),
    ).toBe(true);
    expect(readFileSync(path, 'utf8').trim()).toBe(
      first.ok ? first.config.dataKey.reveal().toString('base64') : '',
    );
  });

  it('of a bot is nothing to a sandbox beside it, whose bot leaves a rotation alone, given the new key or not', () => {
    read({});
    const next = join(folder, 'data', 'key.new');
    writeFileSync(next, `${KEY}\n`, { mode: 0o600 });
    const sandboxKey = (env: Environment) => {
      const result = readConfig(withBasics(env), { sandboxFolder: 'sandbox' });
      if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
      expect(result.config.previousKey).toBeUndefined();
      return result.config.dataKey.reveal().toString('base64');
    };
    const own = sandboxKey({});
    expect([own, sandboxKey({ DATA_KEY: own })]).toEqual([
      readFileSync(join(folder, 'data', 'sandbox', 'key'), 'utf8').trim(),
      own,
    ]);
    expect(sandboxKey({ DATA_KEY: KEY })).toBe(KEY);
    expect(readFileSync(next, 'utf8').trim()).toBe(KEY);
    expect(read({}).previousKey).toBeDefined();
  });

  it('comes with a word about a Redis on this machine that asks nobody for a password', () => {
    const said = (url: string) => {
      const result = readConfig(withBasics({ REDIS_URL: url, DATA_KEY: KEY }));
      return result.ok && result.warnings.join();
    };
    expect(said('redis://localhost')).toContain('REDIS_URL has no password');
    expect(said('redis://bot:a-secret@localhost')).not.toContain('REDIS_URL');
    expect(said('unix:/run/redis/redis.sock')).not.toContain('REDIS_URL');
  });

  it('must be given with a Redis of one’s own', () => {
    expect(names({ REDIS_URL: 'redis://localhost' })).toEqual(['DATA_KEY']);
    expect(read({ REDIS_URL: 'redis://localhost', DATA_KEY: KEY }).store.kind).toBe('remote');
  });

  it('may come from a file, but not from two places', () => {
    const path = join(folder, 'given');
    writeFileSync(path, `${KEY}\n`);
    expect(read({ DATA_KEY_FILE: path }).dataKey.reveal()).toEqual(Buffer.alloc(32, 7));
    expect(names({ DATA_KEY_FILE: path, DATA_KEY: KEY })).toEqual(['DATA_KEY']);
    expect(names({ DATA_KEY_FILE: join(folder, 'nowhere') })).toEqual(['DATA_KEY_FILE']);
  });

  it('is not made where anything else is wrong', () => {
    expect(names({ SEND_RATE: 'fast' })).toEqual(['SEND_RATE']);
    expect(() => statSync(join(folder, 'data'))).toThrow('ENOENT');
  });

  it('that was cut short stops the start instead of being replaced', () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'key'), '');
    expect(names({})).toEqual(['DATA_KEY']);
    expect(readFileSync(join(folder, 'data', 'key'), 'utf8')).toBe('');
  });

  it('that others could read is closed to them', () => {
    mkdirSync(join(folder, 'data'), { mode: 0o755 });
    writeFileSync(join(folder, 'data', 'key'), KEY, { mode: 0o644 });
    expect(read().dataKey.reveal()).toEqual(Buffer.alloc(32, 7));
    expect(statSync(join(folder, 'data', 'key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  });
});

describe('a Redis beyond this machine', () => {
  it.each([
    'redis://10.0.0.5:6379',
    'rediss://db.example.org',
    'redis://user@db.example.org',
    'redis://127.example.org',
    'redis-sentinel://10.0.0.5:26379,127.0.0.1:26379#news',
    'redis-cluster://localhost,db.example.org',
  ])('%s without a password is refused', (url) =>
    expect(names({ REDIS_URL: url, DATA_KEY: KEY })).toEqual(['REDIS_URL']),
  );

  it.each([
    'redis://:pw@10.0.0.5',
    'redis://localhost:1/2',
    'redis://[::1]:6379',
    'unix:/run/redis.sock',
    '/run/redis.sock',
    'redis-sentinel://user:pw@a.example:26379,b.example,c.example/2#news',
    'rediss-sentinel://:pw@a.example#news',
    'redis-cluster://:pw@10.0.0.5:7000,10.0.0.6:7000',
    'rediss-cluster://user:p%40w@a.example,b.example',
  ])('%s is accepted', (url) => expect(names({ REDIS_URL: url, DATA_KEY: KEY })).toEqual([]));
});

describe('the address of several Redis servers', () => {
  it.each([
    'redis-sentinel://localhost',
    'redis-sentinel://localhost/x#news',
    'redis-cluster://localhost/3',
    'redis-cluster://localhost#news',
    'redis-cluster://localhost:7000,localhost:99999',
    'redis-cluster://',
    'redis://localhost,localhost',
    'redis-other://localhost',
  ])('%s is refused', (url) => expect(names({ REDIS_URL: url, DATA_KEY: KEY })).toEqual(['REDIS_URL']));
});

describe('a secret', () => {
  const secrets: Environment = {
    REDIS_URL: 'rediss://user:redis-pw@db.example.org',
    DATA_KEY: KEY,
    PROXY_URL: 'socks5://user:proxy-pw@localhost:1080',
    MODE: 'webhook',
    WEBHOOK_URL: 'https://example.org/hook',
    WEBHOOK_SECRET: 'webhook-pw',
  };
  const telltales = [
    TOKEN,
    TOKEN.slice(7),
    KEY,
    'redis-pw',
    'proxy-pw',
    'webhook-pw',
    Buffer.alloc(32, 7).toString('hex'),
  ];

  it('does not show in any print of the configuration', () => {
    const config = read(secrets);
    const prints = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.token),
      String(config.dataKey),
      inspect(config.dataKey),
    ];
    for (const print of prints) for (const telltale of telltales) expect(print).not.toContain(telltale);
  });

  it('does not show in a mistake', () => {
    const broken: Environment = {
      BOT_TOKEN: `${TOKEN}!`,
      DATA_KEY: `${KEY}AAAA`,
      REDIS_URL: 'http://user:redis-pw@db.example.org',
      PROXY_URL: 'ftp://user:proxy-pw@localhost',
      MODE: 'webhook',
      WEBHOOK_SECRET: 'webhook-pw with spaces',
      ADMIN_IDS: '5512345678,x',
    };
    const lines = mistakes(broken).join('\n');
    for (const telltale of [...telltales, '5512345678']) expect(lines).not.toContain(telltale);
    expect(mistakes(broken)).toHaveLength(7);
  });
});

describe('npm start -- source', () => {
  it('needs neither a token nor a good setting of anything but the source', () => {
    expect(readSourceConfig({ HTTP_PORT: 'x', SOURCE_GAP_MS: '5' })).toMatchObject({
      ok: true,
      config: { source: { gapMs: 5 } },
    });
    expect(readSourceConfig({ SOURCE_GAP_MS: 'x' })).toMatchObject({
      mistakes: [{ name: 'SOURCE_GAP_MS' }],
    });
  });
});

describe('the rhythm of looks', () => {
  it('is the newsroom’s own only where nobody has set one and nobody can ring', () => {
    const adapts = (env: Record<string, string>) => {
      const read = readSourceConfig(env);
      return read.ok && read.config.source.adapts;
    };
    expect(adapts({})).toBe(true);
    expect(adapts({ POLL_SCHEDULE: '*/30 * * * * *' })).toBe(false);
    expect(adapts({ HOOK_SECRET: 'a-secret-of-sixteen-letters' })).toBe(false);
  });
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

  it('lists every setting with its default, and nothing else', () => {
    const listed = [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const expected = Object.entries(ENV_SETTINGS).map(([name, setting]) => [name, setting.default ?? '']);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(expected));
    expect(listed).toHaveLength(expected.length);
  });
});
