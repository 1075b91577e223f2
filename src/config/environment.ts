/** The environment as the operator wrote it: the process's own, and under it the `.env` of the working folder. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { editDistance } from '../edit-distance.ts';
import { isOnDiskOf, onTheSameDisk } from './exposure.ts';
import type { Environment, Mistake } from './settings.ts';
import { SECRETS } from './secrets.ts';

export interface ReadEnvironment {
  readonly env: Environment;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

/**
 * `own` over the `.env` in `folder`. A name that stands in `own` hides the one in the file even when it is empty, which
 * is how one line switches a setting off. `known` are our names: one written almost like them is worth a warning.
 */
export function readEnvironment(own: Environment, folder: string, known: readonly string[]): ReadEnvironment {
  const path = join(folder, '.env');
  const { text, mistakes } = readDotEnv(path);
  const file = parseEnv(text);
  const warnings = [
    ...exposedIn(path, file),
    ...keyBesideData(path, file, { ...file, ...own }),
    ...nearMisses(Object.keys(file), known),
    // Short names such as HOME and NODE resemble ours by chance.
    ...nearMisses(
      Object.keys(own).filter((name) => name.length > 6),
      known,
    ),
  ];
  return { env: { ...file, ...own }, mistakes, warnings: [...new Set(warnings)] };
}

/** Secrets in a file that other users of this machine can read. */
function exposedIn(path: string, file: Environment): string[] {
  const secrets = SECRETS.filter((name) => file[name]?.trim());
  if (secrets.length === 0 || (statSync(path).mode & 0o077) === 0) return [];
  return [`.env: other users of this machine can read ${secrets.join(' and ')} in it; right: chmod 600 .env`];
}

/** The key in this file, on the disk of the data that it guards. */
function keyBesideData(
  path: string,
  file: Environment,
  { DATA_DIR, DATA_KEY, REDIS_URL, REDIS_URL_FILE }: Environment,
): string[] {
  const key = file['DATA_KEY']?.trim();
  if (!key || key !== DATA_KEY?.trim() || REDIS_URL?.trim() || REDIS_URL_FILE?.trim()) return [];
  return isOnDiskOf(path, resolve(DATA_DIR?.trim() || './data')) ? [onTheSameDisk('DATA_KEY', path)] : [];
}

function readDotEnv(path: string): { text: string; mistakes: Mistake[] } {
  const right = 'lines of NAME=value';
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const mistakes = strayLines(text).map((line) => ({
      name: '.env',
      wrong: `line ${line} is not a setting`,
      right,
    }));
    return { text, mistakes };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return { text: '', mistakes: [] };
    return { text: '', mistakes: [{ name: '.env', wrong: `cannot be read (${String(code)})`, right }] };
  }
}

/** Numbers (from 1) of the lines that are neither a setting, nor a comment, nor inside a quoted value that ends. */
function strayLines(text: string): number[] {
  const stray: number[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const setting = /^\s*(?:export\s+)?[A-Za-z_]\w*\s*=\s*(["'`]?)(.*)$/.exec(line);
    const [, quote = '', rest = ''] = setting ?? [];
    if (setting && (quote === '' || rest.includes(quote))) continue;
    const end = setting ? lines.findIndex((later, at) => at > index && later.includes(quote)) : -1;
    if (end > 0) index = end;
    else stray.push(index + 1);
  }
  return stray;
}

function nearMisses(names: readonly string[], known: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (known.includes(name)) return [];
    const meant = known.find((one) => editDistance(name.toUpperCase(), one) <= (one.length > 7 ? 2 : 1));
    return meant === undefined ? [] : [`${name} is not a setting; did you mean ${meant}?`];
  });
}
