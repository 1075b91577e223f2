/** Standard output that neither ends the bot nor holds it up: on a full disk, or where nobody reads, lines are lost. */
import { writeSync } from 'node:fs';
import { MINUTE, realClock } from './time.ts';

/** A reader of a pipe that is slow for a moment is waited for, once, ms. */
const PATIENCE_MS = 200;
const STEP_MS = 5;

/** Writes some of the bytes, as many as it says; throws what the system says. */
type Put = (bytes: Buffer) => number;

/** Lines of the log, in order, each by itself even after one that was cut short; it never throws. */
export function createOutput(put: Put = (bytes) => writeSync(1, bytes)): { write(line: string): void } {
  let isCut = false;
  let isStuck = false;

  function putPatiently(bytes: Buffer): number {
    for (let left = isStuck ? 0 : PATIENCE_MS; ; left -= STEP_MS) {
      try {
        return put(bytes);
      } catch (error) {
        if (left <= 0 || !isBusy(error)) throw error;
        Atomics.wait(NEVER, 0, 0, STEP_MS);
      }
    }
  }

  return {
    write(line) {
      const all = Buffer.from(isCut ? `\n${line}` : line);
      let rest = all;
      try {
        while (rest.length > 0) rest = rest.subarray(putPatiently(rest));
        isCut = isStuck = false;
      } catch (error) {
        isCut ||= rest.length < all.length;
        isStuck = isBusy(error);
      }
    },
  };
}

const NEVER = new Int32Array(new SharedArrayBuffer(4));

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EAGAIN';

/** Whoever pages through what a command says may take so long; a bot that is stopped has its own end, ms. */
const READ_MS = 10 * MINUTE;

/** Resolves when all that was said is on its way: an exit before that would cut it off. */
export async function allSaid(): Promise<void> {
  const taken = [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => void stream.write('', () => resolve())),
  );
  await Promise.race([Promise.all(taken), realClock.sleep(READ_MS)]);
}

/** From now on a terminal that has gone, or a full disk, loses what is said to a person, and nothing else. */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
