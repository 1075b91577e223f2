import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The imports that are allowed, as an allow-list: a part of `src/` (a file without its ending, or a folder with a slash) and the
 * parts that it may name. `docs/architecture.md` gives the reasons. A part may always import itself.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  time: [],
  present: [],
  scrub: [],
  output: ['time'],
  bounded: [],
  limits: ['time'],
  'edit-distance': [],
  'own-host': [],
  proxy: [],
  'redis-address': [],
  'journal-place': [],
  'journal-file': [],
  journal: ['journal-place', 'journal-file'],
  'spare-inbox': [],
  'matching/': [],
  'news/': ['matching/', 'bounded', 'errors', 'time'],
  'newsroom/': ['news/', 'bounded'],
  'config/': ['news/', 'newsroom/', 'edit-distance', 'redis-address', 'errors', 'present', 'time'],
  log: ['errors', 'time', 'scrub', 'output'],
  version: [],
  conditions: ['news/'],
  status: ['errors', 'time', 'news/', 'telegram/', 'version', 'conditions'],
  http: ['errors', 'time', 'log', 'own-host'],
  'source/': ['news/', 'newsroom/', 'bounded', 'proxy', 'edit-distance', 'errors', 'present', 'time', 'log'],
  'render/': ['news/', 'newsroom/', 'bounded', 'errors', 'present', 'time', 'log'],
  'telegram/': ['news/', 'bounded', 'proxy', 'errors', 'limits', 'time', 'log'],
  'store/': ['news/', 'bounded', 'redis-address', 'errors', 'present', 'time', 'log'],
  'desk/': [
    'news/',
    'newsroom/',
    'matching/',
    'source/',
    'render/',
    'telegram/',
    'store/',
    'limits',
    'bounded',
    'journal',
    'spare-inbox',
    'errors',
    'present',
    'time',
    'log',
    'status',
    'conditions',
  ],
  'chart/': ['time'],
  'bot/': [
    'news/',
    'matching/',
    'chart/',
    'render/',
    'desk/',
    'bounded',
    'errors',
    'limits',
    'log',
    'time',
    'status',
  ],
  'app/': [
    [
      'errors',
      'present',
      'time',
      'bounded',
      'news/',
      'newsroom/',
      'config/',
      'journal',
      'spare-inbox',
      'log',
      'status',
      'http',
      'conditions',
    ],
    ['source/', 'render/', 'telegram/', 'store/', 'desk/', 'bot/'],
  ].flat(),
  'cli/': [
    ['errors', 'present', 'time', 'newsroom/', 'config/', 'journal', 'journal-file', 'journal-place'],
    ['spare-inbox', 'version', 'log'],
    ['render/', 'store/', 'desk/'],
  ].flat(),
  'trial/': [
    'app/',
    'config/',
    'desk/',
    'source/',
    'render/',
    'telegram/',
    'store/',
    'news/',
    'redis-address',
    'errors',
    'http',
    'log',
    'output',
    'status',
    'time',
  ],
  main: ['app/', 'cli/', 'trial/', 'config/', 'errors', 'log', 'output', 'version'],
};

/** An allow-list of imports inside `desk/`, wing by wing. `''` is the root, which all of them share. */
const WINGS: Readonly<Record<string, readonly string[]>> = {
  'memory/': [],
  '': ['memory/'],
  'letters/': ['', 'memory/'],
  'intake/': ['', 'letters/'],
  'chats/': ['', 'memory/', 'letters/'],
  'operator/': [''],
  'delivery/': ['', 'memory/', 'letters/', 'chats/'],
};

/** Packages and Node modules that have one door. */
const DOORS: Readonly<Record<string, RegExp>> = {
  ioredis: /^store\//,
  'node-cron': /^time\.ts$/,
  'rss-parser': /^source\/feed\/xml-feed/,
  '@fluent/bundle': /^render\//,
  pino: /^log\.ts$/,
  'pino-pretty': /^log\.ts$/,
  'prom-client': /^status\.ts$/,
  '@resvg/resvg-wasm': /^chart\/png-thread\.ts$/,
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const SRC = join(import.meta.dirname, '..', 'src');
const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

const importsIn = (root: string): readonly Import[] =>
  globSync('**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(([, type, fixed, dynamic]) => ({
      file,
      target: fixed ?? dynamic ?? '',
      typeOnly: type !== undefined,
    })),
  );

