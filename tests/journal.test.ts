import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leftSince, markBackup, openJournal } from '#src/journal.ts';

const NOW = Date.UTC(2026, 0, 27, 12);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-journal-'));
  path = join(folder, 'forgotten-12345');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('nothing is noted before there is a backup', () => {
  openJournal(path).note(7, 'forgot');
  expect(existsSync(path)).toBe(false);
});

it('who left since a backup is known by its mark, and who came back has not left', () => {
  const journal = openJournal(path);
  markBackup(path, 'first', NOW);
  journal.note(7, 'forgot');
  markBackup(path, 'second', NOW);
  journal.note(8, 'left');
  journal.note(9, 'left');
  journal.note(9, 'back');
  expect(leftSince(path, 'first')).toMatchObject({ forgot: new Set([7]), left: new Set([8]) });
  expect(leftSince(path, 'second')).toMatchObject({ forgot: new Set(), left: new Set([8]) });
  expect(leftSince(path, 'another')).toBeUndefined();
});

it('what could not be written is written when it can be again', () => {
  const journal = openJournal(path);
  markBackup(path, 'first', NOW);
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
    markBackup(path, `backup-${each}`, NOW);
    journal.note(each, 'forgot');
  }
  expect(leftSince(path, 'backup-0')).toBeUndefined();
  expect(leftSince(path, 'backup-39')?.forgot).toEqual(new Set([39]));
  expect(leftSince(path, 'backup-12')?.forgot.size).toBe(28);
  expect(readFileSync(path, 'utf8').match(/^backup/gm)).toHaveLength(31);
});

it('it says in itself until when it reaches, so that no copy of it looks fresher than it is', () => {
  const journal = openJournal(path);
  markBackup(path, 'first', NOW);
  const copy = join(folder, 'copy');
  copyFileSync(path, copy);
  journal.beat();
  expect(leftSince(path, 'first')?.aliveAt).toBe(NOW);
  journal.begin(1);
  expect(leftSince(path, 'first')?.aliveAt).toBeGreaterThan(NOW);
  expect(leftSince(copy, 'first')?.aliveAt).toBe(NOW);
});

it('it does not reach further than what could be written', () => {
  const journal = openJournal(path);
  markBackup(path, 'first', NOW, 0);
  renameSync(path, `${path}.aside`);
  mkdirSync(path);
  journal.begin(1);
  journal.note(7, 'forgot');
  rmSync(path, { recursive: true });
  renameSync(`${path}.aside`, path);
  expect(leftSince(path, 'first')).toMatchObject({ aliveAt: NOW, forgot: new Set() });
});

it('whoever is new is not noted: it would tell in which order readers came', () => {
  const journal = openJournal(path);
  markBackup(path, 'first', NOW);
  for (const slot of [5, 6, 7]) journal.note(slot, 'back');
  journal.note(6, 'left');
  openJournal(path).note(6, 'back');
  journal.note(8, 'left');
  journal.note(8, 'forgot');
  journal.note(8, 'back');
  expect(readFileSync(path, 'utf8').match(/^(left|back|forgot) .*$/gm)).toEqual([
    'left 6',
    'back 6',
    'left 8',
    'forgot 8',
  ]);
});

it('a time in which another machine served is seen, before and after a backup here', () => {
  const journal = openJournal(path);
  markBackup(path, 'idle', NOW, 4);
  journal.begin(5);
  journal.end();
  journal.begin(6);
  expect(leftSince(path, 'idle')?.hasGap).toBe(false);
  journal.end();
  markBackup(path, 'elsewhere', NOW);
  journal.begin(8);
  markBackup(path, 'later', NOW);
  expect(['idle', 'elsewhere', 'later'].map((id) => leftSince(path, id)?.hasGap)).toEqual([
    true,
    true,
    false,
  ]);
  // What another machine noted, put behind it by `cat`.
  const other = join(folder, 'other');
  markBackup(other, 'another', NOW);
  openJournal(other).note(9, 'forgot');
  appendFileSync(path, readFileSync(other));
  expect(leftSince(path, 'later')).toMatchObject({ hasGap: true, forgot: new Set([9]) });
  rmSync(path);
  markBackup(path, 'by a standby', NOW);
  openJournal(path).begin(10);
  expect(leftSince(path, 'by a standby')?.hasGap).toBe(true);
});

it('who serves notes from a backup on that was made on another machine, for both files together', () => {
  const journal = openJournal(path);
  journal.begin(5);
  journal.open();
  journal.note(7, 'forgot');
  const elsewhere = join(folder, 'elsewhere');
  markBackup(elsewhere, 'first', NOW);
  appendFileSync(elsewhere, readFileSync(path));
  expect(leftSince(elsewhere, 'first')).toMatchObject({ forgot: new Set([7]), hasGap: true });
});

it('the file that all bots shared is taken over once, without who only came', () => {
  const older = join(folder, 'forgotten');
  writeFileSync(older, 'backup first\nback 5\nleft 6\nback 6\nforgot 7\nback 7\nleft 8\n');
  openJournal(path);
  expect(leftSince(path, 'first')).toEqual({
    forgot: new Set([7]),
    left: new Set([8]),
    disowned: new Set(),
    aliveAt: 0,
    hasGap: false,
  });
  expect(readFileSync(path, 'utf8')).not.toMatch(/back [57]/);
  expect(existsSync(older)).toBe(false);
});
