/**
 * Where keys lie: `DATA_DIR/key`, made where nobody gives one, and during a rotation `DATA_DIR/key.new` beside it. While
 * `key.new` exists it is the key, and the one before it still opens what is not re-sealed yet.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode } from '../errors.ts';
import { dataKey, type Secret, Wrong } from './values.ts';

const { O_CREAT, O_EXCL, O_SYNC, O_WRONLY } = constants;

export interface KeyFiles {
  /** `DATA_DIR`. */
  readonly folder: string;
  /** The key is `DATA_DIR/key`; else an operator gave it and has to replace it. */
  readonly own: boolean;
}

export const nextKeyPath = ({ folder }: KeyFiles): string => join(folder, 'key.new');

export const ownKeyPath = (folder: string): string => join(folder, 'key');

/** The key in a file, or what is wrong with it. */
export function readKeyFile(path: string): Secret<Buffer> | Wrong {
  try {
    return dataKey(readFileSync(path, 'utf8'));
  } catch (error) {
    return new Wrong(
      `cannot be read (${codeOf(error)})`,
      'a file with 32 bytes in base64 that this user may read',
    );
  }
}

/**
 * Writes a new key into `path`, readable by this user only: whole or not at all, whenever the process or the machine
 * ends. False: there was one already.
 */
export function writeNewKey(path: string): boolean {
  // Asked before anything is written: a start on a full disk only reads.
  if (existsSync(path)) return false;
  const key = randomBytes(32);
  const part = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeDurably(part, `${key.toString('base64')}\n`);
    // Of two processes at once only one makes the key.
    linkSync(part, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(part, { force: true });
    flush(dirname(path));
    key.fill(0);
  }
}

/** A copy of the key in `from` at `to`, on the disk when this returns. @throws where `to` cannot be written */
export function copyKey(from: string, to: string): void {
  writeDurably(to, readFileSync(from, 'utf8'));
  flush(dirname(to));
}

/** Writes a file that is not there yet, readable by this user only, on the disk when this returns. @throws where it cannot, and leaves none */
export function writeDurably(path: string, text: string): void {
  // `O_SYNC` and not `fsync`, which Node's permission model forbids.
  const file = openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_SYNC, 0o600);
  try {
    writeFileSync(file, text);
  } catch (error) {
    // A part of it would stand in the way of the next try.
    rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * A key that is lost after something was sealed under it would lose the readers: the folder's entry counts too. Under the
 * permission model it is on disk some seconds later, which a rotation waits for anyway.
 */
function flush(folder: string): void {
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } catch (error) {
    if (codeOf(error) !== 'ERR_ACCESS_DENIED') throw error;
  } finally {
    closeSync(opened);
  }
}

/** Takes a key away from other users' eyes. False: it was so already. */
export function hideKey(path: string): boolean {
  if ((statSync(path).mode & 0o077) === 0) return false;
  chmodSync(path, 0o600);
  return true;
}

/** The key of a rotation; undefined: there is none. */
export function readNextKey(files: KeyFiles): Secret<Buffer> | Wrong | undefined {
  return existsSync(nextKeyPath(files)) ? readKeyFile(nextKeyPath(files)) : undefined;
}

/** Makes the key of a rotation. False: there is one already. */
export const makeNextKey = (files: KeyFiles): boolean => writeNewKey(nextKeyPath(files));

/**
 * Everything is under the new key, as `isNew` tells: it takes the place of the old one, which is gone then. False: the
 * operator's turn, who may have moved the old one, or taken the new one away, since this process began.
 */
export function keepNextKey(files: KeyFiles, isNew: (key: Buffer) => boolean): boolean {
  const there = lstatSync(ownKeyPath(files.folder), { throwIfNoEntry: false });
  // Behind a link the old one would stay, and the new one would lie with what it seals.
  if (!files.own || !there || there.isSymbolicLink()) return false;
  try {
    renameSync(nextKeyPath(files), ownKeyPath(files.folder));
    flush(files.folder);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    // Another process of this folder was faster, or the key is nowhere.
    const key = readKeyFile(ownKeyPath(files.folder));
    if (key instanceof Wrong) return false;
    const isThere = isNew(key.reveal());
    key.reveal().fill(0);
    return isThere;
  }
  return true;
}

/** The operator has put the new key into its place. */
export const dropNextKey = (files: KeyFiles): void => rmSync(nextKeyPath(files), { force: true });

/** Node's code of what went wrong with a file, as `EACCES`. */
export const codeOf = (error: unknown): string => errorCode(error) ?? 'unknown reason';

/** An error of writing `path`, or of a file beside it that it names. */
export const unwritable = (error: unknown, path: string): string =>
  `${error instanceof Error && 'path' in error ? String(error.path) : path} cannot be written (${codeOf(error)})`;
