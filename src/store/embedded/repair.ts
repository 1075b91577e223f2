/** Mends an append-only file whose end was damaged, as after a power cut. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../../log.ts';
import type { Family } from './program.ts';

/** Bytes that may be cut off without asking: a second or two of a busy day. More is no end of the file: the operator decides. */
const MOST_TO_CUT = 4_000_000;

/** Whether the server's last lines say that its append-only file cannot be read to the end. */
export const needsRepair = (lastWords: readonly string[]): boolean =>
  lastWords.some((line) => /Bad file format reading the append only file|Unexpected end of file/.test(line));

/** Cuts the damaged end off. False: nothing was done, and the log says why. */
export function repairLog(family: Family, folder: string, log: Logger): boolean {
  const manifest = join('appendonlydir', 'appendonly.aof.manifest');
  // Only what asks is answered: a look that is over before it reads its answer would break the pipe, and count as failed.
  const check = (flags: readonly string[] = [], input?: string) =>
    spawnSync(`${family}-check-aof`, [...flags, manifest], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      ...(input !== undefined && { input }),
    });
  const found = check();
  const damage = [...(found.stdout ?? '').matchAll(/ok_up_to=\d+, ok_up_to_line=\d+, diff=(\d+)/g)].map(
    (match) => Number(match[1]),
  );
  const bytes = damage.reduce((sum, one) => sum + one, 0);
  if (found.error || bytes === 0 || bytes > MOST_TO_CUT) {
    log.error(
      { bytes, ...(found.error && { err: found.error }) },
      'the append-only file is damaged; repair it with redis-check-aof --fix (Valkey: valkey-check-aof)',
    );
    return false;
  }
  const mended = check(['--fix'], 'y\n').status === 0;
  if (mended) log.warn({ bytes }, 'cut a damaged end off the append-only file');
  return mended;
}
