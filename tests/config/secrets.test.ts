import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLAIN_ENV } from '#testing/plain-env.ts';
import { type Environment, mistakeLine, readConfig } from '#src/config/config.ts';
import { writeSetting } from '#src/config/dot-env.ts';
import { isMemory } from '#src/journal-place.ts';
import { lockSecrets, openSecrets } from '#src/config/passphrase.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
const TOKEN = `123456:${'Ab-_9'.repeat(7)}`;
const KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

const read = (env: Environment) => readConfig({ DATA_DIR: join(folder, 'data'), ...env });
const warnings = (env: Environment) => {
  const result = read(env);
  return result.ok ? result.warnings : result.mistakes.map(mistakeLine);
};
const mistakes = (env: Environment) => {
  const result = read(env);
  return result.ok ? [] : result.mistakes.map(({ name }) => name);
};

/** Runs a command of the bot in `folder` with what `input` types. */
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}, input = '') =>
  spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...PLAIN_ENV, ...env },
    input,
    encoding: 'utf8',
  });

/** As `run`, where no file of the process may have a byte. */
const runOnFullDisk = (args: readonly string[], env: NodeJS.ProcessEnv = {}, input = '') =>
  spawnSync('sh', ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, MAIN, ...args], {
    cwd: folder,
    env: { ...PLAIN_ENV, ...env },
    input,
    encoding: 'utf8',
  });

describe('a secret in a file', () => {
  it('stands for the setting itself', () => {
    const result = read({
      BOT_TOKEN_FILE: file('token', `${TOKEN}\n`),
      REDIS_URL_FILE: file('redis', 'redis://:word@127.0.0.1:6379\n'),
      DATA_KEY_FILE: file('key', KEY),
      MODE: 'webhook',
      WEBHOOK_URL: 'https://bot.example.org/telegram',
      WEBHOOK_SECRET_FILE: file('secret', 'abc\n'),
    });
    expect(result.ok && result.warnings).toEqual([]);
    if (!result.ok) return;
    expect(result.config.token.reveal()).toBe(TOKEN);
    expect(result.config.store.kind === 'remote' && result.config.store.url.reveal()).toBe(
      'redis://:word@127.0.0.1:6379',
    );
    expect(result.config.updates.mode === 'webhook' && result.config.updates.secret.reveal()).toBe('abc');
  });

  it('is wrong under the name that leads to the file', () => {
    expect(mistakes({ BOT_TOKEN_FILE: file('token', 'no token') })).toEqual(['BOT_TOKEN_FILE']);
    expect(mistakes({ BOT_TOKEN_FILE: file('token', '') })).toContain('BOT_TOKEN_FILE');
    expect(mistakes({ BOT_TOKEN: TOKEN, BOT_TOKEN_FILE: file('token', TOKEN) })).toEqual(['BOT_TOKEN']);
    expect(mistakes({ BOT_TOKEN: TOKEN, DATA_KEY_FILE: join(folder, 'nowhere') })).toEqual(['DATA_KEY_FILE']);
  });

  it('that others may read, or that lies beside the data, is told at each start', () => {
    mkdirSync(join(folder, 'data'));
    const told = warnings({
      REDIS_URL: 'redis://:word@redis:6379',
      BOT_TOKEN_FILE: file('token', TOKEN, 0o644),
      DATA_KEY_FILE: file(join('data', 'my-key'), KEY),
    });
    expect(told).toEqual([
      expect.stringContaining('chmod 600'),
      expect.stringContaining('lies beside the data'),
    ]);
  });

  it('is told where key or token is on the disk of the data, by whatever name, and not where readers are in a Redis elsewhere', () => {
    const key = file('key', KEY);
    const env = { BOT_TOKEN: TOKEN, DATA_KEY_FILE: key };
    const said = [expect.stringMatching(/^DATA_KEY_FILE: .* is on the disk of the data/)];
    expect(warnings(env)).toEqual(said);
    expect(warnings({ ...env, REDIS_URL: 'redis://:word@redis:6379' })).toEqual([]);
    const { BOT_TOKEN: _, ...filed } = { ...env, BOT_TOKEN_FILE: file('token', TOKEN) };
    expect(warnings(filed)).toEqual([
      expect.stringMatching(/^BOT_TOKEN_FILE: .* is on the disk of the data, and .* through Telegram/),
      ...said,
    ]);
    const inner = file(join('data', 'inner'), KEY);
    symlinkSync(inner, join(folder, 'by-a-link'));
    expect(warnings({ ...env, DATA_KEY_FILE: join(folder, 'by-a-link') })).toEqual([
      expect.stringContaining('lies beside the data'),
    ]);
    if (existsSync('/dev/shm')) {
      const memory = mkdtempSync('/dev/shm/pozirk-');
      writeFileSync(join(memory, 'key'), KEY, { mode: 0o600 });
      expect(warnings({ ...env, DATA_KEY_FILE: join(memory, 'key') })).toEqual([]);
      rmSync(memory, { recursive: true });
    }
  });

  it.each(['data/key.new', 'a symbolic link'])(
    'is not the key of a rotation, which goes once it is given: %s',
    (name) => {
      read({ BOT_TOKEN: TOKEN });
      const next = file(join('data', 'key.new'), KEY);
      if (name === 'a symbolic link') symlinkSync(next, join(folder, name));
      const given = { BOT_TOKEN: TOKEN, DATA_KEY_FILE: join(folder, name) };
      expect([mistakes(given), existsSync(next)]).toEqual([['DATA_KEY_FILE'], true]);
      expect(mistakes({ BOT_TOKEN: TOKEN, DATA_KEY_FILE: file('a copy', KEY) })).toEqual([]);
    },
  );

  it('is taken from a FIFO that is filled later', async () => {
    const fifo = join(folder, 'fifo');
    spawnSync('mkfifo', [fifo]);
    const writer = spawn('sh', ['-c', `sleep 0.2; printf '%s\\n' "$TOKEN" > "${fifo}"`], { env: { TOKEN } });
    const result = read({ BOT_TOKEN_FILE: fifo, DATA_KEY_FILE: file('key', KEY) });
    expect(result.ok && result.config.token.reveal()).toBe(TOKEN);
    await new Promise((resolve) => writer.once('exit', resolve));
    expect(result.ok && result.config.journal).toEqual({
      dataDir: join(folder, 'data'),
      keyFile: join(folder, 'key'),
      botId: TOKEN.split(':')[0],
    });
  });
});

