import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leftSince, markBackup, openJournal } from '#src/journal.ts';
import { TOLD_BACKUPS } from '#src/journal-file.ts';
import { findJournal, type JournalPlace, partsOf, settleJournal } from '#src/journal-place.ts';

const NOW = Date.UTC(2026, 0, 27, 12);

let folder: string;
let path: string;
let place: JournalPlace;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-journal-'));
  path = join(folder, 'forgotten-12345');
  place = { dataDir: folder, keyFile: join(folder, 'key'), botId: '12345' };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('nothing is noted before there is a backup', () => {
  openJournal(place).note(7, 'forgot');
  expect(existsSync(path)).toBe(false);
});

it('who left since a backup is known by its mark, and who came back has not left', () => {
  const journal = openJournal(place);
  markBackup(path, 'first', NOW);
  journal.note(7, 'forgot');
  markBackup(path, 'second', NOW);
  journal.note(8, 'left');
  journal.note(9, 'left');
  journal.note(9, 'back');
  expect(leftSince([path], 'first')).toMatchObject({ forgot: new Set([7]), left: new Set([8]) });
  expect(leftSince([path], 'second')).toMatchObject({ forgot: new Set(), left: new Set([8]) });
  expect(leftSince([path], 'another')).toBeUndefined();
});

it('a journal of which a power cut left the name alone begins with the next backup', () => {
  writeFileSync(path, '');
  markBackup(path, 'first', NOW);
  openJournal(place).note(7, 'forgot');
  expect(leftSince([path], 'first')).toMatchObject({ forgot: new Set([7]), aliveAt: NOW });
});

it('what could not be written is written when it can be again', () => {
  const journal = openJournal(place);
  markBackup(path, 'first', NOW);
  // A full disk refuses as this folder does.
  renameSync(path, `${path}.aside`);
  mkdirSync(path);
  journal.note(7, 'forgot');
  rmSync(path, { recursive: true });
  renameSync(`${path}.aside`, path);
  journal.beat();
  expect(leftSince([path], 'first')?.forgot).toEqual(new Set([7]));
});

it.each(['forgot ', 'forgot 12', 'forgot 123'])(
  'of a note that a full disk cut short nobody is known: %s',
  (cut) => {
    const journal = openJournal(place);
    markBackup(path, 'first', NOW);
    renameSync(path, `${path}.aside`);
    mkdirSync(path);
    journal.note(123, 'forgot');
    rmSync(path, { recursive: true });
    renameSync(`${path}.aside`, path);
    appendFileSync(path, cut);
    expect(leftSince([path], 'first')?.forgot).toEqual(new Set());
    journal.beat();
    expect(leftSince([path], 'first')?.forgot).toEqual(new Set([123]));
  },
);

it('what comes behind a line that was cut short is known, whoever writes it', () => {
  const other = { ...place, keyFile: join(folder, 'disk', 'key') };
  mkdirSync(join(folder, 'disk'));
  markBackup(path, 'first', NOW, 0);
  appendFileSync(path, 'left 5\nback 5');
  openJournal(place).note(77, 'forgot');
  appendFileSync(path, 'backup sec');
  markBackup(path, 'second', NOW);
  expect(leftSince([path], 'second')).toMatchObject({ forgot: new Set(), hasGap: false });
  appendFileSync(path, 'backup thi');
  openJournal(place).begin(5);
  expect(leftSince([path], 'second')).toMatchObject({ forgot: new Set(), hasGap: true });
  appendFileSync(path, 'forgot 1');
  const taken = join(folder, 'disk', 'forgotten-12345');
  markBackup(taken, 'second', NOW);
  appendFileSync(taken, 'left 8\nforgot 9');
  // By hand, as an operator does.
  const together = join(folder, 'together');
  writeFileSync(together, `${readFileSync(path, 'utf8')}${readFileSync(taken, 'utf8')}`);
  settleJournal(other);
  expect(existsSync(path)).toBe(false);
  for (const file of [taken, together]) {
    expect(leftSince([file], 'first')).toMatchObject({ forgot: new Set([77]), left: new Set([5]) });
    expect(leftSince([file], 'second')).toMatchObject({
      forgot: new Set(),
      left: new Set([8]),
      hasGap: true,
    });
  }
});

it('a note behind one that was cut short is known from an older file too', () => {
  markBackup(path, 'first', NOW);
  appendFileSync(path, 'forgot 12forgot 77\nforleft 8\n');
  expect(leftSince([path], 'first')).toMatchObject({ forgot: new Set([77]), left: new Set([8]) });
});

