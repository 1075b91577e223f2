import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENV_SETTINGS } from '#src/config/config.ts';

const ROOT = new URL('../', import.meta.url);
const PAGES = ['docs/glossary.md', 'docs/architecture.md', 'docs/index.md', 'CONTRIBUTING.md'];

/** Every page that a person may read. */
const ALL = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).filter((page) => page !== 'CHANGELOG.md');

const textOf = (page: string): string => readFileSync(new URL(page, ROOT), 'utf8');

/** Paths in code spans that name a file or folder of this repository: `src/…`, `docs/…`, without a line or a pattern. */
const pathsIn = (page: string): string[] =>
  [...textOf(page).matchAll(/`((?:src|sandbox|testing|tests|bench|scripts|docs|locales)\/[^`\s]*)`/g)]
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

/** Files in code spans of any page, as `desk/chats/pin.ts` or `bot/places/{card,press}.ts`: from the top or from `src/`. */
const filesIn = (page: string): string[] =>
  [...textOf(page).matchAll(/`([\w.{},*-]+(?:\/[\w.{},*-]+)+\.(?:ts|lua|sh|yml|json|ftl|service))`/g)].map(
    ([, path = '']) => path,
  );

it('no page names a file that is not there', () => {
  const isThere = (path: string) =>
    ['', 'src/'].some((folder) => globSync(`${folder}${path}`, { cwd: ROOT }).length > 0);
  const each = (path: string) => {
    const [, before = '', names, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
    return names === undefined ? [path] : names.split(',').map((name) => `${before}${name}${after}`);
  };
  const named = ALL.flatMap((page) =>
    filesIn(page)
      .flatMap(each)
      .map((path) => `${page}: ${path}`),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((one) => !isThere(one.split(': ')[1] ?? ''))).toEqual([]);
});

describe('the glossary', () => {
  it('says each word once', () => {
    const words = [...textOf('docs/glossary.md').matchAll(/^\| ([^|]+) \|/gm)]
      .map(([, word = '']) => word.trim())
      .filter((word) => word !== 'word' && word !== '---');
    expect(words.length).toBeGreaterThan(60);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

/** Anchors that GitHub makes of a page's headings. */
const anchorsOf = (page: string): Set<string> =>
  new Set(
    [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );

/** Links of a page that lead to another place of this repository. */
const linksIn = (page: string): string[] =>
  [...textOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => link ?? attribute ?? '')
    .filter((link) => !/^(?:[a-z]+:|\/\/)/i.test(link));

describe('every page', () => {
  it.each(ALL)('%s links only to what is there', (page) => {
    const broken = linksIn(page).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(new URL(target, ROOT))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names only scripts, commands and benches that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const commands = new Set(
      [...textOf('src/main.ts').matchAll(/^npm start -- ([\w-]+)|HELP = `npm start -- ([\w-]+)/gm)].map(
        ([, name]) => name,
      ),
    );
    commands.add('help');
    const benches = [...textOf('bench/main.ts').matchAll(/^ {2}(\w+): \(\) => import/gm)].map(
      ([, name]) => name,
    );
    const wrong = ALL.flatMap((page) =>
      [
        ...textOf(page).matchAll(
          /\bnpm (start|test|run (?:--silent )?([\w:]+))(?: -- ([a-z][\w-]*))?(?: ([a-z]+))?/g,
        ),
      ]
        .filter(([, what = '', script, command, word]) => {
          if (script !== undefined && !(script in scripts)) return true;
          if (script === 'bench' && word !== undefined) return !benches.includes(word);
          return what === 'start' && command !== undefined && !commands.has(command);
        })
        .map(([said]) => `${page}: ${said}`),
    );
    expect(wrong).toEqual([]);
  });

  it('runs no TypeScript by the system’s own Node.js, which may be too old for it', () => {
    const bare = [...ALL, 'package.json'].filter((page) =>
      /(?:^|[\s`"])node (?:scripts|src|sandbox|bench)\/\S+\.ts/m.test(textOf(page)),
    );
    expect(bare).toEqual([]);
  });

  it('names only settings that there are', () => {
    const known = new Set([...Object.keys(ENV_SETTINGS), ...OTHER_NAMES]);
    const wrong = ALL.flatMap((page) =>
      [...textOf(page).matchAll(/`([A-Z][A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/g)]
        .map(([, name = '']) => name)
        .filter((name) => !known.has(name) && !known.has(name.replace(/_FILE$/, '')))
        .map((name) => `${page}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Names in capitals that are no settings: of Node.js, systemd, Telegram, the benches, constants of the code. */
const OTHER_NAMES: readonly string[] = [
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'ENTITIES_TOO_LONG',
  'HOSTILE_RUNS',
  'BENCH_DAYS',
  'FUZZ_RUNS',
];
