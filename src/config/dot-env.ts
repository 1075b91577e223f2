/** One setting written into `.env`, the rest of which stays as the operator wrote it. */
import {
  chownSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './keys.ts';

/**
 * Sets `name`, or takes its lines out where `value` is undefined; whole or not at all. Only its owner may read the file,
 * which stays on the disk to which a link leads.
 */
export function writeSetting(folder: string, name: string, value: string | undefined): void {
  const named = join(folder, '.env');
  const path = lstatSync(named, { throwIfNoEntry: false }) ? realpathSync.native(named) : named;
  const line = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`);
  const kept = readLines(path).filter((one) => !line.test(one));
  const written = value === undefined ? kept : [...kept, `${name}=${quoted(value)}`];
  const part = `${path}.${process.pid}`;
  try {
    writeFileSync(part, written.map((one) => `${one}\n`).join(''), { mode: 0o600 });
    giveTo(part, path);
    renameSync(part, path);
  } catch (error) {
    // It holds the secrets of the whole.
    rmSync(part, { force: true });
    throw error;
  }
}

/** A file that root writes for a bot that runs as another user is to be that user's. */
export function giveTo(path: string, ownerOf: string): void {
  const owner = statSync(ownerOf, { throwIfNoEntry: false });
  if (owner && process.getuid?.() === 0) chownSync(path, owner.uid, owner.gid);
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').replace(/\n$/, '').split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

const quoted = (value: string): string => (/^[\w./:@+=-]+$/.test(value) ? value : JSON.stringify(value));
