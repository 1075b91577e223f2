/** Draws SVG of ours as PNG on a thread that lives for one picture: the renderer's memory goes with it. */
import { Worker } from 'node:worker_threads';
import { realClock, SECOND } from '../time.ts';

/** Loading the renderer and its font takes a third of a second on a small machine. */
const PATIENCE_MS = 10 * SECOND;

/** PNG; undefined where it cannot be drawn in time. `svg` names the font *DejaVu Sans* only. */
export function drawPng(svg: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const thread = new Worker(new URL('png-thread.ts', import.meta.url), {
    workerData: svg,
    env: { TZ: 'UTC' },
  });
  const late = new AbortController();
  return new Promise<Uint8Array<ArrayBuffer> | undefined>((resolve) => {
    thread.once('message', resolve);
    thread.once('error', () => resolve(undefined));
    thread.once('exit', () => resolve(undefined));
    void realClock.sleep(PATIENCE_MS, late.signal).then(() => resolve(undefined));
  }).finally(() => {
    late.abort();
    void thread.terminate();
  });
}
