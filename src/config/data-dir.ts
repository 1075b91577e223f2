/** The folder that only we may read, and the keys that open what is stored. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import {
  codeOf,
  dropNextKey,
  hideKey,
  type KeyFiles,
  nextKeyPath,
  ownKeyPath,
  readKeyFile,
  readNextKey,
  writeNewKey,
} from './keys.ts';
import { PozirkError } from '../errors.ts';
import { truePath } from './exposure.ts';
import type { SecretFile } from './secrets.ts';
import { Secret, Wrong } from './values.ts';
import type { Mistake, EnvName, SettingValues } from './settings.ts';

/** The keys that this process begins with. */
export interface DataKeys {
  /** 32 bytes. */
  readonly dataKey: Secret<Buffer>;
  /** The key before it, while everything is being re-sealed. */
  readonly previousKey?: Secret<Buffer>;
  readonly keyFiles: KeyFiles;
}

/**
 * For a command beside the bot: what another user, such as root, writes into the bot's folder the bot cannot read.
 *
 * @throws PozirkError `config.invalid`
 */
export function refuseStranger(dataDir: string): void {
  const { uid } = statSync(dataDir);
  if (process.getuid === undefined || process.getuid() === uid) return;
  throw new PozirkError(
    'config.invalid',
    `${dataDir} belongs to the user with the number ${uid}, and the bot could not read what this one writes there: sudo -u '#${uid}' npm start -- …; nothing was changed`,
  );
}

/** The key that the operator gives; undefined: the embedded store keeps its own. `folder`: that of the key of a rotation. */
export function readGivenKey(
  values: SettingValues,
  files: readonly SecretFile[],
  folder: string,
  mistakes: Mistake[],
): Secret<Buffer> | undefined {
  const wrong = (setting: EnvName) => mistakes.some(({ name }) => name === setting);
  const isMissing = !values.DATA_KEY && !wrong('DATA_KEY') && !wrong('DATA_KEY_FILE');
  if (isMissing && (values.REDIS_URL || wrong('REDIS_URL') || wrong('REDIS_URL_FILE'))) {
    mistakes.push({
      name: 'DATA_KEY',
      wrong: 'missing with REDIS_URL',
      right:
        'one of DATA_KEY and DATA_KEY_FILE, 32 bytes in base64, as `openssl rand -base64 32` prints them',
    });
  }
  const next = nextKeyPath({ folder, own: false });
  if (files.some(({ name, path }) => name === 'DATA_KEY' && truePath(path) === truePath(next))) {
    // Given back as the key, it counts as put into its place, and goes.
    mistakes.push({
      name: 'DATA_KEY',
      wrong: `is ${next} itself, which goes once it is given`,
      right: 'a copy of it elsewhere',
    });
  }
  return values.DATA_KEY;
}

/** Makes the folder that only we may read, and the key in it where none was given. */
export function prepareDataDir(
  dataDir: string,
  given: Secret<Buffer> | undefined,
  warnings: string[],
): DataKeys | Mistake {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if ((statSync(dataDir).mode & 0o077) !== 0) chmodSync(dataDir, 0o700);
    const key = given ?? keptKey(ownKeyPath(dataDir), warnings);
    return key instanceof Secret ? withNextKey(key, { folder: dataDir, own: !given }) : key;
  } catch (error) {
    const right = 'a folder that this user may write, on a disk with room';
    return { name: 'DATA_DIR', wrong: `${dataDir} cannot be used (${codeOf(error)})`, right };
  }
}

function keptKey(path: string, warnings: string[]): Secret<Buffer> | Mistake {
  if (writeNewKey(path)) {
    warnings.push(
      `a new DATA_KEY was written to ${path}: keep a copy apart from the data, without it nothing can be read`,
    );
  }
  if (hideKey(path)) warnings.push(`${path} could be read by other users; now only by this one`);
  const key = readKeyFile(path);
  return key instanceof Wrong ? { name: 'DATA_KEY', wrong: `${path} ${key.wrong}`, right: key.right } : key;
}

/** During a rotation the new key comes first. */
function withNextKey(key: Secret<Buffer>, keyFiles: KeyFiles): DataKeys | Mistake {
  const next = readNextKey(keyFiles);
  if (next instanceof Wrong) {
    return { name: 'DATA_KEY', wrong: `${nextKeyPath(keyFiles)} ${next.wrong}`, right: next.right };
  }
  if (!next) return { dataKey: key, keyFiles };
  if (!next.reveal().equals(key.reveal())) return { dataKey: next, previousKey: key, keyFiles };
  dropNextKey(keyFiles);
  return { dataKey: key, keyFiles };
}
