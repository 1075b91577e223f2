import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const files = globSync('tests/**/*.test.ts', { cwd: import.meta.dirname });
/** Tests with a server, a process or a global of their own run in a process of their own; the others share one. */
const needsItsOwn = (file: string): boolean =>
  /#testing\/(redis|desk|delivery|process|newsdesk)|source\/threads|node:child_process|startSandbox|useFakeTimers|process\.(on|once|env)/.test(
    readFileSync(new URL(file, import.meta.url), 'utf8'),
  );

const shared = { pool: 'forks', testTimeout: 30_000, hookTimeout: 30_000, env: { TZ: 'UTC' } } as const;

export default defineConfig({
  test: {
    reporters: ['default', './testing/reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: files.filter((file) => !needsItsOwn(file)),
          isolate: false,
        },
      },
      { test: { ...shared, name: 'alone', include: files.filter(needsItsOwn), testTimeout: 60_000 } },
    ],
  },
});
