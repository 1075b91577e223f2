import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { everyKey } from '#src/store/keys.ts';
import { CLIENT, startRedis } from '#testing/redis.ts';

const ROOT = new URL('../', import.meta.url);
const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).filter((page) => page !== 'CHANGELOG.md');

/** A play changes nothing but this folder: `$FOLDER` there. */
const FOLDER = mkdtempSync(join(tmpdir(), 'pozirk-commands-'));

/**
 * The fate of the commands of a shape: played as written, or as `play` says, with the exit code; or why not. `until`: it runs
 * until it is stopped, which is once it has said so. `rest` stands where the play ends early, and says where the whole is played.
 */
type Fate =
  | {
      readonly code: number;
      readonly play?: (line: string) => string;
      readonly until?: string;
      readonly rest?: string;
    }
  | { readonly why: string };

const FATES: readonly [shape: RegExp, fate: Fate][] = [
  [/^npm start -- help$/, { code: 0 }],
  [/^npm start -- source saved\.html$/, { code: 1 }],
  [
    /^(?:NEWSROOM=horad\.json )?npm start -- source\b/,
    { code: 0, play: () => 'npm start -- source testing/feeds/atom.xml' },
  ],
  [/^npm start( -- sandbox( --keep)?)?$/, { code: 0, until: 'Open the sandbox in a browser' }],
  [/^npm start -- doctor$/, { code: 78, rest: 'with a token: tests/app/doctor.test.ts' }],
  [/^npm start -- (backup|restore) FILE$/, { code: 78, rest: 'with a token: tests/store/backup.test.ts' }],
  [/^npm run start:locked$/, { code: 1, rest: 'with a Redis of one’s own: tests/e2e/redis-door.test.ts' }],
  [
    /^npm start -- rotate-key$/,
    {
      why: 'needs readers, or the key of the sandbox: tests/desk/rotate.test.ts, tests/e2e/rotation.test.ts',
    },
  ],
  [
    /^npm start -- (key move|secrets) /,
    { why: 'writes into .env: tests/config/keys.test.ts, tests/config/secrets.test.ts' },
  ],
  [/^npm run house$/, { why: 'counts for a minute' }],
  [/^npm run soak\b/, { why: 'plays for as many minutes as it is told: tests/e2e/soak.test.ts' }],
  [/^npm run (texts|licences)$/, { code: 0 }],
  [/^npm run pictures$/, { code: 64, play: () => 'npm run --silent pictures no-such-picture' }],
  [/^npm run pictures sizes /, { why: 'takes a hundred pictures for the eyes' }],
  [/npm run bench\b/, { code: 64, play: () => 'npm run --silent bench no-such-bench' }],
  [/^npm run --silent telegram /, { code: 0, until: '"url"' }],
  [/^npm test -- tests\/log\.test\.ts$/, { code: 0 }],
  [/^(SEED=\d+ )?npm (test|run (format|check))\b(?!:)/, { why: 'is what is running now, or a part of it' }],
  [/^npm sbom\b/, { code: 0 }],
  [/^npm (audit|run check:node)\b/, { why: 'asks the network' }],
  [
    /^cp -i \.env\.example \.env/,
    { code: 0, play: (line) => line.replace(/ \.env(?= |$)/g, ' $FOLDER/.env') },
  ],
  [/^(?:mkdir|\[ -s|chmod) .*\bsecrets\b/, { code: 0, play: (line) => `cd $FOLDER && ${line}` }],
  [/^(sudo|systemctl|git)\b/, { why: 'needs another machine, or root' }],
  [
    /^docker\b/,
    { why: 'needs Docker: tests/e2e/image.test.ts has the image, tests/deploy/files.test.ts the file' },
  ],
  [/^curl -X POST .*\/hook\/source$/, { why: 'needs a bot that runs: tests/app/doorbell.test.ts' }],
  [/^curl\b/, { why: 'asks the network' }],
  [/^redis-cli --scan /, { why: 'is played below, on a Redis of its own' }],
  [/^redis-cli (OBJECT|BGREWRITEAOF)\b/, { why: 'names what a thief can ask' }],
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
  FOLDER,
  DATA_DIR: join(FOLDER, 'data'),
  HTTP_PORT: '0',
  // An empty one hides what stands in the .env of whoever runs the tests.
  ...Object.fromEntries(
    ['BOT_TOKEN', 'BOT_TOKEN_FILE', 'REDIS_URL', 'REDIS_URL_FILE', 'SECRETS_FILE'].map((name) => [name, '']),
  ),
};

/** Plays a line to its end, or stops it as a service manager would once it has said `until`. */
async function play(line: string, until?: string): Promise<{ code: number | null; said: string }> {
  const child = spawn('sh', ['-c', until === undefined ? line : `exec ${line}`], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let isStopped = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part.toString();
      if (until === undefined || isStopped || !said.includes(until) || child.pid === undefined) return;
      isStopped = true;
      process.kill(-child.pid, 'SIGTERM');
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

const PLAYED = new Map<string, { readonly code: number; readonly until?: string }>([
  ['npm start -- no-such-command', { code: 64 }],
  ...COMMANDS.flatMap(({ line }): [string, { code: number; until?: string }][] => {
    const fate = fateOf(line);
    return fate && 'code' in fate ? [[fate.play?.(line) ?? line, fate]] : [];
  }),
]);

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe('a command of the pages', () => {
  it('is played, or it is said why not', () => {
    expect(COMMANDS.length).toBeGreaterThan(60);
    expect(COMMANDS.filter(({ line }) => !fateOf(line))).toEqual([]);
    const idle = FATES.filter(([shape]) => !COMMANDS.some(({ line }) => shape.test(line)));
    expect(idle.map(([shape]) => String(shape))).toEqual([]);
  });

  it.each([...PLAYED])('%s', async (line, { code, until }) => {
    const { code: ended, said } = await play(line, until);
    expect(ended, said).toBe(code);
    if (until) expect(said).toContain(until);
  });

  it('deletes what is left of a lost bot, and nothing of another', async () => {
    const line = COMMANDS.find((command) => command.line.startsWith('redis-cli --scan'))?.line ?? '';
    const redis = await startRedis();
    const socket = redis.url.replace('unix:', '');
    const client = new Redis(socket);
    try {
      const lost = ['12345', '123456', '777'].map((bot) => everyKey(bot).replace('*', 'chat:1'));
      for (const key of lost) await client.set(key, 'x');
      expect((await play(line.replaceAll('redis-cli', `${CLIENT} -s ${socket}`))).code).toBe(0);
      expect((await client.keys('*')).sort()).toEqual(lost.slice(1));
    } finally {
      client.disconnect();
      await redis.stop();
    }
  });

  it('names only benchmarks, scripts and tests that are there', async () => {
    const { said } = await play('npm run --silent bench no-such-bench');
    const benches = /there are: (.*)/.exec(said)?.[1]?.split(', ') ?? [];
    const scripts = Object.keys(
      (JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { scripts: object }).scripts,
    );
    const named = (shape: RegExp) => COMMANDS.flatMap(({ line }) => shape.exec(line)?.[1] ?? []);
    expect(benches.length).toBeGreaterThan(20);
    expect(named(/npm run bench (\w+)/).filter((name) => !benches.includes(name))).toEqual([]);
    expect(named(/npm run (?:--silent )?([\w:]+)/).filter((name) => !scripts.includes(name))).toEqual([]);
    const told = FATES.flatMap(([, fate]) =>
      Object.values(fate).flatMap((words) => String(words).match(/tests\/[\w/-]+\.test\.ts/g) ?? []),
    );
    const tests = [...told, ...named(/npm test -- (\S+)/)];
    expect(tests.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  });
});
