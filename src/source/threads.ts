/** Reads documents on threads of their own, so that no document, however made, holds up the readers or another edition. */
import { Worker } from 'node:worker_threads';
import { fail, type Result } from '../errors.ts';
import { present } from '../present.ts';
import { newsroom } from '../newsroom/current.ts';
import { MINUTE, realClock, SECOND } from '../time.ts';
import type { Reader, Sent } from './reading.ts';
import type { ReadingTask } from './reading-thread.ts';

/** Limits of the reading of one document. */
export interface ReadingLimits {
  /** ms; the slowest honest document, 5 MB of feed, takes a tenth of it. */
  readonly withinMs: number;
  /** Of JavaScript's heap, MB; the largest honest document needs a third of it. */
  readonly heapMb: number;
}

const LIMITS: ReadingLimits = { withinMs: 5 * SECOND, heapMb: 192 };
/** While a document takes longer than this another thread is made ready for whatever comes next, ms. */
const PATIENCE_MS = 200;
/** One for each edition, and one more for pictures: whoever reads has one at a time. */
const MOST_THREADS = 4;
/** Loading the code on a busy small machine takes a second. */
const START_MS = 20 * SECOND;
/** A thread without work is ended after this: between polls that bring nothing the bot is as small as without it. */
const IDLE_MS = MINUTE + 5 * SECOND;

interface Job {
  /** The reader that was asked. */
  readonly of: Reader;
  readonly task: ReadingTask;
  readonly answer: (result: Result<never>) => void;
}

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  job: Job | undefined;
  /** Aborts what waits for the end of its time. */
  watch: AbortController;
}

interface Pool {
  readonly limits: ReadingLimits;
  readonly threads: Set<Thread>;
  readonly waiting: Job[];
  isClosed: boolean;
}

export interface Threads extends Reader {
  /** One more reader on the same threads: neither waits for what the other was given. Closing one closes all. */
  beside(): Reader;
}

/** A reader on threads, which are started when there is something to read; it reads one document at a time. */
export function createThreads(limits: ReadingLimits = LIMITS): Threads {
  const pool: Pool = { limits, threads: new Set(), waiting: [], isClosed: false };
  return { ...readerOn(pool), beside: () => readerOn(pool) };
}

function readerOn(pool: Pool): Reader {
  const read = <T>(as: ReadingTask['as'], sent: Sent, expected?: string): Promise<Result<T>> =>
    new Promise((answer) => {
      const task = { as, sent: bare(sent), expected };
      take(pool, { of: reader, task, answer: answer as Job['answer'] });
    });
  const reader: Reader = {
    source: (sent) => read('source', sent),
    article: (sent, expected) => read('article', sent, expected),
    picture: (sent) => read('picture', sent),
    async close() {
      pool.isClosed = true;
      for (const job of pool.waiting.splice(0)) job.answer(STOPPING);
      await Promise.all([...pool.threads].map((thread) => end(pool, thread, STOPPING)));
    },
  };
  return reader;
}

const STOPPING = fail('source.unreachable', 'the bot is stopping');

/** Nothing else of a page travels. */
const bare = ({ address, bytes, contentType, at }: Sent): Sent =>
  present({ address, bytes, contentType, at });

function take(pool: Pool, job: Job): void {
  if (pool.isClosed) return job.answer(STOPPING);
  pool.waiting.push(job);
  if (!pool.threads.size) start(pool);
  next(pool);
}

/** Tasks that may be read now: of each reader that has nothing on a thread the first that waits. */
function due({ threads, waiting }: Pool): Job[] {
  const busy = new Set([...threads].map(({ job }) => job?.of));
  return waiting.filter(({ of }) => !busy.has(of) && busy.add(of));
}

/** Gives waiting documents to idle threads. */
function next(pool: Pool): void {
  const jobs = due(pool);
  for (const thread of pool.threads) {
    const job = thread.isReady && !thread.job ? jobs.shift() : undefined;
    if (!job) continue;
    pool.waiting.splice(pool.waiting.indexOf(job), 1);
    begin(pool, thread, job);
  }
}

/** Nobody waits for a slow document, as long as there are not too many. */
function keepSomeReady(pool: Pool): void {
  const free = [...pool.threads].filter(({ job }) => !job).length;
  const wanted = Math.max(1, due(pool).length);
  for (let ready = free; ready < wanted && pool.threads.size < MOST_THREADS; ready++) start(pool);
}

function begin(pool: Pool, thread: Thread, job: Job): void {
  thread.job = job;
  thread.worker.ref();
  const { withinMs } = pool.limits;
  const patience = Math.min(PATIENCE_MS, withinMs);
  watch(thread, patience, () => {
    keepSomeReady(pool);
    watch(thread, withinMs - patience, () => void end(pool, thread, tooHard('time')));
  });
  thread.worker.postMessage(job.task);
}

function start(pool: Pool): void {
  const worker = new Worker(new URL('reading-thread.ts', import.meta.url), {
    workerData: { newsroom: newsroom() },
    // It reads strangers' bytes: nothing of ours is within its reach.
    env: { TZ: 'UTC' },
    resourceLimits: { maxOldGenerationSizeMb: pool.limits.heapMb, maxYoungGenerationSizeMb: 16 },
  });
  const thread: Thread = { worker, isReady: false, job: undefined, watch: new AbortController() };
  pool.threads.add(thread);
  worker.on('message', (said: 'ready' | Result<never>) => {
    if (said === 'ready') thread.isReady = true;
    else finish(thread, said);
    rest(pool, thread);
    next(pool);
  });
  worker.on('error', (error) => {
    const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    void end(pool, thread, isMemory ? tooHard('memory') : fail('source.unreadable', 'the reader failed'));
  });
  worker.on('exit', () => void end(pool, thread, fail('source.unreadable', 'the reader failed')));
  watch(thread, START_MS, () => void end(pool, thread, tooHard('time')));
}

const tooHard = (of: 'time' | 'memory'): Result<never> =>
  fail('source.too_hard', `reading it takes more ${of} than a document may`);

function finish(thread: Thread, result: Result<never>): void {
  thread.job?.answer(result);
  thread.job = undefined;
}

/** Nothing to do: it does not keep the process alive, and ends after a while. */
function rest(pool: Pool, thread: Thread): void {
  thread.worker.unref();
  watch(thread, IDLE_MS, () => void end(pool, thread, STOPPING));
}

/** Ends a thread with what it was doing; others take up what waits. */
async function end(pool: Pool, thread: Thread, result: Result<never>): Promise<void> {
  if (!pool.threads.delete(thread)) return;
  thread.watch.abort();
  // One that never came to work fails the document that it was started for: it must not be started for ever.
  if (!thread.isReady) pool.waiting.shift()?.answer(result);
  finish(thread, result);
  if (pool.waiting.length && !pool.threads.size) start(pool);
  await thread.worker.terminate();
}

function watch(thread: Thread, ms: number, then: () => void): void {
  thread.watch.abort();
  const own = new AbortController();
  thread.watch = own;
  void realClock.sleep(ms, own.signal).then(() => own.signal.aborted || then());
}
