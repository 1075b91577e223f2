import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8');

describe('a recipe that is followed a second time, or cut short, takes nothing away:', () => {
  const [, containers = ''] = read('docs/operations.md').split(/^## Containers$/m);
  const [secrets = '', fetched = '', restored = ''] = [...containers.matchAll(/^```sh\n([^]*?)^```/gm)].map(
    ([, block = '']) => block,
  );

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pozirk-recipes-'));
    write(
      'docker',
      '#!/bin/sh\necho "$*" >>calls\ncase "$*" in *" restore "*) echo "$SAID" ;; *) exit "${FAILS-0}" ;; esac\n',
    );
    write('sudo', '#!/bin/sh\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o755 });
  const written = (name: string) => readFileSync(join(folder, name), 'utf8');
  const play = (recipe: string, env: NodeJS.ProcessEnv = {}) =>
    spawnSync('sh', ['-c', recipe], {
      cwd: folder,
      input: 'a token\n',
      env: { PATH: `${folder}:${process.env['PATH']}`, ...env },
    });

  it('no secret of the containers, the key above all', () => {
    const names = ['bot_token', 'data_key', 'redis_password', 'redis_url'].map((name) => `secrets/${name}`);
    play(secrets);
    const first = names.map(written);
    expect(first.every((text) => text.length > 7)).toBe(true);
    play(secrets);
    expect(names.map(written)).toEqual(first);
  });

  it('no settings under systemd', () => {
    const line = /^# +(.*install .* \.env\b.*)/m.exec(read('deploy/pozirk-bot.service'))?.[1] ?? '';
    write('.env.example', '');
    play(line.replace('-o pozirk -g pozirk ', ''));
    expect(written('.env')).toBe('DATA_DIR=/var/lib/pozirk-bot\n');
    write('.env', 'DATA_KEY=mine\n');
    play(line.replace('-o pozirk -g pozirk ', ''));
    expect(written('.env')).toBe('DATA_KEY=mine\n');
  });

  it('no backup that was fetched before', () => {
    write('copy', 'the last good one');
    play(fetched, { FAILS: '1' });
    expect(written('copy')).toBe('the last good one');
  });

  it('no readers, before the backup has been read to its end', () => {
    const [, good = ''] = /'(this Redis has data of the bot)/.exec(read('src/cli/restore.ts')) ?? [];
    for (const [said, times] of [
      [good, 1],
      ['is sealed under another DATA_KEY', 0],
    ] as const) {
      write('calls', '');
      write('copy', 'a backup');
      play(restored, { SAID: said });
      expect(written('calls').split('flushall').length - 1).toBe(times);
      expect(written('calls')).toMatch(/restore \/data\/copy\ncompose start bot\n$/);
    }
  });
});
