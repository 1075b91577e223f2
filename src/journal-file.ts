/**
 * The file of the journal: a head that says how far it reaches, marks of backups, and who left behind each. A line is believed
 * where it is whole: a full disk may cut one anywhere, and the rest of a number is another reader.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Its lines that have an end; none where it cannot be read: a restore asks then. */
export function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

/** Puts whole lines behind the file, which is made where there is none. The end of one that was cut short before makes it no line. */
export function append(path: string, lines: string): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    // Stays so where the file is empty.
    const last = Buffer.from('\n');
    readSync(file, last, 0, 1, Math.max(0, fstatSync(file).size - 1));
    writeFileSync(file, `${last.toString() === '\n' ? '' : ' cut\n'}${lines}`);
  } finally {
    closeSync(file);
  }
}

/** Makes the file where there is none. A full disk leaves no empty one: it would stay without a head. */
export function beginFile(path: string, head: Head): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (!existsSync(path)) throw error;
    // A power cut may leave the name without a letter.
    if (statSync(path).size === 0) append(path, headLine(head));
    return;
  }
  try {
    writeFileSync(file, headLine(head));
  } catch (error) {
    rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** In older files a note may stand behind one that was cut short. */
const NOTE = /(forgot|left|back|disowned) (\d+)$/;

export function leavingsIn(lines: readonly string[]): Record<'forgot' | 'left' | 'disowned', Set<number>> {
  const [forgot, left, disowned] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const line of lines) {
    const [, what, number] = NOTE.exec(line) ?? [];
    const slot = Number(number);
    if (what === 'forgot') forgot.add(slot);
    if (what === 'disowned') disowned.add(slot);
    if (what === 'left') left.add(slot);
    else if (what === 'back' || what === 'forgot') left.delete(slot);
  }
  return { forgot, left, disowned };
}

/** First line, always of one length and written over: how far the file reaches. */
export interface Head {
  /** Everything until then is noted, ms. */
  readonly aliveAt: number;
  /** The last time that whoever writes it served the readers; 0: never. */
  readonly fence: number;
}

/** Another machine's file may have been put behind a line that was cut short. */
export const HEAD = /alive (\d{15}) served (\d{15})$/;
const digits = (number: number): string => String(Math.floor(number)).padStart(15, '0');
export const headLine = ({ aliveAt, fence }: Head): string =>
  `alive ${digits(aliveAt)} served ${digits(fence)}\n`;

export function headIn([first = '']: readonly string[]): Head | undefined {
  const [, aliveAt, fence] = HEAD.exec(first) ?? [];
  return fence === undefined ? undefined : { aliveAt: Number(aliveAt), fence: Number(fence) };
}

export const headOf = (path: string): Head | undefined => headIn(linesOf(path));

/** One file for all bots, without a head, and with a line for whoever subscribed. */
export function takeOlder(path: string): void {
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
export function setHead(path: string, head: Head): void {
  try {
    const file = openSync(path, 'r+');
    try {
      const text = headLine(head);
      const there = Buffer.alloc(text.length);
      readSync(file, there, 0, text.length, 0);
      // A file that somebody put together without a head is not written over.
      if (headIn(there.toString().split('\n'))) writeSync(file, text, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // The next beat tries again.
  }
}

export const MARK = 'backup';
/** From here on another machine served the readers for a while and noted elsewhere. */
export const GAP = 'gap';
/** Backups that can be restored with what the journal has: a month of daily ones. */
const MOST_BACKUPS = 31;
/** The marks that the serving process is told of: fewer, or one that was let go would be marked once more, as if it were new. */
export const TOLD_BACKUPS = MOST_BACKUPS - 1;

export function letGoOfOld(path: string): void {
  const lines = readFileSync(path, 'utf8').split(/(?<=\n)/);
  const marks = lines.flatMap((line, index) => (line.startsWith(MARK) ? [index] : []));
  const from = marks.at(-(MOST_BACKUPS - 1));
  if (marks.length < MOST_BACKUPS || from === undefined) return;
  // A note made in this very moment goes into the file that is moved away, and is taken over from there.
  const part = `${path}.part`;
  writeFileSync(part, [lines[0], ...lines.slice(from)].join(''), { mode: 0o600 });
  const old = openSync(path, 'r');
  const known = Buffer.byteLength(lines.join(''));
  renameSync(part, path);
  appendFileSync(path, readFileSync(old).subarray(known));
  closeSync(old);
}
