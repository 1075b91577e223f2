/** Standard output that neither ends the bot nor holds it up: on a full disk, or where nobody reads, lines are lost. */
import { writeSync } from 'node:fs';

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

/** From now on a terminal that has gone, or a full disk, loses what is said to a person, and nothing else. */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
