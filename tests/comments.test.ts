import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** A comment that opens with a word which only points at the thing; a line of one that goes on is no opening. */
const POINTING =
  /(?<!\/\/[^\n]*\n[^\n\S]*)(?:\/\*\*\s+(?:\* )?|(?<=^[^\n\S]*)\/\/ )((?:What|Who|Those|The same)\b.*)/gm;

it('comments name the thing that they are about before they say more of it', () => {
  const found = globSync('{src,sandbox,testing,tests,bench,scripts}/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    Array.from(
      readFileSync(join(ROOT, file), 'utf8').matchAll(POINTING),
      ([, opening]) => `${file}: ${opening}`,
    ),
  );
  expect(found).toEqual([]);
});