it('a first backup that finds the disk full leaves no journal without a head', () => {
  const program = `
    const { markBackup } = await import(${JSON.stringify(join(import.meta.dirname, '..', 'src', 'journal.ts'))});
    markBackup(process.argv[1], 'first', 0);`;
  // No file of that process may have a byte.
  const full = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e'];
  const { stderr } = spawnSync('sh', [...full, program, path], { env: {}, encoding: 'utf8' });
  expect(stderr).toContain('EFBIG');
  expect(existsSync(path)).toBe(false);
});

it('the oldest of many backups are let go', () => {
  const journal = openJournal(place);
  for (let each = 0; each < 40; each += 1) {
    markBackup(path, `backup-${each}`, NOW);
    journal.note(each, 'forgot');
  }
  expect(leftSince([path], 'backup-0')).toBeUndefined();
  expect(leftSince([path], 'backup-39')?.forgot).toEqual(new Set([39]));
  expect(leftSince([path], 'backup-12')?.forgot.size).toBe(28);
  expect(readFileSync(path, 'utf8').match(/^backup/gm)).toHaveLength(31);
});

it('it says in itself until when it reaches, so that no copy of it looks fresher than it is', () => {
  const journal = openJournal(place);
  markBackup(path, 'first', NOW);
  const copy = join(folder, 'copy');
  copyFileSync(path, copy);
  journal.beat();
  expect(leftSince([path], 'first')?.aliveAt).toBe(NOW);
  journal.begin(1);
  expect(leftSince([path], 'first')?.aliveAt).toBeGreaterThan(NOW);
  expect(leftSince([copy], 'first')?.aliveAt).toBe(NOW);
});

it('it does not reach further than what could be written', () => {
  const journal = openJournal(place);
  markBackup(path, 'first', NOW, 0);
  renameSync(path, `${path}.aside`);
  mkdirSync(path);
  journal.begin(1);
  journal.note(7, 'forgot');
  rmSync(path, { recursive: true });
  renameSync(`${path}.aside`, path);
  expect(leftSince([path], 'first')).toMatchObject({ aliveAt: NOW, forgot: new Set() });
});

it('whoever is new is not noted: it would tell in which order readers came', () => {
  const journal = openJournal(place);
  markBackup(path, 'first', NOW);
  for (const slot of [5, 6, 7]) journal.note(slot, 'back');
  journal.note(6, 'left');
  openJournal(place).note(6, 'back');
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
  const journal = openJournal(place);
  markBackup(path, 'idle', NOW, 4);
  journal.begin(5);
  journal.end();
  journal.begin(6);
  expect(leftSince([path], 'idle')?.hasGap).toBe(false);
  journal.end();
  markBackup(path, 'elsewhere', NOW);
  journal.begin(8);
  markBackup(path, 'later', NOW);
  expect(['idle', 'elsewhere', 'later'].map((id) => leftSince([path], id)?.hasGap)).toEqual([
    true,
    true,
    false,
  ]);
  // Notes of another machine, put behind it by `cat`.
  const other = join(folder, 'other');
  markBackup(other, 'later', NOW);
  appendFileSync(other, 'forgot 9\n');
  appendFileSync(path, readFileSync(other));
  expect(leftSince([path], 'later')).toMatchObject({ hasGap: true, forgot: new Set([9]) });
  rmSync(path);
  markBackup(path, 'by a standby', NOW);
  openJournal(place).begin(10);
  expect(leftSince([path], 'by a standby')?.hasGap).toBe(true);
});

/** The journal of another machine. */
function elsewhere() {
  const dataDir = join(folder, 'elsewhere');
  mkdirSync(dataDir);
  const there = { dataDir, keyFile: join(dataDir, 'key'), botId: '12345' };
  return { path: join(dataDir, 'forgotten-12345'), journal: openJournal(there) };
}

it('who serves marks each backup that is made elsewhere, so that of both files together only who left since counts', () => {
  const other = elsewhere();
  other.journal.begin(5);
  other.journal.mark([]);
  other.journal.mark(['first']);
  other.journal.note(7, 'forgot');
  // By then the slot is another reader's, whom the second backup has.
  other.journal.mark(['first', 'second']);
  other.journal.note(8, 'left');
  markBackup(path, 'first', NOW);
  markBackup(path, 'second', NOW);
  appendFileSync(path, readFileSync(other.path));
  expect(leftSince([path], 'first')).toMatchObject({
    forgot: new Set([7]),
    left: new Set([8]),
    hasGap: true,
  });
  expect(leftSince([path], 'second')).toMatchObject({ forgot: new Set(), left: new Set([8]) });
  expect(leftSince([other.path], 'second')?.hasGap).toBe(false);
});

it('a machine that takes over marks what was made before it, and says that others may have left', () => {
  const other = elsewhere();
  markBackup(other.path, 'before', NOW, 4);
  other.journal.begin(7);
  other.journal.mark(['before', 'meanwhile']);
  expect(['before', 'meanwhile'].map((id) => leftSince([other.path], id)?.hasGap)).toEqual([true, true]);
  other.journal.mark(['before', 'meanwhile', 'now']);
  expect(leftSince([other.path], 'now')?.hasGap).toBe(false);
});

