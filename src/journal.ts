/**
 * Notes of who left since which backup, so that a restore does not bring them back. They lie beside the key and not in
 * Redis, whose loss they are for; they name slots alone, which mean nothing to who has not the backup too, and begin with
 * the first one.
 * Whoever serves writes the mark of each backup into its own, wherever the backup was made.
 */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import {
  append,
  beginFile,
  GAP,
  type Head,
  HEAD,
  headIn,
  headLine,
  headOf,
  leavingsIn,
  letGoOfOld,
  linesOf,
  MARK,
  setHead,
  takeOlder,
} from './journal-file.ts';
import { findJournal, type JournalPlace, partsOf, settleJournal } from './journal-place.ts';

/** `forgot`: nothing is known of the chat; `left`: it unsubscribed; `back`: it subscribed again; `disowned`: an owner of it forgot. */
export type Leaving = 'forgot' | 'left' | 'back' | 'disowned';

export interface Journal {
  /** Never throws: where the disk is full, what is to be noted waits for `beat`. */
  note(slot: number, what: Leaving): void;
  /** This process serves the readers now; `fence` is one more than that of whoever did before. Never throws. */
  begin(fence: number): void;
  /**
   * Backups that there are, the oldest first, made here or elsewhere: what is noted from now on came after them. To be called
   * as soon as this process serves, and then often. Never throws; false: it could not be written down yet.
   */
  mark(backups: readonly string[]): boolean;
  end(): void;
  /** The bot lives; to be called every few seconds. */
  beat(): void;
}

/** Of what nobody restores: the sandbox, tests, a lost bot. */
export const noJournal: Journal = {
  note: () => undefined,
  begin: () => undefined,
  mark: () => true,
  end: () => undefined,
  beat: () => undefined,
};

/** Lines that wait to be written: the disk may be full. */
function createWaiting() {
  let waiting: string[] = [];
  return {
    add: (line: string): unknown => waiting.push(`${line}\n`),
    /** Adds them to a file; where there is none, nothing is noted. True: none waits any more. */
    write(path: string): boolean {
      try {
        if (waiting.length > 0 && existsSync(path)) append(path, waiting.join(''));
        waiting = [];
      } catch {
        // Full, or not ours to write for now: the next beat tries again.
      }
      return waiting.length === 0;
    },
  };
}

export function openJournal(place: JournalPlace): Journal {
  let path = findJournal(place);
  const waiting = createWaiting();
  let left = standingLeft(path);
  let serves: number | undefined;
  /** Backups that were there when this process looked last, while it serves. */
  let seen: ReadonlySet<string> | undefined;
  /** Of a backup that is marked only now somebody may have left who is not noted behind its mark. */
  let isLate = false;
  return {
    note(slot, what) {
      // Whoever serves since may have moved it.
      if (!existsSync(path)) path = findJournal(place);
      if (!existsSync(path) || (what === 'back' && !left.has(slot))) return;
      if (what === 'left') left.add(slot);
      else if (what !== 'disowned') left.delete(slot);
      waiting.add(`${what} ${slot}`);
      waiting.write(path);
    },
    begin(fence) {
      path = settleJournal(place);
      takeOlder(path);
      [left, seen] = [standingLeft(path), undefined];
      isLate = (headOf(path)?.fence ?? 0) !== fence - 1;
      if (isLate) waiting.add(GAP);
      serves = fence;
      this.beat();
    },
    mark(backups) {
      if (serves === undefined) return false;
      const isThere = existsSync(path);
      const isKnown = seen !== undefined && backups.every((id) => seen?.has(id));
      if (backups.length === 0 || (isThere && isKnown)) {
        seen ??= new Set();
        return true;
      }
      // Made before this process served, or marked in a file that is not there any more: who left since may be missing.
      isLate ||= seen === undefined || (!isThere && backups.some((id) => seen?.has(id)));
      const head = { aliveAt: Date.now(), fence: serves };
      const isMarked = waiting.write(path) && putMarks(path, backups, isLate, head);
      if (isMarked) seen = new Set(backups);
      isLate = !isMarked;
      return isMarked;
    },
    end() {
      serves = undefined;
    },
    beat() {
      // It reaches as far as everything is noted.
      if (waiting.write(path) && serves !== undefined) setHead(path, { aliveAt: Date.now(), fence: serves });
    },
  };
}