const FILES = globSync('**/*.ts', { cwd: SRC });
const IMPORTS = importsIn(SRC);

/** The file under `src/` that an import means; undefined: a package, or data. */
function ownFile({ file, target }: Import): string | undefined {
  if (target.endsWith('.json')) return undefined;
  if (target.startsWith('#src/')) return target.slice('#src/'.length);
  return target.startsWith('.') ? normalize(join(dirname(file), target)) : undefined;
}

const partOf = (file: string): string =>
  file.includes('/') ? `${file.split('/')[0]}/` : file.replace(/\.ts$/, '');

/** `desk/chats/erase.ts` → `chats/`; `desk/desk.ts` → the root, `''`. */
const wingOf = (file: string): string =>
  file
    .split('/')
    .slice(1, -1)
    .map((folder) => `${folder}/`)
    .join('');

describe('imports', () => {
  it('follow the table', () => {
    const forbidden = IMPORTS.flatMap((one) => {
      const own = ownFile(one);
      if (own === undefined) return [];
      const [from, to] = [partOf(one.file), partOf(own)];
      const allowed = [from, ...(MAY_IMPORT[from] ?? [])];
      return allowed.includes(to) ? [] : [`${one.file} imports ${own}`];
    });
    expect(forbidden).toEqual([]);
  });

  it('inside the desk follow the table of its wings', () => {
    const forbidden = IMPORTS.flatMap((one) => {
      const own = ownFile(one);
      if (partOf(one.file) !== 'desk/' || own === undefined || partOf(own) !== 'desk/') return [];
      const [from, to] = [wingOf(one.file), wingOf(own)];
      return from === to || WINGS[from]?.includes(to) ? [] : [`${one.file} imports ${own}`];
    });
    expect(forbidden).toEqual([]);
  });

  it('come only from parts that the table knows', () => {
    expect([...new Set(FILES.map(partOf))].filter((part) => !(part in MAY_IMPORT))).toEqual([]);
  });

  it('lead to each outside thing through its one door', () => {
    const aside = IMPORTS.filter(({ file, target, typeOnly }) => {
      const door = DOORS[target];
      return door && !typeOnly && !door.test(file);
    });
    expect(aside.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('name the environment only where it is read', () => {
    const reading = FILES.filter((file) => /process\.env\b/.test(readFileSync(join(SRC, file), 'utf8')));
    expect(
      reading.filter(
        (file) =>
          !['main.ts', 'cli/start-facts.ts', 'trial/instance.ts', 'store/embedded/embedded.ts'].includes(
            file,
          ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['src', SRC],
    ['sandbox', join(SRC, '..', 'sandbox')],
  ])('have no cycles in %s, types included', (_, root) => {
    const graph = new Map<string, string[]>();
    for (const one of importsIn(root)) {
      const own = ownFile(one);
      if (own !== undefined) graph.set(one.file, [...(graph.get(one.file) ?? []), own]);
    }
    expect(cycleIn(graph)).toEqual([]);
  });

  it('stand in docs/architecture.md as they are here', () => {
    const page = readFileSync(join(SRC, '..', 'docs', 'architecture.md'), 'utf8');
    const cell = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' ') || 'nothing';
    const rows = Object.entries(MAY_IMPORT).map(([part, parts]) => `| \`${part}\` | ${cell(parts)} |`);
    const name = (wing: string) => (wing === '' ? 'the root' : `\`${wing}\``);
    const wings = Object.entries(WINGS).map(
      ([wing, others]) => `| ${name(wing)} | ${others.map(name).join(', ') || 'nothing'} |`,
    );
    expect([...rows, ...wings].filter((row) => !page.includes(row))).toEqual([]);
  });

  it('of the sandbox name nothing of the bot', () => {
    const own = importsIn(join(SRC, '..', 'sandbox')).filter(({ target }) =>
      /^#(?:src|testing)\//.test(target),
    );
    expect(own.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('are all found by this test', () => {
    expect(IMPORTS.some(({ file, target }) => file === 'main.ts' && target === './app/app.ts')).toBe(true);
    expect(IMPORTS.filter((one) => ownFile(one) !== undefined).length).toBeGreaterThan(FILES.length);
  });
});

/** One cycle as a list of files, or an empty list. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