it('a month of backups later the oldest that is told is still known from its own moment', () => {
  const journal = openJournal(place);
  markBackup(path, 'backup-0', NOW, 0);
  journal.begin(1);
  const told = (last: number) =>
    Array.from({ length: last + 1 }, (_, each) => `backup-${each}`).slice(-TOLD_BACKUPS);
  for (let each = 0; each < 40; each += 1) {
    if (each > 0) markBackup(path, `backup-${each}`, NOW);
    journal.mark(told(each));
    journal.note(each, 'forgot');
  }
  journal.end();
  const next = openJournal(place);
  next.begin(2);
  next.mark(told(39));
  for (const [back, id] of told(39).toReversed().entries()) {
    expect(leftSince([path], id)?.forgot.size).toBe(back + 1);
    expect(leftSince([path], id)?.hasGap).toBe(false);
  }
});

it('a journal that is lost while its bot serves begins anew and says so', () => {
  const journal = openJournal(place);
  markBackup(path, 'first', NOW, 0);
  journal.begin(1);
  journal.mark(['first']);
  expect(leftSince([path], 'first')?.hasGap).toBe(false);
  rmSync(path);
  journal.mark(['first']);
  expect(leftSince([path], 'first')?.hasGap).toBe(true);
});

it('a backup that could not be marked at once may miss somebody', () => {
  const journal = openJournal(place);
  journal.begin(1);
  journal.mark([]);
  mkdirSync(path);
  expect(journal.mark(['first'])).toBe(false);
  rmSync(path, { recursive: true });
  expect(journal.mark(['first'])).toBe(true);
  expect(leftSince([path], 'first')?.hasGap).toBe(true);
});

it('the place is decided by who serves and written down: no command moves it, whatever it may write', () => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const given = { ...place, keyFile: join(disk, 'key') };
  const beside = join(disk, 'forgotten-12345');
  markBackup(path, 'first', NOW);
  openJournal(given).beat();
  expect([findJournal(given), existsSync(beside)]).toEqual([path, false]);
  openJournal(given).begin(1);
  expect([findJournal(given), existsSync(path)]).toEqual([beside, false]);
  expect(leftSince([beside], 'first')).toMatchObject({ hasGap: false });
  // The key is moved, and the bot has not started again.
  expect(findJournal({ ...place, keyFile: join(folder, 'key') })).toBe(beside);
  expect(settleJournal(place)).toBe(path);
  expect([findJournal(given), existsSync(beside)]).toEqual([path, false]);
});

it('what lies in two places is put together by who serves, and until then read in both', () => {
  const given = { ...place, keyFile: join(folder, 'disk', 'key') };
  const beside = join(folder, 'disk', 'forgotten-12345');
  mkdirSync(join(folder, 'disk'));
  for (const [each, slot] of [
    [path, 7],
    [beside, 8],
  ] as const) {
    markBackup(each, 'first', NOW);
    appendFileSync(each, `forgot ${slot}\n`);
  }
  const both = { forgot: new Set([7, 8]), hasGap: true };
  expect(leftSince(partsOf(given), 'first')).toMatchObject(both);
  settleJournal(given);
  expect(partsOf(given)).toEqual([beside]);
  expect(leftSince(partsOf(given), 'first')).toMatchObject(both);
});

it('beside a key that is no lasting file, or on a memory disk, the journal would be lost', () => {
  const pipe = join(folder, 'disk', 'pipe');
  mkdirSync(join(folder, 'disk'));
  spawnSync('mkfifo', [pipe]);
  expect(settleJournal({ ...place, keyFile: pipe })).toBe(path);
  for (const keyFile of ['/dev/fd/3', '/dev/stdin']) expect(settleJournal({ ...place, keyFile })).toBe(path);
  if (!existsSync('/dev/shm') || statfsSync(folder).type === statfsSync('/dev/shm').type) return;
  const memory = mkdtempSync('/dev/shm/pozirk-');
  expect(settleJournal({ ...place, keyFile: join(memory, 'key') })).toBe(path);
  rmSync(memory, { recursive: true });
});

it('the file that all bots shared is taken over once, without who only came', () => {
  const older = join(folder, 'forgotten');
  writeFileSync(older, 'backup first\nback 5\nleft 6\nback 6\nforgot 7\nback 7\nleft 8\n');
  markBackup(path, 'second', NOW);
  expect(leftSince([path], 'first')).toEqual({
    forgot: new Set([7]),
    left: new Set([8]),
    disowned: new Set(),
    aliveAt: 0,
    hasGap: false,
  });
  expect(readFileSync(path, 'utf8')).not.toMatch(/back [57]/);
  expect(existsSync(older)).toBe(false);
});
