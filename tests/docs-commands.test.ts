import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).filter((page) => page !== 'CHANGELOG.md');

/** The fate of the commands of a shape: played as written, or as `play` says, with the exit code; or why not. */
type Fate = { readonly code: number; readonly play?: string } | { readonly why: string };

const FATES: readonly [shape: RegExp, fate: Fate][] = [
  [/^npm start -- help$/, { code: 0 }],
  [/^npm start -- source saved\.html$/, { code: 1 }],
  [
    /^(?:NEWSROOM=horad\.json )?npm start -- source\b/,
    { code: 0, play: 'npm start -- source testing/feeds/atom.xml' },
  ],
  [
    /^npm start( -- sandbox( --keep)?)?$/,
    { why: 'runs until it is stopped: tests/e2e/door.test.ts, tests/main.test.ts' },
  ],
  [/^npm start -- doctor$/, { why: 'needs a token: tests/app/doctor.test.ts' }],
  [
    /^npm start -- rotate-key$/,
    { why: 'needs a token and readers: tests/desk/rotate.test.ts, tests/e2e/rotation.test.ts' },
  ],
  [/^npm start -- (backup|restore) FILE$/, { why: 'needs a token and readers: tests/store/backup.test.ts' }],
  [
    /^npm start -- (key move|secrets) /,
    { why: 'moves keys: tests/config/keys.test.ts, tests/config/secrets.test.ts' },
  ],
  [/^npm run start:locked$/, { why: 'needs a Redis of one’s own: tests/e2e/redis-door.test.ts' }],
  [/^npm run house$/, { why: 'counts for a minute' }],
  [/^npm run soak\b/, { why: 'plays for as many minutes as it is told' }],
  [/^npm run texts$/, { code: 0 }],
  [/^npm run pictures$/, { code: 64, play: 'npm run --silent pictures no-such-picture' }],
  [/^npm run pictures sizes /, { why: 'takes a hundred pictures for the eyes' }],
  [/npm run bench\b/, { code: 64, play: 'npm run --silent bench no-such-bench' }],
  [/^npm run --silent telegram /, { why: 'runs until it is stopped: tests/sandbox/telegram-http.test.ts' }],
  [/^(SEED=\d+ )?npm (test|run (format|check))\b/, { why: 'is what is running now, or a part of it' }],
  [/^npm (ci|run (licences|check:node)|audit|sbom)\b/, { why: 'asks the network' }],
  [/^cp \.env\.example \.env/, { code: 0, play: 'test -e .env.example' }],
  [/^openssl rand\b/, { code: 0, play: 'openssl rand -base64 32' }],
  [/^(docker|sudo|systemctl|git|kill)\b/, { why: 'needs another machine, or root' }],
  [/^(curl|redis-cli|mkdir|chmod|cat|echo)\b/, { why: 'needs what the page made before it' }],
];

/** Lines of shell blocks without their comments, and code spans that begin as a command does. */
function commandsOf(page: string): string[] {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const spans = [
    ...text.matchAll(
      /`((?:[A-Z_]+=\S+ )?(?:npm|npx|docker|systemctl|git|curl|redis-cli|cp|openssl) [^`\n]+|node [^`\n]+\.ts\b[^`\n]*)`/g,
    ),
  ];
  return [...blocks, ...spans.map(([, span = '']) => span)]
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter(Boolean);
}

const COMMANDS = PAGES.flatMap((page) => commandsOf(page).map((line) => ({ page, line })));
const fateOf = (line: string) => FATES.find(([shape]) => shape.test(line))?.[1];

/** On the Node.js of the machine, which may be the oldest one promised: the project brings its own. */
const env = {
  ...process.env,
  PATH: (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':'),
  NODE_OPTIONS: '',
};

function play(line: string): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: ROOT, env, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}

const PLAYED = new Map<string, number>([
  ['npm start -- no-such-command', 64],
  ...COMMANDS.flatMap(({ line }): [string, number][] => {
    const fate = fateOf(line);
    return fate && 'code' in fate ? [[fate.play ?? line, fate.code]] : [];
  }),
]);

describe('a command of the pages', () => {
  it('is played, or it is said why not', () => {
    expect(COMMANDS.length).toBeGreaterThan(60);
    expect(COMMANDS.filter(({ line }) => !fateOf(line))).toEqual([]);
    const idle = FATES.filter(([shape]) => !COMMANDS.some(({ line }) => shape.test(line)));
    expect(idle.map(([shape]) => String(shape))).toEqual([]);
  });

  it.each([...PLAYED])('%s ends with %i', (line, code) => {
    const { code: ended, said } = play(line);
    expect(ended, said).toBe(code);
  });

  it('names only benchmarks, scripts and tests that are there', () => {
    const { said } = play('npm run --silent bench no-such-bench');
    const benches = /there are: (.*)/.exec(said)?.[1]?.split(', ') ?? [];
    const scripts = Object.keys(
      (JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { scripts: object }).scripts,
    );
    const named = (shape: RegExp) => COMMANDS.flatMap(({ line }) => shape.exec(line)?.[1] ?? []);
    expect(benches.length).toBeGreaterThan(20);
    expect(named(/npm run bench (\w+)/).filter((name) => !benches.includes(name))).toEqual([]);
    expect(named(/npm run (?:--silent )?([\w:]+)/).filter((name) => !scripts.includes(name))).toEqual([]);
    const told = FATES.flatMap(([, fate]) =>
      'why' in fate ? (fate.why.match(/tests\/\S+\.test\.ts/g) ?? []) : [],
    );
    const tests = [...told, ...named(/npm test -- (\S+)/)];
    expect(tests.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  });
});
