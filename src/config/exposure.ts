/** Tells at each start who else could take the secrets, because anybody with the token or the key has a list of readers. */
import { relative } from 'node:path';
import { ownKeyPath } from './keys.ts';
import type { SecretFile } from './secrets.ts';

/** A line for each file that others can read or that lies beside the data. */
export function exposureOf(files: readonly SecretFile[], dataDir: string): string[] {
  return files.flatMap(({ name, path, exposed, lasting }) => [
    ...(exposed
      ? [`${name}_FILE: other users of this machine can read ${path}; right: chmod 600 ${path}`]
      : []),
    ...(lasting && isInside(path, dataDir)
      ? [
          `${name}_FILE: ${path} lies beside the data that it guards; right: another disk, or a secret of the system`,
        ]
      : []),
  ]);
}

/** Warns of disk theft where the key is the one that the bot made for itself. */
export const ownKeyExposure = (dataDir: string): string =>
  `The key lies beside what it seals (${ownKeyPath(dataDir)}): whoever takes this disk or a copy of the folder can read ` +
  'who reads the bot. Move it to another disk: npm start -- key move /path/of/the/key';

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..');
};
