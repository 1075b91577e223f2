/** Tells at each start who else could take the secrets, because anybody with the token or the key has a list of readers. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ownKeyPath } from './keys.ts';
import type { SecretFile } from './secrets.ts';

/**
 * A line for each file that others can read, that lies beside the data, or, of key and token, on their disk; `readers`: the
 * data are those of the readers too, and not in a Redis elsewhere.
 */
export function exposureOf(files: readonly SecretFile[], dataDir: string, readers: boolean): string[] {
  return files.flatMap(({ name, path, exposed, lasting }) => [
    ...(exposed
      ? [`${name}_FILE: other users of this machine can read ${path}; right: chmod 600 ${path}`]
      : []),
    ...(lasting && isInside(path, dataDir)
      ? [
          `${name}_FILE: ${path} lies beside the data that it guards; right: another disk, or a secret of the system`,
        ]
      : lasting && readers && isListOfReaders(name) && isOnDiskOf(path, dataDir)
        ? [onTheSameDisk(`${name}_FILE`, path)]
        : []),
  ]);
}

/** Secrets that tell who the readers are: the one with the data, the other through Telegram. */
export const LISTS_OF_READERS = ['BOT_TOKEN', 'DATA_KEY'] as const;
const isListOfReaders = (name: string): boolean => LISTS_OF_READERS.some((one) => one === name);

/** It is in neither folder of the data and yet on their disk: who takes it has both. */
export const onTheSameDisk = (name: string, path: string): string => {
  const taken = name.startsWith('BOT_TOKEN')
    ? ', and whoever takes the disk can read through Telegram what stands in private chats, and with whom'
    : ' that it guards, and whoever takes the disk has both';
  return `${name}: ${path} is on the disk of the data${taken}; right: another disk, a FIFO or a secret of the system (docs/operations.md, Secrets)`;
};

/** Warns of disk theft where the key is the one that the bot made for itself. */
export const ownKeyExposure = (dataDir: string): string =>
  `The key lies beside what it seals (${ownKeyPath(dataDir)}): whoever takes this disk or a copy of the folder can read ` +
  'who reads the bot. Move it to another disk: npm start -- key move /path/of/the/key';

/** Whether a file is on the file system of a folder, which may not be made yet. */
export const isOnDiskOf = (path: string, folder: string): boolean =>
  statSync(path).dev === statSync(standing(folder)).dev;

const standing = (path: string): string => (existsSync(path) ? path : standing(dirname(path)));

/** Whether a file that need not be there yet is to lie in a folder, wherever links lead. */
export const isInside = (path: string, folder: string): boolean => {
  const place = existsSync(path) ? truePath(path) : join(truePath(dirname(path)), basename(path));
  const way = relative(truePath(folder), place);
  return way !== '' && !way.startsWith('..');
};

/** Wherever links lead, as far as we may see it. */
export function truePath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