/** Readers who have left and not come back: nobody else is noted as `back`, or the file would tell in which order readers came. */
const standingLeft = (path: string): Set<number> => leavingsIn(linesOf(path)).left;

/** False where the file cannot be written now: full, or not ours. */
function putMarks(path: string, backups: readonly string[], hasGap: boolean, head: Head): boolean {
  try {
    beginFile(path, head);
    const lines = new Set(linesOf(path));
    const marks = backups.map((id) => `${MARK} ${id}`).filter((mark) => !lines.has(mark));
    if (marks.length === 0) return true;
    letGoOfOld(path);
    append(path, [...marks, ...(hasGap ? [GAP] : [])].map((line) => `${line}\n`).join(''));
    return true;
  } catch {
    return false;
  }
}

/** A backup begins at `now` (ms): who leaves from now on is noted behind its mark. `fence`: of who served last, where nobody serves. */
export function markBackup(path: string, backup: string, now: number, fence?: number): void {
  takeOlder(path);
  beginFile(path, { aliveAt: now, fence: fence ?? 0 });
  letGoOfOld(path);
  const isBehind = fence !== undefined && headOf(path)?.fence !== fence;
  append(path, `${isBehind ? `${GAP}\n` : ''}${MARK} ${backup}\n`);
  if (isBehind) setHead(path, { aliveAt: now, fence });
}

export interface Left {
  readonly forgot: ReadonlySet<number>;
  readonly left: ReadonlySet<number>;
  /** Places that somebody who forgot had set up. */
  readonly disowned: ReadonlySet<number>;
  /** Everything until this moment is in the journal, ms; 0: nobody knows until when. */
  readonly aliveAt: number;
  /** Since the backup another machine served too, and what it noted may be missing. */
  readonly hasGap: boolean;
}

/**
 * The slots that were left since the backup, by the journal's files; undefined: none of them knows it. Of what each machine
 * noted only that behind its own mark counts: a slot that somebody left before may be another's by then.
 */
export function leftSince(paths: readonly string[], backup: string): Left | undefined {
  const parts = paths.flatMap((path) => partsIn(linesOf(path)));
  const sinces = parts.map((lines) => {
    const mark = lines.indexOf(`${MARK} ${backup}`);
    return mark < 0 ? undefined : lines.slice(mark + 1);
  });
  const since = sinces.flatMap((lines) => lines ?? []);
  if (sinces.every((lines) => lines === undefined)) return undefined;
  const hasGap = parts.length > 1 || since.includes(GAP);
  const aliveAt = Math.max(...parts.map((lines) => headIn(lines)?.aliveAt ?? 0));
  return { ...leavingsIn(since), aliveAt, hasGap };
}

/** A head begins what one machine noted: an operator may have put others behind the first. */
function partsIn(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (const line of lines) {
    if (HEAD.test(line) || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

/**
 * A backup was brought back: the journal goes on for that one, which may have to be brought back once more. Restored data know no
 * other, and give slots away anew. `fence`: that of who served last, by these data.
 */
export function keepJournal(place: JournalPlace, backup: string, left: Left, fence: number): void {
  const [path, parts] = [findJournal(place), partsOf(place)];
  const { forgot, left: gone, disowned, aliveAt, hasGap } = left;
  const notes = Object.entries({ forgot, left: gone, disowned }).flatMap(([what, slots]) =>
    [...slots].map((slot) => `${what} ${slot}`),
  );
  const lines = [`${MARK} ${backup}`, ...(hasGap ? [GAP] : []), ...notes].map((line) => `${line}\n`);
  const part = `${path}.part`;
  try {
    writeFileSync(part, [headLine({ aliveAt, fence }), ...lines].join(''), { mode: 0o600 });
    for (const other of parts) if (other !== path) rmSync(other);
    renameSync(part, path);
  } catch {
    // Full, or not ours to write: it stays as it is, and knows this backup or asks.
  }
}