describe('secrets under a passphrase', () => {
  it('open with it and with no other, whatever they are', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (value, passphrase) => {
        const text = lockSecrets({ BOT_TOKEN: value }, passphrase);
        expect(openSecrets(text, passphrase)).toEqual({ BOT_TOKEN: value });
        expect(openSecrets(text, `${passphrase}.`)).toHaveProperty('wrong');
        expect(openSecrets(text.slice(0, -6), passphrase)).toHaveProperty('wrong');
      }),
      { numRuns: 1 },
    );
  });

  it('are gathered from wherever they are, and start the bot', () => {
    const passphrase = 'five words of an invented kind';
    mkdirSync(join(folder, 'data'));
    file(join('data', 'key'), KEY);
    const env = { BOT_TOKEN_FILE: file('token', TOKEN) };
    const made = run(['secrets', 'locked'], env, `${passphrase}\n`);
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('BOT_TOKEN, DATA_KEY: in ')]);
    const locked = readFileSync(join(folder, 'locked'), 'utf8');
    expect(openSecrets(locked, passphrase)).toEqual({ BOT_TOKEN: TOKEN, DATA_KEY: KEY });
    expect(statSync(join(folder, 'locked')).mode & 0o777).toBe(0o600);
    expect(run(['secrets', 'locked'], env, `${passphrase}\n`).stderr).toMatch(
      /locked cannot be written \(EEXIST\); /,
    );
    expect(run(['key', 'move', 'none/key'], env).stderr).toMatch(/none\/key cannot be written \(ENOENT\); /);
    const started = { SECRETS_FILE: 'locked', TELEGRAM_API_ROOT: 'nonsense' };
    expect(run([], started, 'another passphrase\n').stderr).toContain('SECRETS_FILE: does not open');
    expect(run([], started, '').stderr).toContain('SECRETS_FILE: no passphrase was given');
    const right = run([], started, `${passphrase}\n`);
    expect([right.status, right.stderr.trim()]).toEqual([78, expect.stringMatching(/^TELEGRAM_API_ROOT/)]);
  });

  it('are not written where there are none', () => {
    const refused = run(['secrets', 'locked'], {}, 'five words of an invented kind\n');
    expect([refused.status, refused.stderr]).toEqual([
      78,
      expect.stringMatching(/^secrets: there are none; .*BOT_TOKEN/),
    ]);
    expect(existsSync(join(folder, 'locked'))).toBe(false);
  });

  it('are not written while the key is being changed, as the old one soon opens nothing', () => {
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data', 'key.new'), KEY);
    const refused = run(['secrets', 'locked'], { BOT_TOKEN: TOKEN }, 'five words of an invented kind\n');
    expect([refused.status, refused.stderr]).toEqual([
      78,
      expect.stringMatching(/^secrets: the key is being changed; /),
    ]);
    expect(existsSync(join(folder, 'locked'))).toBe(false);
  });

  it('leave nothing on a full disk, and are written once there is room', () => {
    const [env, passphrase] = [{ BOT_TOKEN: TOKEN }, 'five words of an invented kind\n'];
    const full = runOnFullDisk(['secrets', 'locked'], env, passphrase);
    expect([full.status, full.stderr]).toEqual([
      78,
      expect.stringContaining('locked cannot be written (EFBIG)'),
    ]);
    expect(run(['secrets', 'locked'], env, passphrase).status).toBe(0);
  });

  it('are not written under a short one', () => {
    const refused = run(['secrets', 'locked'], { BOT_TOKEN: TOKEN }, 'short\n');
    expect([refused.status, existsSync(join(folder, 'locked'))]).toEqual([78, false]);
  });
});

