import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leftSince, markBackup, openJournal } from '#src/journal.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-journal-'));
  path = join(folder, 'forgotten');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('nothing is noted before there is a backup', () => {
  openJournal(path).note(7, 'forgot');
  expect(existsSync(path)).toBe(false);
});

it('who left since a backup is known by its mark, and who came back has not left', () => {
  const journal = openJournal(path);
  markBackup(path, 'first');
  journal.note(7, 'forgot');
  markBackup(path, 'second');
  journal.note(8, 'left');
  journal.note(9, 'left');
  journal.note(9, 'back');
  expect(leftSince(path, 'first')).toMatchObject({ forgot: new Set([7]), left: new Set([8]) });
  expect(leftSince(path, 'second')).toMatchObject({ forgot: new Set(), left: new Set([8]) });
  expect(leftSince(path, 'another')).toBeUndefined();
});

it('what could not be written is written when it can be again', () => {
  const journal = openJournal(path);
  markBackup(path, 'first');
  // A full disk refuses as this folder does.
  renameSync(path, `${path}.aside`);
  mkdirSync(path);
  journal.note(7, 'forgot');
  rmSync(path, { recursive: true });
  renameSync(`${path}.aside`, path);
  journal.beat();
  expect(leftSince(path, 'first')?.forgot).toEqual(new Set([7]));
});

it('the oldest of many backups are let go', () => {
  const journal = openJournal(path);
  for (let each = 0; each < 40; each += 1) {
    markBackup(path, `backup-${each}`);
    journal.note(each, 'forgot');
  }
  expect(leftSince(path, 'backup-0')).toBeUndefined();
  expect(leftSince(path, 'backup-39')?.forgot).toEqual(new Set([39]));
  expect(leftSince(path, 'backup-12')?.forgot.size).toBe(28);
  expect(readFileSync(path, 'utf8').match(/^backup/gm)).toHaveLength(31);
});
