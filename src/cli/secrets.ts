/** `npm start -- secrets FILE`: token, key and passwords go into a file that only a passphrase opens. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nextKeyPath, ownKeyPath, readKeyFile, unwritable, writeDurably } from '../config/keys.ts';
import { lockSecrets, type Secrets } from '../config/passphrase.ts';
import { readSecretFiles, SECRETS } from '../config/secrets.ts';
import type { Environment, Mistake } from '../config/settings.ts';
import { Wrong } from '../config/values.ts';
import { askPassphrase } from './ask.ts';

/** Shorter is guessed: at half a second a guess eight letters are a matter of machines, four words are not. */
const LEAST_LETTERS = 16;

const KEY_CHANGES: Mistake = {
  name: 'secrets',
  wrong: 'the key is being changed',
  right: 'when `npm start -- rotate-key` has ended and its key is in place',
};

export interface SecretsOptions {
  readonly env: Environment;
  readonly say: (line: string) => void;
}

/** Mistakes found; empty: the file is written. Nothing is taken away: the last line says what to remove. */
export async function writeSecrets(file: string, { env, say }: SecretsOptions): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  const secrets = gather(env, mistakes);
  const names = Object.keys(secrets);
  const own = ownKey(env);
  // Soon the key in it would open nothing.
  const isChanging = () =>
    existsSync(nextKeyPath({ folder: dataDirOf(env), own: true })) || ownKey(env) !== own;
  if (isChanging()) mistakes.push(KEY_CHANGES);
  if (names.length === 0 && mistakes.length === 0)
    mistakes.push({
      name: 'secrets',
      wrong: 'there are none',
      right: `at least one of ${SECRETS.join(', ')}`,
    });
  if (mistakes.length > 0) return mistakes;
  const passphrase = await askPassphrase(`Passphrase (${LEAST_LETTERS} letters or more): `);
  if (!passphrase || passphrase.length < LEAST_LETTERS)
    return [
      {
        name: 'passphrase',
        wrong: 'too short',
        right: `${LEAST_LETTERS} letters or more, such as five words`,
      },
    ];
  if (process.stdin.isTTY && (await askPassphrase('Once more: ')) !== passphrase)
    return [{ name: 'passphrase', wrong: 'not the same twice', right: 'the same passphrase' }];
  // Typing takes its time.
  if (isChanging()) return [KEY_CHANGES];
  try {
    writeDurably(file, lockSecrets(secrets, passphrase));
  } catch (error) {
    const right = 'a path where nothing is, in a folder that this user may write';
    return [{ name: 'secrets', wrong: unwritable(error, file), right }];
  }
  say(
    `${names.join(', ')}: in ${resolve(file)}. Write SECRETS_FILE=${resolve(file)} into .env and try a start.`,
  );
  say(
    `When it works, remove ${names.join(', ')} from .env, and the files that held them (DATA_DIR/key too).`,
  );
  return [];
}

/** The secrets as the bot would start with, the key of the embedded store among them. */
function gather(env: Environment, mistakes: Mistake[]): Secrets {
  const { env: filled } = readSecretFiles(env, mistakes);
  const given = SECRETS.flatMap((name) => {
    const value = filled[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  const secrets = Object.fromEntries(given) as Secrets;
  if (secrets.DATA_KEY !== undefined) return secrets;
  const own = ownKey(env);
  return own === undefined ? secrets : { ...secrets, DATA_KEY: own };
}

/** The key of the embedded store in base64; undefined: there is none. */
function ownKey(env: Environment): string | undefined {
  const own = readKeyFile(ownKeyPath(dataDirOf(env)));
  return own instanceof Wrong ? undefined : own.reveal().toString('base64');
}

const dataDirOf = (env: Environment): string => resolve(env['DATA_DIR']?.trim() || './data');

/** `env` with what `SECRETS_FILE` holds, once its passphrase is known. */
export async function unlock(env: Environment): Promise<{ env: Environment; mistakes: readonly Mistake[] }> {
  const file = env['SECRETS_FILE']?.trim();
  if (!file) return { env, mistakes: [] };
  const { openSecrets } = await import('../config/passphrase.ts');
  const wrong = (what: string, right: string) => ({
    env,
    mistakes: [{ name: 'SECRETS_FILE', wrong: what, right }],
  });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return wrong(
      'cannot be read',
      'a file that `npm start -- secrets FILE` wrote and that this user may read',
    );
  }
  const passphrase = await askPassphrase(`Passphrase of ${file}: `);
  if (!passphrase)
    return wrong('no passphrase was given', 'its passphrase, typed or as the first line of the input');
  const opened = openSecrets(text, passphrase);
  return opened instanceof Wrong
    ? wrong(opened.wrong, opened.right)
    : { env: { ...env, ...opened }, mistakes: [] };
}
