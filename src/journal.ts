/**
 * Who left since which backup, so that a restore does not bring them back. It lies beside the key and not in Redis, whose
 * loss it is for; it names slots alone, which mean nothing to who has not the backup too, and begins with the first one.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';

/** `forgot`: nothing is known of the chat any more; `left`: it unsubscribed; `back`: it subscribed again. */
export type Leaving = 'forgot' | 'left' | 'back';

export interface Journal {
  /** Never throws: where the disk is full, what is to be noted waits for `beat`. */
  note(slot: number, what: Leaving): void;
  /** The bot lives and delivers; to be called every few seconds. */
  beat(): void;
}

/** The journal in the file `path`. */
export function openJournal(path: string): Journal {
  let waiting: string[] = [];
  const write = () => {
    if (waiting.length === 0 || !existsSync(path)) return void (waiting = []);
    try {
      appendFileSync(path, waiting.join(''));
      waiting = [];
    } catch {
      // Full, or not ours to write for now: the next beat tries again.
    }
  };
  return {
    note(slot, what) {
      waiting.push(`${what} ${slot}\n`);
      write();
    },
    beat() {
      write();
      try {
        utimesSync(path, new Date(), new Date());
      } catch {
        // There is none before the first backup.
      }
    },
  };
}

const MARK = 'backup';
/** Backups that can be restored with what the journal has: a month of daily ones. */
const MOST_BACKUPS = 31;

/** A backup begins: who leaves from now on is noted behind its mark. */
export function markBackup(path: string, backup: string): void {
  closeSync(openSync(path, 'a', 0o600));
  const lines = readFileSync(path, 'utf8').split(/(?<=\n)/);
  const marks = lines.flatMap((line, index) => (line.startsWith(MARK) ? [index] : []));
  const from = marks.at(-(MOST_BACKUPS - 1));
  if (marks.length >= MOST_BACKUPS && from !== undefined) {
    // What is noted in this very moment goes into the file that is moved away, and is taken over from there.
    const part = `${path}.part`;
    writeFileSync(part, lines.slice(from).join(''), { mode: 0o600 });
    const old = openSync(path, 'r');
    const known = Buffer.byteLength(lines.join(''));
    renameSync(part, path);
    appendFileSync(path, readFileSync(old).subarray(known));
    closeSync(old);
  }
  appendFileSync(path, `${MARK} ${backup}\n`);
}

export interface Left {
  readonly forgot: ReadonlySet<number>;
  readonly left: ReadonlySet<number>;
  /** The bot was alive until about this moment, ms. */
  readonly aliveAt: number;
}

/** The slots that were left since the backup; undefined: the journal does not know it. */
export function leftSince(path: string, backup: string): Left | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const mark = lines.lastIndexOf(`${MARK} ${backup}`);
  if (mark < 0) return undefined;
  const [forgot, left] = [new Set<number>(), new Set<number>()];
  for (const line of lines.slice(mark + 1)) {
    const [what, number] = line.split(' ');
    const slot = Number(number);
    if (what === 'forgot') forgot.add(slot);
    else if (what === 'left') left.add(slot);
    else if (what === 'back') left.delete(slot);
  }
  return { forgot, left, aliveAt: statSync(path).mtimeMs };
}

/** Restored data know no backup before them. */
export const forgetJournal = (path: string): void => rmSync(path, { force: true });
