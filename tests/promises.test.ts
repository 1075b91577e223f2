import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const rows = [...read('docs/promises.md').matchAll(/^\| ([^|]+) \| `(tests\/[^`]+)` \| ([^|]+) \|$/gm)];

describe('a promise to a reader', () => {
  it.each(rows.map(([, promise = '', path = '', title = '']) => ({ promise, path, title })))(
    'is held by a test that is there: $promise',
    ({ path, title }) => {
      expect(existsSync(new URL(path, ROOT))).toBe(true);
      expect(read(path)).toContain(title);
    },
  );

  it('without a test has the day of its last reading', () => {
    const [, unheld = ''] = read('docs/promises.md').split('## Read against the code');
    const days = unheld.split('\n').filter((line) => /^\| (?!promise|---)/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    expect(days.filter((line) => !/\| \d{4}-\d\d-\d\d \|$/.test(line))).toEqual([]);
  });
});
