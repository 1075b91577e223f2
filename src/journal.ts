/**
 * Who left since which backup, so that a restore does not bring them back. It lies beside the key and not in Redis, whose
 * loss it is for; it names slots alone, which mean nothing to who has not the backup too, and begins with the first one.
 * Each bot has its own: all of them count slots from the same number.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * `forgot`: nothing is known of the chat any more; `left`: it unsubscribed; `back`: it subscribed again; `disowned`: one of a
 * place's owners forgot.
 */
export type Leaving = 'forgot' | 'left' | 'back' | 'disowned';

export interface Journal {
  /** Never throws: where the disk is full, what is to be noted waits for `beat`. */
  note(slot: number, what: Leaving): void;
  /** This process serves the readers now; `fence` is one more than that of whoever did before. */
  begin(fence: number): void;
  /** There is a backup, made here or elsewhere: from now on there is something to note. Never throws. */
  open(): void;
  end(): void;
  /** The bot lives; to be called every few seconds. */
  beat(): void;
}

/** Of what nobody restores: the sandbox, tests, a lost bot. */
export const noJournal: Journal = {
  note: () => undefined,
  begin: () => undefined,
  open: () => undefined,
  end: () => undefined,
  beat: () => undefined,
};

/** The journal in the file `path`. */
export function openJournal(path: string): Journal {
  takeOlder(path);
  let waiting: string[] = [];
  let left = standingLeft(path);
  let serves: number | undefined;
  const write = () => {
    if (waiting.length === 0 || !existsSync(path)) return void (waiting = []);
    try {
      appendFileSync(path, waiting.join(''));
      waiting = [];
    } catch {
      // Full, or not ours to write for now: the next beat tries again, on a line of its own.
      if (waiting[0] !== '\n') waiting.unshift('\n');
    }
  };
  return {
    note(slot, what) {
      if (!existsSync(path) || (what === 'back' && !left.has(slot))) return;
      if (what === 'left') left.add(slot);
      else if (what !== 'disowned') left.delete(slot);
      waiting.push(`${what} ${slot}\n`);
      write();
    },
    begin(fence) {
      left = standingLeft(path);
      if ((headOf(path)?.fence ?? 0) !== fence - 1) waiting.push(`${GAP}\n`);
      serves = fence;
      this.beat();
    },
    open() {
      if (serves === undefined || existsSync(path)) return;
      try {
        writeFileSync(path, headLine({ aliveAt: Date.now(), fence: serves }), { flag: 'wx', mode: 0o600 });
      } catch {
        // Full, or not ours to write: it is asked again in a moment.
      }
    },
    end() {
      serves = undefined;
    },
    beat() {
      write();
      // It reaches as far as everything is noted.
      if (serves !== undefined && waiting.length === 0) setHead(path, { aliveAt: Date.now(), fence: serves });
    },
  };
}

/** Who has left and not come back: nobody else is noted as `back`, or the file would tell in which order readers came. */
const standingLeft = (path: string): Set<number> => leavingsIn(linesOf(path)).left;

/** None where it cannot be read: a restore asks then. */
function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function leavingsIn(lines: readonly string[]): Record<'forgot' | 'left' | 'disowned', Set<number>> {
  const [forgot, left, disowned] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const line of lines) {
    const [what, number] = line.split(' ');
    const slot = Number(number);
    if (what === 'forgot') forgot.add(slot);
    if (what === 'disowned') disowned.add(slot);
    if (what === 'left') left.add(slot);
    else if (what === 'back' || what === 'forgot') left.delete(slot);
  }
  return { forgot, left, disowned };
}

/** First line, always of one length and written over: how far the file reaches. */
interface Head {
  /** Everything until then is noted, ms. */
  readonly aliveAt: number;
  /** The last time that whoever writes it served the readers; 0: never. */
  readonly fence: number;
}

const HEAD = /^alive (\d{15}) served (\d{15})$/;
const digits = (number: number): string => String(Math.floor(number)).padStart(15, '0');
const headLine = ({ aliveAt, fence }: Head): string => `alive ${digits(aliveAt)} served ${digits(fence)}\n`;

