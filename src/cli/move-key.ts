/** `npm start -- key move PATH`: the key that the bot made for itself goes where the data is not. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { giveTo, writeSetting } from '../config/dot-env.ts';
import { isInside, isOnDiskOf, onTheSameDisk, truePath } from '../config/exposure.ts';
import { copyKey, nextKeyPath, ownKeyPath, readKeyFile, unwritable } from '../config/keys.ts';
import type { Environment, Mistake } from '../config/settings.ts';
import { Wrong } from '../config/values.ts';
import { isMemory, isSameFile } from '../journal-place.ts';

/** Mistakes; empty: the key lies at `to`, `.env` names it, and `DATA_DIR` has none. Cut short, it is done again. */
export function moveKey(
  to: string,
  {
    env,
    folder,
    say,
  }: { readonly env: Environment; readonly folder: string; readonly say: (line: string) => void },
): readonly Mistake[] {
  const target = resolve(folder, to);
  const dataDir = resolve(env['DATA_DIR']?.trim() || './data');
  const from = ownKeyPath(dataDir);
  const wrong = (what: string, right: string): readonly Mistake[] => [
    { name: 'key move', wrong: what, right },
  ];
  if (existsSync(nextKeyPath({ folder: dataDir, own: true })))
    return wrong('the key is being changed', 'when `npm start -- rotate-key` has ended');
  // The bot writes there, and would write over it.
  if (isInside(target, dataDir)) return wrong(`${target} is in DATA_DIR itself`, 'a place elsewhere');
  const other = givenElsewhere(env, [target, from]);
  if (other) return wrong(`${other} gives the bot its key`, 'a bot whose key lies in DATA_DIR');
  if (isMemory(dirname(truePath(target))) && !isMemory(dataDir))
    return wrong(
      `${target} is in memory and gone when the machine starts again`,
      'a disk that lasts; or copy the key there yourself, keep another elsewhere and set DATA_KEY_FILE',
    );
  const key = readKeyFile(from);
  if (key instanceof Wrong) return wrong(`${from} ${key.wrong}`, 'a bot whose key lies in DATA_DIR');
  try {
    if (isSameFile(target, from)) return wrong(`${target} is ${from} itself`, 'another place');
    if (!existsSync(target)) copyKey(from, target);
    // Read back, also what was written just now: `from` may be the only other one.
    const there = readKeyFile(target);
    if (there instanceof Wrong || !there.reveal().equals(key.reveal()))
      return wrong(`${target} holds something else`, 'a path where nothing is, on a sound disk');
    giveTo(target, from);
    writeSetting(process.cwd(), 'DATA_KEY_FILE', target);
  } catch (error) {
    return wrong(unwritable(error, target), 'a folder that this user may write');
  }
  overwrite(from);
  say(`The key is in ${target}, and .env says so (DATA_KEY_FILE). Keep a copy of it apart from the data.`);
  if (isOnDiskOf(target, dataDir)) say(onTheSameDisk('DATA_KEY_FILE', target));
  say(`Start the bot again. A backup of ${dirname(from)} made before still holds the key: remove it.`);
  return [];
}

/** The setting that names another key than these files do: what lies in `DATA_DIR` is an old one then. */
function givenElsewhere(env: Environment, places: readonly string[]): string | undefined {
  if (env['DATA_KEY']?.trim()) return 'DATA_KEY';
  const file = env['DATA_KEY_FILE']?.trim();
  const isElsewhere = file && !places.some((one) => one === resolve(file) || isSameFile(one, file));
  return isElsewhere ? 'DATA_KEY_FILE' : undefined;
}

/** On a disk that keeps old blocks this is no promise, but it costs nothing. */
function overwrite(path: string): void {
  writeFileSync(path, '\0'.repeat(64), { flag: 'r+' });
  rmSync(path);
}
