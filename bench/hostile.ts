/** Pages and feeds of 5 MB that are made to be slow, read on threads: what they cost the readers and the other editions. */
import type { Reader, Sent } from '#src/source/reading.ts';
import { createThreads } from '#src/source/threads.ts';
import { row } from './table.ts';

const SIZE = 5 * 1024 * 1024;
const ADDRESS = 'https://news.example/en/news/';
/** Random documents beside the worst that we could build; `HOSTILE_RUNS` for more. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 100);

const sent = (text: string): Sent => ({
  address: ADDRESS,
  bytes: Buffer.from(text).subarray(0, SIZE),
  contentType: 'text/html; charset=utf-8',
});
const filled = (start: string, part: string, end = ''): Sent =>
  sent(start + part.repeat(Math.ceil((SIZE - start.length - end.length) / part.length)).slice(0, SIZE) + end);

const WORST: Readonly<Record<string, Sent>> = {
  'links within a long class': filled(
    `<html><body class="${'a '.repeat(1_500_000)}">`,
    '<a href="/en/news/1">Words and words</a>',
  ),
  'headlines within a long class': filled(`<html><body class="${'a '.repeat(1_500_000)}">`, '<h1>a</h1>'),
  'nested wrappers': filled('<html><body><h1>a</h1>', '<div class="wrapperEditor">'),
  'blanks before words': sent(`<html><body><h1>a</h1><p>${' '.repeat(4_000_000)}${'word '.repeat(5500)}`),
  'ampersands in a feed': filled('<rss><channel><item><title>', '&'),
  'dates of angle brackets': filled('<rss><channel><item><title>a</title><pubDate>', '<'),
  'attributes without end': filled('<html><body><a ', 'b="c" '),
  'arrays in arrays': filled('{"version":"https://jsonfeed.org/version/1","items":[', '[],'),
  'depth without end': filled('<rss><channel>', '<a>'),
  'titles without end': filled('<html><head>', '<title'),
  comments: filled('<rss>', '<!--'),
  'one long word': filled('<html><body><h1>a</h1><p>', 'ў'),
};
const PARTS = [
  '<a href="/en/news/1">',
  '<p>',
  '</p>',
  '<div class="a b">',
  '&amp;',
  '&',
  '<',
  '>',
  '"',
  ' ',
  'слова ',
  '<item>',
  '<title>',
  ']]>',
  '<![CDATA[',
  '\u0000',
  '{',
  '[',
  ',',
];
const random = (seed: number): Sent => {
  let state = seed + 1;
  const next = (most: number) => (state = (state * 48_271) % 2_147_483_647) % most;
  const piece = Array.from({ length: 40 }, () => PARTS[next(PARTS.length)]).join('');
  return filled(next(2) ? '<rss><channel>' : '<html><body><h1>a</h1>', piece);
};

interface Cost {
  /** Longest time for which the event loop was held, ms of this thread's processor: another process may have the machine. */
  readonly heldMs: number;
  /** By how much an honest document beside it was late, ms. */
  readonly lateMs: number;
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function costOf(reader: Reader, document: Sent): Promise<Cost> {
  let heldMs = 0;
  let last = threadMs();
  const timer = setInterval(() => {
    const now = threadMs();
    heldMs = Math.max(heldMs, now - last);
    last = now;
  }, 5);
  const slow = Promise.all([reader.source(document), reader.article(document, 'a')]);
  const began = performance.now();
  await reader.source(
    sent('<rss><channel><item><title>A bridge opens</title><link>/1</link></item></channel></rss>'),
  );
  const lateMs = performance.now() - began;
  await slow;
  clearInterval(timer);
  return { heldMs, lateMs };
}

/** Prints the table; the exit code says whether a limit was missed. */
export async function run(): Promise<void> {
  const reader = createThreads();
  // Loading the code of the first thread is no document's doing; how long it takes tells what this machine has to do besides.
  const started = performance.now();
  await reader.source(sent('<rss/>'));
  row('a thread is ready after', `${(performance.now() - started).toFixed(0)} ms`, '');
  let [held, late] = [0, 0];
  const note = ({ heldMs, lateMs }: Cost) =>
    ([held, late] = [Math.max(held, heldMs), Math.max(late, lateMs)]);
  for (const [name, document] of Object.entries(WORST)) {
    const cost = await costOf(reader, document);
    note(cost);
    tell(name, cost.heldMs, cost.lateMs);
  }
  for (let seed = 0; seed < RUNS; seed++) note(await costOf(reader, random(seed)));
  tell(`with ${RUNS} random ones`, held, late);
  const began = performance.now();
  void reader.article(WORST['headlines within a long class'] ?? sent(''), 'a');
  await reader.close();
  row('ending in the middle of one', `${(performance.now() - began).toFixed(0)} ms`, '≤ 1000 ms');
}

/** How long a document held its thread, and how late others were because of it. */
function tell(name: string, held: number, late: number): void {
  row(`${name}: held`, `${held.toFixed(0)} ms`, '≤ 100 ms');
  row('  others late', `${late.toFixed(0)} ms`, '≤ 1000 ms');
}
