import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  keepNextKey,
  type KeyFiles,
  makeNextKey,
  nextKeyPath,
  ownKeyPath,
  readNextKey,
  writeNewKey,
} from '#src/config/keys.ts';

let files: KeyFiles;
beforeEach(() => {
  files = { folder: mkdtempSync(join(tmpdir(), 'pozirk-keys-')), own: true };
});
afterEach(() => rmSync(files.folder, { recursive: true, force: true }));

/** Makes the key of a rotation in a process that is killed at its first call of `deadly`. */
function makeAndDie(deadly: string): void {
  const program = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.${deadly} = () => process.kill(process.pid, 'SIGKILL');
    syncBuiltinESMExports();
    const { makeNextKey } = await import(${JSON.stringify(join(import.meta.dirname, '..', '..', 'src', 'config', 'keys.ts'))});
    makeNextKey(${JSON.stringify(files)});`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  expect(signal).toBe('SIGKILL');
}

describe('a new key', () => {
  it('is for this user only, and is never made twice', () => {
    expect(writeNewKey(ownKeyPath(files.folder))).toBe(true);
    const key = readFileSync(ownKeyPath(files.folder), 'utf8');
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(statSync(ownKeyPath(files.folder)).mode & 0o777).toBe(0o600);
    expect(writeNewKey(ownKeyPath(files.folder))).toBe(false);
    expect(readFileSync(ownKeyPath(files.folder), 'utf8')).toBe(key);
    expect(readdirSync(files.folder)).toEqual(['key']);
  });

  it('is not begun where there is one, so that a start on a full disk finds its own', () => {
    // The name of a file that is to be moved into its place would be too long: that one cannot be written.
    const path = join(files.folder, 'k'.repeat(255));
    writeFileSync(path, 'a key');
    expect(writeNewKey(path)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('a key');
  });

  it.each(['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'linkSync', 'rmSync'])(
    'is there whole or not at all after a kill at %s',
    (deadly) => {
      makeAndDie(deadly);
      if (existsSync(nextKeyPath(files))) expect(readNextKey(files)).toHaveProperty('reveal');
      makeNextKey(files);
      expect(readNextKey(files)).toHaveProperty('reveal');
    },
  );

  it('can be made and put into place under Node’s permission model', () => {
    writeNewKey(ownKeyPath(files.folder));
    const project = join(import.meta.dirname, '..', '..');
    const program = `
      const { makeNextKey, keepNextKey } = await import(${JSON.stringify(join(project, 'src', 'config', 'keys.ts'))});
      console.log(makeNextKey(${JSON.stringify(files)}), keepNextKey(${JSON.stringify(files)}, () => true));`;
    const may = [`--allow-fs-read=${project}`, `--allow-fs-read=${files.folder}`];
    const args = ['--permission', ...may, `--allow-fs-write=${files.folder}`, '--input-type=module', '-e'];
    const { stdout, stderr } = spawnSync(process.execPath, [...args, program], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['true true\n', '']);
    expect(readdirSync(files.folder)).toEqual(['key']);
  });

  it('takes the place of the old one once, whoever comes second', () => {
    writeNewKey(ownKeyPath(files.folder));
    makeNextKey(files);
    const key = readFileSync(nextKeyPath(files), 'utf8');
    const isNew = (one: Buffer) => one.toString('base64') === key.trim();
    expect([keepNextKey(files, isNew), keepNextKey(files, isNew)]).toEqual([true, true]);
    expect(readFileSync(ownKeyPath(files.folder), 'utf8')).toBe(key);
    expect(existsSync(nextKeyPath(files))).toBe(false);
  });

  it('waits for the operator where the old one is a link: it would stay, and the new one lie with the data', () => {
    const elsewhere = join(files.folder, 'elsewhere');
    writeNewKey(elsewhere);
    symlinkSync(elsewhere, ownKeyPath(files.folder));
    makeNextKey(files);
    expect(keepNextKey(files, () => true)).toBe(false);
    expect([lstatSync(ownKeyPath(files.folder)).isSymbolicLink(), existsSync(nextKeyPath(files))]).toEqual([
      true,
      true,
    ]);
  });

  it('that somebody took away is not said to be in its place', () => {
    writeNewKey(ownKeyPath(files.folder));
    expect(keepNextKey(files, () => false)).toBe(false);
  });

  it('that an operator has to put into its place stays where it is', () => {
    makeNextKey(files);
    expect(keepNextKey({ ...files, own: false }, () => true)).toBe(false);
    expect(existsSync(nextKeyPath(files))).toBe(true);
  });

  it('stays where it is for a process whose old key was moved away meanwhile: the next start finds both', () => {
    writeNewKey(ownKeyPath(files.folder));
    makeNextKey(files);
    rmSync(ownKeyPath(files.folder));
    expect(keepNextKey(files, () => true)).toBe(false);
    expect([existsSync(nextKeyPath(files)), existsSync(ownKeyPath(files.folder))]).toEqual([true, false]);
  });
});
