/** The environment as the operator wrote it: the process's own, and under it the `.env` of the working folder. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { editDistance } from '../edit-distance.ts';
import { isOnDiskOf, LISTS_OF_READERS, onTheSameDisk } from './exposure.ts';
import { codeOf } from './keys.ts';
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
    ...besideData(path, file, { ...file, ...own }),
    // Short names such as HOME and NODE resemble ours by chance.
    ...nearMisses([...Object.keys(file), ...Object.keys(own).filter((name) => name.length > 6)], known),
  ];
  return { env: { ...file, ...own }, mistakes, warnings: [...new Set(warnings)] };
}

/** Secrets in a file that other users of this machine can read. */
function exposedIn(path: string, file: Environment): string[] {
  const secrets = SECRETS.filter((name) => file[name]?.trim());
  if (secrets.length === 0 || (statSync(path).mode & 0o077) === 0) return [];
  return [`.env: other users of this machine can read ${secrets.join(' and ')} in it; right: chmod 600 .env`];
}

/** Token and key in this file, on the disk of the readers' data. */
function besideData(path: string, file: Environment, env: Environment): string[] {
  if (env['REDIS_URL']?.trim() || env['REDIS_URL_FILE']?.trim()) return [];
  return LISTS_OF_READERS.filter((name) => file[name]?.trim() && file[name] === env[name])
    .filter(() => isOnDiskOf(path, resolve(env['DATA_DIR']?.trim() || './data')))
    .map((name) => onTheSameDisk(name, path));
}

function readDotEnv(path: string): { text: string; mistakes: Mistake[] } {
  try {
    const text = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      // `parseEnv` takes the next line for the value of a name that has nothing but blanks behind its `=`.
      .replace(/^(.*=)[^\S\n]+$/gm, '$1');
    return { text, mistakes: mistakesIn(text) };
  } catch (error) {
    const code = codeOf(error);
    return { text: '', mistakes: code === 'ENOENT' ? [] : [inDotEnv(`cannot be read (${code})`)] };
  }
}

const inDotEnv = (wrong: string, right = 'lines of NAME=value'): Mistake => ({ name: '.env', wrong, right });

/** Lines that are neither a setting, nor a comment, nor inside a quoted value that ends; values of which a part is lost. */
function mistakesIn(text: string): Mistake[] {
  const mistakes: Mistake[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const setting = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(["'`]?)(.*)$/.exec(line);
    const [, name, quote = '', rest = ''] = setting ?? [];
    const isMore = !rest.includes(quote);
    const end = isMore ? lines.findIndex((later, at) => at > index && later.includes(quote)) : index;
    if (!setting || end < 0) {
      mistakes.push(inDotEnv(`line ${index + 1} is not a setting`));
      continue;
    }
    if (quote ? !endsWell(isMore ? (lines[end] ?? '') : rest, quote) : /^[^=]*=([^#]*[^\s#])?#/.test(line))
      mistakes.push(
        inDotEnv(
          `line ${index + 1}: what stands behind the ${quote ? 'closing quote' : '#'} would be no part of ${name}`,
          `the whole value in one pair of quotes; a comment after a blank and a #`,
        ),
      );
    index = end;
  }
  return mistakes;
}

/** Nothing but a comment stands behind the closing quote. */
const endsWell = (text: string, quote: string): boolean =>
  /^\s*(#|$)/.test(text.slice(text.indexOf(quote) + 1));

function nearMisses(names: readonly string[], known: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (known.includes(name)) return [];
    const meant = known.find((one) => editDistance(name.toUpperCase(), one) <= (one.length > 7 ? 2 : 1));
    return meant === undefined ? [] : [`${name} is not a setting; did you mean ${meant}?`];
  });
}
