import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '#src/source/dates.ts';
import { mutated, readEveryWay } from '#testing/mutations.ts';
import { workOf } from '#testing/work.ts';

/** Mutations of each kind; `npm run bench fuzz` runs many more. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
/** No input of these sizes may be more work for a reader, ms of processor time. */
const LONGEST_MS = 1500;

async function holds(bytes: Uint8Array): Promise<void> {
  expect(await workOf(() => readEveryWay(bytes))).toBeLessThan(LONGEST_MS);
}

describe('whatever the source sends', () => {
  it('is read or refused by a fault of the list, with bounded work', { timeout: 600_000 }, async () => {
    await fc.assert(fc.asyncProperty(mutated, holds), { numRuns: RUNS });
  });

  it('is read as bytes without meaning too', { timeout: 600_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), holds), { numRuns: RUNS });
  });

  it('as a date is a date or none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('2026-13-45', '1 1 1', '99:99', '31.02.2026')),
        (text) => {
          const dated = parseDate(text);
          return dated === undefined || /^\d{4}-\d{2}-\d{2}$/.test(dated.day);
        },
      ),
      { numRuns: RUNS * 5 },
    );
  });
});
