import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const PAGES = ['docs/glossary.md', 'docs/architecture.md', 'docs/index.md', 'CONTRIBUTING.md'];

/** Paths in code spans that name a file or folder of this repository: `src/…`, `docs/…`, without a line or a pattern. */
const pathsIn = (page: string): string[] =>
  [
    ...readFileSync(new URL(page, ROOT), 'utf8').matchAll(
      /`((?:src|sandbox|testing|tests|bench|scripts|docs|locales)\/[^`\s]*)`/g,
    ),
  ]
    .map(([, path = '']) => path)
    .filter((path) => !/[<>]/.test(path));

describe('a page for those who read the code', () => {
  it.each(PAGES)('%s names only files that are there', (page) => {
    const paths = pathsIn(page);
    expect(paths.length).toBeGreaterThan(5);
    const missing = paths.filter((path) =>
      path.includes('*') ? globSync(path, { cwd: ROOT }).length === 0 : !existsSync(new URL(path, ROOT)),
    );
    expect(missing).toEqual([]);
  });
});

describe('the glossary', () => {
  it('says each word once', () => {
    const words = [...readFileSync(new URL('docs/glossary.md', ROOT), 'utf8').matchAll(/^\| ([^|]+) \|/gm)]
      .map(([, word = '']) => word.trim())
      .filter((word) => word !== 'word' && word !== '---');
    expect(words.length).toBeGreaterThan(60);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});