describe('npm run start:locked', () => {
  const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'run.sh');
  const lockedStart = (env: Readonly<Record<string, string>>, input = '') =>
    spawnSync('sh', [SCRIPT, 'locked'], {
      input,
      encoding: 'utf8',
      // Ends at this mistake, once every secret has been read.
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(folder, 'data'), SEND_RATE: 'fast', ...env },
    }).stderr.trim();

  it('may read every file that a setting names, and no other', () => {
    const said = lockedStart({
      BOT_TOKEN_FILE: file('a token', TOKEN),
      DATA_KEY_FILE: file('key', KEY),
      REDIS_URL_FILE: file('url', 'redis://:secret@127.0.0.1:1'),
      HOOK_SECRET_FILE: file('hook', 'h'.repeat(32)),
      WEBHOOK_SECRET_FILE: file('webhook', 'w'.repeat(32)),
    });
    expect(said.split('\n')).toEqual([expect.stringMatching(/^SEND_RATE/)]);
  });

  it('may read the file of secrets, and takes its passphrase', () => {
    const secrets = { BOT_TOKEN: TOKEN, DATA_KEY: KEY, REDIS_URL: 'redis://:secret@127.0.0.1:1' };
    const SECRETS_FILE = file('locked', lockSecrets(secrets, 'five words of an invented kind'));
    const said = lockedStart({ SECRETS_FILE }, 'five words of an invented kind\n');
    expect(said.split('\n')).toEqual([expect.stringMatching(/^SEND_RATE/)]);
  });
});

