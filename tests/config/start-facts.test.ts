import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLAIN_ENV } from '#testing/plain-env.ts';
import { ENV_SETTINGS } from '#src/config/config.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'src', 'cli', 'start-facts.ts');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-facts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Facts for the start script where `.env` has this text. */
function facts(file: string, own: Record<string, string> = {}): string[] {
  writeFileSync(join(folder, '.env'), file);
  const env = { ...PLAIN_ENV, ...own };
  return spawnSync(process.execPath, [PROGRAM], { cwd: folder, env, encoding: 'utf8' }).stdout.split('\n');
}

describe('what the start script knows of the settings', () => {
  it.each([
    ['lines of Unix', 'REDIS_URL=redis://r:1\nDATA_DIR=/d\nDATA_KEY_FILE=/k\n'],
    ['lines of Windows', 'REDIS_URL=redis://r:1\r\nDATA_DIR=/d\r\nDATA_KEY_FILE=/k\r\n'],
    [
      'comments behind values',
      'REDIS_URL=redis://r:1 # ours\nDATA_DIR=/d # the disk\nDATA_KEY_FILE=/k # key\n',
    ],
    ['quotes and export', 'export REDIS_URL="redis://r:1"\nDATA_DIR=\'/d\'\nDATA_KEY_FILE=`/k`\n'],
  ])('is what the bot reads: %s', (_, file) => {
    expect(facts(file)).toEqual(['elsewhere', '/d', '/k', '']);
  });

  it('is a Redis of our own where none is named, and the folder that is usual', () => {
    expect(facts('')).toEqual(['own', './data', '']);
    expect(facts('REDIS_URL=redis://r:1\n', { REDIS_URL: '' })[0]).toBe('own');
    expect(facts('# REDIS_URL=redis://r:1\nDATA_DIR="a folder"\n')).toEqual(['own', 'a folder', '']);
  });

  it('has every file that a setting names, each of which may hold what names the Redis', () => {
    const files = Object.keys(ENV_SETTINGS).filter((name) => name.endsWith('_FILE') || name === 'NEWSROOM');
    expect(files).toHaveLength(7);
    const [redis, , ...named] = facts(files.map((name) => `${name}=/of/${name}\n`).join(''));
    expect([redis, named]).toEqual(['elsewhere', [...files.map((name) => `/of/${name}`), '']]);
    expect(facts('SECRETS_FILE=sealed\n')[0]).toBe('sealed');
  });
});
