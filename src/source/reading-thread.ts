/** The inside of a reading thread: one document at a time, read and answered. Started by `threads.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { openNewsroom } from '../newsroom/current.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { readHere, type Sent } from './reading.ts';

/** A document to be read, and as what. */
export type ReadingTask =
  | { readonly as: 'source' | 'picture'; readonly sent: Sent }
  | { readonly as: 'article'; readonly sent: Sent; readonly expected?: string };

openNewsroom((workerData as { newsroom: Newsroom }).newsroom);

async function answer(task: ReadingTask): Promise<void> {
  const result =
    task.as === 'article'
      ? await readHere.article(task.sent, task.expected)
      : await readHere[task.as](task.sent);
  parentPort?.postMessage(result);
}

parentPort?.on('message', (task: ReadingTask) => void answer(task));
parentPort?.postMessage('ready');
