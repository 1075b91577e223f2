import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-install-'));
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'bin'));
  cpSync(join(ROOT, 'scripts/run.sh'), join(folder, 'scripts/run.sh'));
  write('scripts/test.sh', 'echo tested\n');
  write('src/main.ts', "console.log('started');\n");
  for (const name of ['package.json', '.npmrc']) write(name, '{}\n');
  write('package-lock.json', 'one\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text, { mode: 0o755 });
/** An npm that notes how it was called and installs one package, or fails as without a network. */
const npm = (network: boolean) =>
  write(
    'bin/npm',
    network
      ? `#!/bin/sh\necho "$@" >>${folder}/calls\nmkdir -p node_modules/of-$(cat package-lock.json)\n`
      : '#!/bin/sh\nrm -rf node_modules\nexit 1\n',
  );
const run = (task: string, ...args: string[]) =>
  spawnSync('sh', ['scripts/run.sh', task, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:${process.env['PATH']}` },
  });
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const has = (version: string) => existsSync(join(folder, `node_modules/of-${version}`));

describe('a start', () => {
  it('installs what the bot needs once, and a test the rest', () => {
    npm(true);
    for (const task of ['start', 'start', 'test', 'start', 'test']) expect(run(task).status).toBe(0);
    expect(calls()).toEqual(['ci --no-progress --omit=dev', 'ci --no-progress']);
  });

  it('of a new version without a network leaves the packages of the one before, which starts again', () => {
    npm(true);
    expect(run('start').stdout).toContain('started');
    npm(false);
    write('package-lock.json', 'two\n');
    const refused = run('start');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('untouched');
    expect(has('one')).toBe(true);
    write('package-lock.json', 'one\n');
    expect(run('start').stdout).toContain('started');
    npm(true);
    write('package-lock.json', 'two\n');
    expect(run('start').stdout).toContain('started');
    expect([has('one'), has('two')]).toEqual([false, true]);
  });

  it('by a user who may only read installs nothing: the owner does, and the user starts what is there', () => {
    npm(true);
    const refused = run('serve');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('run.sh setup')]);
    expect(run('setup').status).toBe(0);
    expect(calls()).toEqual(['ci --no-progress --omit=dev']);
    // A mode keeps root out of nothing: here nobody can make a folder.
    write('bin/mkdir', '#!/bin/sh\nexit 1\n');
    write('src/main.ts', 'console.log(process.argv[2]);\n');
    expect(run('serve', 'doctor').stdout).toBe('doctor\n');
    write('package-lock.json', 'two\n');
    expect(run('serve', 'doctor').stdout).toBe('doctor\n');
    expect([run('start').status, run('start').stderr]).toEqual([1, expect.stringContaining('run.sh setup')]);
    expect(calls()).toHaveLength(1);
  });
});
