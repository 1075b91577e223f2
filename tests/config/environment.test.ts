import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Environment, ENV_SETTINGS } from '#src/config/config.ts';
import { readEnvironment } from '#src/config/environment.ts';
import { redisUrl, Secret } from '#src/config/values.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-env-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(own: Environment, file?: string) {
  if (file !== undefined) writeFileSync(join(folder, '.env'), file);
  return readEnvironment(own, folder, Object.keys(ENV_SETTINGS));
}

describe('.env', () => {
  it('may be absent', () => {
    expect(read({ PAID: 'skip' })).toEqual({ env: { PAID: 'skip' }, mistakes: [], warnings: [] });
  });

  it('gives what the process environment does not', () => {
    const { env } = read(
      { PAID: 'skip' },
      'PAID=mark\nSEND_RATE=5 # slow\nSOURCE_BE="https://a.example https://b.example"\n',
    );
    expect(env).toMatchObject({
      PAID: 'skip',
      SEND_RATE: '5',
      SOURCE_BE: 'https://a.example https://b.example',
    });
  });

  it('is hidden by an empty value of the process environment', () => {
    expect(read({ BOT_TOKEN: '' }, 'BOT_TOKEN=from-file').env['BOT_TOKEN']).toBe('');
  });

  it('with a secret that other users can read is told at each start', () => {
    writeFileSync(join(folder, '.env'), 'BOT_TOKEN=1\nDATA_KEY=2\nPAID=skip\n', { mode: 0o644 });
    expect(read({}).warnings).toEqual([
      expect.stringMatching(/BOT_TOKEN and DATA_KEY.*chmod 600/),
      expect.stringMatching(/^BOT_TOKEN: .* is on the disk of the data/),
      expect.stringMatching(/^DATA_KEY: .* is on the disk of the data/),
    ]);
    chmodSync(join(folder, '.env'), 0o600);
    expect(read({ REDIS_URL: 'redis://redis' }).warnings).toEqual([]);
    writeFileSync(join(folder, '.env'), 'PAID=skip\n');
    chmodSync(join(folder, '.env'), 0o644);
    expect(read({}).warnings).toEqual([]);
  });

  it.each(['BOT_TOKEN', 'DATA_KEY'])('with %s in it is told where it is on the disk of the data', (name) => {
    const own = { DATA_DIR: join(folder, 'data') };
    writeFileSync(join(folder, '.env'), `${name}=2\n`, { mode: 0o600 });
    expect(read(own).warnings).toEqual([
      expect.stringMatching(new RegExp(`^${name}: .*\\.env is on the disk of the data`)),
    ]);
    expect(read({ ...own, [name]: '3' }).warnings).toEqual([]);
    expect(read({ ...own, REDIS_URL: 'redis://redis' }).warnings).toEqual([]);
  });

  it('may be written on Windows', () => {
    const result = read({}, '\uFEFFPAID=skip\r\n# comment\r\nSEND_RATE=5\r\n');
    expect(result).toMatchObject({ env: { PAID: 'skip', SEND_RATE: '5' }, mistakes: [] });
  });

  it('with lines that are no settings is a mistake that names each line', () => {
    const { mistakes } = read({}, 'PAID=skip\nBOT_TOKEN: 12\n\n# fine\nSOURCE_BE="a\n b"\n=x\n');
    expect(mistakes.map(({ wrong }) => wrong)).toEqual([
      'line 2 is not a setting',
      'line 7 is not a setting',
    ]);
  });

  it.each([' ', '\t', ' \r', '\f'])('with nothing but %j behind an = sets that name to nothing', (blank) => {
    const { env, mistakes } = read(
      {},
      `DATA_DIR=${blank}\nREDIS_URL=redis://u:p@h\nADMIN_IDS =${blank}\n\nPAID=skip`,
    );
    expect(env).toEqual({ DATA_DIR: '', REDIS_URL: 'redis://u:p@h', ADMIN_IDS: '', PAID: 'skip' });
    expect(mistakes).toEqual([]);
  });

  it.each([
    ['SOURCE_CONTACT=desk#1', /line 1: .*behind the # .*SOURCE_CONTACT/],
    ['ALARM_URL=#x', /line 1: .*behind the #/],
    ['ADMIN_IDS="1","2"', /line 1: .*behind the closing quote .*ADMIN_IDS/],
    ["SOURCE_BE='https://a' 'https://b' # two", /line 1: .*behind the closing quote/],
    ['SOURCE_BE="https://a\nhttps://b" https://c', /line 1: .*behind the closing quote/],
  ])('in which a value would be cut is a mistake: %j', (text, wrong) => {
    expect(read({}, `${text}\nPAID=skip`).mistakes).toEqual([
      expect.objectContaining({ wrong: expect.stringMatching(wrong) as string }),
    ]);
  });

  it('keeps a # in quotes, and leaves out a comment behind a blank', () => {
    const { env, mistakes } = read({}, 'SOURCE_CONTACT="news #1" # "desk"\nSEND_RATE=5 # a#b\nPAID=skip\t#"');
    expect(env).toEqual({ SOURCE_CONTACT: 'news #1', SEND_RATE: '5', PAID: 'skip' });
    expect(mistakes).toEqual([]);
  });

  it.each(['.env.example', 'docs/operations.md'])('takes each REDIS_URL as %s writes it', (page) => {
    const written = readFileSync(page, 'utf8').match(/REDIS_URL=(?:"[^"]+"|[a-z-]+:[^\s`]+)/g) ?? [];
    expect(written).not.toEqual([]);
    for (const line of written) {
      const { env, mistakes } = read({}, line);
      expect(mistakes).toEqual([]);
      expect(redisUrl(env['REDIS_URL'] ?? '')).toBeInstanceOf(Secret);
      expect(line).toContain(env['REDIS_URL']);
    }
  });

  it('that cannot be read is a mistake, not a crash', () => {
    mkdirSync(join(folder, '.env'));
    expect(read({}).mistakes).toMatchObject([{ name: '.env' }]);
  });
});

describe('a misspelt setting', () => {
  it.each([
    ['BOT_TOKN', 'BOT_TOKEN'],
    ['SENDRATE', 'SEND_RATE'],
    ['SOURCE_RUS', 'SOURCE_RU'],
    ['DATA_KEYFILE', 'DATA_KEY_FILE'],
    ['REDIS_ULR', 'REDIS_URL'],
    ['bot_token', 'BOT_TOKEN'],
  ])('%s is taken for %s', (written, meant) => {
    expect(read({}, `${written}=x`).warnings).toEqual([
      `${written} is not a setting; did you mean ${meant}?`,
    ]);
  });

  it('is not seen in what every environment has', () => {
    const usual = [
      'HOME',
      'NODE',
      'PATH',
      'LANG',
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'LOGNAME',
      'SHELL',
      'npm_config_prefix',
      'NODE_ENV',
    ];
    expect(read(Object.fromEntries(usual.map((name) => [name, 'x']))).warnings).toEqual([]);
  });
});
