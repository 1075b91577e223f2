/**
 * Secrets that stand outside the environment: `<NAME>_FILE` names a file, a FIFO, an open descriptor (`/dev/fd/3`,
 * `/dev/stdin`) or a systemd credential that holds the value instead. Each is read once.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf } from './keys.ts';
import type { Environment, Mistake } from './settings.ts';
import { Wrong } from './values.ts';

/** Settings that may come from a file. Each is worth a list of readers to whoever takes it. */
export const SECRETS = ['BOT_TOKEN', 'DATA_KEY', 'REDIS_URL', 'WEBHOOK_SECRET', 'HOOK_SECRET'] as const;

export interface SecretFile {
  readonly name: (typeof SECRETS)[number];
  readonly path: string;
  /** Others than its owner may read it. */
  readonly exposed: boolean;
  /** It stays on the disk, unlike a FIFO or a descriptor. */
  readonly lasting: boolean;
}

/** Puts what the `<NAME>_FILE` settings lead to in the place of `<NAME>`. */
export function readSecretFiles(
  env: Environment,
  mistakes: Mistake[],
): { readonly env: Environment; readonly files: readonly SecretFile[] } {
  const filled: Record<string, string | undefined> = { ...env };
  const files: SecretFile[] = [];
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (env[name]?.trim()) {
      mistakes.push({ name, wrong: `set together with ${name}_FILE`, right: 'only one of the two' });
      continue;
    }
    const read = readSecretFile(path);
    if (read instanceof Wrong) mistakes.push({ name: `${name}_FILE`, wrong: read.wrong, right: read.right });
    else {
      const { text, ...rest } = read;
      filled[name] = text;
      files.push({ name, path: resolve(path), ...rest });
    }
  }
  return { env: filled, files };
}

/** Longer is no secret of ours. */
const MOST_BYTES = 16_384;
/** A FIFO filled by hand waits for a passphrase to be typed. */
const FIFO_PATIENCE_MS = 5 * 60_000;
const FIFO_LOOK_MS = 50;

function readSecretFile(path: string): (Omit<SecretFile, 'name' | 'path'> & { text: string }) | Wrong {
  const right = 'a file, FIFO or descriptor that this user may read and that holds the value';
  try {
    // Without O_NONBLOCK a FIFO that nobody writes to would hold the process for ever, out of reach of its own clock.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      const text = readWhole(file, stat.isFIFO() ? FIFO_PATIENCE_MS : 0).trim();
      if (text === '') return new Wrong('is empty', right);
      return { text, exposed: stat.isFile() && (stat.mode & 0o077) !== 0, lasting: stat.isFile() };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return new Wrong(`cannot be read (${codeOf(error)})`, right);
  }
}

/** All that can be read; of a FIFO all from its first writer, who is waited for. */
function readWhole(file: number, patienceMs: number): string {
  const bytes = Buffer.alloc(MOST_BYTES);
  const until = performance.now() + patienceMs;
  for (let length = 0; ; ) {
    const got = readSome(file, bytes, length);
    if (got !== undefined) length += got;
    const isOver = got === 0 && (length > 0 || patienceMs === 0);
    if (isOver || length === MOST_BYTES || performance.now() > until) {
      const text = bytes.toString('utf8', 0, length);
      bytes.fill(0);
      return text;
    }
    if (!got) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FIFO_LOOK_MS);
  }
}

/** Bytes read; 0: nobody writes; undefined: somebody does, but nothing is there yet. */
function readSome(file: number, bytes: Buffer, offset: number): number | undefined {
  try {
    return readSync(file, bytes, offset, bytes.length - offset, null);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    throw error;
  }
}
