/** The inside of a reading thread: one document at a time, read and answered. Started by `threads.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { openNewsroom } from '../newsroom/current.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { readHere, type Sent } from './reading.ts';

/** A document to be read, and as what. */
export interface ReadingTask {
  readonly as: 'source' | 'article' | 'picture';
  readonly sent: Sent;
  /** Of an article: the headline under which it was listed. */
  readonly expected?: string | undefined;
}

openNewsroom((workerData as { newsroom: Newsroom }).newsroom);

async function answer({ as, sent, expected }: ReadingTask): Promise<void> {
  parentPort?.postMessage(
    as === 'article' ? await readHere.article(sent, expected) : await readHere[as](sent),
  );
}

parentPort?.on('message', (task: ReadingTask) => void answer(task));
parentPort?.postMessage('ready');