function headIn([first = '']: readonly string[]): Head | undefined {
  const [, aliveAt, fence] = HEAD.exec(first) ?? [];
  return fence === undefined ? undefined : { aliveAt: Number(aliveAt), fence: Number(fence) };
}

const headOf = (path: string): Head | undefined => headIn(linesOf(path));

/** One file for all bots, without a head, and with a line for whoever subscribed. */
function takeOlder(path: string): void {
  const older = join(dirname(path), 'forgotten');
  if (existsSync(path) || !existsSync(older)) return;
  const gone = new Set<string>();
  const lines = linesOf(older).filter((line) => {
    const [what, slot = ''] = line.split(' ');
    if (what === 'back') return gone.delete(slot);
    if (what === 'left') gone.add(slot);
    else gone.delete(slot);
    return line !== '';
  });
  const text = [headLine({ aliveAt: 0, fence: 0 }), ...lines.map((line) => `${line}\n`)].join('');
  const part = `${path}.part`;
  try {
    writeFileSync(part, text, { mode: 0o600 });
    renameSync(part, path);
    rmSync(older);
  } catch {
    // Full: the next start tries again, and until then a restore asks.
  }
}

/** Does nothing where there is no file: there is none before the first backup. */
function setHead(path: string, head: Head): void {
  try {
    const file = openSync(path, 'r+');
    const text = headLine(head);
    const there = Buffer.alloc(text.length);
    readSync(file, there, 0, text.length, 0);
    // What somebody put together without a head is not written over.
    if (headIn(there.toString().split('\n'))) writeSync(file, text, 0);
    closeSync(file);
  } catch {
    // The next beat tries again.
  }
}

const MARK = 'backup';
/** From here on another machine served the readers for a while and noted elsewhere. */
const GAP = 'gap';
/** Backups that can be restored with what the journal has: a month of daily ones. */
const MOST_BACKUPS = 31;

/**
 * A backup begins at `now` (ms): who leaves from now on is noted behind its mark. `fence`: that of who served last;
 * undefined: somebody serves, who will write the head.
 */
export function markBackup(path: string, backup: string, now: number, fence?: number): void {
  takeOlder(path);
  if (!existsSync(path))
    writeFileSync(path, headLine({ aliveAt: now, fence: fence ?? 0 }), { flag: 'a', mode: 0o600 });
  letGoOfOld(path);
  const isBehind = fence !== undefined && headOf(path)?.fence !== fence;
  appendFileSync(path, `${isBehind ? `${GAP}\n` : ''}${MARK} ${backup}\n`);
  if (isBehind) setHead(path, { aliveAt: now, fence });
}

function letGoOfOld(path: string): void {
  const lines = readFileSync(path, 'utf8').split(/(?<=\n)/);
  const marks = lines.flatMap((line, index) => (line.startsWith(MARK) ? [index] : []));
  const from = marks.at(-(MOST_BACKUPS - 1));
  if (marks.length < MOST_BACKUPS || from === undefined) return;
  // What is noted in this very moment goes into the file that is moved away, and is taken over from there.
  const part = `${path}.part`;
  writeFileSync(part, [lines[0], ...lines.slice(from)].join(''), { mode: 0o600 });
  const old = openSync(path, 'r');
  const known = Buffer.byteLength(lines.join(''));
  renameSync(part, path);
  appendFileSync(path, readFileSync(old).subarray(known));
  closeSync(old);
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

/** The slots that were left since the backup; undefined: the journal does not know it. */
export function leftSince(path: string, backup: string): Left | undefined {
  const lines = linesOf(path);
  const mark = lines.lastIndexOf(`${MARK} ${backup}`);
  if (mark < 0) return undefined;
  const since = lines.slice(mark + 1);
  // A second head begins what an operator put behind it from another machine.
  const hasGap = since.some((line) => line === GAP || HEAD.test(line));
  return { ...leavingsIn(since), aliveAt: headIn(lines)?.aliveAt ?? 0, hasGap };
}

/** Restored data know no backup before them. */
export const forgetJournal = (path: string): void => rmSync(path, { force: true });
