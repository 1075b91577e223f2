import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);

/** Commands of the pages that can be played anywhere, with the exit code that they promise. */
const PLAYED: readonly [line: string, code: number][] = [
  ['npm start -- help', 0],
  ['npm start -- source testing/feeds/atom.xml', 0],
  ['npm start -- source nowhere.xml', 1],
  ['npm start -- no-such-command', 64],
  ['npm run --silent bench no-such-bench', 64],
  ['npm run --silent pictures no-such-picture', 64],
];

describe('a command of the pages', () => {
  it.each(PLAYED)('%s ends with %i', (line, code) => {
    expect(exitCodeOf(line)).toBe(code);
  });
});

function exitCodeOf(line: string): number {
  const [program = '', ...args] = line.split(' ');
  try {
    const env = { ...process.env, npm_config_update_notifier: 'false', NODE_OPTIONS: '' };
    execFileSync(program, args, { cwd: ROOT, env, stdio: 'ignore' });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}
