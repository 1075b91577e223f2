/** Damaged feeds, listings and articles by the hundred thousand: what is thrown, how long one takes, what memory it costs. */
import fc from 'fast-check';
import { mutated, readEveryWay } from '#testing/mutations.ts';
import { row } from './table.ts';
import { workOf } from '#testing/work.ts';

/** Mutations in all, each read as a feed, as a listing and as an article. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000);
/** Mutations of one seed: a failure is made again by its seed alone. */
const CHUNK = 500;
const LONGEST_MS = 1500;
const MOST_MB = 512;

/** Prints the table. */
export async function run(): Promise<void> {
  let runs = 0;
  let failures = 0;
  let slowest = 0;
  let memory = 0;
  for (let seed = 1; runs < RUNS; seed++) {
    const inputs = fc.sample(mutated, { seed, numRuns: Math.min(CHUNK, RUNS - runs) });
    for (const [index, bytes] of inputs.entries()) {
      const took = await workOf(async () => {
        try {
          await readEveryWay(bytes);
        } catch (error) {
          if (failures++ < 10) console.log(`  seed ${seed}, input ${index}: ${String(error)}`);
        }
      });
      if (took > LONGEST_MS) console.log(`  seed ${seed}, input ${index}: ${took.toFixed(0)} ms`);
      slowest = Math.max(slowest, took);
      runs++;
    }
    memory = Math.max(memory, process.memoryUsage().rss);
    if (runs % 10_000 === 0) console.error(`  ${runs}: ${failures} failed, slowest ${slowest.toFixed(0)} ms`);
  }
  row('mutations, each as feed, listing, article', String(runs));
  row('  errors outside the closed list', String(failures), '0');
  row('  the slowest, work of its thread', `${slowest.toFixed(0)} ms`, `at most ${LONGEST_MS} ms`);
  row('  most memory of the process', `${(memory / 1024 / 1024).toFixed(0)} MB`, `at most ${MOST_MB} MB`);
}
