/**
 * Prints how the house stands: rooms, floors, arrows and circles of `src/` and of each part of it, what is longer than the
 * yardstick, product lines (without those that are generated) against lines of tests, and the files that four likely
 * changes touch. Ends with 1 where a target is missed. The changes are made in a copy, and the compiler names the places
 * that they leave open.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const MOST_DESK_FLOORS = 5;
const YARDSTICK = { file: 300, function: 50 } as const;
/** Lines of tests for a line of the product. */
const LEAST_TESTS = 1;
/** Made by `npm run texts`. */
const GENERATED = ['src/render/locale-keys.ts'];

const linesOf = (file: string): number => readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1;
const filesIn = (folder: string): string[] => globSync(`${folder}/**/*.ts`, { cwd: ROOT }).sort();
const total = (files: readonly string[]): number => files.reduce((sum, file) => sum + linesOf(file), 0);

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Imports among `files`, types included; both ends named by `room`. */
function graphOf(files: readonly string[], room: (file: string) => string): Graph {
  const known = new Set(files);
  const graph = new Map<string, Set<string>>(files.map((file) => [room(file), new Set()]));
  for (const file of files) {
    for (const [, target = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(
      /(?:from|import\() ?'([.#][^']+)'/g,
    )) {
      const to = target.startsWith('#') ? target.slice(1) : normalize(join(dirname(file), target));
      if (known.has(to) && room(to) !== room(file)) graph.get(room(file))?.add(room(to));
    }
  }
  return graph;
}

/** Rooms that lead to one another, as groups of two or more. */
function circlesOf(graph: Graph): string[][] {
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(graph.get(from) ?? [])];
    for (let room = open.pop(); room !== undefined; room = open.pop()) {
      if (seen.has(room)) continue;
      seen.add(room);
      open.push(...(graph.get(room) ?? []));
    }
    return seen;
  };
  const reached = new Map([...graph.keys()].map((room) => [room, reach(room)]));
  const groups = [...graph.keys()]
    .filter((room) => reached.get(room)?.has(room))
    .map((room) =>
      [...graph.keys()].filter((other) => reached.get(room)?.has(other) && reached.get(other)?.has(room)),
    );
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

/** The longest way down through the rooms, counted in rooms; circles aside. */
function floorsOf(graph: Graph): number {
  const known = new Map<string, number>();
  const depth = (room: string, above: readonly string[]): number => {
    const floors = known.get(room);
    if (floors !== undefined) return floors;
    const below = [...(graph.get(room) ?? [])].filter((next) => !above.includes(next));
    const found = 1 + Math.max(0, ...below.map((next) => depth(next, [...above, room])));
    known.set(room, found);
    return found;
  };
  return Math.max(0, ...[...graph.keys()].map((room) => depth(room, [])));
}

interface Plan {
  readonly floors: number;
  readonly circles: number;
}

function show(name: string, graph: Graph): Plan {
  const arrows = [...graph.values()].reduce((sum, targets) => sum + targets.size, 0);
  const [floors, circles] = [floorsOf(graph), circlesOf(graph)];
  console.log(
    `${name.padEnd(28)} rooms ${String(graph.size).padStart(3)}  floors ${String(floors).padStart(2)}  arrows ${String(arrows).padStart(4)}  circles ${circles.length}`,
  );
  for (const circle of circles) console.log(`  circle: ${circle.join(' ↔ ')}`);
  return { floors, circles: circles.length };
}

/** A file at the top of `base` is a room of its own, a folder is one. */
const roomUnder = (base: string) => (file: string) => {
  const rest = file.slice(base.length + 1);
  return rest.includes('/') ? `${rest.split('/')[0]}/` : rest;
};
/** The wings of the desk; what lies at its root is shared by all of them and counts file by file. */
const plans = () => {
  const src = filesIn('src');
  const parts = [
    ...new Set(src.filter((file) => file.split('/').length > 2).map((file) => file.split('/')[1] ?? '')),
  ];
  console.log('— rooms (types count as imports) —');
  show(
    'src, files',
    graphOf(src, (file) => file),
  );
  const whole = show('src, parts', graphOf(src, roomUnder('src')));
  const desk = show('src/desk, wings', graphOf(filesIn('src/desk'), roomUnder('src/desk')));
  const inner = parts.map((part) =>
    show(
      `src/${part}, files`,
      graphOf(filesIn(`src/${part}`), (file) => file),
    ),
  );
  const wings = ['intake', 'delivery', 'chats', 'operator'].map((wing) =>
    show(
      `src/desk/${wing}, files`,
      graphOf(filesIn(`src/desk/${wing}`), (file) => file),
    ),
  );
  const sandbox = show('sandbox, parts', graphOf(filesIn('sandbox'), roomUnder('sandbox')));
  const files = show(
    'sandbox, files',
    graphOf(filesIn('sandbox'), (file) => file),
  );
  return { desk, all: [whole, desk, ...inner, ...wings, sandbox, files] };
};

