import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
      ? `#!/bin/sh\necho "$@" >>${folder}/calls\nmkdir -p node_modules/of-$(cat package-lock.json)\n: >node_modules/.package-lock.json\n`
      : '#!/bin/sh\nrm -rf node_modules\nexit 1\n',
  );
const env = () => ({ PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:${process.env['PATH']}` });
const run = (task: string, ...args: string[]) =>
  spawnSync('sh', ['scripts/run.sh', task, ...args], { cwd: folder, encoding: 'utf8', env: env() });
/** A start beside others. */
const startBeside = () =>
  spawn('sh', ['scripts/run.sh', 'start'], { cwd: folder, env: env(), stdio: ['ignore', 'ignore', 'pipe'] });
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

  it('beside another in a folder without packages waits for it, and both run', async () => {
    const makes = 'mkdir -p node_modules/of-one';
    const waits = `until [ -e ${folder}/go ]; do sleep 0.1; done`;
    const checks = '[ -e node_modules/of-one ] || exit 1\n: >node_modules/.package-lock.json';
    write('bin/npm', `#!/bin/sh\necho "$@" >>${folder}/calls\n${makes}\n${waits}\n${checks}\n`);
    const exits = [];
    for (let count = 0; count < 2; count += 1) {
      const child = startBeside();
      exits.push(once(child, 'exit'));
      // It installs, or waits, and says so.
      await once(child.stderr, 'data');
    }
    write('go', '');
    expect(await Promise.all(exits)).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(calls()).toHaveLength(1);
    expect(has('one')).toBe(true);
  });

  it('goes on where another was killed while it installed, and where packages are missing although they were installed', () => {
    npm(true);
    const { pid } = spawnSync('true');
    symlinkSync(String(pid), join(folder, '.packages-turn'));
    expect(run('start').stdout).toContain('started');
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    // The machine was restarted meanwhile: the number is that of a process that is always there, or of this very start.
    symlinkSync('1', join(folder, '.packages-turn'));
    expect(run('start').stdout).toContain('started');
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    const again = 'ln -s $$ .packages-turn && exec sh scripts/run.sh start';
    expect(spawnSync('sh', ['-c', again], { cwd: folder, env: env() }).status).toBe(0);
    expect(calls()).toHaveLength(3);
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
