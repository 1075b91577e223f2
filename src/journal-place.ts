/**
 * Where the journal lies. Whoever serves the readers decides it and writes it down in `DATA_DIR`, where every command looks,
 * whoever runs it: beside the key, where that is a file on a disk that lasts, in a folder that the bot may write; else in
 * `DATA_DIR`.
 */
import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface JournalPlace {
  readonly dataDir: string;
  /** File of the key, absolute. */
  readonly keyFile: string;
  /** Each bot has its own: all of them count slots from the same number. */
  readonly botId: string;
}

/** The note of it: where the journal lies, and where the key lay when that was decided. */
interface Decision {
  readonly journal: string;
  readonly key: string;
}

const nameOf = ({ botId }: JournalPlace): string => `forgotten-${botId}`;
const inData = (place: JournalPlace): string => join(place.dataDir, nameOf(place));
const besideKey = (place: JournalPlace): string => join(dirname(place.keyFile), nameOf(place));
const decisionPath = ({ dataDir, botId }: JournalPlace): string => join(dataDir, `journal-${botId}`);

/** The journal's file, which need not exist. Changes nothing. */
export function findJournal(place: JournalPlace): string {
  const decided = decisionOf(place)?.journal;
  // A folder of data that was copied to another machine names what is not there.
  if (decided !== undefined && isThere(dirname(decided))) return decided;
  return [besideKey(place), inData(place)].find(isThere) ?? inData(place);
}

/** Every file that may have a part of it: one under other rights may have kept the process that serves from an earlier one. */
export const partsOf = (place: JournalPlace): string[] =>
  [...new Set([findJournal(place), besideKey(place), inData(place)])].filter(isThere);

/** For who serves the readers: where it notes from now on. What lies elsewhere is put behind it, as far as it may be read. */
export function settleJournal(place: JournalPlace): string {
  const decision = decisionOf(place);
  const stays = decision?.key === place.keyFile && mayWrite(dirname(decision.journal));
  const path = decision && stays ? decision.journal : decide(place);
  if (!stays && !writeDown(place, { journal: path, key: place.keyFile })) return findJournal(place);
  const others = [...(decision ? [decision.journal] : []), besideKey(place), inData(place)];
  for (const other of new Set(others)) takeIn(path, other);
  return path;
}

function decide(place: JournalPlace): string {
  const folder = dirname(place.keyFile);
  const isLasting =
    mayWrite(folder) && !isPipe(place.keyFile) && (!isMemory(folder) || isMemory(place.dataDir));
  return isLasting ? besideKey(place) : inData(place);
}

function decisionOf(place: JournalPlace): Decision | undefined {
  try {
    const { journal, key } = JSON.parse(readFileSync(decisionPath(place), 'utf8')) as Partial<Decision>;
    return journal !== undefined && key !== undefined ? { journal, key } : undefined;
  } catch {
    return undefined;
  }
}

function writeDown(place: JournalPlace, decision: Decision): boolean {
  const part = `${decisionPath(place)}.part`;
  try {
    writeFileSync(part, `${JSON.stringify(decision)}\n`, { mode: 0o600 });
    renameSync(part, decisionPath(place));
    return true;
  } catch {
    return false;
  }
}

/** Cut short, a part stands in both, which a restore does not mind. */
function takeIn(path: string, other: string): void {
  try {
    if (!isThere(other) || isSameFile(path, other) || !mayWrite(dirname(other))) return;
    appendFileSync(path, readFileSync(other), { mode: 0o600 });
    rmSync(other);
  } catch {
    // A restore looks there too.
  }
}

export const isSameFile = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino;
};

/** Under Node's permission model asking is refused too. */
function unlessRefused(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

const isThere = (path: string): boolean => unlessRefused(() => existsSync(path));
const isPipe = (path: string): boolean =>
  unlessRefused(() => statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false);

const mayWrite = (folder: string): boolean =>
  unlessRefused(() => {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory() && (process.permission?.has('fs.write', folder) ?? true);
  });

/** Numbers of Linux for tmpfs and ramfs (statfs(2)). */
const MEMORY: ReadonlySet<number> = new Set([0x01_02_19_94, 0x85_84_58_f6]);
/** It is gone when the machine starts again. */
export const isMemory = (folder: string): boolean =>
  /^\/(dev|proc)(\/|$)/.test(folder) || unlessRefused(() => MEMORY.has(statfsSync(folder).type));
