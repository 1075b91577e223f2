/** One setting written into `.env`, the rest of which stays as the operator wrote it. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './keys.ts';

/** Sets `name`, or takes its lines out where `value` is undefined; whole or not at all. The file is this user's only. */
export function writeSetting(folder: string, name: string, value: string | undefined): void {
  const path = join(folder, '.env');
  const line = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`);
  const kept = readLines(path).filter((one) => !line.test(one));
  const written = value === undefined ? kept : [...kept, `${name}=${quoted(value)}`];
  const part = `${path}.${process.pid}`;
  writeFileSync(part, written.map((one) => `${one}\n`).join(''), { mode: 0o600 });
  renameSync(part, path);
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
