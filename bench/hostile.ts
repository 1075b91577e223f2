/**
 * Pages and feeds of 5 MB that are made to be slow, read on threads: what they cost the readers and the other editions. Then
 * the whole bot, whose newsroom is hostile: whether it ends when it is told to, and what it remembers of a thousand hosts.
 */
import type { Reader, Sent } from '#src/source/reading.ts';
import { createThreads } from '#src/source/threads.ts';
import { endAmidDocuments, rememberHosts } from './hostile/bot.ts';
import { random, sent, WORST } from './hostile/documents.ts';
import { round, row } from './table.ts';

/** Random documents beside the worst that we could build, some minutes; a quarter of an hour reads 5,000. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 500);
/** Documents that one edition brings at once. */
const AT_ONCE = 16;
/** How late others may be, in starts of a thread: less than a second on a machine that has nothing else to do. */
const MOST_STARTS = 4;

interface Cost {
  /** Longest time for which the event loop was held, ms of this thread's processor: another process may have the machine. */
  readonly heldMs: number;
  /** By how much an honest document beside it was late, ms. */
  readonly lateMs: number;
}

/** How long it takes now until a new thread has read an honest document, ms: what this machine has to do besides counts here too. */
async function startMs(): Promise<number> {
  const reader = createThreads();
  const began = performance.now();
  await reader.source(HONEST);
  const took = performance.now() - began;
  await reader.close();
  return took;
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const HONEST = sent(
  '<rss><channel><item><title>A bridge opens</title><link>/1</link></item></channel></rss>',
);

/** Of documents of one edition, read as a source and as a story, while another edition reads an honest one. */
async function costOf(reader: Reader, another: Reader, ...documents: readonly Sent[]): Promise<Cost> {
  let heldMs = 0;
  let last = threadMs();
  const timer = setInterval(() => {
    const now = threadMs();
    heldMs = Math.max(heldMs, now - last);
    last = now;
  }, 5);
  const slow = documents.flatMap((document) => [reader.source(document), reader.article(document, 'a')]);
  const began = performance.now();
  await another.source(HONEST);
  const lateMs = performance.now() - began;
  await Promise.all(slow);
  clearInterval(timer);
  return { heldMs, lateMs };
}

/** Prints the table; the exit code says whether a limit was missed. */
export async function run(): Promise<void> {
  const reader = createThreads();
  const another = reader.beside();
  // Loading the code of the first thread is no document's doing.
  await reader.source(HONEST);
  for (const [name, document] of Object.entries(WORST))
    await tell(name, () => costOf(reader, another, document));
  const worst = WORST['headlines within a long class'] ?? HONEST;
  await tell(`${AT_ONCE} of one edition`, () =>
    costOf(reader, another, ...Array<Sent>(AT_ONCE / 2).fill(worst)),
  );
  await tell(`the worst of ${RUNS} random ones`, () => ofRandom([reader, reader.beside()], another));
  const began = performance.now();
  void reader.article(worst, 'a');
  await reader.close();
  tellLate('ending in the middle of one', performance.now() - began, await startMs());
  await endAmidDocuments();
  await rememberHosts();
}

/** The most of all that random documents cost; each reader reads one, and the next. */
async function ofRandom(readers: readonly Reader[], another: Reader): Promise<Cost> {
  let most: Cost = { heldMs: 0, lateMs: 0 };
  let next = 0;
  const readOn = async (reader: Reader) => {
    while (next < RUNS) {
      const { heldMs, lateMs } = await costOf(reader, another, random(next++));
      most = { heldMs: Math.max(most.heldMs, heldMs), lateMs: Math.max(most.lateMs, lateMs) };
    }
  };
  await Promise.all(readers.map(readOn));
  return most;
}

/** How long documents held the event loop, and how late others were because of them, beside what a thread takes before and after. */
async function tell(name: string, measure: () => Promise<Cost>): Promise<void> {
  const before = await startMs();
  const { heldMs, lateMs } = await measure();
  row(`${name}: held`, `${heldMs.toFixed(0)} ms`, '≤ 100 ms');
  tellLate('  others late, of the start of a thread', lateMs, Math.max(before, await startMs()));
}

const tellLate = (what: string, ms: number, start: number): void =>
  row(what, `${round(ms / start)} × ${start.toFixed(0)} ms`, `at most ${MOST_STARTS} ×`);
