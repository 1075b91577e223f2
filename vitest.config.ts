import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const files = globSync('tests/**/*.test.ts', { cwd: import.meta.dirname });
const has = (words: RegExp) => (file: string) =>
  words.test(readFileSync(new URL(file, import.meta.url), 'utf8'));
/**
 * Tests that start the whole bot: after all others, three side by side as they often wait, and one at a time where seconds
 * are promised.
 */
const isWhole = has(/#testing\/(?:process|door|soak)|'src', 'main\.ts'/);
const isTimed = has(/performance\.now|playwright|#testing\/(?:door|soak)/);
/** Tests with a server or a global of their own have a process each, four at a time: they often wait. The rest share one. */
const needsItsOwn = has(
  /#testing\/(redis|desk|delivery|(each-)?newsdesk)|source\/threads|node:child_process|startSandbox|useFakeTimers|process\.(on|once|env)/,
);

const shared = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 30_000,
  env: { TZ: 'UTC' },
  setupFiles: ['./testing/seed.ts'],
};

export default defineConfig({
  test: {
    reporters: ['default', './testing/reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: files.filter((file) => !needsItsOwn(file) && !isWhole(file)),
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'alone',
          include: files.filter((file) => needsItsOwn(file) && !isWhole(file)),
          testTimeout: 120_000,
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'whole',
          include: files.filter((file) => isWhole(file) && !isTimed(file)),
          testTimeout: 120_000,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...shared,
          name: 'timed',
          include: files.filter((file) => isWhole(file) && isTimed(file)),
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