describe('the key that the bot made for itself', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'data'));
    file(join('data', 'key'), `${KEY}\n`);
  });

  it('moves to another place in one command, which every later start knows', () => {
    writeFileSync(join(folder, '.env'), '# mine\nPAID=skip\n#DATA_KEY_FILE=\n');
    // Under systemd root moves the key of a user who may not write `.env`, and to whom both belong afterwards.
    const [isRoot, other] = [process.getuid?.() === 0, 12_345];
    if (isRoot) for (const name of ['.env', join('data', 'key')]) chownSync(join(folder, name), other, other);
    const moved = run(['key', 'move', 'elsewhere']);
    expect([moved.status, moved.stderr]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8').trim()).toBe(KEY);
    expect(statSync(join(folder, 'elsewhere')).mode & 0o777).toBe(0o600);
    const owners = ['.env', 'elsewhere'].map((name) => statSync(join(folder, name)).uid);
    expect(owners).toEqual(isRoot ? [other, other] : [process.getuid?.(), process.getuid?.()]);
    expect(existsSync(join(folder, 'data', 'key'))).toBe(false);
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(
      `# mine\nPAID=skip\n#DATA_KEY_FILE=\nDATA_KEY_FILE=${join(folder, 'elsewhere')}\n`,
    );
  });

  it('leaves `.env` on the disk to which a link leads', () => {
    mkdirSync(join(folder, 'safe'));
    file(join('safe', 'env'), `BOT_TOKEN=${TOKEN}\n`);
    symlinkSync(join('safe', 'env'), join(folder, '.env'));
    expect(run(['key', 'move', 'elsewhere']).status).toBe(0);
    expect([lstatSync(join(folder, '.env')).isSymbolicLink(), readdirSync(join(folder, 'safe'))]).toEqual([
      true,
      ['env'],
    ]);
    const setting = `DATA_KEY_FILE=${join(folder, 'elsewhere')}\n`;
    expect(readFileSync(join(folder, 'safe', 'env'), 'utf8')).toBe(`BOT_TOKEN=${TOKEN}\n${setting}`);
    // Leads to a disk that is not there.
    renameSync(join(folder, 'safe'), join(folder, 'away'));
    expect(() => writeSetting(folder, 'ADMIN_IDS', '1')).toThrow('ENOENT');
  });

  it('is not what lies in DATA_DIR where another one is given, openly or under a passphrase', () => {
    const passphrase = 'five words of an invented kind';
    const locked = (secrets: Readonly<Record<string, string>>) =>
      file('locked', lockSecrets({ BOT_TOKEN: TOKEN, ...secrets }, passphrase));
    const move = (env: NodeJS.ProcessEnv) => run(['key', 'move', 'elsewhere'], env, `${passphrase}\n`);
    const given = [
      { DATA_KEY: KEY },
      { DATA_KEY_FILE: file('another', KEY) },
      { SECRETS_FILE: locked({ DATA_KEY: KEY }) },
    ];
    for (const env of given) {
      expect(move(env)).toMatchObject({
        status: 78,
        stderr: expect.stringContaining('gives the bot its key'),
      });
      expect([existsSync(join(folder, 'data', 'key')), existsSync(join(folder, 'elsewhere'))]).toEqual([
        true,
        false,
      ]);
    }
    expect(move({ SECRETS_FILE: locked({}) }).status).toBe(0);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8').trim()).toBe(KEY);
  });

  it.skipIf(!existsSync('/dev/shm') || isMemory(tmpdir()))('is not moved into memory, also by a link', () => {
    const memory = mkdtempSync('/dev/shm/pozirk-');
    symlinkSync(memory, join(folder, 'link'));
    for (const to of [join(memory, 'key'), 'link/key']) {
      expect(run(['key', 'move', to]).stderr).toContain('is in memory and gone');
      expect([readdirSync(memory), existsSync(join(folder, '.env'))]).toEqual([[], false]);
    }
    expect(readFileSync(join(folder, 'data', 'key'), 'utf8').trim()).toBe(KEY);
    rmSync(memory, { recursive: true });
  });

  it('is moved on where that was cut short, and never onto something else', () => {
    file('elsewhere', `${KEY}\n`);
    expect(run(['key', 'move', 'elsewhere']).status).toBe(0);
    file(join('data', 'key'), `${KEY}\n`);
    file('taken', 'a letter');
    expect(run(['key', 'move', 'taken']).status).toBe(78);
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('a letter');
    expect(readFileSync(join(folder, 'data', 'key'), 'utf8').trim()).toBe(KEY);
  });

  it('is not moved to where the bot itself writes', () => {
    symlinkSync('data', join(folder, 'other'));
    for (const to of ['data/key.new', 'other/key.new', 'data/inbox-123456', 'other/forgotten-123456'])
      expect([run(['key', 'move', to]).status, existsSync(join(folder, to))]).toEqual([78, false]);
    expect(readFileSync(join(folder, 'data', 'key'), 'utf8').trim()).toBe(KEY);
  });

  it.each(['data/key', 'a symbolic link', 'a link'])('is not moved onto itself: %s', (to) => {
    if (to === 'a link') linkSync(join(folder, 'data', 'key'), join(folder, to));
    if (to === 'a symbolic link') symlinkSync(join('data', 'key'), join(folder, to));
    expect(run(['key', 'move', to]).status).toBe(78);
    expect(readFileSync(join(folder, 'data', 'key'), 'utf8').trim()).toBe(KEY);
  });

  it('stays where the other disk is full, and moves once there is room', () => {
    const move = () => runOnFullDisk(['key', 'move', 'elsewhere']);
    const { status, stderr } = move();
    expect([status, stderr]).toEqual([78, expect.stringContaining('elsewhere cannot be written (EFBIG)')]);
    // No part of `.env`, which may hold a token, stays beside it either.
    file('elsewhere', `${KEY}\n`);
    expect([move().status, readdirSync(folder)]).toEqual([78, ['data', 'elsewhere']]);
    rmSync(join(folder, 'elsewhere'));
    expect(run(['key', 'move', 'elsewhere']).status).toBe(0);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8').trim()).toBe(KEY);
  });

  it('stays where the other disk does not hold what was written there', () => {
    const program = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const write = fs.writeFileSync;
      fs.writeFileSync = (file, text) => write(file, typeof file === 'number' ? text.slice(0, 20) : text);
      syncBuiltinESMExports();`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(program)}`;
    expect(run(['key', 'move', 'elsewhere'], { NODE_OPTIONS }).stderr).toContain('holds something else');
    expect(existsSync(join(folder, '.env'))).toBe(false);
    expect(readFileSync(join(folder, 'data', 'key'), 'utf8').trim()).toBe(KEY);
  });
});