/** The compiler has no API that tells of functions any more; the linter's own rule counts them. */
function longFunctions(folder: string): string[] {
  const config = join(ROOT, 'node_modules', '.cache', 'house-lint.json');
  mkdirSync(dirname(config), { recursive: true });
  const rule = ['error', { max: YARDSTICK.function, skipComments: true }];
  writeFileSync(
    config,
    JSON.stringify({ categories: { correctness: 'off' }, rules: { 'max-lines-per-function': rule } }),
  );
  const { stdout } = spawnSync('oxlint', ['--config', config, '--format', 'unix', folder], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line.includes('max-lines-per-function'));
}

/** Changes that are likely: each is begun where it begins, and the compiler says where it has to go on. */
const CHANGES: readonly {
  readonly name: string;
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}[] = [
  {
    name: 'a new language',
    file: 'src/news/edition.ts',
    from: /'en'\] as const/,
    to: "'en', 'pl'] as const",
  },
  {
    name: 'a new style',
    file: 'src/news/settings.ts',
    from: /'summary', \['headline',/,
    to: "'summary', ['line', 'headline',",
  },
  {
    name: 'a new command',
    file: 'src/bot/commands.ts',
    from: /  'privacy',\n/,
    to: "  'privacy',\n  'weather',\n",
  },
  {
    name: 'a new setting',
    file: 'src/news/settings.ts',
    from: /  neutral: /,
    to: "  calm: { short: 'z', of: 'all', shows: 'frame', ...flag(false) },\n  neutral: ",
  },
];

/** Files of the product that do not compile once the change is begun. */
function touched({ file, from, to }: (typeof CHANGES)[number]): string[] | undefined {
  const copy = join(ROOT, 'node_modules', '.cache', 'house');
  rmSync(copy, { recursive: true, force: true });
  for (const folder of ['src', 'sandbox', 'locales', 'package.json'])
    cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  const before = readFileSync(join(copy, file), 'utf8');
  const after = before.replace(from, to);
  if (after === before) return undefined;
  writeFileSync(join(copy, file), after);
  writeFileSync(join(copy, 'tsconfig.json'), '{ "extends": "../../../tsconfig.json", "include": ["src"] }');
  const { stdout } = spawnSync('tsc', ['-p', copy], { cwd: copy, encoding: 'utf8' });
  return [...new Set([...stdout.matchAll(/^(src\/[^(]+)\(\d/gm)].map(([, found = '']) => found))].sort(
    (a, b) => a.localeCompare(b),
  );
}

function main(): number {
  const { desk, all } = plans();
  console.log('— yardstick —');
  for (const folder of ['src', 'sandbox']) {
    const long = filesIn(folder).filter((file) => linesOf(file) > YARDSTICK.file);
    console.log(
      `${folder}: files over ${YARDSTICK.file} lines: ${long.map((file) => `${file} ${linesOf(file)}`).join(', ') || 'none'}`,
    );
    const functions = longFunctions(folder);
    console.log(`${folder}: functions over ${YARDSTICK.function} lines: ${functions.length}`);
    for (const line of functions) console.log(`  ${line.replace(/ \[.*/, '').slice(0, 120)}`);
  }
  const product = total(filesIn('src')) - total(GENERATED);
  const tests = total([...filesIn('tests'), ...filesIn('testing')]);
  console.log(
    `product ${product} lines (and ${total(GENERATED)} generated), tests ${tests} lines, ${(tests / product).toFixed(2)} a line; sandbox ${total(filesIn('sandbox'))}`,
  );
  console.log('— changes: the file where each begins, and those that do not compile until they follow —');
  let isStale = false;
  for (const change of CHANGES) {
    const files = touched(change);
    isStale ||= files === undefined;
    const others = files?.filter((file) => file !== change.file) ?? [];
    console.log(
      files
        ? `${change.name}: ${change.file}${others.map((file) => `, ${file}`).join('')}`
        : `${change.name}: ${change.file} has no such place any more`,
    );
  }
  const missed = [
    ...(desk.floors > MOST_DESK_FLOORS
      ? [`the desk has ${desk.floors} floors, at most ${MOST_DESK_FLOORS} are meant`]
      : []),
    ...(all.some(({ circles }) => circles > 0) ? ['there are circles'] : []),
    ...(filesIn('src/sandbox').length > 0 ? ['the sandbox is in src'] : []),
    ...(tests < LEAST_TESTS * product
      ? [`fewer than ${LEAST_TESTS} line of tests for a line of the product`]
      : []),
    ...(isStale ? ['a change could not be tried'] : []),
  ];
  for (const line of missed) console.log(`missed: ${line}`);
  return missed.length > 0 ? 1 : 0;
}

process.exit(main());
